package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// at runs a night at a moment of its clock and wants the exit code; killed: at that boundary.
func (s *testSite) at(moment, date string, want int, killed string) string {
	s.t.Helper()
	c := &child{args: []string{"run", "--date", date}, now: moment, kill: killed}
	if got := s.run(c); got != want {
		s.t.Fatalf("the night of %s at %s: exit code %d, want %d\n%s%s", date, moment, got, want, &c.stdout, &c.stderr)
	}
	return c.stdout.String() + c.stderr.String()
}

// TestBackfillReadsWhatHadArrived runs the night of a day afterwards: by the end of that day one delivery had been landed,
// by a zhida that was killed, and another of the same business date came the day after.
func TestBackfillReadsWhatHadArrived(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	a, b, c := uscc(t, "92510703MA0000001"), uscc(t, "92510703MA0000002"), uscc(t, "92510703MA0000003")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(a))
	s.at("2026-06-15T21:30:00Z", "2026-06-15", exitDone, "")
	s.deliver("registration_20260616_increment.csv", registrationHead, registrationRow(b))
	s.at("2026-06-16T23:59:59Z", "2026-06-16", -1, "collected")
	s.deliver("registration_20260616_increment.csv", registrationHead, registrationRow(c))
	s.at("2026-06-17T00:00:00Z", "2026-06-17", exitDone, "")
	out := s.at("2026-06-18T09:00:00Z", "2026-06-16", exitDone, "")
	mustContain(t, out, "backfilled night", "left out, as it arrived later: 1 deliveries: #3 registration_20260616_increment.csv")
	for night, want := range map[string]int{"2026-06-15": 1, "2026-06-16": 2, "2026-06-17": 3} {
		if n := s.total(night, "enterprises"); n != want {
			t.Errorf("night %s has %d enterprises, want %d", night, n, want)
		}
	}
	mustContain(t, s.at("2026-06-18T09:00:00Z", "2026-06-16", exitDone, ""), "published already", "left out")
	s.at("2026-06-18T21:30:00Z", "2026-06-18", exitDone, "")
	told := map[string]int{}
	for _, night := range []string{"2026-06-17", "2026-06-18"} {
		for _, pair := range s.portal(night) {
			told[pair]++
		}
	}
	for _, code := range []string{b, c} {
		found := false
		for pair, n := range told {
			found = found || strings.HasPrefix(pair, code) && n == 1
		}
		if !found {
			t.Errorf("%s is not told once", code)
		}
	}
}

// TestBackfillOfANightThatExists: a correction that arrived since is left out, also where the workspace has changed and the
// night is worked out anew.
func TestBackfillOfANightThatExists(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	a, b := uscc(t, "92510703MA0000001"), uscc(t, "92510703MA0000002")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(a))
	s.at("2026-06-15T21:30:00Z", "2026-06-15", exitDone, "")
	s.deliver("registration_20260616_increment.csv", registrationHead, registrationRow(b))
	s.at("2026-06-16T21:30:00Z", "2026-06-16", exitDone, "")
	s.at("2026-06-17T21:30:00Z", "2026-06-17", exitDone, "")
	s.deliver("registration_20260616_increment.csv", registrationHead, registrationRow(b), registrationRow(uscc(t, "92510703MA0000003")))
	s.at("2026-06-18T21:30:00Z", "2026-06-18", exitDone, "")
	const leftOut = "left out, as it arrived later: 1 deliveries: #3 registration_20260616_increment.csv; the nights after it read them"
	mustContain(t, s.at("2026-06-19T09:00:00Z", "2026-06-16", exitDone, ""), "night 2026-06-16 is published already", leftOut)
	tags := filepath.Join(s.workspace, "tags.yaml")
	s.write(tags, append(s.read(tags), "\n# another\n"...))
	mustContain(t, s.at("2026-06-19T09:00:00Z", "2026-06-16", exitDone, ""), "2026-06-16.2", "backfilled night", leftOut)
	for night, want := range map[string]int{"2026-06-16": 2, "2026-06-16.2": 2, "2026-06-17": 2, "2026-06-18": 3} {
		if n := s.total(night, "enterprises"); n != want {
			t.Errorf("night %s has %d enterprises, want %d", night, n, want)
		}
	}
}

// TestLateDeliveryIsNoBackfill: as long as no later night is published, what comes late makes a new revision that reads it.
func TestLateDeliveryIsNoBackfill(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.clear()
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(uscc(t, "92510703MA0000001")))
	s.at("2026-06-15T21:30:00Z", "2026-06-15", exitDone, "")
	s.deliver("registration_20260615_increment.csv", registrationHead, registrationRow(uscc(t, "92510703MA0000002")))
	s.at("2026-06-16T09:00:00Z", "2026-06-15", exitDone, "")
	if n := s.total("2026-06-15.2", "enterprises"); n != 2 {
		t.Errorf("the revision has %d enterprises, want both", n)
	}
}
