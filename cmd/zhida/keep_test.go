package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhida/pipeline/store"
)

// listed is how many enterprises of the sample are on the court's list in these tests.
const listed = 200

// registered are the codes of the first night's registrations that are of the right form.
func (s *testSite) registered() []string {
	s.t.Helper()
	var out []string
	for _, line := range strings.Split(string(s.read(s.deliveries("registration_20260615_full.csv"))), "\n")[1:] {
		if cells := strings.Split(line, ","); len(cells) > 1 && len(cells[1]) == 18 {
			out = append(out, cells[1])
		}
	}
	return out
}

// courtList delivers the court's complete list with so many enterprises, the first ones of all, and returns those left out.
func (s *testSite) courtList(date string, n int) (leftOut map[string]bool) {
	s.t.Helper()
	codes := s.registered()
	lines := []string{"统一社会信用代码,案号,立案日期"}
	for i, code := range codes[:n] {
		lines = append(lines, fmt.Sprintf("%s,（2026）川07执%d号,2026-01-05", code, i))
	}
	s.write(s.deliveries("dishonest_"+date+"_full.csv"), []byte(strings.Join(lines, "\n")+"\n"))
	leftOut = map[string]bool{}
	for _, code := range codes[n:listed] {
		leftOut[code] = true
	}
	return leftOut
}

// noSwing lets no item swing: that a list is held, or no longer, makes none swing.
const noSwing = "\ngates: {items: {swing: 50, least: 5}}\n"

// newCourtSite is a site whose court's list is kept when it is held, after its two nights.
func newCourtSite(t *testing.T, key *store.Key, config string) *testSite {
	t.Helper()
	s := newSite(t, key)
	name := s.workspace + "/zhida.yaml"
	s.write(name, append(s.read(name), config...))
	s.gate("dishonest", "{held: keep}")
	s.courtList("20260615", listed)
	s.courtList("20260616", listed)
	s.nights()
	return s
}

// toldOf are the pairs of some enterprises that the night tells of.
func (s *testSite) toldOf(night string, codes map[string]bool) []string {
	s.t.Helper()
	return slices.DeleteFunc(s.portal(night), func(pair string) bool {
		code, _, _ := strings.Cut(pair, " ")
		return !codes[code]
	})
}

const cutShort = "dishonest: 120 rows hold, 200 did last night: 40.0% fewer, and its gate allows 30%: was a delivery cut short?"

// TestKept cuts the court's complete list to 60%. The night goes on with last night's; it clears nobody, neither who has gone from
// the list nor who was never on it, and says so wherever the list is used. Released, it takes effect.
func TestKept(t *testing.T) {
	t.Parallel()
	s := newCourtSite(t, newKey(t), "")
	gone := s.courtList("20260617", 120)
	out := s.zhida(exitSources, "run", "--date", "2026-06-17")
	mustContain(t, out, "dishonest is held: its rows are those of 2026-06-16, 1 day old, and no complete list: gate rows/dishonest: "+cutShort,
		"zhida release 2026-06-17 rows/dishonest --why", "dishonest (held, of 2026-06-16)", "some datasets are held")

	before, after := s.surePairs("2026-06-16"), s.surePairs("2026-06-17")
	for pair := range after {
		if code, item, _ := strings.Cut(pair, " "); !before[pair] && gone[code] {
			t.Errorf("%s is sure of %s: the list that was cut short has cleared it", code, item)
		}
	}
	if told := s.toldOf("2026-06-17", gone); len(told) > 0 {
		t.Errorf("told of %v", told)
	}
	mustContain(t, s.zhida(exitDone, "status"), "problem: dishonest is held: its rows are those of 2026-06-16, 1 day old")
	mustContain(t, s.zhida(exitDone, "releases"), "2026-06-17 rows/dishonest: waits; the night went on with the rows that held before", cutShort)
	mustContain(t, string(s.read(s.store+"/nights/2026-06-17/report/run.html")), "被扣住，沿用 2026-06-16 的记录（1 天前），不算完整名单", "被扣住、沿用旧记录：失信")
	overview := fmt.Sprint(s.workbooks(s.departments("2026-06-17"))["市中级人民法院"]["概览"])
	mustContain(t, overview, "被扣住的数据", "2026-06-16 1", "被扣住，沿用 2026-06-16 的记录")
	unsure := slices.DeleteFunc(slices.Sorted(maps.Keys(before)), func(pair string) bool { return after[pair] })
	if len(unsure) == 0 {
		t.Fatal("nobody who is not on the list has become unsure")
	}
	code, item, _ := strings.Cut(unsure[0], " ") // which asks that the enterprise is not on the list
	mustContain(t, s.zhida(exitDone, "explain", code, item), "待补充", "失信（市中级人民法院）被扣住：沿用 2026-06-16 的记录（1 天前），没有记录的按“不知道”处理")

	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-17"), "published already, and nothing new came")
	s.zhida(exitDone, "release", "2026-06-17", "rows/dishonest", "--why", "法院核实", "--who", "王五")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-17"), "dishonest_20260617_full.csv", cutShort+" (released by 王五: 法院核实)")
	if len(s.toldOf("2026-06-17.2", gone)) == 0 {
		t.Error("the list that was released clears nobody")
	}
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-17"), "published already, and nothing new came")
	mustContain(t, s.zhida(exitInput, "release", "2026-06-17", "rows/dishonest", "--why", "x"), "night 2026-06-17.2 came after it")
}

