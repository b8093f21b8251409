//go:build unix

package lsp

import (
	"errors"
	"syscall"
)

// alive reports whether a process with an ID exists.
func alive(process int) bool {
	return process <= 0 || !errors.Is(syscall.Kill(process, 0), syscall.ESRCH)
}
