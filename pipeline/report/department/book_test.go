package department_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhida/pipeline/report/department"
)

// hostile are names of enterprises that a spreadsheet could take for something else.
func hostile() []string {
	return []string{
		`=HYPERLINK("http://example.invalid","点这里")`, "+1+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'已有", "a\x00b", "普通名称",
	}
}

// sample is a department with a few rows in each list, matches of n enterprises.
func sample(n int) *department.Data {
	money := func(x int64) *int64 { return &x }
	names := hostile()
	return &department.Data{
		Site: "样例", Department: "市某局", Night: "2026-06-16", Last: "2026-06-15",
		Items:    []department.Item{{ID: "A-1", Title: "=1+1", Mode: "普通", Sure: int64(n), Tests: 4, Decidable: 3, Entered: 2}},
		Causes:   []department.Cause{{Cause: "数据", Entered: 2}},
		Datasets: []department.Dataset{{Title: "纳税", Held: 9, Read: 3, Facts: 1, Pairs: 5, Alone: 2}},
		Supply:   []department.Fact{{Title: "营业收入@2025年", Suppliers: "市某局（纳税）", Alone: 2, Pairs: 5, Enterprises: 4, Items: 2}},
		Await:    []department.Fact{{Title: "行业", Suppliers: "市场监管局（登记）", Pairs: 1, Enterprises: 1, Items: 1}},
		Matches: func(yield func([]any) error) error {
			for i := range n {
				m := department.Match{
					Enterprise: department.Enterprise{Code: fmt.Sprintf("91%016d", i), Name: names[i%len(names)], County: "涪城区"},
					Item:       "A-1", Title: "=1+1", Low: money(int64(i) * 100), High: money(12345), Unit: "元", New: i < 2,
				}
				if err := yield(m.Cells()); err != nil {
					return err
				}
			}
			return nil
		},
		Near: func(yield func([]any) error) error {
			n := department.Near{Item: "A-1", Test: "营业收入 >= 2000万元", Now: "1650万元", Asked: "2000万元", Gap: "差 350万元"}
			return yield(n.Cells())
		},
	}
}

// beside keeps the files beside a workbook.
type beside map[string]*bytes.Buffer

func (b beside) begin(name string) (io.WriteCloser, error) {
	b[name] = &bytes.Buffer{}
	return closer{b[name]}, nil
}

type closer struct{ io.Writer }

func (closer) Close() error { return nil }

func made(t *testing.T, d *department.Data, rows int) (*excelize.File, []byte, beside) {
	t.Helper()
	files := beside{}
	var out bytes.Buffer
	if err := department.Write(&out, d, department.Options{Rows: rows, Beside: files.begin, Prefix: d.Department}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, out.Bytes(), files
}

// TestNoFormulas: no cell is a formula or reads like one, in the workbook and in what goes on beside it.
func TestNoFormulas(t *testing.T) {
	t.Parallel()
	f, _, files := made(t, sample(20), 12)
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, text := range row {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if formula, err := f.GetCellFormula(sheet, at); formula != "" || err != nil {
					t.Errorf("%s!%s is the formula %q (%v)", sheet, at, formula, err)
				}
				kind, err := f.GetCellType(sheet, at)
				if err != nil {
					t.Fatal(err)
				}
				if number := kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset; !number && strings.ContainsAny(firstOf(text), "=+-@\t\r＝") {
					t.Errorf("%s!%s begins like a formula: %q", sheet, at, text)
				}
			}
		}
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(files["市某局-符合-续.csv"].String(), "\ufeff"))).ReadAll()
	if err != nil || len(lines) != 11 {
		t.Fatalf("%d lines beside the workbook: %v", len(lines), err)
	}
	for _, line := range lines {
		for _, text := range line {
			if strings.ContainsAny(firstOf(text), "=+-@\t\r＝") {
				t.Errorf("a cell beside the workbook begins like a formula: %q", text)
			}
		}
	}
	if name, err := f.GetCellValue("符合", "B3"); err != nil || name != "'"+hostile()[0] {
		t.Errorf("the first name is %q (%v)", name, err)
	}
}

func firstOf(text string) string {
	for _, r := range text {
		return string(r)
	}
	return ""
}

// TestOverflow: what a sheet cannot hold goes on in a file that the overview names, and nothing is lost or there twice.
func TestOverflow(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rows, limit, inSheet int }{
		{998, 1000, 998}, {999, 1000, 998}, {2500, 1000, 998}, {0, 1000, 0},
	} {
		f, _, files := made(t, sample(c.rows), c.limit)
		rows, err := f.GetRows("符合")
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != 2+c.inSheet {
			t.Errorf("%d matches: %d rows in the sheet", c.rows, len(rows))
		}
		const name = "市某局-符合-续.csv"
		overview, err := f.GetRows("概览")
		if err != nil {
			t.Fatal(err)
		}
		named := slices.ContainsFunc(overview, func(row []string) bool { return strings.Contains(strings.Join(row, " "), name) })
		if beyond := c.rows > c.inSheet; (files[name] != nil) != beyond || named != beyond {
			t.Errorf("%d matches: a file beside %v, named %v", c.rows, files[name] != nil, named)
		}
		if files[name] == nil {
			continue
		}
		lines, err := csv.NewReader(strings.NewReader(files[name].String())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		codes := map[string]bool{}
		for _, row := range append(rows[2:], lines[1:]...) {
			codes[row[0]] = true
		}
		if len(codes) != c.rows || len(lines)-1+c.inSheet != c.rows {
			t.Errorf("%d matches: %d codes, %d lines beside", c.rows, len(codes), len(lines)-1)
		}
	}
}

// TestWorkbookIsTheSame: the same data gives the same bytes.
func TestWorkbookIsTheSame(t *testing.T) {
	t.Parallel()
	_, first, _ := made(t, sample(300), 0)
	for range 5 {
		if _, again, _ := made(t, sample(300), 0); !bytes.Equal(first, again) {
			t.Fatal("the workbook is another one")
		}
	}
}

// TestLimits refuses sheets that no spreadsheet has.
func TestLimits(t *testing.T) {
	t.Parallel()
	for _, rows := range []int{1, 2, department.MaxRows + 1, -1} {
		if err := department.Write(io.Discard, sample(1), department.Options{Rows: rows}); err == nil {
			t.Errorf("sheets of %d rows are written", rows)
		}
	}
	if err := department.Write(io.Discard, sample(10), department.Options{Rows: 5}); err == nil {
		t.Error("rows are lost where no file may stand beside the workbook")
	}
}
