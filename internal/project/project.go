// Package project says where a project begins and ends, which files may be trusted, and
// reads files so that no path leads out of the project.
//
// A project is a repository: the folder that contains .git. Outside repositories it is
// a single folder.
package project

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/hooktool/hooktool/internal/limited"
)

// The reasons why a file is not used, wrapped in an *fs.PathError.
var (
	ErrOutside    = errors.New("it leads out of the project")
	ErrNotRegular = errors.New("it is not a regular file")
)

// Root returns the root of the project that a folder is in: that of the repository
// around it, or the folder itself.
func Root(dir string) string {
	if root, ok := Repository(dir); ok {
		return root
	}
	return dir
}

// Repository returns the root of the repository that a folder is in, as an absolute path.
func Repository(dir string) (root string, ok bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", false
	}
	for folder := range upwards(dir) {
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil {
			return folder, true
		}
	}
	return "", false
}

// Find looks for a file in a folder and in its parents: up to the root of the
// repository, or, within the user's home, up to that. Elsewhere only the folder itself
// counts. It returns "" if there is none. unsaved, which may be nil, reports files that
// exist without being on disk.
func Find(dir, home, name string, unsaved func(path string) bool) string {
	last, ok := border(dir, home)
	if !ok {
		last = dir
	}
	for folder := range upwards(dir) {
		path := filepath.Join(folder, name)
		if info, err := os.Lstat(path); err == nil && !info.IsDir() || unsaved != nil && unsaved(path) {
			return path
		}
		if folder == last {
			break
		}
	}
	return ""
}

// border returns the folder at which a search ends.
func border(dir, home string) (string, bool) {
	isHome := func(string) bool { return false }
	if filepath.IsAbs(home) && filepath.Dir(home) != home { // the home of some containers is /
		isHome = sameAs(home)
	}
	for folder := range upwards(dir) {
		if _, err := os.Lstat(filepath.Join(folder, ".git")); err == nil {
			return folder, true
		}
		if isHome(folder) {
			return folder, true
		}
	}
	return "", false
}

// upwards yields a folder and its parents, stopping where git also stops when it
// searches for a repository.
func upwards(dir string) func(yield func(string) bool) {
	ceilings := filepath.SplitList(os.Getenv("GIT_CEILING_DIRECTORIES"))
	return func(yield func(string) bool) {
		for yield(dir) {
			parent := filepath.Dir(dir)
			if parent == dir || slices.ContainsFunc(ceilings, func(ceiling string) bool { return sameAs(ceiling)(parent) }) {
				return
			}
			dir = parent
		}
	}
}

// sameAs returns a function that reports whether a path names the same folder as this
// one.
func sameAs(folder string) func(path string) bool {
	info, err := os.Stat(folder)
	return func(path string) bool {
		if filepath.Clean(path) == filepath.Clean(folder) {
			return true
		}
		other, otherErr := os.Stat(path)
		return err == nil && otherErr == nil && os.SameFile(info, other)
	}
}

// Inside returns a path relative to the root of a project. The error is ErrOutside if
// its name, or a symbolic link on the way, leads out of the project or into .git, and
// ErrNotRegular for something that is not a regular file. The file need not exist.
func Inside(root, path string) (relative string, err error) {
	relative, err = within(root, path)
	if err != nil {
		return "", &fs.PathError{Op: "open", Path: path, Err: err}
	}
	r, err := os.OpenRoot(root)
	if err != nil {
		return relative, nil // nolint:nilerr // without a root there is no file
	}
	defer r.Close()
	return relative, check(r, relative, path)
}

// Barred is Inside for a file that another file of the project names. It returns only
// the errors that bar the file from being used: ErrOutside and ErrNotRegular, wrapped in
// an *fs.PathError. Whatever else is wrong, reading the file reports.
func Barred(root, path string) error {
	_, err := Inside(root, path)
	if errors.Is(err, ErrOutside) || errors.Is(err, ErrNotRegular) {
		return err
	}
	return nil
}

// check looks at a file within a root.
func check(r *os.Root, relative, path string) error {
	info, err := r.Stat(relative)
	switch {
	case (err == nil || errors.Is(err, fs.ErrNotExist)) && entersGit(r.Name(), relative):
		err = ErrOutside
	case err == nil && info.Mode().IsRegular(), errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil:
		err = ErrNotRegular
	case escapes(err):
		err = ErrOutside
	default:
		return rename(err, path)
	}
	return &fs.PathError{Op: "open", Path: path, Err: err}
}

// within returns a path relative to a folder, going by the names alone.
func within(root, path string) (string, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return "", err
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", err
	}
	relative, err := filepath.Rel(root, path)
	if err != nil || !filepath.IsLocal(relative) {
		return "", ErrOutside
	}
	return relative, nil
}

// escapes reports whether an error of os.Root is about a path that leads out of it. The
// error itself is not exported.
func escapes(err error) bool {
	return err != nil && strings.Contains(err.Error(), "path escapes from parent")
}

// entersGit reports whether a path leads into git's own files, by its name or through
// links on its way: they hold commands that git runs.
func entersGit(root, relative string) bool {
	isGit := func(path string) bool {
		return slices.ContainsFunc(strings.Split(filepath.ToSlash(path), "/"), func(name string) bool { return strings.EqualFold(name, ".git") })
	}
	if isGit(relative) {
		return true
	}
	from, err := filepath.EvalSymlinks(root)
	if err != nil {
		return true
	}
	for path := filepath.Join(root, relative); path != filepath.Dir(path); path = filepath.Dir(path) {
		if to, err := filepath.EvalSymlinks(path); err == nil { // what does not exist is not a link
			inside, err := filepath.Rel(from, to)
			return err != nil || isGit(inside)
		}
	}
	return false
}

// rename puts the path that the user knows into an error.
func rename(err error, path string) error {
	var inPath *fs.PathError
	if errors.As(err, &inPath) {
		return &fs.PathError{Op: "open", Path: path, Err: inPath.Err}
	}
	return err
}

// ReadFile reads a file of a project up to a limit in bytes. Its errors are those of
// Inside and of the file system.
func ReadFile(root, path string, limit int64) ([]byte, error) {
	relative, err := within(root, path)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if err := check(r, relative, path); err != nil { // opening a pipe would wait for a writer
		return nil, err
	}
	f, err := r.Open(relative)
	if err != nil {
		return nil, rename(err, path)
	}
	defer f.Close()
	data, err := limited.Read(f, limit)
	if err != nil {
		return nil, rename(&fs.PathError{Op: "read", Path: path, Err: err}, path)
	}
	return data, nil
}