// TestKeptForNights keeps the list for two nights; released on the second, it is taken by the third.
func TestKeptForNights(t *testing.T) {
	t.Parallel()
	s := newCourtSite(t, newKey(t), noSwing)
	gone := s.courtList("20260617", 120)
	s.zhida(exitSources, "run", "--date", "2026-06-17")
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-18"), "its rows are those of 2026-06-16, 2 days old", cutShort)
	mustContain(t, s.zhida(exitInput, "release", "2026-06-17", "rows/dishonest", "--why", "x"), "night 2026-06-18 came after it")
	s.zhida(exitDone, "release", "2026-06-18", "rows/dishonest", "--why", "法院核实")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-19"), "dishonest_20260617_full.csv", "(released by ")
	if len(s.toldOf("2026-06-19", gone)) == 0 {
		t.Error("the list that was released clears nobody")
	}
	if out := s.zhida(exitDone, "run", "--date", "2026-06-20"); strings.Contains(out, "problem") {
		t.Errorf("the night after that has problems:\n%s", out)
	}
}

// TestKeptUntilReplaced replaces the list that was cut short by a whole one, which clears nobody who is on it.
func TestKeptUntilReplaced(t *testing.T) {
	t.Parallel()
	s := newCourtSite(t, newKey(t), noSwing)
	gone := s.courtList("20260617", 120)
	s.zhida(exitSources, "run", "--date", "2026-06-17")
	s.courtList("20260618", listed)
	if out := s.zhida(exitDone, "run", "--date", "2026-06-18"); strings.Contains(out, "problem") {
		t.Errorf("a whole list is a problem:\n%s", out)
	}
	if told := s.toldOf("2026-06-18", gone); len(told) > 0 {
		t.Errorf("told of %v", told)
	}
	if was, is := len(s.surePairs("2026-06-16")), len(s.surePairs("2026-06-18")); is < was*9/10 {
		t.Errorf("%d pairs are sure, %d were before the list was cut short", is, was)
	}
	mustContain(t, s.zhida(exitDone, "releases"), "nothing waits")
}

// TestKeptForItsAge keeps a list of which nothing has come for too long, until something comes.
func TestKeptForItsAge(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.gate("dishonest", "{held: keep, fresh: {within: 1天}}")
	s.nights()
	s.zhida(exitDone, "run", "--date", "2026-06-17")
	out := s.zhida(exitSources, "run", "--date", "2026-06-18")
	mustContain(t, out, "dishonest is held: its rows are those of 2026-06-17, 1 day old", "the newest delivery is of 2026-06-16, and its gate wants one within 1天")
	s.write(s.deliveries("dishonest_20260619_full.csv"), s.read(s.deliveries("dishonest_20260616_full.csv")))
	s.zhida(exitDone, "run", "--date", "2026-06-19")
	if was, is := s.total("2026-06-17", "sure"), s.total("2026-06-19", "sure"); is < was*9/10 {
		t.Errorf("%d pairs are sure, %d were before the list was held", is, was)
	}
}

// TestKeptRegistration keeps the registration itself, cut short, with the corrections that come after it; all of it takes effect
// when it is released.
func TestKeptRegistration(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.gate("registration", "{held: keep}")
	s.nights()
	s.cutShort(60)
	s.zhida(exitSources, "run", "--date", "2026-06-17")
	if was, is := s.total("2026-06-16", "living"), s.total("2026-06-17", "living"); was != is {
		t.Errorf("%d enterprises are living, %d were", is, was)
	}
	s.write(s.deliveries("registration_20260618_increment.csv"), s.read(s.deliveries("registration_20260616_increment.csv")))
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-18"), "registration is held: its rows are those of 2026-06-16, 2 days old")
	s.zhida(exitDone, "release", "2026-06-18", "rows/registration", "--why", "x")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-18"), "registration_20260617_full.csv", "registration_20260618_increment.csv")
	if was, is := s.total("2026-06-16", "living"), s.total("2026-06-18.2", "living"); is >= was {
		t.Errorf("%d enterprises are living, %d were before the list with fewer was released", is, was)
	}
}

// TestKeptIsTheSame makes the same artefacts of a night that kept a dataset, however it came about: killed in between, in other
// processes, and once more after they were lost.
func TestKeptIsTheSame(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	reference, s := newCourtSite(t, key, ""), newCourtSite(t, key, "")
	for _, site := range []*testSite{reference, s} {
		site.courtList("20260617", 120)
	}
	reference.zhida(exitSources, "run", "--date", "2026-06-17", "--workers", "1")
	if code := s.run(&child{args: []string{"run", "--date", "2026-06-17", "--engine", "proc"}, kill: "kept"}); code != -1 {
		t.Fatalf("the night was not killed but ended with exit code %d", code)
	}
	s.zhida(exitSources, "run", "--date", "2026-06-17")
	s.same(reference.artefacts())
	s.zhida(exitDone, "replay", "2026-06-17")
	verdicts := s.zhida(exitDone, "export", "verdicts")
	for _, folder := range []string{"profile", "standard"} {
		if err := os.RemoveAll(filepath.Join(s.store, folder)); err != nil {
			t.Fatal(err)
		}
	}
	for _, date := range sampleNights() {
		s.zhida(exitDone, "run", "--date", date)
	}
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-17"), "published already") // and all its artefacts are there
	if s.zhida(exitDone, "export", "verdicts") != verdicts {
		t.Error("the night that was made again has other verdicts")
	}
}
