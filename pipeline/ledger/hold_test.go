package ledger

import (
	"errors"
	"slices"
	"testing"
	"time"

	"zhida/schemas"
)

func testHold(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	hold := func(dataset, why string, after time.Duration) error {
		return l.Hold(t.Context(), dataset, "王五", why, evening.Add(after))
	}
	lift := func(dataset, why string) error {
		return l.Lift(t.Context(), dataset, "李四", why, evening.Add(time.Hour))
	}
	if err := lift("tax", "x"); !errors.Is(err, ErrUnknown) {
		t.Errorf("nobody holds it: %v", err)
	}
	if err := errors.Join(hold("tax", "交错了", 0), hold("penalty", "x", time.Minute)); err != nil {
		t.Fatal(err)
	}
	if err := hold("tax", "again", time.Minute); !errors.Is(err, ErrState) {
		t.Errorf("a second hold: %v", err)
	}
	if hold("ip", "", 0) == nil || lift("tax", "") == nil {
		t.Error("a decision without a reason")
	}
	if err := lift("tax", "换好了"); err != nil {
		t.Fatal(err)
	}
	if err := hold("tax", "又错了", 2*time.Hour); err != nil {
		t.Fatal(err)
	}
	want := []Hold{
		{Dataset: "tax", Since: evening.UTC(), Who: "王五", Why: "交错了", Lifted: evening.Add(time.Hour).UTC(), LiftedBy: "李四", LiftedWhy: "换好了"},
		{Dataset: "penalty", Since: evening.Add(time.Minute).UTC(), Who: "王五", Why: "x"},
		{Dataset: "tax", Since: evening.Add(2 * time.Hour).UTC(), Who: "王五", Why: "又错了"},
	}
	got, err := l.Holds(t.Context())
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	if got[0].Stands() || !got[1].Stands() || !got[2].Stands() {
		t.Error("what stands, and what does not, is confused")
	}
}

// testReleaseOfPublished releases what the last published night went on without, and nothing of nights before it.
func testReleaseOfPublished(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	publish := func(day int, found ...Gate) Night {
		t.Helper()
		n, err := l.BeginNight(t.Context(), night0+schemas.Date(day), evening)
		if err != nil {
			t.Fatal(err)
		}
		n.Manifest, n.Finished = "m", evening
		if err := errors.Join(l.HoldAtGates(t.Context(), n.ID, found), l.PublishNight(t.Context(), n, nil, nil)); err != nil {
			t.Fatal(err)
		}
		return n
	}
	release := func(n Night) error {
		return l.Release(t.Context(), n.ID, "rows", "tax", "王五", "合并", evening)
	}
	found := Gate{Gate: "rows", Subject: "tax", Finding: "600 of 1000"}
	first := publish(0, found)
	second := publish(1, found)
	if err := release(first); !errors.Is(err, ErrState) {
		t.Errorf("release of a night that another one followed: %v", err)
	}
	if err := release(second); err != nil {
		t.Fatal(err)
	}
	carried, err := l.Gates(t.Context(), second.ID)
	if err != nil || len(carried) != 1 || !carried[0].Released() {
		t.Fatalf("%+v, %v", carried, err)
	}
	third := publish(2, carried...)
	if got, err := l.Gates(t.Context(), third.ID); err != nil || len(got) != 1 || got[0].Night != third.ID || got[0].Who != "王五" {
		t.Errorf("a release that was carried on: %+v, %v", got, err)
	}
	if err := release(publish(3)); !errors.Is(err, ErrState) {
		t.Errorf("release of a night that went on with everything: %v", err)
	}
}
