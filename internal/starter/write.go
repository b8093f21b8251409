package starter

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/hooktool/hooktool/internal/atomicfile"
	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/pkg/config"
)

// maxFileSize limits the size of existing files, in bytes.
const maxFileSize = 16 << 20

// planConfig decides what happens to the configuration file.
func (p *Plan) planConfig() error {
	p.config, p.old = nil, nil
	old, err := limited.ReadFile(p.Config, maxFileSize)
	if errors.Is(err, fs.ErrNotExist) {
		p.Place = Created
		p.config = []byte("webhooks:\n" + p.Entry)
		return nil
	}
	if err != nil {
		return err
	}
	file, err := config.Parse(p.Config, old, p.options.Settings)
	if err != nil {
		return err
	}
	for _, w := range file.Webhooks {
		if w.Name == p.Name {
			p.Place = Kept
			p.Missing, p.Unnamed = nil, nil
			if len(w.Templates) == 0 {
				p.Unnamed = p.keys
			}
			p.elsewhere = len(w.Templates) > 0 && !p.uses(w)
			for _, field := range p.fields() {
				if value, ok := w.Raw().CustomFields[field[0]]; !ok || value != field[1] {
					p.Missing = append(p.Missing, field[0]+": "+field[1])
				}
			}
			return nil
		}
	}
	p.Place = ByHand
	if added, ok := config.AddWebhook(p.Config, old, p.options.Settings, p.Entry); ok {
		p.Place, p.config, p.old = Added, added, old
	}
	return nil
}

// uses reports whether a webhook takes a template from a file of the plan.
func (p *Plan) uses(w config.Webhook) bool {
	for _, t := range w.Templates {
		for _, file := range p.Files {
			here, errHere := filepath.Abs(file.Path)
			there, errThere := filepath.Abs(t.Path)
			if errHere == nil && errThere == nil && here == there {
				return true
			}
		}
	}
	return false
}

// Write carries out the plan. It does not overwrite a template created since the plan
// was made, unless Options.Force is set. It keeps what others have added to the
// configuration since then, and sets p.Place to the outcome. Other processes that set
// up a webhook wait until it is done.
func (p *Plan) Write() error {
	for _, file := range p.Files {
		if err := p.writeTemplate(file); err != nil {
			return err
		}
	}
	if p.config == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(p.Config), 0o755); err != nil {
		return err
	}
	unlock, err := atomicfile.Lock(p.Config)
	if err != nil {
		return err
	}
	defer unlock()
	if err := p.planConfig(); err != nil {
		return err
	}
	switch p.Place {
	case Created:
		return atomicfile.Create(p.Config, p.config, 0o644)
	case Added:
		return atomicfile.Replace(p.Config, p.old, p.config)
	case Kept, ByHand:
	}
	return nil
}

func (p *Plan) writeTemplate(file File) error {
	if file.Same {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(file.Path), 0o755); err != nil {
		return err
	}
	if p.options.Force {
		return atomicfile.Write(file.Path, []byte(file.Text), 0o644)
	}
	err := atomicfile.Create(file.Path, []byte(file.Text), 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &ExistsError{[]string{file.Path}}
	}
	return err
}
