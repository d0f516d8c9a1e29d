package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"zhida/schemas"
	"zhida/testdata/gen/nation"
)

// TestProfilesDoNotDependOnWorkers wants the same words and the same file of one worker and of five.
func TestProfilesDoNotDependOnWorkers(t *testing.T) {
	t.Parallel()
	said := map[int]string{}
	for _, workers := range []int{1, 5} {
		var out, log bytes.Buffer
		a := &app{stdout: &out, stderr: &log, now: time.Now}
		path := filepath.Join(t.TempDir(), "tallies.csv")
		o := nation.Options{Seed: 3, Enterprises: 8000, Items: 150, Nation: true, Date: schemas.NewDate(2026, 6, 15), Workers: workers}
		if err := a.matchProfiles(t.Context(), path, o); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(file, []byte("\n")); n != 151 {
			t.Errorf("the file has %d lines", n)
		}
		said[workers] = out.String() + string(file)
	}
	if said[1] != said[5] {
		t.Errorf("one worker says\n%s\nfive say\n%s", said[1], said[5])
	}
}
