package proc

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime/debug"
	"slices"

	"zhida/pipeline/engine"
)

// reply is what a worker says.
type reply struct {
	Task   string          `json:"task"` // engine.Task.Name
	Output json.RawMessage `json:"output,omitempty"`
	Error  string          `json:"error,omitempty"`
	Is     []string        `json:"is,omitempty"`    // names of Kept errors
	Stack  string          `json:"stack,omitempty"` // of a panic
}

// remoteError is a failure in another process.
type remoteError struct {
	text string
	is   []error
}

func (e *remoteError) Error() string { return e.text }

func (e *remoteError) Unwrap() []error { return e.is }

// failure is the error that a reply tells of; nil if none.
func (r *reply) failure(task engine.Task, kept Kept) error {
	if r.Error == "" {
		return nil
	}
	err := &remoteError{text: r.Error}
	for _, name := range r.Is {
		if is, ok := kept[name]; ok {
			err.is = append(err.is, is)
		}
	}
	if r.Stack != "" {
		return &engine.UnitError{Task: task.Name(), Err: err, Stack: r.Stack}
	}
	return err
}

// Serve is a worker's life: it reads a task from in, does it, and writes the reply to out. The error is one of in or out;
// a failure of the task is part of the reply.
func Serve(ctx context.Context, in io.Reader, out io.Writer, run engine.Run, kept Kept) error {
	var task engine.Task
	if err := json.NewDecoder(in).Decode(&task); err != nil {
		return fmt.Errorf("read task: %w", err)
	}
	text, err := verbatim(serve(ctx, task, run, kept))
	if err != nil {
		return fmt.Errorf("describe reply: %w", err)
	}
	if _, err := out.Write(text); err != nil {
		return fmt.Errorf("write reply: %w", err)
	}
	return nil
}

// verbatim is v as JSON. What is JSON in it already keeps its bytes but for space: json.Marshal would escape <, > and &, as is
// fit for web pages, and a spec or an output would be another than in one process.
func verbatim(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func serve(ctx context.Context, task engine.Task, run engine.Run, kept Kept) (r reply) {
	defer func() {
		if cause := recover(); cause != nil {
			r = reply{Task: task.Name(), Error: fmt.Sprintf("panic: %v", cause), Stack: string(debug.Stack())}
		}
	}()
	output, err := run(ctx, task)
	if err == nil && len(output) > 0 {
		if output, err = engine.Compact(output); err != nil {
			err = fmt.Errorf("output: %w", err) // as in one process, and no reason to try again
		}
	}
	if err == nil {
		return reply{Task: task.Name(), Output: output}
	}
	r.Task, r.Error = task.Name(), cmp.Or(err.Error(), "failed without a word")
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		if errors.Is(err, kept[name]) {
			r.Is = append(r.Is, name)
		}
	}
	return r
}
