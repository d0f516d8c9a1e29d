package main

import (
	"strings"
	"testing"
)

// TestHold holds a dataset without which nights do not go on.
func TestHold(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	mustContain(t, s.zhida(exitInput, "hold", "annual"), "--why is needed")
	mustContain(t, s.zhida(exitInput, "hold", "anual", "--why", "x"), `no dataset "anual" in the workspace: did you mean "annual"?`)
	mustContain(t, s.zhida(exitInput, "release", "annual", "--why", "x"), "nobody holds it")
	mustContain(t, s.zhida(exitDone, "hold", "annual", "--why", "单位填错了", "--who", "王五"), "annual: held by 王五: nights stop until zhida release annual")
	mustContain(t, s.zhida(exitInput, "hold", "annual", "--why", "x"), "王五 holds it already: 单位填错了")
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-16"),
		"night 2026-06-16 is held, nothing was published", "dataset annual is held by 王五: 单位填错了; to let it go: zhida release annual --why REASON")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-15"), "published already")
	mustContain(t, s.zhida(exitDone, "status"), "dataset annual is held by 王五 since ", ": 单位填错了; zhida release annual lets it go")
	mustContain(t, s.zhida(exitDone, "status", "--json"), `"dataset": "annual"`)
	mustContain(t, s.zhida(exitDone, "releases"), "hold/annual: stands since ", "annual is held by 王五: 单位填错了")
	mustContain(t, s.zhida(exitDone, "release", "annual", "--why", "换好了", "--who", "李四"), "annual: released by 李四")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-16"), "annual_20260616_increment.csv")
	mustContain(t, s.zhida(exitDone, "releases"), "nothing waits")
	mustContain(t, s.zhida(exitDone, "releases", "--all"), "hold/annual: released by 李四 on ", ": 换好了")
}

// TestHoldAndKeep holds a list without which nights go on, while a delivery of it stands that cannot even be read.
func TestHoldAndKeep(t *testing.T) {
	t.Parallel()
	s := newCourtSite(t, newKey(t), "")
	s.write(s.deliveries("dishonest_20260617_full.csv"), []byte("这不是名单\n一,二\n"))
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-17"), "dishonest_20260617_full.csv")
	mustContain(t, s.zhida(exitDone, "hold", "dishonest", "--why", "法院来电", "--who", "王五"), "nights go on with the rows that held before")
	const kept = "dishonest is held: its rows are those of 2026-06-16, 1 day old, and no complete list: held by 王五: 法院来电; to let it go: zhida release dishonest --why REASON"
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-17"), kept)
	mustContain(t, s.zhida(exitDone, "status"), kept)
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-17"), "published already, and nothing new came")

	s.courtList("20260617", 120) // in the place of what cannot be read, and cut short
	s.zhida(exitDone, "release", "dishonest", "--why", "换好了")
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-17"), "dishonest is held", cutShort)
	s.courtList("20260617", listed)
	if out := s.zhida(exitDone, "run", "--date", "2026-06-17"); strings.Contains(out, "problem") {
		t.Errorf("a whole list is a problem:\n%s", out)
	}
}

// TestHoldAfterwards holds a list that the last night has read: run again, the night goes on with the list before it.
func TestHoldAfterwards(t *testing.T) {
	t.Parallel()
	s := newCourtSite(t, newKey(t), "")
	gone := s.courtList("20260617", listed*7/10) // as many fewer as its gate allows
	s.zhida(exitDone, "run", "--date", "2026-06-17")
	if len(s.toldOf("2026-06-17", gone)) == 0 {
		t.Fatal("a shorter list clears nobody")
	}
	s.zhida(exitDone, "hold", "dishonest", "--why", "法院来电")
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-17"), "its rows are those of 2026-06-16, 1 day old")
	if told := s.toldOf("2026-06-17.2", gone); len(told) > 0 {
		t.Errorf("the night that took the list back tells of %v", told)
	}
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-18"), "its rows are those of 2026-06-16, 2 days old")
	s.courtList("20260618", listed)
	s.zhida(exitDone, "release", "dishonest", "--why", "换好了")
	s.zhida(exitDone, "run", "--date", "2026-06-18")
	if told := s.toldOf("2026-06-18.2", gone); len(told) > 0 {
		t.Errorf("told of %v, who are on the list", told)
	}
}

// TestHoldDuringTheNight holds a dataset while a night is down that was killed: it does not go on with what it had planned.
func TestHoldDuringTheNight(t *testing.T) {
	t.Parallel()
	s := newCourtSite(t, newKey(t), "")
	gone := s.courtList("20260617", listed*7/10)
	if code := s.run(&child{args: []string{"run", "--date", "2026-06-17"}, kill: "reduced"}); code != -1 {
		t.Fatalf("the night was not killed but ended with exit code %d", code)
	}
	s.zhida(exitDone, "hold", "dishonest", "--why", "法院来电")
	mustContain(t, s.zhida(exitSources, "run", "--date", "2026-06-17"), "dishonest is held")
	if told := s.toldOf("2026-06-17", gone); len(told) > 0 {
		t.Errorf("told of %v", told)
	}
}
