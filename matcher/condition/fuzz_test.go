package condition

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"zhida/schemas"
)

// seed adds the texts of the golden files.
func seed(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, section := range archive.Files {
			if !strings.HasSuffix(section.Name, ".out") {
				f.Add(strings.TrimSuffix(string(section.Data), "\n"))
			}
		}
	}
}

// FuzzCompile: any bytes give a condition or faults that point into the text, and so does what they are as a value.
func FuzzCompile(f *testing.F) {
	seed(f)
	env := itemEnvironment()
	f.Fuzz(func(t *testing.T, text string) {
		tree, faults := Parse(schemas.Text{Text: text})
		x, more := Check(tree, env)
		faults = append(faults, more...)
		checkPlaces(t, text, faults)
		if (x == nil) != (len(faults) > 0) {
			t.Fatalf("condition %v with %d faults", x, len(faults))
		}
		if problem := broken(x); problem != "" {
			t.Fatalf("%q: %s", text, problem)
		}
		once := Format(tree.Root)
		if x != nil && len(once) <= maxBytes {
			y, faults := Compile(schemas.Text{Text: once}, env)
			if len(faults) > 0 {
				t.Fatalf("%q becomes %q\n%s", text, once, faults.Error())
			}
			if shape(x) != shape(y) {
				t.Fatalf("%q: %s\n%q: %s", text, shape(x), once, shape(y))
			}
		}
		fuzzValue(t, text, env)
	})
}

func checkPlaces(t *testing.T, text string, faults schemas.Faults) {
	t.Helper()
	lines := strings.Split(text, "\n")
	for _, fault := range faults {
		if fault.Line < 1 || fault.Line > len(lines) || fault.Width < 1 || fault.Message == "" {
			t.Fatalf("%+v", fault)
		}
		if n := utf8.RuneCountInString(lines[fault.Line-1]); fault.Column < 1 || fault.Column > n+1 {
			t.Fatalf("column %d of %d: %+v", fault.Column, n, fault)
		}
	}
}

func fuzzValue(t *testing.T, text string, env *Env) {
	t.Helper()
	tree, faults := Parse(schemas.Text{Text: text})
	v, more := CheckValue(tree, env)
	faults = append(faults, more...)
	checkPlaces(t, text, faults)
	if (v == nil) != (len(faults) > 0) {
		t.Fatalf("value %v with %d faults", v, len(faults))
	}
	if v == nil {
		return
	}
	if problem := broken(v); problem != "" {
		t.Fatalf("%q: %s", text, problem)
	}
	once := Format(tree.Root)
	if len(once) > maxBytes {
		return
	}
	w, faults := CompileValue(schemas.Text{Text: once}, env)
	if len(faults) > 0 {
		t.Fatalf("%q becomes %q\n%s", text, once, faults.Error())
	}
	if ValueKey(v) != ValueKey(w) {
		t.Fatalf("%q: %s\n%q: %s", text, ValueKey(v), once, ValueKey(w))
	}
}

// FuzzFormat: what can be read can be written, and reads back the same.
func FuzzFormat(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) {
		tree, faults := Parse(schemas.Text{Text: text})
		if len(faults) > 0 {
			return
		}
		once := Format(tree.Root)
		if len(once) > maxBytes {
			return
		}
		again, faults := Parse(schemas.Text{Text: once})
		if len(faults) > 0 {
			t.Fatalf("%q becomes %q\n%s", text, once, faults.Error())
		}
		if twice := Format(again.Root); twice != once {
			t.Fatalf("%q becomes %q, then %q", text, once, twice)
		}
		if dump(tree.Root) != dump(again.Root) {
			t.Fatalf("%q is %s\n%q is %s", text, dump(tree.Root), once, dump(again.Root))
		}
	})
}
