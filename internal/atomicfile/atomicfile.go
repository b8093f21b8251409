// Package atomicfile writes files so that nothing is lost: the new contents go into a
// temporary file in the same folder, which then replaces the old file. A reader gets
// either the old contents or the new ones, whole; if the disk is full or the process is
// killed, the old ones stay.
//
// A file keeps its mode, and its owner where the system allows that. A symbolic link is
// kept, and its target is written. Hard links and extended attributes are not kept.
//
// There are libraries for the renaming alone (google/renameio, natefinch/atomic),
// but none that follows links, keeps owners and compares; and os.Rename replaces
// files on Windows too.
package atomicfile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/hooktool/hooktool/internal/limited"
)

// The reasons, other than the system's, why a file is not written. They are wrapped in
// an *fs.PathError with the path that was given.
var (
	ErrChanged    = errors.New("the file was changed meanwhile")
	ErrReadOnly   = errors.New("the file is read-only")
	ErrNotRegular = errors.New("this is not a regular file, so nothing is written to it")
)

// Write replaces the contents of a file, or creates it with a mode. What is not a
// regular file, such as /dev/stdout or a named pipe, is written to directly.
func Write(path string, data []byte, mode fs.FileMode) error {
	if info, err := os.Stat(path); isStream(path) || err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return inPath("write", path, writeStream(path, data))
	}
	return inPath("write", path, write(path, data, mode, func(string) error { return nil }))
}

// Create creates a file. The error is fs.ErrExist if it exists, or comes into existence
// meanwhile.
func Create(path string, data []byte, mode fs.FileMode) error {
	return inPath("create", path, create(path, data, mode))
}

// Replace replaces the contents of a file, if it still holds what was read from it.
// Otherwise the error is ErrChanged.
func Replace(path string, before, after []byte) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return inPath("replace", path, err)
	case isStream(path) || !info.Mode().IsRegular():
		return inPath("replace", path, ErrNotRegular)
	}
	return inPath("replace", path, write(path, after, info.Mode(), func(target string) error {
		if now, err := limited.ReadFile(target, int64(len(before))); err != nil || !bytes.Equal(now, before) {
			return ErrChanged
		}
		return nil
	}))
}

// write writes a file. It calls check with the file to be replaced as late as possible.
func write(path string, data []byte, mode fs.FileMode, check func(target string) error) error {
	target, err := resolve(path)
	if err != nil {
		return err
	}
	old, err := os.Lstat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		old = nil
	case err != nil:
		return err
	case old.IsDir():
		return syscall.EISDIR
	case old.Mode().Perm()&0o222 == 0:
		return ErrReadOnly
	}
	temporary, err := temporaryFile(target, data, mode, old)
	if err != nil {
		return err
	}
	if err = check(target); err == nil {
		err = os.Rename(temporary, target)
	}
	if err != nil {
		os.Remove(temporary)
	}
	return err
}

// temporaryFile writes a file next to the target, ready to replace it.
func temporaryFile(target string, data []byte, mode fs.FileMode, old fs.FileInfo) (name string, err error) {
	if old != nil {
		mode = 0o600 // until the owner is set to that of the old file
	}
	f, err := createTemporary(target, mode)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return "", err
	}
	if old != nil {
		keepOwner(f, old)
		if err := f.Chmod(old.Mode() & (fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky)); err != nil {
			return "", err
		}
	}
	if err := f.Sync(); err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// createTemporary creates a file next to another, with the mode that the umask leaves.
func createTemporary(target string, mode fs.FileMode) (*os.File, error) {
	const tries, longest = 1000, 100
	base := filepath.Base(target)
	base = base[:min(len(base), longest)] // a name may have 255 bytes
	for try := 0; ; try++ {
		name := filepath.Join(filepath.Dir(target), fmt.Sprintf(".%s.%08x~", base, rand.Uint32()))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, mode.Perm())
		if !errors.Is(err, fs.ErrExist) || try == tries {
			return f, err
		}
	}
}

// create creates a file. Where hard links are not supported, others may see it
// unfinished.
func create(path string, data []byte, mode fs.FileMode) error {
	if _, err := os.Lstat(path); err == nil {
		return fs.ErrExist
	}
	temporary, err := temporaryFile(path, data, mode, nil)
	if err != nil {
		return err
	}
	defer os.Remove(temporary)
	err = os.Link(temporary, path)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode.Perm())
	if err != nil {
		return err
	}
	if _, err = f.Write(data); err == nil {
		return f.Close()
	}
	f.Close()
	os.Remove(path)
	return err
}

// writeStream writes to what is not a regular file, or to a standard stream.
func writeStream(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// isStream reports whether a path is an open file of this process. Such a file cannot
// be replaced: whoever opened it would not notice.
func isStream(path string) bool {
	if absolute, err := filepath.Abs(path); err == nil {
		path = filepath.ToSlash(absolute)
	}
	for _, stream := range []string{"/dev/stdin", "/dev/stdout", "/dev/stderr"} {
		if path == stream {
			return true
		}
	}
	return strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/") && strings.Contains(path, "/fd/")
}

// maxLinks bounds how long a chain of symbolic links may be.
const maxLinks = 40

// resolve follows symbolic links to the final file, which need not exist.
func resolve(path string) (string, error) {
	for range maxLinks {
		info, err := os.Lstat(path)
		if err != nil || info.Mode()&fs.ModeSymlink == 0 {
			return path, nil // nolint:nilerr // what does not exist is not a link
		}
		to, err := os.Readlink(path)
		if err != nil {
			return "", err
		}
		if !filepath.IsAbs(to) {
			folder, err := filepath.EvalSymlinks(filepath.Dir(path))
			if err != nil {
				return "", err
			}
			to = filepath.Join(folder, to)
		}
		path = to
	}
	return "", syscall.ELOOP
}

// inPath puts the name that was given into an error about a file.
func inPath(op, path string, err error) error {
	if err == nil {
		return nil
	}
	var (
		inPath *fs.PathError
		inLink *os.LinkError
	)
	switch {
	case errors.As(err, &inPath):
		err = inPath.Err
	case errors.As(err, &inLink):
		err = inLink.Err
	}
	return &fs.PathError{Op: op, Path: path, Err: err}
}

// KeepLineEnds returns a text with the line ends of another: CRLF, if the other has
// only those, and the text has none.
func KeepLineEnds(before, after []byte) []byte {
	crlf := []byte("\r\n")
	if lines := bytes.Count(before, crlf); lines == 0 || lines != bytes.Count(before, crlf[1:]) || bytes.Contains(after, crlf) {
		return after
	}
	return bytes.ReplaceAll(after, crlf[1:], crlf)
}
