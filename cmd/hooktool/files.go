package main

import (
	"io"
	"os"
	"runtime"
	"sync"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/cmd/internal/terminal"
	"github.com/hooktool/hooktool/pkg/source"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// readAll reads a whole file up to a limit.
func (a *app) readAll(path string, limit int64) ([]byte, error) {
	r, err := a.open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, exit.BadFile(path, "", "%w", err)
	}
	if int64(len(b)) > limit {
		return nil, exit.BadFile(path, "", "the file is larger than %d bytes", limit)
	}
	if p := source.UTF16(path, b); p != nil {
		return nil, p
	}
	return b, nil
}

// checkFiles finds files that are not there before the first of them is read.
// It does not open them, because a named pipe can be opened only once.
func checkFiles(paths []string) error {
	for _, path := range paths {
		if path == "-" {
			continue
		}
		if path == "" {
			return workspace.ErrNoPath
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if info.IsDir() {
			return errFolder(path)
		}
	}
	return nil
}

func errFolder(path string) error {
	return exit.BadFile(path, "give a file, or - for standard input", "this is a folder")
}

// open opens a file for reading; "-" is standard input.
func (a *app) open(path string) (io.ReadCloser, error) {
	if path == "-" {
		return io.NopCloser(a.stdin()), nil
	}
	if path == "" {
		return nil, workspace.ErrNoPath
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, errFolder(path)
	}
	return f, nil
}

// stdin is standard input. On a terminal it says that it waits, because a program
// that is still looks like one that is broken.
func (a *app) stdin() io.Reader {
	if !terminal.IsTerminal(a.in) {
		return a.in
	}
	return &waiting{app: a}
}

type waiting struct {
	app *app
	one sync.Once
}

func (w *waiting) Read(p []byte) (int, error) {
	w.one.Do(func() {
		end := "Ctrl-D"
		if runtime.GOOS == "windows" {
			end = "Ctrl-Z and Enter"
		}
		w.app.note("reading from the terminal; %s on a line of its own ends the input", end)
	})
	return w.app.in.Read(p)
}
