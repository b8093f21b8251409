package atomicfile

import (
	"io/fs"
	"os"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Lock waits until no other process has locked a file, and then locks it until unlock
// is called or the process ends. The file itself need not exist.
//
// The lock is on a file next to it, because those who wait would wait for the wrong
// file if it is replaced. That file is removed with the lock; one that a killed process
// has left does not lock anything.
func Lock(path string) (unlock func(), err error) {
	name := path + ".lock"
	for {
		if info, err := os.Lstat(name); err == nil && !info.Mode().IsRegular() {
			return nil, inPath("lock", name, ErrNotRegular)
		}
		f, err := lockedfile.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, inPath("lock", name, err)
		}
		if sameFile(f, name) {
			return func() {
				os.Remove(name)
				f.Close()
			}, nil
		}
		f.Close() // another process held it, and has removed it
	}
}

// sameFile reports whether an open file still has the name.
func sameFile(f fs.File, name string) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(name)
	return err == nil && os.SameFile(open, there)
}
