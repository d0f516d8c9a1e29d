package workspace

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"zhida/schemas"
)

// FuzzLoad puts any bytes in the place of any file: load must not panic, and every fault must stand in its file.
func FuzzLoad(f *testing.F) {
	names := []string{configName, tagsName, "datasets/registration.yaml", "datasets/qualification.yaml", "policies/a.yaml", "codes/regions.csv", "codes/industries.csv"}
	for _, pattern := range []string{"testdata/base.txtar", "testdata/good/*.txtar", "testdata/bad/*.txtar"} {
		for _, archive := range archives(f, pattern) {
			for _, file := range archive.Files {
				if i := slices.Index(names, file.Name); i >= 0 {
					f.Add(uint8(i), file.Data)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		fsys := base(t)
		name := names[int(which)%len(names)]
		fsys[name] = &fstest.MapFile{Data: data}
		_, err := load(fsys, builtin())
		var faults schemas.Faults
		if err != nil && !errors.As(err, &faults) {
			t.Fatalf("load: %v; want faults", err)
		}
		checkFaults(t, faults)
	})
}

// FuzzDocument does the same to each kind of document alone, which is many times faster.
func FuzzDocument(f *testing.F) {
	for _, pattern := range []string{"testdata/base.txtar", "testdata/good/*.txtar", "testdata/bad/*.txtar"} {
		for _, archive := range archives(f, pattern) {
			for _, file := range archive.Files {
				f.Add(file.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkFaults(t, readConfig("a.yaml", data).faults)
		checkFaults(t, readTags("a.yaml", data).faults)
		checkFaults(t, readDataset("a.yaml", data).faults)
		checkFaults(t, readPolicy("a.yaml", data).faults)
	})
}

// FuzzScalar reads any text as what values are made of.
func FuzzScalar(f *testing.F) {
	for _, seed := range []string{"400天", "1年6个月", "[0,)", "(0,100%]", "[-1.5,2000万元]", "2000万", "1e9", "0x1p-2", "１０人"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if s, ok := parseSpan(text); ok {
			if again, ok := parseSpan(s.String()); !ok || again != s {
				t.Errorf("%q reads as %v, which reads as %v", text, s, again)
			}
		}
		if r, err := parseRange(text, "万元", 2); err == nil && r.Low != nil && r.High != nil && *r.Low > *r.High {
			t.Errorf("%q reads as an empty range", text)
		}
		_, _ = stored(text, "人", 6)
	})
}

// checkFaults checks what a screen or a log gets to see.
func checkFaults(t *testing.T, faults schemas.Faults) {
	t.Helper()
	for _, f := range faults {
		if f.Message == "" || f.File == "" || !utf8.ValidString(f.String()) ||
			strings.ContainsFunc(strings.ReplaceAll(f.String(), "\n", ""), unicode.IsControl) {
			t.Errorf("unreadable fault %+v", f)
		}
		if f.Line == 0 {
			continue
		}
		if n := utf8.RuneCountInString(f.Source); f.Line < 0 || f.Column < 1 || f.Column > n+2 || f.Width < 1 {
			t.Errorf("fault outside its line of %d characters: %+v", n, f)
		}
	}
}
