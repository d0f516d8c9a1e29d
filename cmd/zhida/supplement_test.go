package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// collectByHand gives the small workspace two datasets of facts collected by hand, behind what departments deliver.
func (s *testSite) collectByHand() {
	s.t.Helper()
	const head = "role: facts\nowner: 市数据局\nlist: open\nshelf: 1年\ncode: [统一社会信用代码]\nsupplement: 填报项\n"
	s.write(filepath.Join(s.workspace, "datasets", "supplement.yaml"), []byte("name: supplement\ntitle: 补充采集\n"+head+`key: [填报项]
fields:
  - {name: 填报项, type: text}
  - {name: 注册资本, type: money, unit: 万元, min: 0}
  - {name: 成立日期, type: date, min: 1949-10-01}
`))
	s.write(filepath.Join(s.workspace, "datasets", "supplement_annual.yaml"), []byte("name: supplement_annual\ntitle: 年度补充采集\n"+head+`key: [年度, 填报项]
year: 年度
fields:
  - {name: 年度, type: number, min: 2000, max: 2100, required: true}
  - {name: 填报项, type: text}
  - {name: 从业人数, type: number, unit: 人, min: 0}
  - {name: 营业收入, type: money, unit: 万元, min: 0}
  - {name: 研发费用, type: money, unit: 万元, min: 0}
`))
	const tags = "tags.yaml"
	for _, name := range []string{"从业人数", "营业收入", "研发费用"} {
		s.edit(tags, "[annual."+name+"]", "[annual."+name+", supplement_annual."+name+"]")
	}
	for _, name := range []string{"成立日期", "注册资本"} {
		s.edit(tags, "[registration."+name+"]", "[registration."+name+", supplement."+name+"]")
	}
	s.edit("zhida.yaml", "      - {dataset: payments", `      - {dataset: supplement_annual, files: "年度补充采集_*_{date}.xlsx", mode: increment}
      - {dataset: supplement, files: "补充采集_*_{date}.xlsx", mode: increment}
      - {dataset: payments`)
}

// sheetToFill is a sheet of a night as an officer opens it.
type sheetToFill struct {
	t       testing.TB
	file    *excelize.File
	name    string
	columns map[string]string // letters, by the title
	rows    [][]string        // below the head
}

func (s *testSite) openToFill(night, name string) *sheetToFill {
	s.t.Helper()
	f, err := excelize.OpenFile(filepath.Join(s.departments(night), name))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = f.Close() })
	sheet := &sheetToFill{t: s.t, file: f, name: f.GetSheetList()[0], columns: map[string]string{}}
	rows, err := f.GetRows(sheet.name)
	if err != nil || len(rows) < 3 || len(f.GetSheetList()) != 1 {
		s.t.Fatalf("%s has %d rows, sheets %v (%v)", name, len(rows), f.GetSheetList(), err)
	}
	for i, title := range rows[1] {
		sheet.columns[title], _ = excelize.ColumnNumberToName(i + 1)
	}
	sheet.rows = rows[2:]
	return sheet
}

// cell is where a column of a row is, rows counted from 0 below the head.
func (f *sheetToFill) cell(row int, column string) string {
	f.t.Helper()
	if f.columns[column] == "" {
		f.t.Fatalf("%s has no column %s: %v", f.name, column, f.columns)
	}
	at, err := excelize.JoinCellName(f.columns[column], row+3)
	if err != nil {
		f.t.Fatal(err)
	}
	return at
}

func (f *sheetToFill) get(row int, column string) string {
	f.t.Helper()
	text, err := f.file.GetCellValue(f.name, f.cell(row, column))
	if err != nil {
		f.t.Fatal(err)
	}
	return text
}

func (f *sheetToFill) set(row int, column string, value any) {
	f.t.Helper()
	if err := f.file.SetCellValue(f.name, f.cell(row, column), value); err != nil {
		f.t.Fatal(err)
	}
}

// save saves the sheet as a delivery of the site.
func (f *sheetToFill) save(s *testSite, name string) {
	f.t.Helper()
	if err := f.file.SaveAs(s.deliveries(name)); err != nil {
		f.t.Fatal(err)
	}
}

