package all_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/xuri/excelize/v2"

	"zhida/connectors/all"
	"zhida/connectors/format"
)

// foreign is the one table that the files of testdata hold, which other programs wrote.
func foreign() [][]string {
	return [][]string{
		{"统一社会信用代码", "注册日期", "营业收入", "人数", "属实", "类型", "注册资本", "更新"},
		{"915107032000000009", "2026-06-15", "0.1", "12", "true", "有限", "101.20", "2026-06-15 08:30:00"},
		{"", "", "1234567.89", "", "false", "个体", "", "2026-06-15 08:30:00"},
		{"915107032000000017", "1998-01-01", "", "0", "", "有限", "-0.05", "2026-06-15 08:30:00"},
	}
}

// TestForeign reads files of pandas 2, pyarrow, openpyxl and LibreOffice 7.
func TestForeign(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"pandas.parquet", "int96.parquet", "pandas.feather", "pyarrow.arrow", "pyarrow.arrows", "openpyxl.xlsx", "libreoffice.xlsx",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := foreign()
			if strings.HasSuffix(name, ".xlsx") { // a sheet knows no scale
				want[1][6] = "101.2"
			}
			if name == "int96.parquet" { // cannot say that it is no instant
				want[1][1], want[3][1] = "2026-06-15 08:00:00", "1998-01-01 08:00:00"
			}
			if got := readFile(t, name); !reflect.DeepEqual(got, want) {
				t.Errorf("got  %q\nwant %q", got, want)
			}
		})
	}
}

// TestForeignDamaged cuts and flips these files: they are read or fatal.
func TestForeignDamaged(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"pandas.parquet", "pandas.feather", "pyarrow.arrows", "libreoffice.xlsx"} {
		whole, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(whole); i += 13 {
			damaged := bytes.Clone(whole)
			damaged[i] ^= byte(1 << (i / 13 % 8))
			for _, content := range [][]byte{damaged, whole[:i]} {
				_, err := readContent(t, name, content)
				var fatal *format.FatalError
				if err != nil && (!errors.As(err, &fatal) || fatal.Suggestion == "") || err == nil && len(content) < len(whole) {
					t.Errorf("%s, byte %d of %d: %v", name, i, len(content), err)
				}
			}
		}
	}
}

func readFile(t *testing.T, name string) [][]string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := readContent(t, name, content)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// readContent reads header and rows; faults are rows of their reason.
func readContent(t *testing.T, name string, content []byte) ([][]string, error) {
	t.Helper()
	r, err := all.Open(name, io.NewSectionReader(bytes.NewReader(content), 0, int64(len(content))), format.Options{})
	if err != nil {
		return nil, err
	}
	defer r.Close()
	rows := [][]string{r.Header()}
	for {
		record, err := r.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		for i := range int(record.NumRows()) {
			row := make([]string, len(r.Header()))
			for j := range row {
				row[j] = strings.Clone(record.Column(format.Positions + j).(*array.String).Value(i))
			}
			rows = append(rows, row)
		}
		for _, fault := range r.Faults() {
			rows = append(rows, []string{fault.Reason})
		}
		record.Release()
	}
}

// TestForeignRefused: what Excel makes and is no xlsx in the clear.
func TestForeignRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, name, want string }{
		{"libreoffice.xls", "a.xlsx", "a.xlsx: this is an old Excel workbook (xls); save it as xlsx"},
		{"libreoffice.xlsx", "a.csv", "a.csv: this is an Excel workbook (xlsx) or zip archive, not delimited text; give it its own extension or deliver it as CSV"},
		{"pyarrow.arrow", "a.jsonl", "a.jsonl: this is an Arrow file, not JSON lines; give it its own extension or deliver it as JSON lines"},
		{"pandas.parquet", "a.arrow", "a.arrow: this is a Parquet file, not Arrow; give it its own extension or deliver it as Arrow"},
		{"pyarrow.arrows", "a.parquet", "a.parquet: this is an Arrow stream, not a Parquet file; give it its own extension or deliver it as Parquet"},
	} {
		content, err := os.ReadFile(filepath.Join("testdata", c.file))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readContent(t, c.name, content); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", c.file, err, c.want)
		}
	}
	var sealed bytes.Buffer
	if err := excelize.NewFile().Write(&sealed, excelize.Options{Password: "123456"}); err != nil {
		t.Fatal(err)
	}
	const want = "a.xlsx: the workbook is encrypted; deliver it without a password"
	if _, err := readContent(t, "a.xlsx", sealed.Bytes()); err == nil || err.Error() != want {
		t.Errorf("encrypted: %v, want %s", err, want)
	}
}
