package main

import (
	"path/filepath"
	"testing"
)

// TestDeliveredAgain: a list that is delivered again as it was is not parsed again, and confirms every row of it.
func TestDeliveredAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	list := s.read(s.deliveries("dishonest_20260616_full.csv"))
	rows := s.figure("2026-06-16", "dishonest", "rows")
	for _, date := range []string{"2026-06-17", "2026-06-18"} {
		s.write(s.deliveries("dishonest_"+date[:4]+date[5:7]+date[8:]+"_full.csv"), list)
		s.night(date)
	}
	parsed, err := filepath.Glob(filepath.Join(s.store, "nights", "2026-06-18", "units", "map-dishonest-*"))
	if err != nil || len(parsed) > 0 {
		t.Errorf("it was parsed again: %v, %v", parsed, err)
	}
	if n, confirmed := s.figure("2026-06-18", "dishonest", "rows"), s.figure("2026-06-18", "dishonest", "confirmed"); n != rows || confirmed != rows {
		t.Errorf("there are %d rows, %d of them confirmed; want %d", n, confirmed, rows)
	}
}
