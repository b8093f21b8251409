package atomicfile

import (
	"io/fs"
	"os"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// Lock waits until no other process has locked a file, and locks it for them,
// until unlock is called or the process ends. The file itself need not be there.
//
// What is locked is a file next to it, since a file that is replaced is another
// one for those who wait. It is removed with the lock; one that a killed process
// has left behind is not a lock.
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

// sameFile reports whether an open file is still the one of a name.
func sameFile(f fs.File, name string) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(name)
	return err == nil && os.SameFile(open, there)
}
