package workspace

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// IsTemplate reports whether a file in a folder counts as a template.
func IsTemplate(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".tmpl", ".gotmpl", ".tpl":
		return true
	}
	return false
}

// IsYAML reports whether a file's name says that it is YAML, so that it can hold
// webhooks.
func IsYAML(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".yaml", ".yml":
		return true
	}
	return false
}

// isSkipped reports whether a folder of this name is skipped when it is below another:
// .git and all others that begin with a dot, and folders of third-party code.
func isSkipped(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules" || name == "vendor"
}

// maxDepth bounds how deep Walk goes.
const maxDepth = 64

// Walk lists the files in and below a folder whose paths wanted accepts, in the order
// of their paths, and the folders that it has visited. It follows symbolic links, but
// enters no folder twice and none that contains the first one, and leaves out those
// that isSkipped names. What cannot be read is an error joined to the others; the rest is
// listed anyway.
func Walk(files FS, dir string, wanted func(path string) bool) (found, folders []string, errs []error) {
	w := &walker{files: files, wanted: wanted, entered: map[string]bool{}, links: []link{{dir, 0}}}
	if real, err := files.Real(dir); err == nil {
		for above := real; filepath.Dir(above) != above; {
			above = filepath.Dir(above)
			w.entered[above] = true
		}
	}
	for len(w.links) > 0 { // last, so that a file gets its own path rather than one through a link
		next := w.links[0]
		w.links = w.links[1:]
		if real, err := files.Real(next.path); err != nil {
			w.errs = append(w.errs, err)
		} else {
			w.folder(next.path, real, next.depth)
		}
	}
	slices.Sort(w.found)
	return w.found, w.folders, w.errs
}

type walker struct {
	files   FS
	wanted  func(path string) bool
	entered map[string]bool // folders, by their real paths
	links   []link          // to folders, that to the first one included
	found   []string
	folders []string
	errs    []error
}

type link struct {
	path  string
	depth int
}

// folder visits a folder, whose real path is known.
func (w *walker) folder(dir, real string, depth int) {
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
		w.entry(filepath.Join(dir, entry.Name()), filepath.Join(real, entry.Name()), entry, depth)
	}
}

func (w *walker) entry(path, real string, entry fs.DirEntry, depth int) {
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
	case kind.IsDir() && isSkipped(entry.Name()):
	case kind.IsDir() && linked:
		w.links = append(w.links, link{path, depth + 1})
	case kind.IsDir():
		w.folder(path, real, depth+1)
	case kind.IsRegular() && w.wanted(path):
		w.found = append(w.found, path)
	}
}
