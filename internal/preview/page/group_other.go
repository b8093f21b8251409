//go:build !unix && !offline

package page

import "os/exec"

// ownGroup does nothing here: the program must end its own child processes.
func ownGroup(*exec.Cmd) {}
