//go:build unix

package atomicfile

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives a file the owner and the group of another one, as far as the
// system allows it: the owner can be changed by root only.
func keepOwner(f *os.File, old fs.FileInfo) {
	stat, ok := old.Sys().(*syscall.Stat_t)
	if !ok {
		return
	}
	uid, gid := int(stat.Uid), int(stat.Gid)
	if uid == os.Geteuid() {
		uid = -1
	}
	if f.Chown(uid, gid) != nil && uid != -1 {
		_ = f.Chown(-1, gid)
	}
}
