package department_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhida/pipeline/report/department"
)

// wrongs is what was wrong in n rows, with hostile values.
func wrongs(n int) *department.Corrections {
	names := hostile()
	return &department.Corrections{
		Department: "市某局", Night: "2026-06-16",
		Wrong: func(yield func([]any) error) error {
			for i := range n {
				w := department.Wrong{Dataset: "纳税", File: names[i%len(names)], Line: int64(i + 2), Field: "营业收入", Value: names[i%len(names)], Problem: "不是有效的数值", Kept: "该格未收"}
				if err := yield(w.Cells()); err != nil {
					return err
				}
			}
			return nil
		},
		Problems: func(yield func(department.Problem) error) error {
			return yield(department.Problem{Dataset: "纳税", File: "a.csv", Text: "不是有效的数值", Rows: 1 << 40, Listed: int64(n)})
		},
		Conflicts: func(yield func([]any) error) error {
			for i := range n {
				c := department.Conflict{Enterprise: department.Enterprise{Code: fmt.Sprint(i), Name: names[i%len(names)]}, Used: department.Statement{Who: "甲", Value: "-1"}}
				if err := yield(c.Cells()); err != nil {
					return err
				}
			}
			return nil
		},
		Disagree: int64(n),
		Missing:  []department.Fact{{Title: "营业收入@2025年", Alone: 3, Sheet: "市某局-补充采集.xlsx"}},
	}
}

// TestCorrections: each sheet of the workbook stands beside it as a CSV file with a byte order mark, cell by cell the same, no
// cell reads like a formula, and made again all is the same to the byte.
func TestCorrections(t *testing.T) {
	t.Parallel()
	write := func() ([]byte, beside) {
		files := beside{}
		var out bytes.Buffer
		if err := department.WriteCorrections(&out, wrongs(40), department.Options{Beside: files.begin, Prefix: "市某局"}); err != nil {
			t.Fatal(err)
		}
		return out.Bytes(), files
	}
	packed, files := write()
	again, filesAgain := write()
	if !bytes.Equal(packed, again) {
		t.Error("made again the workbook is another one")
	}
	f, err := excelize.OpenReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if want := []string{"校核", "校核汇总", "部门间不一致", "缺失信息"}; !slices.Equal(f.GetSheetList(), want) || len(files) != len(want) {
		t.Fatalf("sheets %v, files %d", f.GetSheetList(), len(files))
	}
	for _, name := range f.GetSheetList() {
		file := files["市某局-"+name+".csv"].String()
		if file != filesAgain["市某局-"+name+".csv"].String() || !strings.HasPrefix(file, "\ufeff") {
			t.Errorf("%s: made again the file is another one, or it has no byte order mark", name)
		}
		lines, err := csv.NewReader(strings.NewReader(file)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil || len(rows)-1 != len(lines) {
			t.Fatalf("%s: %d rows, %d lines (%v)", name, len(rows), len(lines), err)
		}
		for i, row := range rows[2:] {
			for c, text := range row {
				if strings.ContainsAny(firstOf(text), "=+-@\t\r＝") {
					t.Errorf("%s: %q reads like a formula", name, text)
				}
				// A blank stands in the sheet for what cells cannot hold, and needs no apostrophe.
				if line := strings.Map(plainRune, lines[i+1][c]); strings.TrimLeft(line, "' ") != strings.TrimLeft(text, "' ") {
					t.Errorf("%s: the sheet says %q, the file %q", name, text, line)
				}
			}
		}
	}
}

// plainRune is a letter as a cell can hold it.
func plainRune(r rune) rune {
	if r == 0 || r == '\t' || r == '\r' {
		return ' '
	}
	return r
}

// TestConflictsAreBounded: what is beyond the bound is counted in the sheet's first line.
func TestConflictsAreBounded(t *testing.T) {
	t.Parallel()
	c := wrongs(0)
	c.Disagree = department.MostListed + 7
	n := 0
	c.Conflicts = func(yield func([]any) error) error {
		row := department.Conflict{Enterprise: department.Enterprise{Code: "1"}}
		cells := row.Cells()
		for n = 0; n < department.MostListed+7; n++ {
			if err := yield(cells); err != nil {
				return err
			}
		}
		return nil
	}
	files := beside{}
	var out bytes.Buffer
	if err := department.WriteCorrections(&out, c, department.Options{Beside: files.begin, Prefix: "市某局"}); err != nil {
		t.Fatal(err)
	}
	if lines := bytes.Count(files["市某局-部门间不一致.csv"].Bytes(), []byte("\n")); lines != department.MostListed+1 {
		t.Errorf("%d lines", lines)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if note, err := f.GetCellValue("部门间不一致", "A1"); err != nil || !strings.Contains(note, "共 50007 条。只列前 50000 条，其余 7 条未列") {
		t.Errorf("%q (%v)", note, err)
	}
}

// TestFill: a sheet to fill in has the dataset's columns, marks what is asked for, offers what a closed list takes, and says
// in its first line what was left out.
func TestFill(t *testing.T) {
	t.Parallel()
	fill := &department.Fill{
		Department: "市某局", Night: "2026-06-16", Title: "年度补充采集", Code: "统一社会信用代码", Year: "年度", Total: 9,
		Fields: []department.FillField{{Name: "营业收入", Unit: "万元", Hint: "填一个数"}, {Name: "信用等级", Values: []string{"A", "B"}, Hint: "只能填：A、B"}},
		Rows: []department.FillRow{
			{Enterprise: department.Enterprise{Code: "91510724700000028G", Name: hostile()[0]}, Year: 2025, Items: 7, Wanted: []bool{true, false}},
			{Enterprise: department.Enterprise{Code: "915107047000000447", Name: "乙厂"}, Year: 2024, Items: 3, Wanted: []bool{true, true}},
		},
	}
	files := beside{}
	var out bytes.Buffer
	if err := department.WriteFill(&out, fill, department.Options{Beside: files.begin, Prefix: "市某局-年度补充采集"}); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff统一社会信用代码,名称,区县,年度,等它的事项,待补,营业收入,信用等级\n" +
		"91510724700000028G,\"'" + strings.ReplaceAll(hostile()[0], `"`, `""`) + "\",,2025,7,营业收入,,\n" +
		"915107047000000447,乙厂,,2024,3,营业收入、信用等级,,\n"
	if got := files["市某局-年度补充采集.csv"].String(); got != want {
		t.Errorf("as CSV:\n%s", got)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("年度补充采集")
	if err != nil || len(rows) != 4 || !strings.Contains(rows[0][0], "单位：营业收入 万元。共 9 行，列出等它的事项最多的 2 行，其余 7 行未列。") {
		t.Errorf("%q (%v)", rows, err)
	}
	rules, err := f.GetDataValidations("年度补充采集")
	if err != nil || len(rules) != 2 || rules[1].Type != "list" || rules[1].Sqref != "H3:H4" {
		t.Errorf("rules of cells: %+v (%v)", rules, err)
	}
	look := func(cell string) int {
		id, err := f.GetCellStyle("年度补充采集", cell)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	if look("G3") == look("H3") || look("G3") != look("G4") || look("H4") != look("G4") {
		t.Error("what is asked for looks like what is not")
	}
}
