package enginetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zhida/pipeline/engine"
)

// Make makes an engine of that many workers; record and observe may be nil.
type Make func(workers int, record engine.Recorder, observe engine.Observer) engine.Engine

// Run puts an engine through the suite.
func Run(t *testing.T, engineOf Make) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Make){
		"order": order, "same bytes": sameBytes, "no output": noOutput, "nothing to do": nothingToDo, "bad tasks": badTasks,
		"failures": failures, "a failure stops others": failureStops, "recorder fails": recorderFails,
		"cancelled before": cancelledBefore, "cancelled meanwhile": cancelledMeanwhile,
		"remembered": remembered, "another spec": anotherSpec, "observer": observed,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, engineOf)
		})
	}
}

// stage is the tasks of a test, and the folder of their marks.
type stage struct {
	folder string
	tasks  []engine.Task
}

// newStage makes a task of each word; it has its place as its name and number.
func newStage(t *testing.T, words ...string) *stage {
	t.Helper()
	s := &stage{folder: t.TempDir()}
	for i, word := range words {
		s.tasks = append(s.tasks, engine.Task{Kind: Kind, ID: strconv.Itoa(i)})
		s.set(t, i, job{Do: word, N: i})
	}
	return s
}

func (s *stage) set(t *testing.T, i int, j job) {
	t.Helper()
	j.Folder = s.folder
	spec, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	s.tasks[i].Spec = spec
}

// begun are how often each task has begun.
func (s *stage) begun() []int {
	var out []int
	for _, task := range s.tasks {
		out = append(out, marks(s.folder, task.ID))
	}
	return out
}

func (s *stage) mustHaveBegun(t *testing.T, want ...int) {
	t.Helper()
	if got := s.begun(); !slices.Equal(got, want) {
		t.Errorf("the tasks have begun %v times, want %v", got, want)
	}
}

// must runs the stage, and wants the results in order.
func (s *stage) must(t *testing.T, e engine.Engine) []engine.Result {
	t.Helper()
	results, err := e.Do(t.Context(), s.tasks, Work)
	if err != nil || len(results) != len(s.tasks) {
		t.Fatalf("%d results, %v", len(results), err)
	}
	for i, r := range results {
		if spec, err := s.tasks[i].SpecHash(); err != nil || r.Task != s.tasks[i].Name() || r.Spec != spec {
			t.Errorf("result %d is of %s with spec %s", i, r.Task, r.Spec)
		}
	}
	return results
}

func doubles(n int) []string { return slices.Repeat([]string{double}, n) }

func mustDouble(t *testing.T, results []engine.Result) {
	t.Helper()
	for i, r := range results {
		if want := fmt.Sprintf(`{"rows":%d}`, 2*i); string(r.Output) != want {
			t.Errorf("output %d is %s, want %s", i, r.Output, want)
		}
	}
}

func order(t *testing.T, engineOf Make) {
	for _, workers := range []int{-1, 1, 3, 20} {
		s := newStage(t, doubles(12)...)
		mustDouble(t, s.must(t, engineOf(workers, nil, nil)))
		s.mustHaveBegun(t, slices.Repeat([]int{1}, 12)...)
	}
}

