//go:build unix

package git

import (
	"os/exec"
	"syscall"
)

// groupKill makes the end of the context kill the process and everything that it has started: git may be a script that runs the real one.
func groupKill(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}
