package proc

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"time"

	"zhida/pipeline/engine"
	"zhida/pipeline/engine/local"
)

// Tries is how often a task is begun whose process ends without a reply.
const Tries = 5

// Engine runs tasks in processes, a fixed number at a time. It may be used from several goroutines.
type Engine struct {
	local *local.Engine
	start Start
	log   io.Writer
	kept  Kept
}

var _ engine.Engine = (*Engine)(nil)

// lingering is how long the end of a worker's output is waited for when the worker has ended: something it started may still
// hold the other end, and would hold up the night.
const lingering = 5 * time.Second

// Start makes the command of a worker: a program that calls Serve. It is started once. Its WaitDelay is set if it has none.
type Start func() *exec.Cmd

// Kept are errors that callers tell apart, by a name for each: errors.Is finds them in the failure of a task though it
// happened in another process.
type Kept map[string]error

// New returns an engine of that many workers, at least one. record and observe are those of local.New; what workers say on
// standard error goes to log.
func New(workers int, record engine.Recorder, observe engine.Observer, start Start, kept Kept, log io.Writer) *Engine {
	return &Engine{local: local.New(workers, record, observe), start: start, kept: kept, log: &lines{to: log}}
}

// Do runs the tasks as engine.Engine says, in processes: run is not called. Where ctx ends, the processes are killed.
func (e *Engine) Do(ctx context.Context, tasks []engine.Task, _ engine.Run) ([]engine.Result, error) {
	return e.local.Do(ctx, tasks, e.run)
}

// diedError is the end of a worker without a reply.
type diedError struct{ cause error }

func (e *diedError) Error() string { return "its process ended without a reply: " + e.cause.Error() }

func (e *diedError) Unwrap() error { return e.cause }

// hint is what may be behind it.
func (e *diedError) hint() string {
	var exit *exec.ExitError
	if errors.As(e.cause, &exit) && exit.ExitCode() < 0 {
		return "; a process that the system kills has often asked for too much memory: try fewer --workers"
	}
	return "; what it said stands above"
}

// run brings one task to its end.
func (e *Engine) run(ctx context.Context, task engine.Task) (json.RawMessage, error) {
	for try := 1; ; try++ {
		output, err := e.once(ctx, task)
		var died *diedError
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !errors.As(err, &died):
			return output, err
		case try == Tries:
			return nil, fmt.Errorf("%w (tried %d times%s)", err, Tries, died.hint())
		}
	}
}

// once runs a task in a process.
func (e *Engine) once(ctx context.Context, task engine.Task) (json.RawMessage, error) {
	descriptor, err := verbatim(task)
	if err != nil {
		return nil, fmt.Errorf("describe task: %w", err)
	}
	// A worker is told of its parent's death by the thread that started it: that must not end before.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd := e.start()
	var out bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(descriptor), &out, e.log
	cmd.WaitDelay = cmp.Or(cmd.WaitDelay, lingering)
	bind(cmd)
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a worker: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { kill(cmd) })
	ended := cmd.Wait()
	stop()
	var r reply
	if err := json.Unmarshal(out.Bytes(), &r); err != nil || r.Task != task.Name() {
		if ended == nil {
			ended = fmt.Errorf("%d bytes that are no reply", out.Len())
		}
		return nil, &diedError{ended}
	}
	return r.Output, r.failure(task, e.kept)
}
