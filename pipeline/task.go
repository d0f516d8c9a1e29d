package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"zhida/matcher"
	"zhida/pipeline/engine"
	"zhida/pipeline/engine/local"
)

// The kinds of tasks.
const (
	kindMap    = "map"
	kindSeal   = "seal"
	kindReduce = "reduce"
	kindScan   = "scan" // after the night is published
	kindBook   = "book"
)

// ErrChanged is returned for a task of a night that began with other definitions than the workspace has now: half of a
// night by one rule and half by another would be nobody's.
var ErrChanged = errors.New("the workspace, or the program, was changed while the night ran: run the night again")

// ReadsPolicies reports whether tasks of the kind judge: the others do with a workspace without policies.
func ReadsPolicies(kind string) bool { return kind == kindReduce || kind == kindScan }

// Task does one task of a night, wherever it is placed: all it needs is the task and the store. Only a reduce and a scan
// compile the library, once a process.
func (n *Night) Task(ctx context.Context, task engine.Task) (json.RawMessage, error) {
	switch task.Kind {
	case kindMap:
		return perform(ctx, n, task, n.runMap)
	case kindSeal:
		return perform(ctx, n, task, n.runSeal)
	case kindBook:
		return perform(ctx, n, task, n.runBook)
	case kindReduce, kindScan:
		if n.Library == nil {
			if err := n.compile(); err != nil {
				return nil, err
			}
		}
		if task.Kind == kindScan {
			return perform(ctx, n, task, n.runScan)
		}
		return perform(ctx, n, task, n.runReduce)
	}
	return nil, fmt.Errorf("no such kind of task: %q", task.Kind)
}

// compile makes the library of the workspace's items.
func (n *Night) compile() error {
	d, err := matching(n.Workspace)
	if err != nil {
		return err
	}
	n.Library, err = matcher.Compile(d)
	n.clocks = sync.OnceValues(func() (*matcher.Clock, error) { return n.Library.Clock() })
	return err
}

// perform reads a task's spec, runs it, and writes its output.
func perform[S, O any](ctx context.Context, n *Night, task engine.Task, run func(context.Context, S) (O, error)) (json.RawMessage, error) {
	var by struct {
		Definitions string `json:"definitions"`
	}
	var s S
	for _, into := range []any{&by, &s} {
		if err := json.Unmarshal(task.Spec, into); err != nil {
			return nil, fmt.Errorf("read spec: %w", err)
		}
	}
	if by.Definitions != n.definitions() {
		return nil, ErrChanged
	}
	out, err := run(ctx, s)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

// engine is what runs a night's tasks.
func (n *Night) engine(night string) engine.Engine { return n.engineFor(n.Store.Units(night)) }

// engineFor is an engine that remembers its units in a record, or not at all.
func (n *Night) engineFor(record engine.Recorder) engine.Engine {
	if n.Engine != nil {
		return n.Engine(record)
	}
	return local.New(n.Workers, record, n.Observer)
}

// do runs one task per spec on the engine and reads their outputs.
func do[S, O any](ctx context.Context, n *Night, eng engine.Engine, kind string, specs []S, id func(S) string) ([]O, error) {
	tasks := make([]engine.Task, len(specs))
	for i, s := range specs {
		text, err := json.Marshal(s)
		if err != nil {
			return nil, fmt.Errorf("describe %s task: %w", kind, err)
		}
		tasks[i] = engine.Task{Kind: kind, ID: id(s), Spec: text}
	}
	results, err := eng.Do(ctx, tasks, n.Task)
	if err != nil {
		return nil, err
	}
	outputs := make([]O, len(results))
	for i, r := range results {
		if err := json.Unmarshal(r.Output, &outputs[i]); err != nil {
			return nil, fmt.Errorf("read output of %s: %w", r.Task, err)
		}
	}
	return outputs, nil
}
