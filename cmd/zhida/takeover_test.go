package main

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTakenOver: nights that take over what has not changed say what nights say that judge everybody, in every table that
// can be read of them: after increments and full deliveries, after policies were amended, and where nothing moves but the
// date, by a day, over shelf lives, into a new year and over the 29th of February.
func TestTakenOver(t *testing.T) {
	t.Parallel()
	key, city := newKey(t), makeCity(t)
	reusing, afresh := newCity(t, key, city), newCity(t, key, city)
	taken := 0
	for _, date := range []string{
		"2026-06-15", "2026-06-16", "2026-06-17", "2026-06-18", "2026-07-28", "2027-01-02", "2027-07-29", "2027-07-30", "2028-02-28", "2028-02-29", "2028-03-01",
	} {
		for _, s := range []*testSite{reusing, afresh} {
			if date == "2026-06-17" {
				s.amend()
			}
		}
		reusing.zhida(exitDone, "run", "--date", date, "--ahead")
		afresh.zhida(exitDone, "run", "--date", date, "--ahead", "--afresh")
		got, want := reusing.told(date), afresh.told(date)
		for _, name := range slices.Sorted(maps.Keys(want)) {
			if got[name] != want[name] {
				t.Errorf("%s: %s differs: %s", date, name, firstDifference(got[name], want[name]))
			}
		}
		for _, h := range reusing.manifest(date).Homes {
			if h.Stale {
				taken++
			}
		}
	}
	if taken < 10 {
		t.Errorf("only %d homes' verdicts were taken over", taken)
	}
}

// told is all that can be read of a night.
func (s *testSite) told(night string) map[string]string {
	s.t.Helper()
	out := map[string]string{}
	for _, table := range []string{"verdicts", "changes", "profile", "rows registration", "rows finance", "rows credit", "rows ip"} {
		args := append([]string{"export"}, strings.Fields(table)...)
		out[table] = s.zhida(exitDone, append(args, "--night", night)...)
	}
	var summary map[string]any
	if err := json.Unmarshal(s.read(filepath.Join(s.store, "nights", night, "summary.json")), &summary); err != nil {
		s.t.Fatal(err)
	}
	for _, own := range []string{"seconds", "stages", "judged"} {
		delete(summary, own)
	}
	text, err := json.MarshalIndent(summary, "", " ")
	if err != nil {
		s.t.Fatal(err)
	}
	out["summary"] = string(text)
	return out
}

// firstDifference is the first line in which two texts differ.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "\n got " + a[i] + "\nwant " + b[i]
		}
	}
	return "one is longer"
}
