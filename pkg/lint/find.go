package lint

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Extensions lists the extensions of files that are taken for templates in a
// folder.
func Extensions() []string { return []string{".tmpl", ".gotmpl", ".tpl"} }

// IsTemplate reports whether a file in a folder is taken for a template.
func IsTemplate(path string) bool {
	return slices.Contains(Extensions(), strings.ToLower(filepath.Ext(path)))
}

// Find lists the templates in a folder and below it, in the order of their
// paths. Folders whose names begin with a dot are left out. It follows symbolic
// links, but enters no folder twice. What cannot be read is an error among the
// others, and the rest is listed all the same.
func Find(dir string) ([]string, error) {
	w := &walker{entered: map[string]bool{}}
	w.folder(dir)
	slices.Sort(w.files)
	return w.files, errors.Join(w.errs...)
}

type walker struct {
	entered map[string]bool // folders, by their real paths
	files   []string
	errs    []error
}

func (w *walker) folder(dir string) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		w.errs = append(w.errs, err)
		return
	}
	if absolute, err := filepath.Abs(real); err == nil {
		real = absolute
	}
	if w.entered[real] {
		return
	}
	w.entered[real] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		w.errs = append(w.errs, err)
	}
	for _, entry := range entries {
		w.entry(filepath.Join(dir, entry.Name()), entry)
	}
}

func (w *walker) entry(path string, entry fs.DirEntry) {
	kind := entry.Type()
	if kind&fs.ModeSymlink != 0 {
		info, err := os.Stat(path)
		if err != nil {
			if IsTemplate(path) {
				w.errs = append(w.errs, err)
			}
			return
		}
		kind = info.Mode().Type()
	}
	switch {
	case kind.IsDir():
		if !strings.HasPrefix(entry.Name(), ".") {
			w.folder(path)
		}
	case kind.IsRegular() && IsTemplate(path):
		w.files = append(w.files, path)
	}
}
