package local_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"zhida/pipeline/engine"
	"zhida/pipeline/engine/local"
	"zhida/pipeline/store"
)

// The store's unit log is the recorder of a night.
var _ engine.Recorder = (*store.UnitLog)(nil)

func tasks(n int) []engine.Task {
	out := make([]engine.Task, n)
	for i := range out {
		out[i] = engine.Task{Kind: "reduce", ID: fmt.Sprintf("5107%02d", i), Spec: json.RawMessage(fmt.Sprintf(`{"home": %d}`, i))}
	}
	return out
}

// double is a run that answers with twice the number in the spec.
func double(_ context.Context, task engine.Task) (json.RawMessage, error) {
	var spec struct{ Home int }
	if err := json.Unmarshal(task.Spec, &spec); err != nil {
		return nil, err
	}
	return json.RawMessage(fmt.Sprintf(`{ "rows": %d }`, 2*spec.Home)), nil
}

// memory is a recorder.
type memory struct {
	mu    sync.Mutex
	units map[string]json.RawMessage
	fail  error
}

func (m *memory) Load(kind, id, spec string) (json.RawMessage, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	output, ok := m.units[kind+" "+id+" "+spec]
	return output, ok, m.fail
}

func (m *memory) Save(kind, id, spec string, output json.RawMessage) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.units == nil {
		m.units = map[string]json.RawMessage{}
	}
	m.units[kind+" "+id+" "+spec] = output
	return m.fail
}

// journal is an observer.
type journal struct {
	mu     sync.Mutex
	lines  []string
	bounds map[string]int
	rows   int64
}

func (j *journal) Stage(name string, total int) {
	j.lines = append(j.lines, fmt.Sprintf("%s of %d", name, total))
}

func (j *journal) Unit(stage, _ string, done, total int, rows int64) {
	j.lines = append(j.lines, fmt.Sprintf("%s %d/%d", stage, done, total))
	j.rows += rows
}

func (j *journal) Boundary(name string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.bounds == nil {
		j.bounds = map[string]int{}
	}
	j.bounds[name[strings.LastIndexByte(name, ' ')+1:]]++
}

func TestResultsDoNotDependOnWorkers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		all := tasks(rapid.IntRange(0, 50).Draw(rt, "tasks"))
		var running, most atomic.Int64
		workers := rapid.IntRange(-1, 8).Draw(rt, "workers")
		run := func(ctx context.Context, task engine.Task) (json.RawMessage, error) {
			now := running.Add(1)
			defer running.Add(-1)
			for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
			}
			for range len(task.ID) * int(task.ID[5]) % 7 {
				runtime.Gosched()
			}
			return double(ctx, task)
		}
		seen := &journal{}
		results, err := local.New(workers, nil, seen).Do(context.Background(), all, run)
		if err != nil || len(results) != len(all) {
			rt.Fatalf("Do = %d results, %v", len(results), err)
		}
		for i, r := range results {
			spec, err := all[i].SpecHash()
			if want := fmt.Sprintf(`{"rows":%d}`, 2*i); err != nil || r.Task != all[i].Name() || r.Spec != spec || string(r.Output) != want {
				rt.Fatalf("result %d = %s %s, want %s", i, r.Task, r.Output, want)
			}
		}
		if int(most.Load()) > max(workers, 1) {
			rt.Fatalf("%d tasks at a time with %d workers", most.Load(), workers)
		}
		n := int64(len(all))
		if len(all) > 0 && (seen.lines[0] != fmt.Sprintf("reduce of %d", n) || seen.lines[n] != fmt.Sprintf("reduce %d/%d", n, n) || seen.rows != n*(n-1)) {
			rt.Fatalf("observed %v, %d rows", seen.lines, seen.rows)
		}
	})
}

func TestFinishedUnitsAreRemembered(t *testing.T) {
	t.Parallel()
	s, err := store.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	var ran []string
	run := func(ctx context.Context, task engine.Task) (json.RawMessage, error) {
		ran = append(ran, task.ID)
		if len(ran) == 4 {
			return nil, broken
		}
		return double(ctx, task)
	}
	first := &journal{}
	if _, err := local.New(1, s.Units("n"), first).Do(t.Context(), tasks(6), run); !errors.Is(err, broken) {
		t.Fatalf("Do = %v", err)
	}
	if b := first.bounds; b["begin"] != 4 || b["run"] != 3 || b["saved"] != 3 {
		t.Errorf("boundaries %v", b)
	}
	again, err := local.New(1, s.Units("n"), nil).Do(t.Context(), tasks(6), run)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"510700", "510701", "510702", "510703", "510703", "510704", "510705"}; !slices.Equal(ran, want) {
		t.Errorf("ran %v, want %v", ran, want)
	}
	fresh, err := local.New(3, nil, nil).Do(t.Context(), tasks(6), double)
	if err != nil || fmt.Sprintf("%s", fresh) != fmt.Sprintf("%s", again) {
		t.Errorf("resumed %s, fresh %s, %v", again, fresh, err)
	}
	changed := tasks(6)
	changed[2].Spec = json.RawMessage(`{"home":20}`)
	ran = ran[:5]
	if _, err := local.New(1, s.Units("n"), nil).Do(t.Context(), changed, run); err != nil || len(ran) != 6 || ran[5] != "510702" {
		t.Errorf("with one spec changed ran %v, %v", ran[5:], err)
	}
}

