package main

import (
	"testing"

	"zhida/pipeline/workspace"
)

// TestHangzhou runs the test scripts of eight items as they are in force: for each requirement an enterprise that just
// meets it, one that just doesn't and one of which too little is known.
func TestHangzhou(t *testing.T) {
	t.Parallel()
	const dir = "../../testdata/hangzhou"
	w, err := workspace.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	results, err := runScripts(w, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	checks := 0
	for _, r := range results {
		checks += r.Checks
		for _, f := range r.Faults {
			t.Error(f)
		}
		for i := range r.Failures {
			t.Error(&r.Failures[i])
		}
	}
	if len(w.Conditions) != 8 || checks < 60 {
		t.Errorf("%d items, %d checks", len(w.Conditions), checks)
	}
}
