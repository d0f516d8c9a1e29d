package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// exported runs an export to standard output and reads it.
func (s *testSite) exported(args ...string) [][]string {
	s.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(s.zhida(exitDone, append([]string{"export"}, args...)...))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	return rows
}

// TestExports checks that every format has the rows that CSV has, under the same names, and what is refused.
func TestExports(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	for _, kind := range [][]string{{"verdicts"}, {"profile"}, {"rejects"}, {"rows", "registration"}, {"rows", "annual"}, {"rows", "兑付"}, {"missing"}} {
		rows := s.exported(kind...)
		for _, format := range []string{"parquet", "arrow", "csv"} {
			file := filepath.Join(s.root, kind[len(kind)-1]+"."+format)
			s.zhida(exitDone, append([]string{"export", "-o", file}, kind...)...)
			switch data := s.read(file); format {
			case "csv":
				if got, _ := csv.NewReader(strings.NewReader(string(data))).ReadAll(); !slices.EqualFunc(got, rows, slices.Equal) {
					t.Errorf("%s: the file is not what was printed", file)
				}
			case "arrow":
				if !strings.HasPrefix(string(data), "ARROW1") {
					t.Errorf("%s begins with %.6q", file, data)
				}
			default:
				names, n := parquetShape(t, file)
				if n != len(rows)-1 || !slices.Equal(names, rows[0]) {
					t.Errorf("%s: %d rows of %v, CSV has %d of %v", file, n, names, len(rows)-1, rows[0])
				}
			}
		}
	}
	for _, c := range []struct {
		want string
		args []string
	}{
		{"say where with -o FILE.parquet", []string{"profile", "--format", "parquet"}},
		{"does not say its format", []string{"profile", "-o", "x.xls"}},
		{"which is personal", []string{"rows", "contacts"}},
		{"is not exported", []string{"rows", "crosswalk"}},
		{"no dataset", []string{"rows", "annua"}},
		{"rows takes the name of a dataset", []string{"rows"}},
		{"rows takes the name of a dataset", []string{"profile", "annual"}},
		{"--raw goes with rejects", []string{"profile", "--raw"}},
		{"--bom goes with csv", []string{"profile", "--bom", "-o", filepath.Join(s.root, "x.parquet")}},
		{"no format", []string{"profile", "--format", "xml"}},
	} {
		mustContain(t, s.zhida(exitInput, append([]string{"export"}, c.args...)...), c.want)
	}
	if left, err := filepath.Glob(filepath.Join(s.root, ".*.*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func parquetShape(t *testing.T, file string) (names []string, rows int) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	p, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range p.Schema().Columns() {
		names = append(names, c[0])
	}
	return names, int(p.NumRows())
}

// TestExportOverwritesWholeFiles checks that a file is replaced, never half written, and that a pipe can be written into.
func TestExportOverwritesWholeFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	file := filepath.Join(s.root, "v.csv")
	s.write(file, []byte(strings.Repeat("old\n", 100_000)))
	s.zhida(exitDone, "export", "verdicts", "-o", file)
	if strings.Contains(string(s.read(file)), "old") {
		t.Error("the old file shows through")
	}
	s.zhida(exitDone, "export", "verdicts", "--format", "csv", "-o", os.DevNull)
	mustContain(t, s.zhida(exitDone, "export", "verdicts", "--bom"), "\ufeff统一社会信用代码")
}
