//go:build !unix

package lsp

import "os"

// alive reports whether a process with an ID exists.
func alive(process int) bool {
	p, err := os.FindProcess(process) // opens it on Windows
	if err != nil {
		return false
	}
	_ = p.Release()
	return true
}
