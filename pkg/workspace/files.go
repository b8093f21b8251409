package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hooktool/hooktool/internal/limited"
)

// FS is where files are. Paths are those of the operating system, relative to
// the current folder or absolute.
type FS interface {
	// ReadFile reads a file of at most limit bytes.
	ReadFile(path string, limit int64) ([]byte, error)
	Stat(path string) (fs.FileInfo, error)
	ReadDir(path string) ([]fs.DirEntry, error)
	// Real returns the absolute path of a file or folder with symbolic links followed,
	// which shows that two paths name the same one.
	Real(path string) (string, error)
}

// Disk is the machine's own file system.
type Disk struct{}

// ReadFile reads a file.
func (Disk) ReadFile(path string, limit int64) ([]byte, error) { return limited.ReadFile(path, limit) }

// Stat describes a file; of a symbolic link, its target.
func (Disk) Stat(path string) (fs.FileInfo, error) { return os.Stat(path) }

// ReadDir lists a folder.
func (Disk) ReadDir(path string) ([]fs.DirEntry, error) { return os.ReadDir(path) }

// Real follows symbolic links. For a file that does not exist it follows those of its
// folder.
func (Disk) Real(path string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(absolute)
	if errors.Is(err, fs.ErrNotExist) {
		if dir, dirErr := filepath.EvalSymlinks(filepath.Dir(absolute)); dirErr == nil {
			return filepath.Join(dir, filepath.Base(absolute)), nil
		}
		return absolute, nil
	}
	return real, err
}

// Overlay puts texts in front of files: those that an editor has not saved yet. Without
// a Base there is nothing else, as in a browser.
type Overlay struct {
	Base  FS                // may be nil
	Texts map[string]string // by path
}

// NewOverlay puts texts in front of the files of base, which may be nil.
func NewOverlay(base FS, texts map[string]string) *Overlay {
	o := &Overlay{Base: base, Texts: make(map[string]string, len(texts))}
	for path, text := range texts {
		o.Texts[o.key(path)] = text
	}
	return o
}

// key is the path under which a text is kept.
func (o *Overlay) key(path string) string {
	if real, err := o.Real(path); err == nil {
		return real
	}
	return filepath.Clean(path)
}

// ReadFile returns a text, or reads the file if there is none.
func (o *Overlay) ReadFile(path string, limit int64) ([]byte, error) {
	text, ok := o.Texts[o.key(path)]
	switch {
	case ok:
		return []byte(text), nil
	case o.Base != nil:
		return o.Base.ReadFile(path, limit)
	}
	return nil, missing("open", path)
}

// Stat describes a text, a folder that holds one, or the file if there is neither.
func (o *Overlay) Stat(path string) (fs.FileInfo, error) {
	key := o.key(path)
	if text, ok := o.Texts[key]; ok {
		return overlaid{filepath.Base(key), int64(len(text)), 0o644}, nil
	}
	if o.Base != nil {
		if info, err := o.Base.Stat(path); err == nil || len(o.below(key)) == 0 {
			return info, err
		}
	}
	if len(o.below(key)) > 0 {
		return overlaid{filepath.Base(key), 0, fs.ModeDir | 0o755}, nil
	}
	return nil, missing("stat", path)
}

// ReadDir lists the texts in a folder together with its files.
func (o *Overlay) ReadDir(path string) ([]fs.DirEntry, error) {
	var (
		entries []fs.DirEntry
		err     error
	)
	if o.Base != nil {
		entries, err = o.Base.ReadDir(path)
	}
	below := o.below(o.key(path))
	if len(below) == 0 && o.Base == nil {
		return nil, missing("open", path)
	}
	known := map[string]bool{}
	for _, entry := range entries {
		known[entry.Name()] = true
	}
	for _, relative := range below {
		name, _, nested := strings.Cut(relative, string(filepath.Separator))
		if known[name] {
			continue
		}
		known[name] = true
		info := overlaid{name, 0, 0o644}
		if nested {
			info.mode = fs.ModeDir | 0o755
		}
		entries = append(entries, fs.FileInfoToDirEntry(info))
	}
	if len(below) > 0 && errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, err
}

// below returns the texts in and below a folder, relative to it.
func (o *Overlay) below(folder string) []string {
	var paths []string
	for path := range o.Texts {
		if relative, err := filepath.Rel(folder, path); err == nil && relative != "." && filepath.IsLocal(relative) {
			paths = append(paths, relative)
		}
	}
	return paths
}

// Real returns the path under which a text is kept.
func (o *Overlay) Real(path string) (string, error) {
	if o.Base == nil {
		return filepath.Clean(path), nil
	}
	return o.Base.Real(path)
}

func missing(op, path string) error {
	return &fs.PathError{Op: op, Path: path, Err: fs.ErrNotExist}
}

// overlaid describes a text, or a folder of texts.
type overlaid struct {
	name string
	size int64
	mode fs.FileMode
}

func (i overlaid) Name() string       { return i.name }
func (i overlaid) Size() int64        { return i.size }
func (i overlaid) Mode() fs.FileMode  { return i.mode }
func (i overlaid) ModTime() time.Time { return time.Time{} }
func (i overlaid) IsDir() bool        { return i.mode.IsDir() }
func (i overlaid) Sys() any           { return nil }