func TestFailuresAreCollected(t *testing.T) {
	t.Parallel()
	one, three := errors.New("one"), errors.New("three")
	var both sync.WaitGroup
	both.Add(3)
	results, err := local.New(3, nil, nil).Do(t.Context(), tasks(30), func(ctx context.Context, task engine.Task) (json.RawMessage, error) {
		switch task.ID {
		case "510700", "510701", "510702":
			both.Done()
			both.Wait()
		default:
			t.Errorf("%s ran after a failure", task.ID)
		}
		switch task.ID {
		case "510700":
			return nil, one
		case "510702":
			panic(three)
		}
		<-ctx.Done()
		return nil, ctx.Err()
	})
	if results != nil || !errors.Is(err, one) || errors.Is(err, context.Canceled) {
		t.Fatalf("Do = %v, %v", results, err)
	}
	for _, part := range []string{"unit reduce/510700: one\n", "unit reduce/510702: panic: three\n", "local_test.go"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in %v", part, err)
		}
	}
	var unit *engine.UnitError
	if !errors.As(err, &unit) || unit.Task != "reduce/510700" {
		t.Errorf("first failure %v", unit)
	}
}

func TestFailuresOfOneTask(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	cases := []struct {
		name   string
		record engine.Recorder
		run    engine.Run
		want   string
	}{
		{"error", nil, func(context.Context, engine.Task) (json.RawMessage, error) { return nil, broken }, "unit reduce/510700: broken"},
		{"panic of the runtime", nil, func(context.Context, engine.Task) (json.RawMessage, error) {
			var none []int
			return nil, fmt.Errorf("not reached: %d", none[len(none)])
		}, "unit reduce/510700: panic: runtime error: index out of range"},
		{"goexit", nil, func(context.Context, engine.Task) (json.RawMessage, error) {
			runtime.Goexit()
			return nil, nil
		}, "unit reduce/510700: ended by runtime.Goexit"},
		{"says it was cancelled", nil, func(context.Context, engine.Task) (json.RawMessage, error) {
			return nil, context.Canceled
		}, "unit reduce/510700: context canceled"},
		{"no JSON", nil, func(context.Context, engine.Task) (json.RawMessage, error) {
			return json.RawMessage("{"), nil
		}, "unit reduce/510700: output: not JSON"},
		{"recorder", &memory{fail: broken}, double, "unit reduce/510700: broken"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := local.New(2, c.record, nil).Do(t.Context(), tasks(1), c.run)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("Do = %v, want %q", err, c.want)
			}
		})
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	ran := 0
	_, err := local.New(1, nil, nil).Do(ctx, tasks(10), func(ctx context.Context, task engine.Task) (json.RawMessage, error) {
		if ran++; ran == 3 {
			cancel()
		}
		return double(ctx, task)
	})
	if !errors.Is(err, context.Canceled) || ran != 3 {
		t.Errorf("Do = %v after %d tasks, want cancelled after 3", err, ran)
	}
	// A cancel that comes when all is done changes nothing.
	if _, err := local.New(1, nil, nil).Do(ctx, nil, double); err != nil {
		t.Errorf("Do of nothing = %v", err)
	}
}

func TestBadTasks(t *testing.T) {
	t.Parallel()
	twice, kinds, spec := tasks(2), tasks(2), tasks(2)
	twice[1].ID = twice[0].ID
	kinds[1].Kind = "map"
	spec[1].Spec = json.RawMessage("{")
	for want, bad := range map[string][]engine.Task{"two tasks are called": twice, "two kinds": kinds, "not JSON": spec} {
		_, err := local.New(1, nil, nil).Do(t.Context(), bad, func(context.Context, engine.Task) (json.RawMessage, error) {
			t.Error("a task ran")
			return nil, nil
		})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Do = %v, want %q", err, want)
		}
	}
}
