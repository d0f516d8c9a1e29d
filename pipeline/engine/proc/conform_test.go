package proc_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"zhida/pipeline/engine"
	"zhida/pipeline/engine/enginetest"
	"zhida/pipeline/engine/proc"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	counter := filepath.Join(t.TempDir(), "begun")
	enginetest.Run(t, func(workers int, record engine.Recorder, observe engine.Observer) engine.Engine {
		return proc.New(workers, record, observe, func() *exec.Cmd {
			cmd := exec.Command(os.Args[0])
			// With the race detector a process that ends sleeps a second unless told otherwise.
			cmd.Env = append(os.Environ(), counterFile+"="+counter, "GORACE=atexit_sleep_ms=0")
			return cmd
		}, kept(), nil)
	})
}
