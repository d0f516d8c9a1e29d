package ledger

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"zhida/schemas"
)

func aDelivery(n int) Delivery {
	ref := aRef(n)
	return Delivery{
		Dataset: "tax", Source: "exchange", Name: "tax_2026-06-15_full.csv", Sum: ref.Sum, Bytes: ref.Size, Date: night0,
		Mode: schemas.ModeFull, Scope: "5107", Ref: ref,
	}
}

func land(t *testing.T, l *Ledger, d Delivery) (Delivery, bool) {
	t.Helper()
	landed, isNew, err := l.Land(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return landed, isNew
}

func testLand(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	want := aDelivery(1)
	want.Seq, want.State = 1, DeliveryLanded
	if got, isNew := land(t, l, aDelivery(1)); got != want || !isNew {
		t.Errorf("Land = %+v, %v", got, isNew)
	}
	renamed := aDelivery(1)
	renamed.Name, renamed.Source = "copy.csv", "sftp"
	if got, isNew := land(t, l, renamed); got != want || isNew {
		t.Errorf("Land of a copy = %+v, %v; want the first", got, isNew)
	}
	for i, change := range []func(*Delivery){
		func(d *Delivery) { d.Dataset = "court" },
		func(d *Delivery) { d.Sum, d.Ref = aRef(2).Sum, aRef(2) },
		func(d *Delivery) { d.Date++ },
		func(d *Delivery) { d.Mode = schemas.ModeIncrement },
		func(d *Delivery) { d.Scope = "5108" }, // two cities with nothing to report send the same header
	} {
		d := aDelivery(1)
		change(&d)
		if got, isNew := land(t, l, d); got.Seq != int64(i+2) || !isNew {
			t.Errorf("Land of another delivery = %+v, %v; want number %d", got, isNew, i+2)
		}
	}
	if got, err := l.Delivery(t.Context(), 1); err != nil || got != want {
		t.Errorf("Delivery(1) = %+v, %v", got, err)
	}
	if _, err := l.Delivery(t.Context(), 99); !errors.Is(err, ErrUnknown) {
		t.Errorf("Delivery(99) = %v, want ErrUnknown", err)
	}
}

func testDeliveriesFilter(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	for n := range 4 {
		d := aDelivery(n)
		d.Date += schemas.Date(n)
		if n == 1 {
			d.Dataset, d.Source = "court", "sftp"
		}
		land(t, l, d)
	}
	if err := l.MarkBroken(t.Context(), 3, "坏了"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		f    DeliveryFilter
		want string
	}{
		{DeliveryFilter{}, "1234"},
		{DeliveryFilter{After: 2}, "34"},
		{DeliveryFilter{Until: night0 + 2}, "123"},
		{DeliveryFilter{Dataset: "court"}, "2"},
		{DeliveryFilter{Source: "exchange"}, "134"},
		{DeliveryFilter{State: DeliveryLanded}, "124"},
		{DeliveryFilter{State: DeliveryBroken, After: 1, Until: night0 + 2, Dataset: "tax"}, "3"},
		{DeliveryFilter{State: DeliveryWithdrawn}, ""},
	} {
		got, err := l.Deliveries(t.Context(), c.f)
		seqs := ""
		for _, d := range got {
			seqs += string(rune('0' + d.Seq))
		}
		if err != nil || seqs != c.want {
			t.Errorf("Deliveries(%+v) = %s, %v; want %s", c.f, seqs, err, c.want)
		}
	}
}

func testDeliveryStates(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	land(t, l, aDelivery(1))
	step := func(name string, err error, state DeliveryState, reason string) {
		t.Helper()
		d, readErr := l.Delivery(t.Context(), 1)
		if err := errors.Join(err, readErr); err != nil || d.State != state || d.Reason != reason {
			t.Errorf("%s: %s %q, %v; want %s %q", name, d.State, d.Reason, err, state, reason)
		}
	}
	refused := func(name string, err error, want error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	refused("withdraw a good one", l.Withdraw(t.Context(), 1), ErrState)
	step("mend a good one", l.Mend(t.Context(), 1), DeliveryLanded, "")
	step("break", l.MarkBroken(t.Context(), 1, "第3行多一列"), DeliveryBroken, "第3行多一列")
	if _, isNew := land(t, l, aDelivery(1)); isNew {
		t.Error("a broken one that still stands there landed anew")
	}
	step("break again", l.MarkBroken(t.Context(), 1, "第4行多一列"), DeliveryBroken, "第4行多一列")
	step("mend", l.Mend(t.Context(), 1), DeliveryLanded, "")
	step("break once more", l.MarkBroken(t.Context(), 1, "坏"), DeliveryBroken, "坏")
	step("withdraw", l.Withdraw(t.Context(), 1), DeliveryWithdrawn, "坏")
	step("withdraw again", l.Withdraw(t.Context(), 1), DeliveryWithdrawn, "坏")
	refused("mend a withdrawn one", l.Mend(t.Context(), 1), ErrState)
	refused("break a withdrawn one", l.MarkBroken(t.Context(), 1, "x"), ErrState)
	refused("break none", l.MarkBroken(t.Context(), 7, "x"), ErrUnknown)
	// It comes again: a later arrival, or a night that saw number 1 withdrawn would never look at it.
	if d, isNew := land(t, l, aDelivery(1)); !isNew || d.Seq != 2 {
		t.Errorf("Land of a withdrawn one = %+v, %v; want a new number", d, isNew)
	}
}

func testAssign(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	land(t, l, aDelivery(1))
	land(t, l, aDelivery(2))
	if err := l.Assign(t.Context(), "2026-06-15", []int64{1}); !errors.Is(err, ErrUnknown) {
		t.Errorf("Assign to no night = %v", err)
	}
	if _, err := l.BeginNight(t.Context(), night0, evening); err != nil {
		t.Fatal(err)
	}
	if err := l.Assign(t.Context(), "2026-06-15", []int64{2, 3}); !errors.Is(err, ErrUnknown) {
		t.Errorf("Assign of no delivery = %v", err)
	}
	if d, err := l.Delivery(t.Context(), 2); err != nil || d.Night != "" {
		t.Errorf("half an Assign was kept: %+v, %v", d, err)
	}
	if err := l.Assign(t.Context(), "2026-06-15", []int64{2}); err != nil {
		t.Fatal(err)
	}
	if d, err := l.Delivery(t.Context(), 2); err != nil || d.Night != "2026-06-15" {
		t.Errorf("Assign: %+v, %v", d, err)
	}
}

// Arrival numbers have no gaps and follow the order of arrival, however the contents of one name come, break and go: what
// last came is the same delivery, anything else is new.
func testArrivalNumbers(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	type arrival struct {
		content int
		seq     int64
	}
	next, live := int64(1), []arrival{}
	rapid.Check(t, func(rt *rapid.T) {
		if rapid.Bool().Draw(rt, "withdraw") && len(live) > 0 {
			last := live[len(live)-1]
			if err := errors.Join(l.MarkBroken(t.Context(), last.seq, "x"), l.Withdraw(t.Context(), last.seq)); err != nil {
				rt.Fatal(err)
			}
			live = live[:len(live)-1]
		}
		n := rapid.IntRange(0, 3).Draw(rt, "content")
		known := len(live) > 0 && live[len(live)-1].content == n
		d, isNew, err := l.Land(t.Context(), aDelivery(n))
		if err != nil || isNew == known || isNew && d.Seq != next || known && d.Seq != live[len(live)-1].seq {
			rt.Fatalf("Land = %+v, %v, %v; next is %d, there are %v", d, isNew, err, next, live)
		}
		if isNew {
			next++
			live = append(live, arrival{n, d.Seq})
		}
	})
}

// TestLandWhatCameBefore: a copy under another name is no delivery, unless other content stood in its place since.
func testLandWhatCameBefore(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	deliver := func(n int, name string, mode schemas.Mode) bool {
		d := aDelivery(n)
		d.Name, d.Mode = name, mode
		_, isNew := land(t, l, d)
		return isNew
	}
	for i, step := range []struct {
		content int
		name    string
		mode    schemas.Mode
		isNew   bool
	}{
		{1, "a.csv", schemas.ModeFull, true},
		{1, "copy.csv", schemas.ModeFull, false},
		{2, "b.csv", schemas.ModeFull, true},
		{1, "again.csv", schemas.ModeFull, true}, // the list of b.csv is replaced
		{1, "a.csv", schemas.ModeFull, true},     // its own name was last met before b.csv
		{1, "a.csv", schemas.ModeFull, false},
		{3, "x.csv", schemas.ModeIncrement, true},
		{4, "x.csv", schemas.ModeIncrement, true},
		{3, "copy.csv", schemas.ModeIncrement, false},
		{3, "x.csv", schemas.ModeIncrement, true}, // put right again
	} {
		if got := deliver(step.content, step.name, step.mode); got != step.isNew {
			t.Errorf("step %d: content %d as %s is new: %v", i, step.content, step.name, got)
		}
	}
}

func testSightings(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	first := Sighting{Source: "a", Name: "x.csv", Bytes: 3, Version: "v1", Seq: 1}
	other := Sighting{Source: "b", Name: "x.csv", Bytes: 4, Seq: 0}
	second := Sighting{Source: "a", Name: "x.csv", Bytes: 5, Version: "v2", Seq: 2}
	for _, s := range []Sighting{first, other, second} {
		if err := l.See(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	got, err := l.Sightings(t.Context(), "a")
	if err != nil || len(got) != 1 || got["x.csv"] != second {
		t.Errorf("Sightings = %+v, %v", got, err)
	}
}
