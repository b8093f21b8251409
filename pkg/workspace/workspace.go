package workspace

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/hooktool/hooktool/internal/words"
	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/event"
)

// Options say where templates are looked for and what the user says about them.
type Options struct {
	Files FS // nil: the machine's own file system

	Stdin     io.Reader // what "-" reads
	StdinName string    // the name under which standard input is treated; empty: none

	// Configs are the configuration files, the weakest first: a webhook of a later file
	// replaces one of the same name.
	Configs []*config.File
	// ConfigFor finds the configuration of another folder, for files there that no
	// webhook of Configs names; nil if there is none.
	ConfigFor func(dir string) (*config.File, error)
	// Trust refuses a configuration file that was found in a folder, rather than named;
	// nil: none.
	Trust    func(path string) error
	Coroot   config.Environment       // the environment of Coroot
	Settings func() []string          // other keys that hooktool's own configuration may have; nil: none
	Getenv   func(name string) string // looks up ${…} in webhooks; nil: nothing is set
	Found    func(config.Webhook)     // is called with the webhook of each template; may be nil
	Read     func(text []byte)        // is called with each file that was read; may be nil

	// Skipped is called with a template of another system that is skipped; may be nil.
	Skipped func(path string)

	// Borrowed is called with a template file that is used for a webhook in Said,
	// although only another one, the owner, names it; may be nil.
	Borrowed func(path, owner, hook string)

	// SkipUnrelated skips YAML files without webhooks and other systems' templates even
	// where the user named them, and allows an empty result: a hook names every file
	// that changed.
	SkipUnrelated bool

	Said
}

// Said is what the user says about all templates.
type Said struct {
	Kind         event.Kind
	Destination  string
	CustomFields map[string]string // stronger than those of a webhook
	Webhooks     []string          // the names of those that are meant; none: any
}

// Workspace finds templates. It is good for one search: make another when files or the
// configuration may have changed.
type Workspace struct {
	o Options
	*index
	met map[string]config.Webhook // those that are meant in the files that Find has read, by name
}

// index is what a Workspace knows of the configuration.
type index struct {
	webhooks []config.Webhook // those of the strongest file first
	named    map[string]int   // their places in webhooks

	mu     sync.Mutex
	owners map[string][]owner // by the real path of a template file
	known  map[string]bool    // the configurations that are in owners, by path
	asked  map[string]bool    // the folders whose configuration is in owners
	watch  []string
	seen   map[string]bool // the contents of watch
}

// New returns a Workspace.
func New(o Options) *Workspace {
	if o.Files == nil {
		o.Files = Disk{}
	}
	if o.Getenv == nil {
		o.Getenv = func(string) string { return "" }
	}
	if o.Settings == nil {
		o.Settings = func() []string { return nil }
	}
	w := &Workspace{o: o, index: &index{named: map[string]int{}, owners: map[string][]owner{}, known: map[string]bool{}, asked: map[string]bool{}, seen: map[string]bool{}}}
	for _, file := range o.Configs {
		w.known[file.Path] = true
		w.follow(file.Path)
	}
	for _, file := range slices.Backward(o.Configs) {
		for _, hook := range file.Webhooks {
			if _, ok := w.named[hook.Name]; !ok {
				w.named[hook.Name] = len(w.webhooks)
				w.webhooks = append(w.webhooks, hook)
				w.own(hook)
			}
		}
	}
	return w
}

// With returns the same Workspace for other templates that are meant. It shares what is
// known of the configuration, which takes longer to read than a template.
func (w *Workspace) With(said Said) *Workspace {
	o := w.o
	o.Said = said
	return &Workspace{o: o, index: w.index}
}

// WebhookNames lists the webhooks of the configuration.
func (w *Workspace) WebhookNames() []string {
	var names []string
	for _, hook := range w.webhooks {
		names = append(names, hook.Name)
	}
	return names
}

// Meant lists the names of the webhooks that are meant.
func (w *Workspace) Meant() []string { return w.o.Webhooks }

// Hooks names the webhooks that are meant, in a message: the webhook "telegram".
func (w *Workspace) Hooks() string { return NameHooks(w.o.Webhooks) }

// NameHooks names webhooks in a message: the webhook "telegram".
func NameHooks(names []string) string {
	if len(names) == 1 {
		return "the webhook " + strconv.Quote(names[0])
	}
	return "the webhooks " + words.And(words.Quote(names))
}

// NoTemplate reports that there is no template at a path, or without one in the webhooks
// that are meant.
func (w *Workspace) NoTemplate(path string) error {
	of, hint := "", "add alertTemplate, or alertTemplateFile with the path of a file"
	if kind := w.o.Kind; kind != "" {
		of, hint = " for the kind "+kind.String(), fmt.Sprintf("add %[1]s or %[1]sFile to it", kind.TemplateName())
	}
	switch {
	case path != "":
		return &Error{Usage: true, Path: path, Hint: hint, Err: fmt.Errorf("there is no template%s in this file", of)}
	case len(w.o.Webhooks) == 0:
		return &Error{Usage: true, Hint: hint, Err: fmt.Errorf("there is no template%s in the configuration", of)}
	}
	return &Error{Usage: true, Hint: hint, Err: fmt.Errorf("%s: there is no template%s", w.Hooks(), of)}
}

// FindWebhook returns the webhook of the configuration with this name.
func (w *Workspace) FindWebhook(name string) (config.Webhook, error) {
	if i, ok := w.named[name]; ok {
		return w.webhooks[i], nil
	}
	names := w.WebhookNames()
	hint := "define it under webhooks in " + config.FileName
	if len(names) > 0 {
		hint = "the webhooks are " + strings.Join(names, ", ")
	}
	if name == "" {
		return config.Webhook{}, &Error{Usage: true, Hint: hint, Err: errors.New("no webhook was given: --webhook")}
	}
	hint = words.Suggest(name, names, hint)
	if info, err := w.o.Files.Stat(name); err == nil && info.Mode().IsRegular() {
		hint = "-w names a webhook: give a file without it; fix --write writes the file"
	}
	return config.Webhook{}, &Error{Usage: true, Hint: hint, Err: fmt.Errorf("there is no webhook %q in the configuration", name)}
}

// follow records a file, or folder/*, whose change can change the result.
func (w *Workspace) follow(path string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.seen[path] {
		w.seen[path] = true
		w.watch = append(w.watch, path)
	}
}

// Watched lists the files that were read so far, and as folder/* the folders in which a
// new file would be found.
func (w *Workspace) Watched() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.watch)
}
