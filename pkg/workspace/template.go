package workspace

import (
	"errors"
	"maps"
	"slices"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/destination/catalog"
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/webhook"
)

// Template is a template and what is known about it.
type Template struct {
	Path   string // of the file that it is in, for messages
	Name   string // its name within the file, such as alertTemplate
	Kind   event.Kind
	KindBy KindSource // where the kind comes from
	Text   string

	Webhook      string            // of its webhook; empty if none is known
	CustomFields map[string]string // of its webhook and of the user
	Secrets      []string          // masks secrets in lines and bodies, known ones and what looks like one

	// What identifies the receiving system, each empty if not known: what the user
	// says, what the webhook's definition says, and the webhook's URL.
	Destination string
	Configured  string
	URL         string

	// A template inside another file, such as a YAML document, has that file's index
	// and the place in it of each byte of Text. Both are nil for a template that is a
	// file of its own.
	File   *source.Index
	Locate func(offset int) source.Position

	// Err says why the template cannot be used: its file cannot be read, or nothing
	// says its kind. It is nil for a usable one.
	Err error
	// Unset names the custom fields that the template uses and that have no value here,
	// because a variable of the environment is not set.
	Unset error

	hook   *config.Webhook
	unset  map[string]error // the custom fields without a value, used or not
	stored config.Template  // as it is in a document
	file   *file            // the file that it was read from; nil for a text that is not in one
}

// ID identifies the template among the others, and stays the same each time they are
// read.
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

// Stored returns the template as it is in a document, with what Coroot makes of it
// there. It is not ok for a template that is a file of its own, or whose text has
// changed since.
func (t *Template) Stored() (stored config.Template, ok bool) {
	return t.stored, t.Inside() && t.Text == t.stored.Text
}

// Key is the kind of messages for which its webhook has the template, whatever its text
// says. If no webhook is known, it is the template's own kind.
func (t *Template) Key() event.Kind {
	if t.stored.Kind == "" {
		return t.Kind
	}
	return t.stored.Kind
}

// Label names the template in messages whose positions, if any, are in its own text, and
// not in the document around it.
func (t *Template) Label() string {
	if t.Inside() {
		return t.Path + "(" + t.Webhook + "." + t.Name + ")"
	}
	return t.Path
}

// Hook returns the webhook that the template belongs to, or nil if none is known.
func (t *Template) Hook() *config.Webhook { return t.hook }

// BaseURL returns what Coroot puts before its links, if the configuration around the
// webhook says so, and "" otherwise.
func (t *Template) BaseURL() string {
	if t.hook == nil {
		return ""
	}
	return t.hook.BaseURL
}

// Sent returns a built-in event as the template's webhook would get it.
func (t *Template) Sent(sample event.Event) event.Event {
	if base := t.BaseURL(); base != "" {
		sample = sample.Rebase(base)
	}
	return t.WithFields(sample)
}

// WithFields returns an event with the template's custom fields, which take precedence
// over its own. It shares the rest with ev.
func (t *Template) WithFields(ev event.Event) event.Event {
	if len(ev.CustomFields) == 0 {
		ev.CustomFields = t.CustomFields
		return ev
	}
	ev.CustomFields = maps.Clone(ev.CustomFields)
	maps.Copy(ev.CustomFields, t.CustomFields)
	return ev
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

// Hints returns what is known about the receiving system.
func (t *Template) Hints() catalog.Hints {
	return catalog.Hints{
		Name: t.Destination, Template: t.Text, Configured: t.Configured, URL: t.URL, Path: t.Path,
		Bodies: func(yield func([]byte) bool) {
			parsed, _ := t.Parse() // without one there are no bodies
			catalog.Bodies(parsed, t.CustomFields)(yield)
		},
	}
}

// Detect finds the receiving system, and says by what. It is the same for all messages
// of the template. The error is a *catalog.UnknownError.
func (t *Template) Detect() (catalog.Found, error) { return catalog.Detect(t.Hints()) }

// DetectParsed is Detect for a template that is already parsed; nil if it cannot be.
func (t *Template) DetectParsed(parsed *webhook.Template) (catalog.Found, error) {
	hints := t.Hints()
	hints.Bodies = catalog.Bodies(parsed, t.CustomFields)
	return catalog.Detect(hints)
}

// Usable returns why the template cannot be used: Err, or the error for a destination
// that does not exist. It is nil for a usable one.
func (t *Template) Usable() error {
	if t.Err != nil {
		return t.Err
	}
	if _, _, err := catalog.Said(catalog.Hints{Name: t.Destination, Template: t.Text, Configured: t.Configured}); err != nil {
		var unknown *catalog.UnknownError
		if errors.As(err, &unknown) && unknown.Source == catalog.ByDirective {
			err = t.atComment("destination", err)
		}
		return &Error{Path: t.Path, Usage: true, Err: err}
	}
	return nil
}

// Parse parses the template as Coroot does. Its errors have their places in the file.
func (t *Template) Parse(options ...webhook.Option) (*webhook.Template, error) {
	return webhook.Parse(t.Kind, t.Path, t.Text, append(options, webhook.WithPlaces(t.PositionIn))...)
}
