package main

import (
	"errors"
	"os"

	"github.com/hooktool/hooktool/cmd/internal/exit"
	"github.com/hooktool/hooktool/internal/atomicfile"
	"github.com/hooktool/hooktool/pkg/workspace"
)

// replaceFile gives a file other contents, with the line ends that it has. It
// fails when the file no longer holds what was read from it.
func replaceFile(path string, before, after []byte) error {
	return writeFailure(path, atomicfile.Replace(path, before, atomicfile.KeepLineEnds(before, after)))
}

// writeFile writes a file that is made for the user, such as a report.
func writeFile(path string, data []byte) error {
	return writeFailure(path, atomicfile.Write(path, data, 0o644))
}

// writeFailure says which file could not be written, and why.
func writeFailure(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case path == "":
		return workspace.ErrNoPath
	case errors.Is(err, os.ErrNotExist):
		return err
	}
	return exit.BadFile(path, "", "write it: %w", err)
}
