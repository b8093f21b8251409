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
		list := fileList{workspace: w, byPath: map[string]*File{}}
		told := map[string]bool{}
		for _, err := range list.read(sources, wanted) {
			if !told[err.Error()] && !yield(nil, err) {
				return
			}
			told[err.Error()] = true
		}
		for _, f := range list.files {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// fileList collects files, each once.
type fileList struct {
	workspace *Workspace
	files     []*File
	byPath    map[string]*File // their real paths
}

// read adds the files that sources lead to, and returns the errors of others.
func (l *fileList) read(sources []*Source, wanted func(*Source, *Template) bool) (errs []error) {
	for _, s := range sources {
		contents, err := l.workspace.Open(s)
		if err != nil {
			errs = append(errs, err)
		}
		if contents.document != nil {
			l.add(contents.document, true)
		}
		for i := range contents.Templates {
			t := &contents.Templates[i]
			switch {
			case !wanted(s, t):
			case t.Err != nil:
				errs = append(errs, t.Err)
			default:
				f := l.add(t.file, t.Inside())
				f.Templates = append(f.Templates, t)
			}
		}
	}
	return errs
}

// add returns the file in the list, to which it adds it if need be.
func (l *fileList) add(f *file, document bool) *File {
	key := f.path
	if real, err := l.workspace.o.Files.Real(f.path); err == nil && key != "-" {
		key = real
	}
	if l.byPath[key] == nil {
		l.byPath[key] = &File{Path: f.path, Name: f.name, Document: document, data: f.data}
		l.files = append(l.files, l.byPath[key])
	}
	return l.byPath[key]
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
