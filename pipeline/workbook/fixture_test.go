package workbook

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhida/pipeline/workspace"
	"zhida/schemas"
)

var update = flag.Bool("update", false, "rewrite the expected texts in testdata")

// book makes a workbook with these sheets, row by row from A1.
func book(t *testing.T, sheets map[string][][]any) *excelize.File {
	t.Helper()
	f := excelize.NewFile()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			at, err := excelize.CoordinatesToCellName(1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetSheetRow(name, at, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(sheets) > 0 {
		if err := f.DeleteSheet("Sheet1"); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// file is the workbook's bytes.
func file(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// keyFile is a key that nothing is sealed with.
type keyFile struct{}

func (keyFile) WriteFile(name string) error { return os.WriteFile(name, []byte("key"), 0o600) }

// starter is a fresh workspace with the policy MY-2026-001.
func starter(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "ws")
	if _, err := workspace.Create(dir, keyFile{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// importing is what an import says: warnings, faults, and the policies if there are no faults.
func importing(t *testing.T, dir string, data []byte) (string, *workspace.Revision) {
	t.Helper()
	b := Read("科技.xlsx", data)
	r, found, err := workspace.Revise(dir, b.Policies)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, w := range b.Warnings {
		out.WriteString("提醒：" + w.String() + "\n")
	}
	faults := append(schemas.Faults{}, b.Faults...)
	faults = append(faults, b.Locate(found)...)
	faults.Sort()
	for _, f := range faults {
		out.WriteString(f.String() + "\n")
	}
	if len(faults) > 0 {
		r = nil
	}
	return out.String(), r
}

// golden compares a text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}
