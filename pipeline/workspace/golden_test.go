package workspace

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"zhida/schemas"
)

var update = flag.Bool("update", false, "rewrite the want sections of testdata/bad")

// builtin makes the built-in code tables once for all tests.
var builtin = sync.OnceValue(schemas.NewCodes)

// wantName is the section of an archive with the text that is expected of the load.
const wantName = "want"

// base is the file system of testdata/base.txtar.
func base(t testing.TB) fstest.MapFS {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/base.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return overlay(fstest.MapFS{}, archive)
}

// overlay lays an archive's files over a file system. An empty file takes one away.
func overlay(fsys fstest.MapFS, archive *txtar.Archive) fstest.MapFS {
	for _, f := range archive.Files {
		switch {
		case f.Name == wantName:
		case len(f.Data) == 0:
			delete(fsys, f.Name)
		default:
			fsys[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return fsys
}

// told is what an operator reads about a load: all faults, or nothing.
func told(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var faults schemas.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("load: %v; want only faults", err)
	}
	return faults.Error() + "\n"
}

func TestBaseIsGood(t *testing.T) {
	t.Parallel()
	if _, err := load(base(t), builtin()); err != nil {
		t.Fatal(err)
	}
}

// TestGood loads workspaces that use what the bad ones use wrongly.
func TestGood(t *testing.T) {
	t.Parallel()
	for name, archive := range archives(t, "testdata/good/*.txtar") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := told(t, errOf(load(overlay(base(t), archive), builtin()))); got != "" {
				t.Errorf("faults:\n%s", got)
			}
		})
	}
}

// TestBad compares all that is said about workspaces with faults.
func TestBad(t *testing.T) {
	t.Parallel()
	for name, archive := range archives(t, "testdata/bad/*.txtar") {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := told(t, errOf(load(overlay(base(t), archive), builtin())))
			if got == "" {
				t.Fatal("no fault found")
			}
			want := ""
			for i := range archive.Files {
				if archive.Files[i].Name == wantName {
					want = string(archive.Files[i].Data)
					archive.Files[i].Data = []byte(got)
				}
			}
			if *update {
				if want == "" && !hasWant(archive) {
					archive.Files = append(archive.Files, txtar.File{Name: wantName, Data: []byte(got)})
				}
				if err := os.WriteFile(filepath.Join("testdata/bad", name+".txtar"), txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// TestBadCoverage counts the distinct faults of testdata/bad, so that a new check gets its case.
func TestBadCoverage(t *testing.T) {
	t.Parallel()
	distinct := map[string]bool{}
	for _, archive := range archives(t, "testdata/bad/*.txtar") {
		var faults schemas.Faults
		if _, err := load(overlay(base(t), archive), builtin()); errors.As(err, &faults) {
			for _, f := range faults {
				distinct[shapeOf(f.Message)] = true
			}
		}
	}
	if len(distinct) < 100 {
		t.Errorf("%d distinct messages are covered, want 100", len(distinct))
	}
}

// shapeOf is a message without the words it quotes.
func shapeOf(message string) string {
	var b strings.Builder
	depth := 0
	for _, r := range message {
		switch r {
		case '“':
			depth++
		case '”':
			depth--
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

func hasWant(a *txtar.Archive) bool {
	for _, f := range a.Files {
		if f.Name == wantName {
			return true
		}
	}
	return false
}

func errOf(_ *Workspace, err error) error { return err }

func archives(t testing.TB, pattern string) map[string]*txtar.Archive {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("glob %s: %d files, %v", pattern, len(names), err)
	}
	all := map[string]*txtar.Archive{}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".txtar")] = archive
	}
	return all
}
