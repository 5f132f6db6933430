//go:build !unix

package git

import "os/exec"

// groupKill does nothing here: the end of the context kills the process alone.
func groupKill(*exec.Cmd) {}
