package main

import (
	"bytes"
	"regexp"
	"testing"
)

// cutShort delivers the registration of the first night again, with that part of its rows.
func (s *testSite) cutShort(percent int) {
	s.t.Helper()
	lines := bytes.SplitAfter(s.read(s.deliveries("registration_20260615_full.csv")), []byte("\n"))
	s.write(s.deliveries("registration_20260617_full.csv"), bytes.Join(lines[:1+(len(lines)-1)*percent/100], nil))
}

// TestCutShort checks that a list with 60% of its rows tells nobody anything, until a person says that it is right.
func TestCutShort(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	s.cutShort(60)
	const found = "registration: 174 rows hold, 295 did last night"
	out := s.zhida(exitHeld, "run", "--date", "2026-06-17")
	mustContain(t, out, "night 2026-06-17 is held, nothing was published", found, "its gate allows 30%", "zhida release 2026-06-17 rows/registration --why")
	if s.exists("nights/2026-06-17/manifest.json") || s.exists("nights/2026-06-17/sms.csv") {
		t.Error("a held night left a manifest or a push list")
	}
	mustContain(t, string(s.read(s.store+"/nights/2026-06-17/report/run.html")), found)
	mustContain(t, s.zhida(exitDone, "releases"), "2026-06-17 rows/registration: waits", found)
	mustContain(t, s.zhida(exitInput, "release", "2026-06-17", "rows/registration"), "--why is needed")
	mustContain(t, s.zhida(exitInput, "release", "2026-06-17", "rows/tax", "--why", "x"), "no gate has found it", "zhida releases lists what waits")
	mustContain(t, s.zhida(exitInput, "release", "2026-06-16", "rows/registration", "--why", "x"), "the night is published")
	mustContain(t, s.zhida(exitInput, "release", "2026-06-17"), "takes a night and the gates")
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-17"), found) // nobody has released it
	mustContain(t, s.zhida(exitDone, "release", "2026-06-17", "rows/registration", "--why", "撤了一个县", "--who", "王五"), "released by 王五", "zhida run --date 2026-06-17")
	mustContain(t, s.zhida(exitInput, "release", "2026-06-17", "rows/registration", "--why", "x"), "王五 released it already")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-17"), found, "released by 王五: 撤了一个县")
	mustContain(t, s.zhida(exitDone, "releases"), "nothing waits for a release")
	mustContain(t, s.zhida(exitDone, "releases", "--all"), "rows/registration: released by 王五 on ", ": 撤了一个县")
	mustContain(t, s.zhida(exitDone, "releases", "--all", "--json"), `"who": "王五"`)
}

// TestMendedInsteadOfReleased replaces the list that came short by the whole one. A release was for what had been found.
func TestMendedInsteadOfReleased(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	s.cutShort(60)
	s.zhida(exitHeld, "run", "--date", "2026-06-17")
	s.zhida(exitDone, "release", "2026-06-17", "rows/registration", "--why", "x")
	s.cutShort(50)
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-17"), "registration: 144 rows hold")
	s.cutShort(100)
	s.zhida(exitDone, "run", "--date", "2026-06-17")
	mustContain(t, s.zhida(exitDone, "releases", "--all"), "nothing waits for a release")
}

// TestGatesOfTheSite reads gates out of a dataset's document.
func TestGatesOfTheSite(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	name := s.workspace + "/datasets/registration.yaml"
	s.write(name, append(s.read(name), "\ngates:\n  rows: {fall: 50, level: warn}\n  rejects: {most: 1}\n"...))
	s.nights()
	s.cutShort(40)
	left := 30 // rows that lose their code
	name = s.deliveries("registration_20260617_full.csv")
	s.write(name, regexp.MustCompile(`\b9[0-9A-Z]{17}\b`).ReplaceAllFunc(s.read(name), func(code []byte) []byte {
		if left--; left < 0 {
			return code
		}
		return nil
	}))
	out := s.zhida(exitHeld, "run", "--date", "2026-06-17")
	mustContain(t, out, "gate rejects/registration: registration: ", "rejected, ", "code.empty 30")
	s.zhida(exitDone, "release", "2026-06-17", "rejects/registration", "--why", "x")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-17"), "its gate allows 50%", "its gate allows 1%")
}

// TestItemsThatSwing checks that items whose enterprises go in numbers hold the night, whatever the reason.
func TestItemsThatSwing(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	registration, config := s.workspace+"/datasets/registration.yaml", s.workspace+"/zhida.yaml"
	s.write(registration, append(s.read(registration), "\ngates:\n  rows: {fall: 100}\n"...))
	s.write(config, append(s.read(config), "\ngates:\n  items: {swing: 50, least: 10}\n"...))
	s.nights()
	s.cutShort(40)
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-17"),
		"gate items/all: of ", "items more enterprises come or go than 50% of those they had: GJ-2026-01-3 had ", "zhida release 2026-06-17 items/all")
	s.zhida(exitDone, "release", "2026-06-17", "items/all", "--why", "x")
	s.zhida(exitDone, "run", "--date", "2026-06-17")
}

// TestStaleAndUnknown checks the gates of what nobody delivers any more, and of rows without an enterprise.
func TestStaleAndUnknown(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	qualification := s.workspace + "/datasets/qualification.yaml"
	s.write(qualification, append(s.read(qualification), "\ngates:\n  unknown: {most: 1, level: warn}\n  fresh: {within: 1天}\n"...))
	s.nights()
	out := s.zhida(exitHeld, "run", "--date", "2026-06-18")
	mustContain(t, out, "gate fresh/qualification: qualification: the newest delivery is of 2026-06-16, and its gate wants one within 1天")
	s.zhida(exitDone, "release", "2026-06-18", "fresh/qualification", "--why", "x")
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-18"), "qualification: 2 of 177 rows are of enterprises that nobody has registered, 1.1%")
}
