package lint

import (
	"maps"
	"slices"

	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Template is a template with what is known about it.
type Template struct {
	Path         string // of the file that it stands in, for messages
	Name         string // how it is called there, such as alertTemplate
	Kind         event.Kind
	Text         string
	Webhook      string            // the name of its webhook; empty: none is known
	CustomFields map[string]string // those of its webhook
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
}

// customKeys returns the names of the custom fields.
func (t *Template) customKeys() []string { return sortedKeys(t.CustomFields) }

func sortedKeys(fields map[string]string) []string { return slices.Sorted(maps.Keys(fields)) }

// Secrets returns the secrets of a webhook's settings, for Template.Secrets.
func (w Webhook) Secrets() []string { return settingSecrets(w.Webhook) }
