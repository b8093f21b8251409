package workspace

import (
	"bytes"

	"github.com/hooktool/hooktool/pkg/config"
	"github.com/hooktool/hooktool/pkg/source"
)

// Change replaces the text of a template.
type Change struct {
	Template *Template
	Text     string
}

// Edit is the effect of changes on one file.
type Edit struct {
	Path          string // as the user wrote it; "-" is standard input
	Name          string // for messages
	Before, After []byte // the whole file
	Note          string // what Coroot needs to read it as meant; empty: nothing
}

// Changed reports whether the contents differ.
func (e Edit) Changed() bool { return !bytes.Equal(e.Before, e.After) }

// Edits applies changes to the files that hold the templates, in the order of the first
// change to each file. Everything else in a file stays as it is.
//
// It fails if a template is not in a file, if two changes to one template differ, or if
// a document cannot hold the text (see config.File.Apply).
func Edits(changes ...Change) ([]Edit, error) {
	var order []string
	groups := map[string][]Change{}
	for _, change := range changes {
		f := change.Template.file
		if f == nil {
			return nil, badFile(change.Template.Path, "", "this template is in no file")
		}
		if groups[f.path] == nil {
			order = append(order, f.path)
		}
		groups[f.path] = append(groups[f.path], change)
	}
	var edits []Edit
	for _, path := range order {
		edit, err := editOf(groups[path])
		if err != nil {
			return nil, err
		}
		edits = append(edits, edit)
	}
	return edits, nil
}

// editOf makes one edit of the changes to one file.
func editOf(changes []Change) (Edit, error) {
	f := changes[0].Template.file
	edit := Edit{Path: f.path, Name: f.name, Before: f.data}
	if !changes[0].Template.Inside() {
		for _, change := range changes[1:] {
			if change.Text != changes[0].Text {
				return edit, badFile(f.name, "give each webhook a template of its own", "this template is used twice, and would need different changes")
			}
		}
		edit.After = []byte(changes[0].Text)
		return edit, nil
	}
	var inside []config.Change
	for _, change := range changes {
		t := change.Template
		inside = append(inside, config.Change{Template: t.stored, Text: change.Text})
		if written, err := t.stored.Write(change.Text); err == nil && t.stored.NeedsDollar(written) && edit.Note == "" {
			edit.Note = "Coroot needs the variable DOLLAR with the value $ to read the templates of " + t.hook.Name + " as intended; set it " + t.hook.Format.DollarHelp()
		}
	}
	var err error
	edit.After, err = f.config.Apply(inside...)
	return edit, err
}

// Writer replaces the contents of a file atomically, if it still holds what was read.
type Writer func(path string, before, after []byte) error

// Save writes the file, if its contents differ. One that has changed since it was read
// is left alone; that is an error.
func (e Edit) Save(write Writer) error {
	if !e.Changed() {
		return nil
	}
	if e.Path == "-" {
		return badFile(e.Name, "", "standard input cannot be written to")
	}
	return write(e.Path, e.Before, e.After)
}

// PositionIn converts a position in a template's text to one in its file, for errors of
// code that knows the text alone.
func (t *Template) PositionIn(pos source.Position) source.Position {
	if !pos.IsValid() || !t.Inside() {
		return pos
	}
	return t.Position(source.NewIndex(t.Text).Offset(pos))
}
