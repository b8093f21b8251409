package workspace

import (
	"maps"
	"slices"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Template is a template with what is known about it.
type Template struct {
	Path   string // of the file that it is in, for messages
	Name   string // how it is called there, such as alertTemplate
	Kind   event.Kind
	KindBy KindSource // what told the kind
	Text   string

	Webhook      string            // the name of its webhook; empty: none is known
	CustomFields map[string]string // those of its webhook and of the user
	Secrets      []string          // what is masked in lines and bodies, besides what looks like a secret

	// What tells the receiving system, each of them empty when not known: what the
	// user says, what the webhook's definition says, and the webhook's URL.
	Destination string
	Configured  string
	URL         string

	// A template inside another file, such as a YAML document, has the index of that
	// file and the place in it of every byte of Text. Both are nil for a template
	// that is a file of its own.
	File   *source.Index
	Locate func(offset int) source.Position

	// Err says why the template cannot be used: its file cannot be read, or nothing
	// tells its kind. It is nil for a template that can.
	Err error
	// Unset says which of its custom fields has no value here, as a variable of the
	// environment is not set. Their names are known anyway.
	Unset error

	hook   *config.Webhook
	stored config.Template // as it is in a document
	file   *file           // that it was read from; nil for a text that is in none
}

// ID tells a template from the others, and stays the same from look to look.
func (t *Template) ID() string {
	switch {
	case t.Inside():
		return t.Path + "#" + t.Webhook + "." + t.Name
	case t.Webhook != "":
		return t.Path + "#" + t.Webhook
	}
	return t.Path
}

// Inside reports whether the template is in a document, not in a file of its
// own.
func (t *Template) Inside() bool { return t.Locate != nil }

// Stored returns the template as it is in a document, with what Coroot makes of
// it there. It is not ok for a template that is a file of its own, or whose text was
// changed since.
func (t *Template) Stored() (stored config.Template, ok bool) {
	return t.stored, t.Inside() && t.Text == t.stored.Text
}

// Key is the kind of the messages for which its webhook has the template, whatever its
// text says; its own kind where no webhook is known.
func (t *Template) Key() event.Kind {
	if t.stored.Kind == "" {
		return t.Kind
	}
	return t.stored.Kind
}

// Label names the template in messages that have places in its own text, and not
// in that of the document around it.
func (t *Template) Label() string {
	if t.Inside() {
		return t.Path + "(" + t.Webhook + "." + t.Name + ")"
	}
	return t.Path
}

// Hook returns the webhook that the template belongs to, nil if none is known.
func (t *Template) Hook() *config.Webhook { return t.hook }

// BaseURL returns what Coroot puts in front of its links, if the configuration around
// the webhook says so; empty if it is not known.
func (t *Template) BaseURL() string {
	if t.hook == nil {
		return ""
	}
	return t.hook.BaseURL
}

// CustomKeys returns the names of the custom fields, sorted.
func (t *Template) CustomKeys() []string { return slices.Sorted(maps.Keys(t.CustomFields)) }

// Position returns the place in the file of the byte at offset in Text.
func (t *Template) Position(offset int) source.Position {
	if t.Locate != nil {
		return t.Locate(offset)
	}
	return source.NewIndex(t.Text).Position(offset)
}

// Hints returns what tells the receiving system.
func (t *Template) Hints() catalog.Hints {
	return catalog.Hints{
		Name: t.Destination, Template: t.Text, Configured: t.Configured, URL: t.URL, Path: t.Path,
		Bodies: catalog.Bodies(t.Kind, t.Text, t.CustomFields),
	}
}

// Detect tells the receiving system, and by what: it is one for all messages of the
// template. The error is a *catalog.UnknownError.
func (t *Template) Detect() (catalog.Found, error) { return catalog.Detect(t.Hints()) }

// Usable returns why the template cannot be used: Err, or the name of a destination
// that does not exist. It is nil for one that can.
func (t *Template) Usable() error {
	if t.Err != nil {
		return t.Err
	}
	if _, err := catalog.Detect(catalog.Hints{Name: t.Destination, Template: t.Text, Configured: t.Configured}); err != nil {
		return &Error{Path: t.Path, Usage: true, Err: err}
	}
	return nil
}

// Parse parses the template as Coroot does.
func (t *Template) Parse(options ...webhook.Option) (*webhook.Template, error) {
	return webhook.Parse(t.Kind, t.Label(), t.Text, options...)
}
