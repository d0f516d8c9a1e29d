package ledger

import (
	"errors"
	"slices"
	"testing"
)

func testGates(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	n, err := l.BeginNight(t.Context(), 1, evening)
	if err != nil {
		t.Fatal(err)
	}
	rows := Gate{Night: n.ID, Gate: "rows", Subject: "tax", Finding: "600 of 1000"}
	rejects := Gate{Night: n.ID, Gate: "rejects", Subject: "tax", Finding: "9 of 10"}
	hold := func(found ...Gate) {
		t.Helper()
		if err := l.HoldAtGates(t.Context(), n.ID, found); err != nil {
			t.Fatal(err)
		}
	}
	is := func(want ...Gate) {
		t.Helper()
		if got, err := l.Gates(t.Context(), n.ID); err != nil || !slices.Equal(got, want) {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
	}
	release := func(gate string) error { return l.Release(t.Context(), n.ID, gate, "tax", "王五", "合并", evening) }

	hold(rows)
	if err := release("rows"); !errors.Is(err, ErrState) {
		t.Errorf("release of a night that runs: %v", err)
	}
	if err := l.HoldNight(t.Context(), n.ID, "x", evening); err != nil {
		t.Fatal(err)
	}
	if err := release("rejects"); !errors.Is(err, ErrUnknown) {
		t.Errorf("release of what was not found: %v", err)
	}
	if err := l.Release(t.Context(), n.ID, "rows", "tax", "王五", "", evening); err == nil {
		t.Error("a release without a reason")
	}
	if err := release("rows"); err != nil {
		t.Fatal(err)
	}
	released := rows
	released.Who, released.Why, released.At = "王五", "合并", evening.UTC()
	is(released)
	if err := release("rows"); !errors.Is(err, ErrState) {
		t.Errorf("a second release: %v", err)
	}
	hold(rows, rejects)
	is(rejects, released) // the same finding stays released
	other := rows
	other.Finding = "500 of 1000"
	hold(other)
	is(other) // another one is not, and what is found no more is forgotten
	if got, err := l.Gates(t.Context(), "2000-01-01"); err != nil || len(got) != 0 {
		t.Errorf("another night: %+v, %v", got, err)
	}
	if got, err := l.Gates(t.Context(), ""); err != nil || len(got) != 1 {
		t.Errorf("all nights: %+v, %v", got, err)
	}
}