// wants are the rows in which a fact is asked for.
func (f *sheetToFill) wants(fact string) []int {
	var out []int
	for row := range f.rows {
		if slices.Contains(strings.Split(f.get(row, "待补"), "、"), fact) {
			out = append(out, row)
		}
	}
	return out
}

// TestSupplement is the way of missing facts: a night leaves sheets to fill in, an officer fills one in, with what happens in
// real life, and delivers it; the next night knows what was filled in, and says where it comes from, and tells of what could
// not be read; a cell that is left empty changes nothing.
func TestSupplement(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	s, other := newSite(t, key), newSite(t, key) // to the other nothing is delivered by hand
	for _, s := range []*testSite{s, other} {
		s.collectByHand()
		s.forgetDays()
	}
	s.night("2026-06-15")
	other.night("2026-06-15")
	other.night("2026-06-16")

	sheet := s.openToFill("2026-06-15", "市统计局-年度补充采集.xlsx")
	filled := sheet.fillIn()
	sheet.save(s, "年度补充采集_市统计局_20260616.xlsx")
	s.fillInOnce(filled)
	s.night("2026-06-16")
	rows := s.exported("rows", "supplement", "--night", "2026-06-16")
	if len(rows) < 3 || !slices.ContainsFunc(rows, func(row []string) bool { return slices.Contains(row, "2024-05-06") }) {
		t.Errorf("filled in once: %q", rows)
	}

	gained := s.surePairs("2026-06-16")
	for pair := range other.surePairs("2026-06-16") {
		if !gained[pair] {
			t.Errorf("%s is sure only if nothing is filled in", pair)
		}
		delete(gained, pair)
	}
	if len(gained) < 10 || s.total("2026-06-16", "needs_facts") >= other.total("2026-06-16", "needs_facts") {
		t.Errorf("%d pairs are sure because of what was filled in", len(gained))
	}
	for _, code := range s.renamed("2026-06-16") { // in the sheet it has its old code
		maps.DeleteFunc(gained, func(pair string, _ bool) bool { return strings.HasPrefix(pair, code) })
	}
	s.provenance(gained, filled)
	s.correctionsOf("2026-06-16", filled)

	// Nothing is asked again that is known now, and a sheet that says less takes nothing back.
	again := s.openToFill("2026-06-16", "市统计局-年度补充采集.xlsx")
	for _, row := range again.wants("从业人数") {
		if filled.good[again.get(row, "统一社会信用代码")+" 从业人数"] {
			t.Errorf("%s is asked again", again.get(row, "统一社会信用代码"))
		}
	}
	for _, row := range sheet.wants("从业人数") {
		sheet.set(row, "从业人数", "")
	}
	for _, row := range sheet.wants("营业收入") {
		sheet.set(row, "营业收入", nil)
	}
	sheet.set(filled.bad, "从业人数", 12)
	if err := sheet.file.MergeCell(sheet.name, sheet.cell(0, "从业人数"), sheet.cell(1, "从业人数")); err != nil {
		t.Fatal(err)
	}
	const next = "年度补充采集_市统计局_20260617.xlsx"
	sheet.save(s, next)
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-17"), next, "merged")
	if err := sheet.file.UnmergeCell(sheet.name, sheet.cell(0, "从业人数"), sheet.cell(1, "从业人数")); err != nil {
		t.Fatal(err)
	}
	sheet.save(s, next)
	s.night("2026-06-17")
	sure := s.surePairs("2026-06-17")
	for pair := range gained {
		if !sure[pair] {
			t.Errorf("%s is no longer sure: an empty cell took a fact back", pair)
		}
	}
}

