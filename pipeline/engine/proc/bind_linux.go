package proc

import (
	"os/exec"
	"syscall"
)

// bind makes the kernel kill a worker whose parent died, and gives it a group of its own, so that what it started dies
// with it and a Ctrl-C reaches the parent first.
func bind(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}

func kill(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // it may have ended
