package workspace

import "iter"

// File is a file with the templates that are in it.
type File struct {
	Path, Name string // as the user named it, and for messages
	Document   bool   // it is YAML with templates in it, rather than a template itself
	Templates  []*Template

	data []byte
}

// Files opens sources and returns each file that holds templates once, with the
// templates that are wanted, or with its error, each error once. A template that several
// webhooks have in the same file is listed once for each of them.
func (w *Workspace) Files(sources []*Source, wanted func(*Source, *Template) bool) iter.Seq2[*File, error] {
	return func(yield func(*File, error) bool) {
		var order []*File
		files := map[string]*File{}
		var errs []error
		add := func(f *file, document bool) *File {
			key := f.path
			if real, err := w.o.Files.Real(f.path); err == nil && key != "-" {
				key = real
			}
			if files[key] == nil {
				files[key] = &File{Path: f.path, Name: f.name, Document: document, data: f.data}
				order = append(order, files[key])
			}
			return files[key]
		}
		for _, s := range sources {
			contents, err := w.Open(s)
			if err != nil {
				errs = append(errs, err)
			}
			if contents.document != nil {
				add(contents.document, true)
			}
			for i := range contents.Templates {
				t := &contents.Templates[i]
				if !wanted(s, t) {
					continue
				}
				if t.Err != nil {
					errs = append(errs, t.Err)
					continue
				}
				f := add(t.file, t.Inside())
				f.Templates = append(f.Templates, t)
			}
		}
		told := map[string]bool{}
		for _, err := range errs {
			if !told[err.Error()] && !yield(nil, err) {
				return
			}
			told[err.Error()] = true
		}
		for _, f := range order {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// Edit returns the file with its templates changed.
func (f *File) Edit(changes ...Change) (Edit, error) {
	if len(changes) == 0 {
		return Edit{Path: f.Path, Name: f.Name, Before: f.data, After: f.data}, nil
	}
	edits, err := Edits(changes...)
	if err != nil {
		return Edit{}, err
	}
	return edits[0], nil
}