// forgetDays takes the day of foundation from thirty registrations.
func (s *testSite) forgetDays() {
	s.t.Helper()
	name := s.deliveries("registration_20260615_full.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(s.read(name)), "\ufeff"))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	day := slices.Index(rows[0], "成立日期")
	for _, row := range rows[1:31] {
		row[day] = ""
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		s.t.Fatal(err)
	}
	s.write(name, out.Bytes())
}

// fillInOnce fills in what the registration lacks: amounts with their unit, and days as they are typed.
func (s *testSite) fillInOnce(filled filledIn) {
	s.t.Helper()
	sheet := s.openToFill("2026-06-15", "市市场监督管理局-补充采集.xlsx")
	for i, row := range sheet.wants("注册资本") {
		sheet.set(row, "注册资本", fmt.Sprintf("%d万元 ", 5+i))
		filled.good[sheet.get(row, "统一社会信用代码")] = true
	}
	for _, row := range sheet.wants("成立日期") {
		sheet.set(row, "成立日期", "２０２４年5月6日")
		filled.good[sheet.get(row, "统一社会信用代码")] = true
	}
	sheet.save(s, "补充采集_市市场监督管理局_20260616.xlsx")
}

// filledIn says what an officer filled in.
type filledIn struct {
	good map[string]bool // code and fact
	bad  int             // row with a number of persons that is none
	lost int             // row with a formula that was never computed
}

// fillIn fills in staff and revenue where they are asked for: as numbers, as texts with full-width digits and blanks behind,
// as a computed formula; once wrongly, and once as a formula that nobody computed.
func (f *sheetToFill) fillIn() filledIn {
	f.t.Helper()
	out := filledIn{good: map[string]bool{}, bad: -1, lost: -1}
	staff, revenue := f.wants("从业人数"), f.wants("营业收入")
	if len(staff) < 20 || len(revenue) < 20 {
		f.t.Fatalf("only %d and %d facts are asked for", len(staff), len(revenue))
	}
	for i, row := range staff {
		code := f.get(row, "统一社会信用代码")
		switch i {
		case 0:
			f.set(row, "从业人数", "八十来人")
			out.bad = row
			continue
		case 1:
			f.set(row, "从业人数", "１８")
		case 2:
			f.set(row, "从业人数", "20 人　")
		default:
			f.set(row, "从业人数", 10+i)
		}
		out.good[code+" 从业人数"] = true
	}
	for i, row := range revenue {
		if row == out.bad {
			continue
		}
		code := f.get(row, "统一社会信用代码")
		if i == len(revenue)-1 {
			if err := f.file.SetCellFormula(f.name, f.cell(row, "营业收入"), "600*2"); err != nil {
				f.t.Fatal(err)
			}
			delete(out.good, code+" 从业人数")
			out.lost = row
			continue
		}
		f.set(row, "营业收入", 1200.5)
		out.good[code+" 营业收入"] = true
	}
	return out
}

// provenance checks that what was gained was gained by facts that say they were collected by hand.
func (s *testSite) provenance(gained map[string]bool, filled filledIn) {
	s.t.Helper()
	told := 0
	for _, pair := range slices.Sorted(maps.Keys(gained)) {
		code, item, _ := strings.Cut(pair, " ")
		if !filled.good[code] && !filled.good[code+" 从业人数"] && !filled.good[code+" 营业收入"] {
			s.t.Errorf("%s is gained, and nothing was filled in for it", pair)
		}
		if told < 5 {
			told++
			mustContain(s.t, s.zhida(exitDone, "explain", code, item), "补充采集")
		}
	}
}

// correctionsOf checks what the collecting department is told of the delivery.
func (s *testSite) correctionsOf(night string, filled filledIn) {
	s.t.Helper()
	book := sheets(s.t, filepath.Join(s.departments(night), "市数据局-校核.xlsx"))
	var told []string
	for _, row := range body(book["校核"]) {
		told = append(told, strings.Join(row, "|"))
	}
	text := strings.Join(told, "\n")
	for _, want := range []string{
		"|从业人数|八十来人|不是有效的数值|该格未收|填一个数，单位是人时不用写单位，不小于 0人",
		"|公式改成数值，代码按文本存放，再重新交付",
	} {
		if !strings.Contains(text, want) {
			s.t.Errorf("the department is not told %q:\n%s", want, text)
		}
	}
	if filled.bad < 0 || filled.lost < 0 || len(told) != 2 {
		s.t.Errorf("%d lines:\n%s", len(told), text)
	}
	csv, err := os.ReadFile(filepath.Join(s.departments(night), "市数据局-校核.csv"))
	if err != nil || !strings.HasPrefix(string(csv), "\ufeff数据类,文件,行号") || strings.Count(string(csv), "\n") != 3 {
		s.t.Errorf("校核 as CSV: %q (%v)", csv, err)
	}
}
