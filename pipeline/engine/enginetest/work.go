package enginetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"zhida/pipeline/engine"
)

// Kind is the kind of the suite's tasks.
const Kind = "enginetest"

// ErrGone is in the failure of a task that fails.
var ErrGone = errors.New("gone")

// What a task does.
const (
	double  = "double"  // puts out twice its number, after a moment that differs from task to task
	signs   = "signs"   // puts out what JSON for HTML would escape, with spaces between
	nothing = "nothing" // has no output
	broken  = "broken"  // puts out what is no JSON
	fail    = "fail"    // fails, once another task has begun if it names one
	once    = "once"    // fails the first time
	panics  = "panics"
	sleep   = "sleep" // until its context ends
)

// job is the spec of a task.
type job struct {
	Do     string `json:"do"`
	N      int    `json:"n"`
	Folder string `json:"folder"` // of the marks
	After  string `json:"after,omitempty"`
}

// pause is what a task waits before it looks again whether something has happened, and patience how often.
const (
	pause    = 5 * time.Millisecond
	patience = 12000
)

// Work is the engine.Run of the suite's tasks.
func Work(ctx context.Context, task engine.Task) (json.RawMessage, error) {
	var j job
	if err := json.Unmarshal(task.Spec, &j); err != nil {
		return nil, fmt.Errorf("read spec: %w", err)
	}
	begun, err := mark(j.Folder, task.ID)
	if err != nil {
		return nil, err
	}
	switch j.Do {
	case double:
		time.Sleep(time.Duration(j.N*7%5) * time.Millisecond)
	case signs:
		return json.RawMessage(`{ "text": "a<b & c>d` + "\u2028" + `", "spec": ` + string(task.Spec) + ` }`), nil
	case nothing:
		return nil, nil
	case broken:
		return json.RawMessage("{"), nil
	case fail:
		if j.After != "" && !marked(ctx, j.Folder, j.After) {
			return nil, fmt.Errorf("%s did not begin", j.After)
		}
		return nil, fmt.Errorf("number %d: %w", j.N, ErrGone)
	case once:
		if begun == 1 {
			return nil, ErrGone
		}
	case panics:
		panic("at the disco")
	case sleep: // not on a channel: a worker may have a context that never ends, and Go ends a process that waits for nothing
		for range patience {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			time.Sleep(pause)
		}
	}
	return json.RawMessage(fmt.Sprintf(`{ "rows": %d }`, 2*j.N)), nil
}

// mark counts a beginning, and returns how many there were.
func mark(folder, id string) (int, error) {
	f, err := os.OpenFile(filepath.Join(folder, id), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("leave a mark: %w", err)
	}
	_, err = f.WriteString(".")
	if err := errors.Join(err, f.Close()); err != nil {
		return 0, fmt.Errorf("leave a mark: %w", err)
	}
	return marks(folder, id), nil
}

// marks are how often a task has begun.
func marks(folder, id string) int {
	info, err := os.Stat(filepath.Join(folder, id))
	if err != nil {
		return 0
	}
	return int(info.Size())
}

// marked waits until a task has begun, and gives up some time.
func marked(ctx context.Context, folder, id string) bool {
	for range patience {
		if marks(folder, id) > 0 {
			return true
		}
		if ctx.Err() != nil {
			return false
		}
		time.Sleep(pause)
	}
	return false
}
