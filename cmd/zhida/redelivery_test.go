package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestRedelivery delivers rows late, out of order and corrected, in each mode, and looks at the certificates that hold after each
// night: whether what comes later is read by the same night again or by the next one, the outcome is the same.
func TestRedelivery(t *testing.T) {
	t.Parallel()
	row := func(operation, code, number, until string) string {
		return operation + "," + code + ",高新技术企业," + number + ",2025-06-16," + until
	}
	const add, remove = "新增", "删除"
	for _, tt := range []struct {
		name   string
		nights []map[string][]string // files by the end of their name
		want   []string              // of each night: number and end of the certificates that hold; "": nothing new came
	}{
		{"full: a corrected list takes the place of the first, the same night", []map[string][]string{
			{"20260616_full": {row(add, "a", "1", "2027-01-01"), row(add, "a", "2", "2027-01-01")}},
			{"20260616_full": {row(add, "a", "2", "2028-01-01")}},
		}, []string{"1 2027-01-01, 2 2027-01-01", "2 2028-01-01"}},
		{"full: a late list of an earlier day changes nothing", []map[string][]string{
			{"20260616_full": {row(add, "a", "1", "2027-01-01")}},
			{"20260612_full": {row(add, "a", "2", "2028-01-01")}},
		}, []string{"1 2027-01-01", "1 2027-01-01"}},
		{"full: a late list does not undo a later increment, and takes its place before it", []map[string][]string{
			{"20260611_full": {row(add, "a", "1", "2027-01-01")}, "20260616_increment": {row(add, "a", "2", "2027-01-01")}},
			{"20260614_full": {row(add, "a", "3", "2027-01-01")}},
		}, []string{"1 2027-01-01, 2 2027-01-01", "2 2027-01-01, 3 2027-01-01"}},
		{"full: for another scope it takes nothing away", []map[string][]string{
			{"20260616_full": {row(add, "a", "1", "2027-01-01")}},
			{"20260616_full_510800": {row(add, "a", "2", "2027-01-01")}},
		}, []string{"1 2027-01-01", "1 2027-01-01, 2 2027-01-01"}},
		{"increment: a corrected one wins by key, and what it says no more it leaves", []map[string][]string{
			{"20260616_increment": {row(add, "a", "1", "2027-01-01"), row(add, "a", "2", "2027-01-01")}},
			{"20260616_increment": {row(add, "a", "1", "2028-01-01")}},
		}, []string{"1 2027-01-01, 2 2027-01-01", "1 2028-01-01, 2 2027-01-01"}},
		{"increment: a corrected one takes back what was too much", []map[string][]string{
			{"20260616_increment": {row(add, "a", "1", "2027-01-01"), row(add, "a", "2", "2027-01-01")}},
			{"20260616_increment": {row(add, "a", "1", "2027-01-01"), row(remove, "a", "2", "")}},
		}, []string{"1 2027-01-01, 2 2027-01-01", "1 2027-01-01"}},
		{"increment: a late one does not undo what came later", []map[string][]string{
			{"20260616_increment": {row(add, "a", "1", "2028-01-01")}, "20260615_increment": {row(remove, "a", "2", "")}},
			{"20260614_increment": {row(add, "a", "1", "2027-01-01"), row(add, "a", "2", "2027-01-01"), row(add, "a", "3", "2027-01-01")}},
		}, []string{"1 2028-01-01", "1 2028-01-01, 3 2027-01-01"}},
		{"append: a corrected one wins by key, and none deletes", []map[string][]string{
			{"20260616_append": {row(add, "a", "1", "2027-01-01"), row(add, "a", "2", "2027-01-01")}},
			{"20260616_append": {row(add, "a", "1", "2028-01-01"), row(remove, "a", "2", "")}},
		}, []string{"1 2027-01-01, 2 2027-01-01", "1 2028-01-01, 2 2027-01-01"}},
		{"append: a late one adds what happened then", []map[string][]string{
			{"20260616_append": {row(add, "a", "1", "2028-01-01")}},
			{"20260614_append": {row(add, "a", "1", "2027-01-01"), row(add, "a", "2", "2027-01-01")}},
		}, []string{"1 2028-01-01", "1 2028-01-01, 2 2027-01-01"}},
		{"the same content again is nothing new", []map[string][]string{
			{"20260616_append": {row(add, "a", "1", "2027-01-01")}},
			{"20260616_append": {row(add, "a", "1", "2027-01-01")}},
			{"2026-06-16_追加": {row(add, "a", "1", "2027-01-01")}},
		}, []string{"1 2027-01-01", "", ""}},
		{"a later day is left for its night", []map[string][]string{
			{"20260616_append": {row(add, "a", "1", "2027-01-01")}},
			{"20260626_append": {row(add, "a", "2", "2027-01-01")}},
		}, []string{"1 2027-01-01", ""}},
	} {
		for _, dates := range [][]string{{"2026-06-16", "2026-06-16", "2026-06-16"}, {"2026-06-16", "2026-06-17", "2026-06-18"}} {
			t.Run(tt.name+", "+dates[1], func(t *testing.T) {
				t.Parallel()
				s := newChangesSite(t)
				s.edit("zhida.yaml", `      - {dataset: annual,`, `      - {dataset: qualification, files: "qualification_{date}_{mode}_{scope}.csv"}
      - {dataset: annual,`)
				s.night("2026-06-15")
				revisions := map[string]int{}
				for i, files := range tt.nights {
					for name, rows := range files {
						for k := range rows {
							rows[k] = strings.Replace(rows[k], ",a,", ","+s.a+",", 1)
						}
						s.deliver("qualification_"+name+".csv", append([]string{qualificationHead}, rows...)...)
					}
					said := s.zhida(exitDone, "run", "--date", dates[i])
					if tt.want[i] == "" {
						if n := s.figure(dates[0], "qualification", "rows"); revisions[dates[i]] > 0 && !strings.Contains(said, "published already") || n != s.figure(dates[i], "qualification", "rows") {
							t.Errorf("night %d read something new:\n%s", i, said)
						}
						continue
					}
					night := dates[i]
					if revisions[night]++; revisions[night] > 1 {
						night += fmt.Sprintf(".%d", revisions[night])
					}
					if got := s.certificates(night); got != tt.want[i] {
						t.Errorf("night %d: %s\nwant %s", i, got, tt.want[i])
					}
				}
			})
		}
	}
}

// certificates are the numbers and ends of a's certificates on a night.
func (s *changesSite) certificates(night string) string {
	s.t.Helper()
	lines := strings.Split(strings.TrimSpace(s.zhida(exitDone, "export", "rows", "qualification", "--night", night)), "\n")
	head := strings.Split(lines[0], ",")
	number, until := slices.Index(head, "证书编号"), slices.Index(head, "有效期至")
	var out []string
	for _, line := range lines[1:] {
		cells := strings.Split(line, ",")
		out = append(out, cells[number]+" "+cells[until])
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}
