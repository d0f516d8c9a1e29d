package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"zhida/pipeline/engine"
)

// errExited is the failure of a task whose goroutine ended without returning.
var errExited = errors.New("ended by runtime.Goexit")

// Engine runs at most a fixed number of tasks at a time. It may be used from several goroutines.
type Engine struct {
	workers int
	record  engine.Recorder
	observe engine.Observer
}

var _ engine.Engine = (*Engine)(nil)

// New returns an engine of that many workers, at least one. A nil record remembers nothing: every task is run. A nil
// observe is told nothing.
func New(workers int, record engine.Recorder, observe engine.Observer) *Engine {
	if record == nil {
		record = forgetful{}
	}
	if observe == nil {
		observe = blind{}
	}
	return &Engine{workers: max(workers, 1), record: record, observe: observe}
}

// Do runs the tasks as engine.Engine says. The first failure cancels the context of the tasks that run and keeps the
// others from beginning. A panic of a task is its failure.
func (e *Engine) Do(ctx context.Context, tasks []engine.Task, run engine.Run) ([]engine.Result, error) {
	specs, err := check(tasks)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	e.observe.Stage(tasks[0].Kind, len(tasks))
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var (
		results = make([]engine.Result, len(tasks))
		failed  = make([]error, len(tasks))
		free    = make(chan struct{}, e.workers)
		running sync.WaitGroup
		counter progress
	)
	for i := range tasks {
		select {
		case free <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			break
		}
		// A goroutine per task: one that ends in runtime.Goexit takes no worker with it.
		running.Go(func() {
			defer func() { <-free }()
			failed[i] = &engine.UnitError{Task: tasks[i].Name(), Err: errExited}
			defer func() {
				if failed[i] != nil {
					cancel(failed[i])
				}
			}()
			results[i] = engine.Result{Task: tasks[i].Name(), Spec: specs[i]}
			results[i].Output, failed[i] = e.unit(ctx, tasks[i], specs[i], run)
			if failed[i] == nil {
				counter.unit(e.observe, tasks, i, results[i].Output)
			}
		})
	}
	running.Wait()
	if counter.done == len(tasks) {
		return results, nil
	}
	return nil, collect(ctx, failed)
}

// check computes the hashes of the specs and refuses tasks that would be confused with each other.
func check(tasks []engine.Task) ([]string, error) {
	specs := make([]string, len(tasks))
	seen := make(map[string]bool, len(tasks))
	for i, task := range tasks {
		switch {
		case task.Kind != tasks[0].Kind:
			return nil, fmt.Errorf("tasks of two kinds in one stage: %s and %s", tasks[0].Name(), task.Name())
		case seen[task.ID]:
			return nil, fmt.Errorf("two tasks are called %s", task.Name())
		}
		seen[task.ID] = true
		var err error
		if specs[i], err = task.SpecHash(); err != nil {
			return nil, err
		}
	}
	return specs, nil
}

// unit brings one task to its end: from memory, or by running it.
func (e *Engine) unit(ctx context.Context, task engine.Task, spec string, run engine.Run) (output json.RawMessage, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = &engine.UnitError{Task: task.Name(), Err: fmt.Errorf("panic: %v", cause), Stack: string(debug.Stack())}
		} else if told := (*engine.UnitError)(nil); err != nil && !errors.As(err, &told) { // a panic in another process
			err = &engine.UnitError{Task: task.Name(), Err: err}
		}
	}()
	return e.remembered(ctx, task, spec, run)
}

func (e *Engine) remembered(ctx context.Context, task engine.Task, spec string, run engine.Run) (json.RawMessage, error) {
	e.observe.Boundary(task.Name() + " begin")
	output, ok, err := e.record.Load(task.Kind, task.ID, spec)
	if err != nil {
		return nil, err
	}
	if ok {
		return engine.Compact(output)
	}
	output, err = run(ctx, task)
	if err != nil {
		return nil, err
	}
	if len(output) == 0 {
		output = json.RawMessage("null")
	}
	if output, err = engine.Compact(output); err != nil {
		return nil, fmt.Errorf("output: %w", err)
	}
	e.observe.Boundary(task.Name() + " run")
	if err := e.record.Save(task.Kind, task.ID, spec, output); err != nil {
		return nil, err
	}
	e.observe.Boundary(task.Name() + " saved")
	return output, nil
}

// collect joins the failures. Tasks that only say that they were cancelled on account of another's failure are left
// out; if the caller cancelled, that is the error.
func collect(ctx context.Context, failed []error) error {
	var causes, cancelled []error
	for _, err := range failed {
		var unit *engine.UnitError
		switch {
		case err == nil:
		case errors.As(err, &unit) && unit.Stack == "" && errors.Is(err, context.Canceled):
			cancelled = append(cancelled, err)
		default:
			causes = append(causes, err)
		}
	}
	switch {
	case len(causes) > 0:
		return errors.Join(causes...)
	case len(cancelled) > 0:
		return errors.Join(cancelled...)
	}
	return context.Cause(ctx)
}

// progress counts the finished units and tells the observer one at a time.
type progress struct {
	mu   sync.Mutex
	done int
}

func (p *progress) unit(observe engine.Observer, tasks []engine.Task, i int, output json.RawMessage) {
	var counted struct {
		Rows int64 `json:"rows"`
	}
	_ = json.Unmarshal(output, &counted) // an output without rows is as good
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	observe.Unit(tasks[i].Kind, tasks[i].ID, p.done, len(tasks), counted.Rows)
}

type forgetful struct{}

func (forgetful) Load(string, string, string) (json.RawMessage, bool, error) { return nil, false, nil }
func (forgetful) Save(string, string, string, json.RawMessage) error         { return nil }

type blind struct{}

func (blind) Stage(string, int)                    {}
func (blind) Unit(string, string, int, int, int64) {}
func (blind) Boundary(string)                      {}
