package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"zhida/pipeline/store"
)

// A city is the sample with all its datasets and items and fewer enterprises: what holds for the small workspace holds
// for every dataset and every format.

// cityEnterprises is the least that testdata/gen makes: enough that every kind of change occurs.
const cityEnterprises = "300"

// makeCity writes the sample with fewer enterprises into a folder.
func makeCity(t testing.TB) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "mianyang")
	if err := os.CopyFS(folder, os.DirFS("../../testdata/mianyang")); err != nil {
		t.Fatal(err)
	}
	for _, old := range []string{"deliveries", "amended/deliveries"} {
		if err := os.RemoveAll(filepath.Join(folder, old)); err != nil {
			t.Fatal(err)
		}
	}
	gen := exec.CommandContext(t.Context(), "go", "run", "../../testdata/gen", "-out", filepath.Join(folder, "deliveries"), "-enterprises", cityEnterprises)
	if out, err := gen.CombinedOutput(); err != nil {
		t.Fatalf("make deliveries: %v\n%s", err, out)
	}
	return folder
}

// newCity is a site with a copy of the city.
func newCity(t testing.TB, key *store.Key, city string) *testSite {
	t.Helper()
	root := t.TempDir()
	s := &testSite{t: t, root: root, workspace: filepath.Join(root, "testdata", "mianyang"), store: filepath.Join(root, "out", "mianyang")}
	if err := os.CopyFS(s.workspace, os.DirFS(city)); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := key.WriteFile(filepath.Join(root, "out", "mianyang.key")); err != nil {
		t.Fatal(err)
	}
	return s
}

// cityNights calls do for each of the city's nights; before the third the policies are amended and a late file arrives.
func (s *testSite) cityNights(do func(date string)) {
	s.t.Helper()
	for _, date := range []string{"2026-06-15", "2026-06-16", "2026-06-17"} {
		if date == "2026-06-17" {
			s.amend()
		}
		do(date)
	}
}

// amend puts what the sample keeps in amended/ over its files.
func (s *testSite) amend() {
	s.t.Helper()
	from := filepath.Join(s.workspace, "amended")
	for _, pattern := range []string{"policies/*", "deliveries/*"} {
		names, err := filepath.Glob(filepath.Join(from, pattern))
		if err != nil || len(names) == 0 {
			s.t.Fatalf("nothing is amended in %s: %v", pattern, err)
		}
		for _, name := range names {
			s.write(filepath.Join(s.workspace, filepath.Dir(pattern), filepath.Base(name)), s.read(name))
		}
	}
}

// TestCity runs the three nights with all datasets: on one core and on two, and killed once where a unit is half done, where all are, and before anything is shown. What they
// make is the same, byte for byte.
func TestCity(t *testing.T) {
	t.Parallel()
	key, city := newKey(t), makeCity(t)
	reference := newCity(t, key, city)
	reference.cityNights(func(date string) {
		run := &child{args: []string{"run", "--date", date, "--workers", "1"}, cores: "1"}
		if code := reference.run(run); code != exitDone {
			t.Fatalf("exit code %d\n%s", code, &run.stderr)
		}
	})
	want := reference.artefacts()
	if len(want) < 200 {
		t.Fatalf("the city's nights made %d artefacts only", len(want))
	}
	for _, boundary := range []string{"map run", "reduce saved", "published"} {
		t.Run(boundary, func(t *testing.T) {
			t.Parallel()
			s := newCity(t, key, city)
			s.cityNights(func(date string) {
				if code := s.run(&child{args: []string{"run", "--date", date}, kill: boundary}); code != -1 {
					t.Fatalf("the night of %s was not killed at %q but ended with exit code %d", date, boundary, code)
				}
				s.zhida(exitDone, "run", "--date", date)
			})
			s.same(want)
		})
	}
}
