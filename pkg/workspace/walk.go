package workspace

import (
	"io/fs"
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

// IsYAML reports whether a file is YAML by its name, and so can hold webhooks.
func IsYAML(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml":
		return true
	}
	return false
}

// Skipped reports whether a folder of this name is passed over below another:
// .git and all others that begin with a dot, and what other people wrote.
func Skipped(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules" || name == "vendor"
}

// maxDepth bounds how deep folders are looked into.
const maxDepth = 64

// Walk lists the files below a folder that wanted picks by their paths, in the
// order of their paths, and the folders that it has looked into. It follows
// symbolic links but enters no folder twice and none that the first one lies in,
// and passes over those that Skipped names. What cannot be read is an error among
// the others, and the rest is listed anyway.
func Walk(files FS, dir string, wanted func(path string) bool) (found, folders []string, errs []error) {
	w := &walker{files: files, wanted: wanted, entered: map[string]bool{}}
	if real, err := files.Real(dir); err == nil {
		for above := real; filepath.Dir(above) != above; {
			above = filepath.Dir(above)
			w.entered[above] = true
		}
	}
	w.folder(dir, 0)
	for len(w.links) > 0 { // after all else, so that a file has its own path rather than one through a link
		next := w.links[0]
		w.links = w.links[1:]
		w.folder(next.path, next.depth)
	}
	slices.Sort(w.found)
	return w.found, w.folders, w.errs
}

type walker struct {
	files   FS
	wanted  func(path string) bool
	entered map[string]bool // folders, by their real paths
	links   []link          // to folders
	found   []string
	folders []string
	errs    []error
}

type link struct {
	path  string
	depth int
}

func (w *walker) folder(dir string, depth int) {
	real, err := w.files.Real(dir)
	if err != nil {
		w.errs = append(w.errs, err)
		return
	}
	if w.entered[real] || depth > maxDepth {
		return
	}
	w.entered[real] = true
	w.folders = append(w.folders, dir)
	entries, err := w.files.ReadDir(dir)
	if err != nil {
		w.errs = append(w.errs, err)
	}
	for _, entry := range entries {
		w.entry(filepath.Join(dir, entry.Name()), entry, depth)
	}
}

func (w *walker) entry(path string, entry fs.DirEntry, depth int) {
	kind := entry.Type()
	linked := kind&fs.ModeSymlink != 0
	if linked {
		info, err := w.files.Stat(path)
		if err != nil {
			if w.wanted(path) {
				w.errs = append(w.errs, err)
			}
			return
		}
		kind = info.Mode().Type()
	}
	switch {
	case kind.IsDir() && Skipped(entry.Name()):
	case kind.IsDir() && linked:
		w.links = append(w.links, link{path, depth + 1})
	case kind.IsDir():
		w.folder(path, depth+1)
	case kind.IsRegular() && w.wanted(path):
		w.found = append(w.found, path)
	}
}