// sameBytes wants outputs as the task wrote them but for space, and the spec as it was handed out.
func sameBytes(t *testing.T, engineOf Make) {
	s := newStage(t, signs)
	s.tasks[0].Spec = json.RawMessage(`{"do": "signs", "why": "x<y & z` + "\u2028" + `", "folder": ` + strconv.Quote(s.folder) + `}`)
	compact, err := engine.Compact(s.tasks[0].Spec)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"text":"a<b & c>d` + "\u2028" + `","spec":` + string(compact) + `}`
	memory := &memory{}
	for range 2 { // run, and remembered
		if got := s.must(t, engineOf(1, memory, nil)); string(got[0].Output) != want {
			t.Errorf("the output is %s, want %s", got[0].Output, want)
		}
	}
	s.mustHaveBegun(t, 1)
}

func noOutput(t *testing.T, engineOf Make) {
	if got := newStage(t, nothing).must(t, engineOf(1, nil, nil)); string(got[0].Output) != "null" {
		t.Errorf("no output is %s", got[0].Output)
	}
}

func nothingToDo(t *testing.T, engineOf Make) {
	if results, err := engineOf(1, nil, nil).Do(t.Context(), nil, Work); err != nil || len(results) != 0 {
		t.Errorf("%v, %v", results, err)
	}
}

func badTasks(t *testing.T, engineOf Make) {
	for want, spoil := range map[string]func([]engine.Task){
		"two tasks are called": func(tasks []engine.Task) { tasks[1].ID = tasks[0].ID },
		"two kinds":            func(tasks []engine.Task) { tasks[1].Kind = "map" },
		"not JSON":             func(tasks []engine.Task) { tasks[1].Spec = json.RawMessage("{") },
	} {
		s := newStage(t, doubles(2)...)
		spoil(s.tasks)
		if _, err := engineOf(1, nil, nil).Do(t.Context(), s.tasks, Work); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		s.mustHaveBegun(t, 0, 0)
	}
}

// failures wants the task named once, and none begun after it.
func failures(t *testing.T, engineOf Make) {
	for _, c := range []struct {
		do, text, stack string
		is              error
	}{
		{fail, "unit enginetest/1: number 1: gone", "", ErrGone},
		{broken, "unit enginetest/1: output: not JSON", "", nil},
		{panics, "unit enginetest/1: panic: at the disco", "enginetest.Work", nil},
	} {
		s := newStage(t, double, c.do, double)
		results, err := engineOf(1, nil, nil).Do(t.Context(), s.tasks, Work)
		var unit *engine.UnitError
		if results != nil || !errors.As(err, &unit) || unit.Task != "enginetest/1" || !strings.HasPrefix(err.Error(), c.text) {
			t.Fatalf("%s: %v, %v", c.do, results, err)
		}
		if strings.Count(err.Error(), "unit ") != 1 {
			t.Errorf("%s: the unit is named more than once: %v", c.do, err)
		}
		if !strings.Contains(unit.Stack, c.stack) || (unit.Stack == "") != (c.stack == "") {
			t.Errorf("%s: the stack is %q", c.do, unit.Stack)
		}
		if c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("%s: %v is no %v", c.do, err, c.is)
		}
		s.mustHaveBegun(t, 1, 1, 0)
	}
}

// failureStops wants tasks that run to be ended by another's failure, which alone is the error.
func failureStops(t *testing.T, engineOf Make) {
	s := newStage(t, sleep, fail, double, double)
	s.set(t, 1, job{Do: fail, N: 1, After: "0"})
	results, err := engineOf(2, nil, nil).Do(t.Context(), s.tasks, Work)
	if results != nil || !errors.Is(err, ErrGone) || errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "enginetest/0") {
		t.Errorf("%v, %v", results, err)
	}
	s.mustHaveBegun(t, 1, 1, 0, 0)
}

func recorderFails(t *testing.T, engineOf Make) {
	for begun, m := range []*memory{{noLoad: true}, {noSaving: true}} {
		s := newStage(t, double)
		_, err := engineOf(1, m, nil).Do(t.Context(), s.tasks, Work)
		if !errors.Is(err, errMemory) || !strings.HasPrefix(err.Error(), "unit enginetest/0: ") {
			t.Errorf("%v", err)
		}
		s.mustHaveBegun(t, begun)
	}
}

func cancelledBefore(t *testing.T, engineOf Make) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := newStage(t, doubles(3)...)
	if results, err := engineOf(2, nil, nil).Do(ctx, s.tasks, Work); results != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", results, err)
	}
	s.mustHaveBegun(t, 0, 0, 0)
}

// cancelledMeanwhile wants what was done before to be remembered.
func cancelledMeanwhile(t *testing.T, engineOf Make) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, m := newStage(t, double, sleep, double), &memory{}
	go func() {
		marked(ctx, s.folder, "1")
		cancel()
	}()
	results, err := engineOf(1, m, nil).Do(ctx, s.tasks, Work)
	if results != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", results, err)
	}
	s.mustHaveBegun(t, 1, 1, 0)
	if len(m.units) != 1 {
		t.Errorf("%d units are remembered", len(m.units))
	}
}

// remembered wants a stage that failed to go on where it was, with the results of one that did not.
func remembered(t *testing.T, engineOf Make) {
	s, m := newStage(t, double, double, once, double), &memory{}
	if _, err := engineOf(1, m, nil).Do(t.Context(), s.tasks, Work); !errors.Is(err, ErrGone) {
		t.Fatal(err)
	}
	mustDouble(t, s.must(t, engineOf(1, m, nil)))
	s.mustHaveBegun(t, 1, 1, 2, 1)
	mustDouble(t, s.must(t, engineOf(3, m, nil)))
	s.mustHaveBegun(t, 1, 1, 2, 1)
}

func anotherSpec(t *testing.T, engineOf Make) {
	s, m := newStage(t, doubles(3)...), &memory{}
	s.must(t, engineOf(2, m, nil))
	s.set(t, 1, job{Do: double, N: 50})
	if got := s.must(t, engineOf(2, m, nil)); string(got[1].Output) != `{"rows":100}` {
		t.Errorf("the output is %s", got[1].Output)
	}
	s.mustHaveBegun(t, 1, 2, 1)
}

func observed(t *testing.T, engineOf Make) {
	s, m := newStage(t, doubles(4)...), &memory{}
	for _, c := range []struct{ run int }{{4}, {0}} {
		j := &journal{}
		s.must(t, engineOf(2, m, j))
		if !slices.Equal(j.stages, []string{"enginetest of 4"}) || !slices.Equal(j.counts, []string{"1/4", "2/4", "3/4", "4/4"}) || j.rows != 12 {
			t.Errorf("told %v, %v, %d rows", j.stages, j.counts, j.rows)
		}
		if b := j.bounds; b["begin"] != 4 || b["run"] != c.run || b["saved"] != c.run {
			t.Errorf("boundaries %v, want %d that ran", b, c.run)
		}
	}
}
