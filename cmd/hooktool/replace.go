package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"

	"github.com/hooktool/hooktool/internal/limited"
)

// replaceFile gives a file other contents, all at once: whoever reads it gets
// the old or the new ones, and after a failure the old ones stand. The file
// keeps its mode, and a symbolic link stays one. It fails when the file no
// longer holds what was read from it.
func replaceFile(path string, before, after []byte) (err error) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return readError(path, err)
	}
	info, err := os.Stat(target)
	if err != nil {
		return readError(path, err)
	}
	if !info.Mode().IsRegular() {
		return badFile(path, "", "this is no ordinary file, and is not written to")
	}
	if info.Mode().Perm()&0o222 == 0 {
		return badFile(path, "", "the file is read-only")
	}
	temporary, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*")
	if err != nil {
		return writeFailure(path, err)
	}
	defer func() {
		if err != nil {
			temporary.Close()
			os.Remove(temporary.Name())
			err = writeFailure(path, err)
		}
	}()
	if _, err := temporary.Write(after); err != nil {
		return err
	}
	if err := temporary.Chmod(info.Mode().Perm()); err != nil {
		return err
	}
	if err := temporary.Sync(); err != nil {
		return err
	}
	if err := temporary.Close(); err != nil {
		return err
	}
	if now, err := limited.ReadFile(target, int64(len(before))); err != nil || !bytes.Equal(now, before) {
		return errors.New("the file has changed while it was repaired")
	}
	return os.Rename(temporary.Name(), target)
}

func writeFailure(path string, err error) error {
	var coded *codedError
	if errors.As(err, &coded) {
		return err
	}
	var inPath *os.PathError
	if errors.As(err, &inPath) {
		return badFile(path, "", "write it: %s", plainPathError(inPath))
	}
	return badFile(path, "", "write it: %w", err)
}
