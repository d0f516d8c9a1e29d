package ledger

import (
	"testing"
	"time"
)

func testWatch(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	at := func(minutes int) time.Time { return evening.Add(time.Duration(minutes) * time.Minute) }
	file := Sighting{Source: "dir", Name: "tax.csv", Bytes: 10, Version: "a"}
	longer, touched, other := file, file, file
	longer.Bytes, touched.Version, other.Name = 11, "b", "court.csv"
	for _, step := range []struct {
		seen        Sighting
		now, before int
	}{
		{file, 0, 0},
		{file, 5, 0},
		{other, 6, 6},
		{file, 9, 0},
		{longer, 10, 10},
		{longer, 11, 10},
		{touched, 12, 12},
		{touched, 11, 11}, // the clock was put back: what it said before is worth nothing
		{touched, 30, 11},
	} {
		since, err := l.Watch(t.Context(), step.seen, at(step.now))
		if err != nil || !since.Equal(at(step.before)) {
			t.Fatalf("%+v at %d: since %v, %v; want %v", step.seen, step.now, since, err, at(step.before))
		}
	}
	if err := l.Unwatch(t.Context(), "dir", "tax.csv"); err != nil {
		t.Fatal(err)
	}
	if since, err := l.Watch(t.Context(), touched, at(40)); err != nil || !since.Equal(at(40)) {
		t.Errorf("after it was taken: since %v, %v", since, err)
	}
}
