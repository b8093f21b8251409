package starter

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Options say where and how a webhook is set up.
type Options struct {
	Dir      string            // the folder of the templates, created if necessary
	Config   string            // the path of the configuration file, which need not exist
	Settings []string          // other keys allowed in the configuration; see config.Parse
	Name     string            // of the webhook; empty: that of the destination
	Values   map[string]string // replacements for the values of the templates; a custom field provides ${NAME}
	Force    bool              // overwrite existing templates
}

// Place says what happens to the webhook's definition.
type Place string

// The places of the definition.
const (
	Created Place = "created" // in a new configuration file
	Added   Place = "added"   // to the existing file
	Kept    Place = "kept"    // a webhook of that name is already defined and stays unchanged
	ByHand  Place = "by hand" // the file cannot be extended safely
)

// File is a template to write.
type File struct {
	Path, Text string
	Same       bool // it exists with the same text
}

// Plan describes what to write.
type Plan struct {
	Destination *destination.Destination
	Name        string // of the webhook
	Files       []File
	Config      string // the path of the configuration file
	Place       Place
	Entry       string   // the webhook's definition, as it appears under webhooks
	Placeholder []Value  // the values still to be replaced
	Steps       []string // what the user has to do at the destination
	Missing     []string // custom fields that the templates need and an existing webhook lacks, as lines of YAML
	Unnamed     []string // the keys that name the templates, if an existing webhook has none, as lines of YAML

	options     Options
	keys        []string // of the definition: those that turn messages on, and name templates
	config, old []byte   // the text of the configuration file after and before
	elsewhere   bool     // the webhook is defined and takes its templates from other files
}

// checkPlaces rejects templates that the configuration could not name.
func (p *Plan) checkPlaces() error {
	for _, file := range p.Files {
		if err := config.MayName(p.Config, file.Path); err != nil {
			return &OutsideError{file.Path, p.Config, errors.Unwrap(err)}
		}
	}
	return nil
}

// Known plans to write a webhook whose definition and templates are known. It returns
// the same errors as New.
func Known(name, entry string, files []File, o Options) (*Plan, error) {
	p := &Plan{Name: name, Files: files, Config: o.Config, Entry: entry, options: o}
	if err := p.checkPlaces(); err != nil {
		return nil, err
	}
	var exists []string
	for i, file := range p.Files {
		old, err := limited.ReadFile(file.Path, maxFileSize)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		if p.Files[i].Same = string(old) == file.Text; !p.Files[i].Same && !o.Force {
			exists = append(exists, file.Path)
		}
	}
	if len(exists) > 0 {
		return nil, &ExistsError{exists}
	}
	return p, p.planConfig()
}

// New plans the setup of a webhook. The error is an *ExistsError, an *OutsideError, a
// *DefinedError, a *ValueError, a *RefusedError, or an error about the configuration or
// another file that cannot be read.
func New(d *destination.Destination, o Options) (*Plan, error) {
	if o.Name == "" {
		o.Name = d.Name
	}
	p := &Plan{Destination: d, Name: o.Name, Config: o.Config, options: o}
	if err := p.checkValues(o); err != nil {
		return nil, err
	}
	var exists []string
	for _, kind := range event.Kinds() {
		file, err := p.file(kind, o)
		if err != nil {
			return nil, err
		}
		if _, err := os.Lstat(file.Path); err == nil && !file.Same && !o.Force {
			exists = append(exists, file.Path)
		}
		p.Files = append(p.Files, file)
	}
	if err := p.checkPlaces(); err != nil {
		return nil, err
	}
	if len(exists) > 0 {
		return nil, &ExistsError{exists}
	}
	entry, err := p.entry(o)
	if err != nil {
		return nil, err
	}
	p.Entry = entry
	if err := p.tryValues(o); err != nil {
		return nil, err
	}
	if err := p.planConfig(); err != nil {
		return nil, err
	}
	if p.elsewhere {
		return nil, &DefinedError{Name: p.Name, Config: p.Config}
	}
	return p, nil
}

// tryValues checks a message with the values against the rules of the destination.
func (p *Plan) tryValues(o Options) error {
	if len(o.Values) == 0 {
		return nil
	}
	for i, kind := range event.Kinds() {
		ev := event.DefaultSample(kind).Event.Clone()
		for _, value := range Values(p.Destination.Starter(kind)) {
			if _, ok := reference(o.Values[value.Name]); ok {
				if ev.CustomFields == nil {
					ev.CustomFields = map[string]string{}
				}
				ev.CustomFields[fieldKey(value.Name)] = value.Placeholder
			}
		}
		tmpl, err := webhook.Parse(kind, p.Files[i].Path, p.Files[i].Text)
		if err != nil {
			return err
		}
		message, err := tmpl.Render(context.Background(), ev)
		if err != nil {
			return err
		}
		for _, problem := range p.Destination.Check(message.Body) {
			if problem.Severity == destination.Error {
				return &RefusedError{Why: problem}
			}
		}
	}
	return nil
}

// checkValues finds values that no template has, and those that still need replacing.
func (p *Plan) checkValues(o Options) error {
	values := Values(p.Destination.Starter(event.KindIncident))
	var names []string
	for _, value := range values {
		names = append(names, value.Name)
		if _, ok := o.Values[value.Name]; !ok {
			p.Placeholder = append(p.Placeholder, value)
		}
	}
	for name := range o.Values {
		if !contains(values, name) {
			return &ValueError{Name: name, Nearest: words.Nearest(name, names), Values: values}
		}
	}
	return nil
}

func contains(values []Value, name string) bool {
	for _, value := range values {
		if value.Name == name {
			return true
		}
	}
	return false
}

// file creates the template for a kind.
func (p *Plan) file(kind event.Kind, o Options) (File, error) {
	text := editValues(p.Destination.Starter(kind), func(v Value) string {
		value, ok := o.Values[v.Name]
		if !ok {
			return ""
		}
		if _, isReference := reference(value); isReference {
			return "." + webhook.FieldName(fieldKey(v.Name))
		}
		return strconv.Quote(value)
	})
	file := File{Path: filepath.Join(o.Dir, kind.String()+".tmpl"), Text: text}
	old, err := limited.ReadFile(file.Path, maxFileSize)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return File{}, err
	}
	file.Same = err == nil && string(old) == text
	return file, nil
}
