//go:build unix && !offline

package page

import (
	"os/exec"
	"syscall"
)

// ownGroup makes a program and its child processes end together.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
