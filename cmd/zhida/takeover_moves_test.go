package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// moves are nights on which one thing moves and nothing else, from the published night before.
func moves() []move {
	row := func(date, operation, code string) func(*testSite) {
		return func(s *testSite) {
			s.write(filepath.Join(s.workspace, "deliveries", "qualification_"+strings.ReplaceAll(date, "-", "")+"_increment.csv"),
				[]byte("操作,统一社会信用代码,资质类型,证书编号,认定日期,有效期至\n"+operation+","+code+",科技型中小企业,Z9,2026-06-17,2027-06-16\n"))
		}
	}
	const code = "91510704MA002YY74G"
	return []move{
		{name: "a day", dates: []string{"2026-06-17"}},
		{name: "over a shelf life of 40 days", dates: []string{"2026-07-26", "2026-07-27"}},
		{name: "over a shelf life of 400 days, in one step", everybody: true, dates: []string{"2027-07-22"}},
		{name: "a year and a day", everybody: true, dates: []string{"2027-06-17"}},
		{name: "over 29 February", dates: []string{"2028-02-28", "2028-02-29", "2028-03-01"}},
		{name: "the last day of a year", everybody: true, dates: []string{"2026-12-31", "2027-01-01"}},
		{name: "a row", dates: []string{"2026-06-17"}, change: row("2026-06-17", "新增", code)},
		{name: "a row that comes and goes", dates: []string{"2026-06-17", "2026-06-18", "2026-06-19"}, each: func(s *testSite, date string) {
			operation := "新增"
			if date == "2026-06-18" {
				operation = "删除"
			}
			row(date, operation, code)(s)
		}},
		{name: "a tag", dates: []string{"2026-06-17"}, definitions: true, change: func(s *testSite) {
			s.edit("tags.yaml", "rule: 成立日期 + 3年 >= 今天", "rule: 成立日期 + 30月 >= 今天")
		}},
		{name: "a code table", dates: []string{"2026-06-17"}, definitions: true, change: func(s *testSite) { s.learnRegion("510799") }},
		{name: "more layers than are kept", dates: days("2026-06-", 17, 26), each: func(s *testSite, date string) {
			operation := "新增"
			if date[9]%2 == 0 {
				operation = "删除"
			}
			row(date, operation, code)(s)
		}},
	}
}

type move struct {
	name        string
	dates       []string
	change      func(*testSite)         // before the first of them
	each        func(*testSite, string) // before each of them
	definitions bool                    // they move: nobody's verdict is taken over
	everybody   bool                    // the date moves so far that everybody is concerned
}

func days(month string, from, to int) []string {
	var out []string
	for day := from; day <= to; day++ {
		out = append(out, fmt.Sprintf("%s%02d", month, day))
	}
	return out
}

// TestTakenOverWhereOneThingMoves: where one thing moves, a night that takes over the rest says what one says that judges
// everybody, and a replay of the same history makes the same artefacts.
func TestTakenOverWhereOneThingMoves(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	for _, m := range moves() {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			reusing, afresh, replayed := newSite(t, key), newSite(t, key), newSite(t, key)
			flags := map[*testSite][]string{afresh: {"--afresh"}}
			all := []*testSite{reusing, afresh, replayed}
			for _, s := range all {
				for _, date := range sampleNights() {
					s.zhida(exitDone, append([]string{"run", "--ahead", "--date", date}, flags[s]...)...)
				}
				if m.change != nil {
					m.change(s)
				}
			}
			taken := false
			for _, date := range m.dates {
				for _, s := range all {
					if m.each != nil {
						m.each(s, date)
					}
					s.zhida(exitDone, append([]string{"run", "--ahead", "--date", date}, flags[s]...)...)
				}
				sameTold(t, date, reusing.told(date), afresh.told(date))
				said := reusing.summary(date)
				taken = taken || said["judged"].(float64) < said["enterprises"].(float64)
			}
			if taken == (m.definitions || m.everybody) {
				t.Errorf("verdicts were taken over: %v", taken)
			}
			replayed.same(reusing.artefacts())
		})
	}
}

func sameTold(t *testing.T, date string, got, want map[string]string) {
	t.Helper()
	wrong := 0
	for name := range want {
		if got[name] != want[name] {
			if wrong++; wrong < 5 {
				t.Errorf("%s: %s differs:\n got %.300s\nwant %.300s", date, name, got[name], want[name])
			}
		}
	}
	if len(got) != len(want) || len(want) < 100 {
		t.Errorf("%s: %d things are told, %d by who judges everybody", date, len(got), len(want))
	}
}

// edit replaces text that stands in a file of the workspace exactly once.
func (s *testSite) edit(file, from, to string) {
	s.t.Helper()
	name := filepath.Join(s.workspace, file)
	text := string(s.read(name))
	if strings.Count(text, from) != 1 {
		s.t.Fatalf("%s has %q %d times", file, from, strings.Count(text, from))
	}
	s.write(name, []byte(strings.Replace(text, from, to, 1)))
}
