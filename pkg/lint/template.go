package lint

import (
	"github.com/hooktool/hooktool/pkg/event"
	"github.com/hooktool/hooktool/pkg/source"
)

// Template is a template with what is known about it.
type Template struct {
	Path         string // of the file that it stands in, for messages
	Name         string // how it is called there, such as alertTemplate
	Kind         event.Kind
	Destination  string // the name of the receiving system; empty or generic: not known
	Text         string
	CustomFields map[string]string // those of its webhook

	// A template inside another file, such as a YAML document, has the text of that
	// file and the place in it of every byte of Text. Both are empty for a template
	// that is a file of its own.
	File   string
	Locate func(offset int) source.Position
}

// locator returns a function that finds the place of an offset in the file.
func (t *Template) locator() func(int) source.Position {
	if t.Locate != nil {
		return t.Locate
	}
	return source.NewIndex(t.Text).Position
}

// file returns the text of the file that the template stands in.
func (t *Template) file() string {
	if t.Locate != nil {
		return t.File
	}
	return t.Text
}

// customKeys returns the names of the custom fields.
func (t *Template) customKeys() []string {
	keys := make([]string, 0, len(t.CustomFields))
	for key := range t.CustomFields {
		keys = append(keys, key)
	}
	return keys
}
