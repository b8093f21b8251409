// Package files reads and writes the files of a command line. "-" is standard input.
package files

import (
	"errors"
	"io"
	"os"
	"runtime"
	"sync"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/internal/atomicfile"
	"github.com/hooktool/hooktool/internal/limited"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// Reader reads files.
type Reader struct {
	In   io.Reader                        // standard input
	Note func(format string, args ...any) // called when reading from a terminal
}

// All reads a whole file of at most limit bytes.
func (r Reader) All(path string, limit int64) ([]byte, error) {
	file, err := r.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	b, err := limited.Read(file, limit)
	if err != nil {
		return nil, exit.BadFile(path, "", "%w", err)
	}
	if p := source.UTF16(path, b); p != nil {
		return nil, p
	}
	return b, nil
}

// Check finds missing files before the first one is read. It does not open them,
// because a named pipe can be opened only once.
func Check(paths []string) error {
	for _, path := range paths {
		if path == "-" {
			continue
		}
		if path == "" {
			return workspace.ErrNoPath
		}
		if _, err := os.Stat(path); err != nil {
			return err
		}
		if err := NotFolder(path); err != nil {
			return err
		}
	}
	return nil
}

// NotFolder rejects a folder where a file is required.
func NotFolder(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return exit.BadFile(path, "give a file, or - for standard input", "this is a folder")
	}
	return nil
}

// Open opens a file for reading; "-" is standard input.
func (r Reader) Open(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(r.Stdin()), nil
	}
	if path == "" {
		return nil, workspace.ErrNoPath
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := NotFolder(path); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Stdin returns standard input. On a terminal it notes that it is waiting, because a
// silent program looks broken.
func (r Reader) Stdin() io.Reader {
	if !terminal.IsTerminal(r.In) {
		return r.In
	}
	return &waiting{Reader: r}
}

type waiting struct {
	Reader
	one sync.Once
}

func (w *waiting) Read(p []byte) (int, error) {
	w.one.Do(func() {
		end := "Ctrl-D"
		if runtime.GOOS == "windows" {
			end = "Ctrl-Z and Enter"
		}
		w.Note("reading from the terminal; end the input with %s on a line of its own", end)
	})
	return w.In.Read(p)
}

// Replace replaces the contents of a file and keeps its line endings. It fails if the
// file no longer holds what was read from it.
func Replace(path string, before, after []byte) error {
	return WriteFailure(path, atomicfile.Replace(path, before, atomicfile.KeepLineEnds(before, after)))
}

// Write writes a file for the user, such as a report.
func Write(path string, data []byte) error {
	return WriteFailure(path, atomicfile.Write(path, data, 0o644))
}

// WriteFailure says which file could not be written, and why.
func WriteFailure(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case path == "":
		return workspace.ErrNoPath
	case errors.Is(err, os.ErrNotExist):
		return err
	}
	return exit.BadFile(path, "", "cannot be written: %w", err)
}

// CountStdin counts how often standard input is among some paths.
func CountStdin(paths ...string) (n int) {
	for _, path := range paths {
		if path == "-" {
			n++
		}
	}
	return n
}
