package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhida/matcher"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/pipeline"
	"zhida/pipeline/current"
)

// sheets are the rows of a workbook by sheet. A cell that is a formula, or reads like one, is a fault.
func sheets(t testing.TB, file string) map[string][][]string {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	out := map[string][][]string{}
	for _, name := range f.GetSheetList() {
		if out[name], err = f.GetRows(name, excelize.Options{RawCellValue: true}); err != nil {
			t.Fatal(err)
		}
		for r, row := range out[name] {
			for c, text := range row {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if formula, err := f.GetCellFormula(name, at); err != nil || formula != "" || strings.HasPrefix(text, "=") {
					t.Errorf("%s %s!%s is a formula or reads like one: %q %q (%v)", file, name, at, text, formula, err)
				}
			}
		}
	}
	return out
}

// body are the rows of a list below its head. A department without items, or without data, lacks some sheets.
func body(sheet [][]string) [][]string { return sheet[min(2, len(sheet)):] }

// workbooks are the departments' workbooks of a night, by department.
func (s *testSite) workbooks(folder string) map[string]map[string][][]string {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.xlsx"))
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]map[string][][]string{}
	for _, file := range files {
		out[strings.TrimSuffix(filepath.Base(file), ".xlsx")] = sheets(s.t, file)
	}
	return out
}

func (s *testSite) departments(night string) string {
	return filepath.Join(s.store, "nights", night, "report", "departments")
}

