package matchtest_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/matcher/matchtest"
)

var update = flag.Bool("update", false, "rewrite the golden files of testdata")

func read(tb testing.TB, file string) []byte {
	tb.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

// TestScripts runs every script of testdata as it stands: LANGUAGE.md's table of cases, and what the format can do.
func TestScripts(t *testing.T) {
	t.Parallel()
	defs := site(t)
	files, err := filepath.Glob("testdata/*.test")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts:", err)
	}
	for _, file := range files {
		result, err := matchtest.Test(file, read(t, file), defs)
		if err != nil {
			t.Error(err)
			continue
		}
		if len(result.Faults) > 0 {
			t.Errorf("%v", result.Faults)
		}
		for i := range result.Failures {
			t.Errorf("%v", &result.Failures[i])
		}
	}
}

// TestTold asserts the whole text of every fault, and of failures with their reasons.
func TestTold(t *testing.T) {
	t.Parallel()
	defs := site(t)
	for _, name := range []string{"faults", "failures"} {
		file := "testdata/told/" + name
		result, err := matchtest.Test(name+".test", read(t, file+".test"), defs)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, f := range result.Faults {
			b.WriteString(f.String() + "\n")
		}
		for i := range result.Failures {
			b.WriteString(result.Failures[i].String())
		}
		if *update {
			if err := os.WriteFile(file+".golden", []byte(b.String()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if want := string(read(t, file+".golden")); b.String() != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, b.String(), want)
		}
	}
}

// TestNothingToTest wants a script to ask something.
func TestNothingToTest(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# 只有注释\n", "业务日期 2026-06-15\n主体 甲厂\n"} {
		if result, err := matchtest.Test("a.test", []byte(text), site(t)); err != nil || len(result.Faults) != 1 {
			t.Errorf("%q: %v %v, want one fault", text, result, err)
		}
	}
}

// FuzzTest runs any bytes as a script: faults or failures, never a panic, and every fault at a place of the text.
func FuzzTest(f *testing.F) {
	for _, pattern := range []string{"testdata/*.test", "testdata/told/*.test"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			f.Add(read(f, file))
		}
	}
	defs := site(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		result, err := matchtest.Test("a.test", text, defs)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(string(text), "\n") + 1
		for _, fault := range result.Faults {
			if fault.Message == "" || fault.Line < 0 || fault.Line > lines || fault.Line > 0 && fault.Column < 1 {
				t.Errorf("%+v", fault)
			}
			_ = fault.String()
		}
		for i := range result.Failures {
			_ = result.Failures[i].String()
		}
	})
}
