package ledger

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"zhida/schemas"
)

func begin(t *testing.T, l *Ledger, date schemas.Date) Night {
	t.Helper()
	n, err := l.BeginNight(t.Context(), date, evening)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// publish begins and publishes a night with the pushes.
func publish(t *testing.T, l *Ledger, date schemas.Date, pushes ...Push) Night {
	t.Helper()
	n := begin(t, l, date)
	n.Manifest, n.Finished = "nights/"+n.ID+"/manifest.json", evening.Add(time.Hour)
	if err := l.PublishNight(t.Context(), n, each(pushes...), nil); err != nil {
		t.Fatal(err)
	}
	n, err := l.Night(t.Context(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func each(pushes ...Push) func(func(Push, error) bool) {
	return func(yield func(Push, error) bool) {
		for _, p := range pushes {
			if !yield(p, nil) {
				return
			}
		}
	}
}

func testNightGoesOnUntilPublished(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	want := Night{ID: "2026-06-15", Date: night0, Revision: 1, State: NightRunning, Started: evening.UTC()}
	if n := begin(t, l, night0); n != want {
		t.Errorf("BeginNight = %+v, want %+v", n, want)
	}
	if n := begin(t, l, night0); n != want { // it was killed
		t.Errorf("BeginNight again = %+v", n)
	}
	at := evening.Add(time.Minute)
	for _, stop := range []struct {
		how   func() error
		state NightState
	}{
		{func() error { return l.HoldNight(t.Context(), "2026-06-15", "推送量骤增", at) }, NightHeld},
		{func() error { return l.FailNight(t.Context(), "2026-06-15", "推送量骤增", at) }, NightFailed},
	} {
		if err := stop.how(); err != nil {
			t.Fatal(err)
		}
		n, err := l.Night(t.Context(), "2026-06-15")
		if err != nil || n.State != stop.state || n.Reason != "推送量骤增" || !n.Finished.Equal(at) {
			t.Errorf("stopped: %+v, %v", n, err)
		}
		if n := begin(t, l, night0); n != want {
			t.Errorf("BeginNight after %s = %+v", stop.state, n)
		}
	}
	if _, ok, err := l.LastPublished(t.Context(), 0); ok || err != nil {
		t.Errorf("LastPublished before any = %v, %v", ok, err)
	}
	done := publish(t, l, night0)
	want.State, want.Manifest, want.Finished = NightPublished, "nights/2026-06-15/manifest.json", evening.Add(time.Hour).UTC()
	if done != want {
		t.Errorf("published: %+v, want %+v", done, want)
	}
	if err := l.HoldNight(t.Context(), done.ID, "x", at); !errors.Is(err, ErrState) {
		t.Errorf("HoldNight of a published one = %v", err)
	}
	if n := begin(t, l, night0); n.ID != "2026-06-15.2" || n.Revision != 2 || n.Predecessor != "" {
		t.Errorf("BeginNight after publishing = %+v", n)
	}
	if err := l.HoldNight(t.Context(), "2026-06-16", "x", at); !errors.Is(err, ErrUnknown) {
		t.Errorf("HoldNight of none = %v", err)
	}
}

func testPredecessors(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	var got []string
	for _, day := range []schemas.Date{0, 1, 3, 1, 2, 3, 4, 4, 3, 5} {
		n := publish(t, l, night0+day)
		mark := ""
		if n.Backfill {
			mark = " backfill"
		}
		got = append(got, fmt.Sprintf("%s after %s%s", n.ID, n.Predecessor, mark))
	}
	want := []string{
		"2026-06-15 after ",
		"2026-06-16 after 2026-06-15",
		"2026-06-18 after 2026-06-16",
		"2026-06-16.2 after 2026-06-15 backfill", // the 18th stands on 06-16, which stays as it is
		"2026-06-17 after 2026-06-16 backfill",
		"2026-06-18.2 after 2026-06-16",
		"2026-06-19 after 2026-06-18.2",
		"2026-06-19.2 after 2026-06-18.2",
		"2026-06-18.3 after 2026-06-16 backfill",
		"2026-06-20 after 2026-06-19.2",
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("night %d: %s, want %s", i, got[i], want[i])
		}
	}
	superseded := map[string]string{"2026-06-18": "2026-06-18.2", "2026-06-19": "2026-06-19.2"}
	all, err := l.Nights(t.Context())
	if err != nil || len(all) != len(want) {
		t.Fatalf("Nights = %d, %v", len(all), err)
	}
	for i, n := range all {
		if n.SupersededBy != superseded[n.ID] {
			t.Errorf("%s is superseded by %q, want %q", n.ID, n.SupersededBy, superseded[n.ID])
		}
		if i > 0 && (all[i-1].Date > n.Date || all[i-1].Date == n.Date && all[i-1].Revision >= n.Revision) {
			t.Errorf("Nights lists %s after %s", n.ID, all[i-1].ID)
		}
	}
	for before, want := range map[schemas.Date]string{
		0: "2026-06-20", night0 + 9: "2026-06-20", night0 + 5: "2026-06-19.2", night0 + 3: "2026-06-16", night0 + 1: "2026-06-15", night0: "",
	} {
		if n, ok, err := l.LastPublished(t.Context(), before); err != nil || n.ID != want || ok != (want != "") {
			t.Errorf("LastPublished(%s) = %s, %v, %v; want %s", before, n.ID, ok, err, want)
		}
	}
}
