package pipeline

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"zhida/matcher/table"
	"zhida/pipeline/standardise"
	"zhida/pipeline/store"
)

func TestLargestFirst(t *testing.T) {
	t.Parallel()
	var specs []MapSpec
	for _, size := range []int64{5, 900, 5, 70, 0} {
		specs = append(specs, MapSpec{Raw: store.Ref{Size: size}})
	}
	if got, want := largestFirst(specs), []int{1, 3, 0, 2, 4}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// runOf is a run of one row of that home.
func runOf(home string) *standardise.Run {
	b := table.NewBuilder([]table.Field{{Name: "code", Kind: table.Text}})
	b.Text(0, home+"…")
	b.End()
	return &standardise.Run{Rows: b.Table(), Groups: []table.Group{{Name: home, Rows: 1}}}
}

func sinkIn(t *testing.T) (*mapSink, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "store")
	s, err := store.Open(folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return &mapSink{store: s}, folder
}

// TestRunsInOrder: runs are written behind the back of who gathers them, and listed in the order they came.
func TestRunsInOrder(t *testing.T) {
	t.Parallel()
	s, _ := sinkIn(t)
	for i := range 20 {
		if err := s.Run(runOf(fmt.Sprint(510700 + i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	for i, run := range s.runs {
		if run.Groups[0].Name != fmt.Sprint(510700+i) || run.Rows.IsZero() || s.store.Check(run.Rows) != nil {
			t.Errorf("run %d: got %+v", i, run)
		}
	}
	if len(s.runs) != 20 {
		t.Errorf("got %d runs", len(s.runs))
	}
}

// TestRunThatFails: a run that could not be written fails the task, be it the last one.
func TestRunThatFails(t *testing.T) {
	t.Parallel()
	s, folder := sinkIn(t)
	if err := os.WriteFile(filepath.Join(folder, "standard"), []byte("in the way of the folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Run(runOf("510700")); err != nil {
		t.Fatal(err)
	}
	if err := s.close(); err == nil || len(s.runs) != 0 {
		t.Errorf("got %v and %d runs", err, len(s.runs))
	}
}

// TestRunThatPanics: the panic of a writer comes to the task, whose engine reports it; it does not end the process.
func TestRunThatPanics(t *testing.T) {
	t.Parallel()
	s, _ := sinkIn(t)
	if err := s.Run(&standardise.Run{Groups: []table.Group{{Name: "510700", Rows: 1}}}); err != nil { // and no rows to take them from
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("the panic got lost")
		}
	}()
	_ = s.close()
}
