package main

import (
	"encoding/csv"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// lines are those of a CSV file beside a department's workbooks, below its head.
func (s *testSite) lines(night, name string) [][]string {
	s.t.Helper()
	text, ok := strings.CutPrefix(string(s.read(filepath.Join(s.departments(night), name))), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !ok {
		s.t.Fatalf("%s: byte order mark %v, %v", name, ok, err)
	}
	return rows[1:]
}

// TestCorrections: of thousands of wrong rows a department is told the first of each problem, with position, value and what
// to do, and the number of all; nothing personal is in any file; made again they are the same.
func TestCorrections(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	const wrong, without, night = 2500, 1700, "2026-06-15"
	lines := strings.Split(strings.TrimSpace(string(s.read(s.deliveries("annual_20260615_full.csv")))), "\n")
	lines[0] = "统一社会信用代码,年度,从业人数,营业收入,研发费用,发明专利数,实用新型专利数,软件著作权数"
	good := len(lines)
	for i := range wrong {
		lines = append(lines, fmt.Sprintf("%s,2024,约%d人,,,,,", uscc(t, fmt.Sprintf("91510700MB%07d", i)), i))
	}
	for i := range without {
		lines = append(lines, fmt.Sprintf(",2024,%d,,,,,", i))
	}
	s.deliver("annual_20260615_full.csv", lines...)
	s.night(night)

	count, first := map[string]int{}, map[string][]string{}
	for _, row := range s.lines(night, "市统计局-校核.csv") {
		if count[row[6]]++; count[row[6]] == 1 {
			first[row[6]] = row
		}
	}
	for problem, want := range map[string][]string{
		"不是有效的数值":    {"年报", "annual_20260615_full.csv", fmt.Sprint(good + 1), uscc(t, "91510700MB0000000"), "从业人数", "约0人", "不是有效的数值", "该格未收", "填一个数，单位是人时不用写单位，不小于 0人"},
		"没有统一社会信用代码": {"年报", "annual_20260615_full.csv", fmt.Sprint(good + wrong + 1), "", "", "", "没有统一社会信用代码", "整行未收", "补上 18 位统一社会信用代码"},
	} {
		if count[problem] != 1000 || !slices.Equal(first[problem], want) {
			t.Errorf("%s is listed %d times, first %q", problem, count[problem], first[problem])
		}
	}
	totals := map[string]string{}
	for _, row := range s.lines(night, "市统计局-校核汇总.csv") {
		totals[row[2]] = strings.Join(row[3:], " ")
	}
	if totals["没有统一社会信用代码"] != fmt.Sprintf("整行未收 %d 1000", without) || totals["从业人数：不是有效的数值"] != fmt.Sprintf("该格未收 %d 1000", wrong) {
		t.Errorf("totals: %v", totals)
	}

	files, err := filepath.Glob(filepath.Join(s.departments(night), "*.csv"))
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files (%v)", len(files), err)
	}
	again := filepath.Join(s.root, "again")
	s.zhida(exitDone, "report", "departments", "-o", again)
	secrets := s.secrets()
	for _, file := range files {
		text := string(s.read(file))
		if text != string(s.read(filepath.Join(again, filepath.Base(file)))) {
			t.Errorf("%s: made again it is another file", filepath.Base(file))
		}
		for secret := range secrets {
			if strings.Contains(text, secret) {
				t.Errorf("%s has something personal in it", filepath.Base(file))
			}
		}
	}
}
