//go:build unix

package project

import (
	"io/fs"
	"os"
	"strconv"
	"syscall"
)

// owned reports whether a file belongs to the user who runs this program.
func owned(info fs.FileInfo, getenv func(string) string) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	user := os.Geteuid()
	if int(stat.Uid) == user {
		return true
	}
	caller, err := strconv.Atoi(getenv("SUDO_UID"))
	return user == 0 && err == nil && int(stat.Uid) == caller
}
