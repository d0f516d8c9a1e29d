//go:build !linux

package proc

import "os/exec"

// bind can do nothing here: a worker whose parent died ends with its task.
func bind(*exec.Cmd) {}

func kill(cmd *exec.Cmd) { _ = cmd.Process.Kill() } // it may have ended