// armName gives every enterprise a name that a spreadsheet would evaluate, sole traders aside.
func (s *testSite) armName() {
	s.t.Helper()
	name := s.deliveries("registration_20260615_full.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(s.read(name)), "\ufeff"))).ReadAll()
	if err != nil {
		s.t.Fatal(err)
	}
	for _, row := range rows[1:] {
		if strings.HasPrefix(row[1], "91") {
			row[0] = `=HYPERLINK("http://example.invalid","` + row[0] + `")`
		}
	}
	var out bytes.Buffer
	if err := csv.NewWriter(&out).WriteAll(rows); err != nil {
		s.t.Fatal(err)
	}
	s.write(name, out.Bytes())
}

// TestDepartmentWorkbooks reads the workbooks of the sample's second night back: each pair stands in the workbook of its
// item's department and in no other, the figures are those of the summary, what is missing is what explain says, names
// of sole traders are nowhere, and nothing is a formula.
func TestDepartmentWorkbooks(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.armName()
	s.nights()
	const night = "2026-06-16"
	books := s.workbooks(s.departments(night))
	owner := s.ownersOfItems(night)
	s.pairsOnce(books, owner)
	s.figures(night, books)
	s.missingAgrees(night, books)
	s.masked(books)
	if name := books["市税务局"]["符合"]; !slices.ContainsFunc(name, func(row []string) bool { return len(row) > 1 && strings.HasPrefix(row[1], "'=HYPERLINK") }) {
		t.Error("no name is armed")
	}

	again := filepath.Join(s.root, "again")
	s.zhida(exitDone, "report", "departments", "-o", again)
	for name := range books {
		if !bytes.Equal(s.read(filepath.Join(again, name+".xlsx")), s.read(filepath.Join(s.departments(night), name+".xlsx"))) {
			t.Errorf("%s: made again it is another workbook", name)
		}
	}
}

// ownersOfItems are the departments by item, as the summary has them.
func (s *testSite) ownersOfItems(night string) map[string]string {
	out := map[string]string{}
	for _, it := range s.summary(night)["by_item"].([]any) {
		item := it.(map[string]any)
		out[item["id"].(string)] = item["department"].(string)
	}
	return out
}

// pairsOnce compares the lists of pairs with the exported verdicts.
func (s *testSite) pairsOnce(books map[string]map[string][][]string, owner map[string]string) {
	s.t.Helper()
	want, got := map[string]string{}, map[string]string{}
	for _, row := range s.exported("verdicts")[1:] {
		if row[2] != "待补充" {
			want[row[2]+" "+row[0]+" "+row[1]] = owner[row[1]]
		}
	}
	ready := 0
	for name, book := range books {
		for _, word := range []string{"符合", "差一项"} {
			for _, row := range body(book[word]) {
				key := word + " " + row[0] + " " + row[3]
				if got[key] != "" {
					s.t.Errorf("%s is in the workbooks of %s and %s", key, got[key], name)
				}
				got[key] = name
				if word == "符合" && len(row) > 10 && row[10] == "免申即享" {
					ready++
				}
			}
		}
		ready += len(body(book["未就绪名单"])) // whoever is not ready has a reason
	}
	sure := 0
	for key, name := range want {
		if strings.HasPrefix(key, "符合") {
			sure++
		}
		if got[key] != name {
			s.t.Errorf("%s is in the workbook of %q, its item is of %q", key, got[key], name)
		}
	}
	if len(got) != len(want) || len(want) < 400 || ready != sure {
		s.t.Errorf("%d pairs in workbooks, %d verdicts; %d of %d sure are ready or have a reason", len(got), len(want), ready, sure)
	}
}

// figures compares the overviews and changes with the summary.
func (s *testSite) figures(night string, books map[string]map[string][][]string) {
	s.t.Helper()
	entered, left := 0, 0
	for _, it := range s.summary(night)["by_item"].([]any) {
		item := it.(map[string]any)
		book := books[item["department"].(string)]
		at := slices.IndexFunc(book["概览"], func(row []string) bool { return len(row) > 0 && row[0] == item["id"] })
		if at < 0 {
			s.t.Errorf("%s is not in its department's overview", item["id"])
			continue
		}
		for i, key := range []string{
			"sure", "subject_to_review", "subject_to_declaration", "needs_facts", "near_misses", "ready", "ready_light", "entered", "left",
		} {
			if got := book["概览"][at][3+i]; got != fmt.Sprint(item[key]) {
				s.t.Errorf("%s: the overview has %s of %s, the summary %v", item["id"], got, key, item[key])
			}
		}
	}
	for _, book := range books {
		for _, row := range body(book["变化"]) {
			switch row[5] {
			case "进入":
				entered++
			case "退出":
				left++
			}
			if row[6] == "" {
				s.t.Errorf("a change without a cause: %v", row)
			}
		}
	}
	if e, l := s.total(night, "entered"), s.total(night, "left"); e != entered || l != left || e == 0 || l == 0 {
		s.t.Errorf("%d entered and %d left in the workbooks, %d and %d in the summary", entered, left, e, l)
	}
}

// masked looks for the names of sole traders.
func (s *testSite) masked(books map[string]map[string][][]string) {
	s.t.Helper()
	secrets := s.secrets()
	for name, book := range books {
		for sheet, rows := range book {
			for _, row := range rows {
				for _, text := range row {
					if secrets[text] {
						s.t.Errorf("%s, %s names a sole trader", name, sheet)
					}
				}
			}
		}
	}
}

// missingAgrees compares what departments can supply, and how much it would settle, with explain's answer for each pair.
func (s *testSite) missingAgrees(night string, books map[string]map[string][][]string) {
	s.t.Helper()
	type total struct{ alone, pairs int }
	want := map[string]map[string]total{}
	s.needs(night, func(a *explain.Answer) {
		for _, f := range a.Missing {
			title := f.Title()
			if f.Kind == explain.FactList || f.Kind == explain.FactRow {
				title += "（名单）"
			}
			for _, who := range append([]explain.Supplier{{Owner: f.Owner}}, f.Others...) {
				if want[who.Owner] == nil {
					want[who.Owner] = map[string]total{}
				}
				t := want[who.Owner][title]
				t.pairs++
				if f.Only {
					t.alone++
				}
				want[who.Owner][title] = t
			}
		}
	})
	facts := 0
	for name, book := range books {
		got := map[string]total{}
		last := total{alone: 1 << 30}
		for _, row := range body(book["待补充事实"]) {
			if row[0] != "本部门提供" {
				continue
			}
			facts++
			alone, _ := strconv.Atoi(row[3])
			pairs, _ := strconv.Atoi(row[4])
			got[row[1]] = total{alone, pairs}
			if alone > last.alone || alone == last.alone && pairs > last.pairs {
				s.t.Errorf("%s: %s would settle more than the fact above it", name, row[1])
			}
			last = got[row[1]]
		}
		for title, t := range want[name] {
			if got[title] != t {
				s.t.Errorf("%s: %s is missing %+v times, explain says %+v", name, title, got[title], t)
			}
		}
		if len(got) != len(want[name]) {
			s.t.Errorf("%s: %d facts, explain says %d", name, len(got), len(want[name]))
		}
	}
	if facts < 10 {
		s.t.Errorf("only %d facts are missing", facts)
	}
}

// needs explains every pair of a night that needs facts.
func (s *testSite) needs(night string, do func(*explain.Answer)) {
	s.t.Helper()
	s.verdicts(night, func(site *site, in *plan.Input, i int, v matcher.Verdict) {
		for door := range v.Needs.All() {
			do(answer(s.t, site, in, i, door))
		}
	})
}

// verdicts goes through the verdicts of a night, block by block and item by item.
func (s *testSite) verdicts(night string, do func(site *site, in *plan.Input, i int, v matcher.Verdict)) {
	s.t.Helper()
	a := &app{stdout: io.Discard, stderr: io.Discard, now: afterTheSample, workspace: s.workspace}
	site, err := a.open(s.t.Context(), 1, nil, false)
	if err != nil {
		s.t.Fatal(err)
	}
	defer site.close()
	view, err := site.View(s.t.Context(), night)
	if err != nil {
		s.t.Fatal(err)
	}
	defer view.Close()
	items := make([]string, len(site.Library.Items))
	for i := range items {
		items[i] = site.Library.Items[i].ID
	}
	err = view.Homes(func(h *pipeline.HomeState, dir *current.Directory) error {
		for _, number := range h.Blocks {
			in, err := view.Block(h, number)
			if err != nil {
				return err
			}
			i := 0
			err = view.Verdicts(h, number, dir.BlockLen(number), items, func(_ string, v matcher.Verdict) error {
				do(site, in, i, v)
				i++
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// answer explains a pair.
func answer(t testing.TB, site *site, in *plan.Input, i, door int) *explain.Answer {
	t.Helper()
	item := &site.Library.Items[i]
	a, err := explain.Explain(&explain.Question{
		In: in, Door: door, Expr: item.Expr, Rules: site.Workspace.TagRules, Attainable: item.Attainable,
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestDepartmentWorkbooksInClear: names of sole traders only go to who registers them, not into the store, and it is
// recorded that they did.
func TestDepartmentWorkbooksInClear(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	out, owner := filepath.Join(s.root, "clear"), "市市场监督管理局"
	for _, c := range []struct {
		want string
		args []string
	}{
		{"--clear takes --department", []string{"--clear", "-o", out}},
		{"and a folder", []string{"--clear", "--department", owner}},
		{"only for " + owner, []string{"--clear", "--department", "市税务局", "-o", out}},
		{"is in the store", []string{"--clear", "--department", owner, "-o", filepath.Join(s.store, "nights")}},
		{"has no items and delivers no data", []string{"--department", "市某局", "-o", out}},
	} {
		mustContain(t, s.zhida(exitInput, append([]string{"report", "departments"}, c.args...)...), c.want)
	}
	if left, err := filepath.Glob(filepath.Join(out, "*")); err != nil || len(left) > 0 {
		t.Errorf("%v were written (%v)", left, err)
	}
	s.zhida(exitDone, "report", "departments", "--clear", "--department", owner, "-o", out)
	books := s.workbooks(out)
	named, secrets := 0, s.secrets()
	for _, rows := range books[owner] {
		for _, row := range rows {
			for _, text := range row {
				if secrets[text] {
					named++
				}
			}
		}
	}
	if len(books) != 2 || books[owner+"-校核"] == nil || named == 0 {
		t.Errorf("%d workbooks, %d names of sole traders", len(books), named)
	}
	info, err := os.Stat(filepath.Join(out, owner+".xlsx"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the workbook may be read by others: %v (%v)", info.Mode(), err)
	}
	if ledger := string(s.read(filepath.Join(s.store, ledgerFile))) + s.wal(); !strings.Contains(ledger, "report departments --clear of night 2026-06-15") {
		t.Error("the ledger does not know of it")
	}
}

// wal is what the ledger has not yet taken into its file.
func (s *testSite) wal() string {
	data, err := os.ReadFile(filepath.Join(s.store, ledgerFile) + "-wal")
	if err != nil {
		return ""
	}
	return string(data)
}

// TestExportMissing: every pair that needs facts lacks some, no other does, and whoever lacks one thing only is said to.
func TestExportMissing(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	lacks, alone := map[string]int{}, map[string]bool{}
	for _, row := range s.exported("missing")[1:] {
		pair := row[0] + " " + row[1]
		lacks[pair]++
		alone[pair] = row[7] == "是"
		if row[6] == "" {
			t.Errorf("nobody can supply %s", row[2])
		}
	}
	needs := 0
	for _, row := range s.exported("verdicts")[1:] {
		pair := row[0] + " " + row[1]
		if row[2] == "待补充" {
			needs++
		}
		if (lacks[pair] > 0) != (row[2] == "待补充") || alone[pair] != (lacks[pair] == 1) {
			t.Errorf("%s is %s and lacks %d facts, only one: %v", pair, row[2], lacks[pair], alone[pair])
		}
	}
	if len(lacks) != needs || needs < 500 {
		t.Errorf("%d pairs lack facts, %d need some", len(lacks), needs)
	}
}
