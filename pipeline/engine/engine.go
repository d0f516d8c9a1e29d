package engine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Task is one unit of work: a split to standardise, a group of homes to reduce. Kind and ID together are unique in a
// night. Spec holds all that the task depends on, so that the same Spec always means the same output.
type Task struct {
	Kind string          `json:"kind"` // the stage: "map", "reduce"
	ID   string          `json:"id"`   // the unit: "registration-12", "510703"
	Spec json.RawMessage `json:"spec"`
}

// Name is "<kind>/<id>", as it stands in errors and results.
func (t Task) Name() string { return t.Kind + "/" + t.ID }

// SpecHash is the lower-case hex SHA-256 of the Spec without insignificant space; an empty Spec counts as null.
func (t Task) SpecHash() (string, error) {
	spec := t.Spec
	if len(spec) == 0 {
		spec = json.RawMessage("null")
	}
	spec, err := Compact(spec)
	if err != nil {
		return "", fmt.Errorf("spec of %s: %w", t.Name(), err)
	}
	sum := sha256.Sum256(spec)
	return hex.EncodeToString(sum[:]), nil
}

// Result is what a finished task put out.
type Result struct {
	Task   string          `json:"task"`   // Task.Name
	Spec   string          `json:"spec"`   // Task.SpecHash
	Output json.RawMessage `json:"output"` // without insignificant space: the same bytes whether run or remembered
}

// Run does a task. It may be called from several goroutines or in another process, twice for one task, and again
// after a crash at any point; it must lean on nothing but the task and what the store holds. A top-level number "rows"
// in the output is shown as progress.
type Run func(ctx context.Context, task Task) (json.RawMessage, error)

// Engine runs tasks. Do returns when every task has finished, with the results in the order of the tasks, or, after a
// failure, when those that had begun have ended; then the error joins every failure in the order of the tasks, each a
// *UnitError, and there are no results. The tasks of one call are of one kind.
type Engine interface {
	Do(ctx context.Context, tasks []Task, run Run) ([]Result, error)
}

// Recorder remembers finished units across processes. Its methods are called from several goroutines, for different
// units. store.UnitLog is one.
type Recorder interface {
	// Load returns the output saved for the unit if it is still good for a spec with this hash.
	Load(kind, id, spec string) (output json.RawMessage, ok bool, err error)
	// Save returns once the output is durable.
	Save(kind, id, spec string, output json.RawMessage) error
}

// Observer is told how far a night is. Stage and Unit are called one at a time, Boundary from several goroutines.
type Observer interface {
	// Stage begins a stage of total units.
	Stage(name string, total int)
	// Unit says that a unit is done, now or on an earlier run; rows is what its output says, or 0.
	Unit(stage, id string, done, total int, rows int64)
	// Boundary is called where a crash must do no harm: "<kind>/<id> begin", "<kind>/<id> run" (its artefacts are
	// stored, it isn't remembered yet) and "<kind>/<id> saved".
	Boundary(name string)
}

// UnitError is the failure of one task.
type UnitError struct {
	Task  string // Task.Name
	Err   error
	Stack string // of a panic, else empty
}

// Error names the unit; for a panic it has the stack as well.
func (e *UnitError) Error() string {
	if e.Stack != "" {
		return fmt.Sprintf("unit %s: %v\n%s", e.Task, e.Err, e.Stack)
	}
	return fmt.Sprintf("unit %s: %v", e.Task, e.Err)
}

// Unwrap is the cause.
func (e *UnitError) Unwrap() error { return e.Err }

// Compact removes insignificant space from JSON, and refuses what isn't.
func Compact(data json.RawMessage) (json.RawMessage, error) {
	var out bytes.Buffer
	if err := json.Compact(&out, data); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	return out.Bytes(), nil
}
