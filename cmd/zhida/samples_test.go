package main

import (
	"testing"

	"zhida/pipeline/workspace"
)

// TestSamples runs the test scripts of the samples. Those of hangzhou are eight items as they are in force: for each
// requirement an enterprise that just meets it, one that just doesn't and one of which too little is known.
func TestSamples(t *testing.T) {
	t.Parallel()
	for dir, least := range map[string]int{"../../testdata/hangzhou": 66, "testdata/small": 11, "../../testdata/mianyang": 220} {
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
		if checks < least {
			t.Errorf("%s: %d checks, want at least %d", dir, checks, least)
		}
	}
}
