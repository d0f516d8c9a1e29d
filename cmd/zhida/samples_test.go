package main

import (
	"os"
	"path/filepath"
	"testing"

	"zhida/pipeline/workspace"
)

// TestSamples runs the test scripts of the samples. Those of hangzhou are eight items as they are in force: for each
// requirement an enterprise that just meets it, one that just doesn't and one of which too little is known. Those of
// mianyang do the same for items of nearly every policy, once more as amended before the third night.
func TestSamples(t *testing.T) {
	t.Parallel()
	for dir, least := range map[string]int{"../../testdata/hangzhou": 66, "testdata/small": 11, "../../testdata/mianyang": 460, amended(t): 460} {
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

// amended is the sample of mianyang with the files that replace others before the third night.
func amended(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, from := range []string{"../../testdata/mianyang", "../../testdata/mianyang/amended"} {
		for _, pattern := range []string{"*.yaml", "*.test", "datasets/*", "policies/*"} {
			files, err := filepath.Glob(filepath.Join(from, pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				data, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				target := filepath.Join(dir, filepath.Dir(pattern), filepath.Base(file))
				if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(target, data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return dir
}
