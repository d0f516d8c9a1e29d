package condition

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"zhida/schemas"
)

var update = flag.Bool("update", false, "write what is printed into testdata")

// TestGolden compiles the texts of testdata/*.txt. A file holds pairs: a section with a text, and one of the same name
// with .out of what an officer reads: the canonical form with its key and tests, or the faults.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			only := strings.HasPrefix(filepath.Base(file), "parse")
			good := strings.HasPrefix(filepath.Base(file), "good")
			var out []txtar.File
			for _, section := range archive.Files {
				if strings.HasSuffix(section.Name, ".out") {
					continue
				}
				text := strings.TrimSuffix(string(section.Data), "\n")
				shown, ok := parsed(text)
				if !only {
					shown, ok = compiled(section.Name, text)
				}
				if !only && ok != good {
					t.Errorf("%s: compiles: %v, want %v\n%s", section.Name, ok, good, shown)
				}
				out = append(out, section, txtar.File{Name: section.Name + ".out", Data: []byte(shown)})
			}
			archive.Files = out
			got := txtar.Format(archive)
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; run with -update and look at the difference. Now:\n%s", file, got)
			}
		})
	}
}

// compiled is what an officer reads about a text.
func compiled(name, text string) (string, bool) {
	env := environment()
	kind, _, _ := strings.Cut(name, ":")
	if kind == "item" || kind == "value" {
		env = itemEnvironment()
		env.Item = kind == "item"
	}
	tree, faults := Parse(schemas.Text{Text: text})
	if kind == "value" {
		v, more := CheckValue(tree, env)
		if faults = sorted(append(faults, more...)); len(faults) > 0 {
			return faults.Error() + "\n", false
		}
		return Format(tree.Root) + "\nvalue: " + ValueKey(v) + "\nunit: " + string(v.Type().Unit) + "\n", true
	}
	x, more := Check(tree, env)
	if faults = sorted(append(faults, more...)); len(faults) > 0 {
		return faults.Error() + "\n", false
	}
	var b strings.Builder
	b.WriteString(Format(x.Node()) + "\nkey: " + Key(x) + "\n")
	for _, test := range Tests(x) {
		b.WriteString("test: " + Format(test.Node()) + "\n")
	}
	return b.String(), true
}

// parsed is what an officer reads about a text that is only parsed: its canonical form, or the faults.
func parsed(text string) (string, bool) {
	tree, faults := Parse(schemas.Text{Text: text})
	if len(faults) > 0 {
		return faults.Error() + "\n", false
	}
	return Format(tree.Root) + "\n", true
}
