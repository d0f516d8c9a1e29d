package ledger

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zhida/schemas"
)

func due(t *testing.T, l *Ledger, n Night, candidates ...uint32) (due, already []uint32) {
	t.Helper()
	due, already, err := l.Due(t.Context(), DueQuery{n.ID, "zj-01", 1, schemas.NewDate(2026, 1, 1), ChannelSMS}, candidates)
	if err != nil {
		t.Fatal(err)
	}
	return due, already
}

func testDueKeys(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	published := []Push{sms(1)}
	for _, change := range []func(*Push){
		func(p *Push) { p.Item = "zj-02" }, func(p *Push) { p.Revision = 2 }, func(p *Push) { p.Window = 0 },
		func(p *Push) { p.Channel = ChannelPortal },
	} {
		p := sms(2)
		change(&p)
		published = append(published, p)
	}
	published = append(published, sms(4_000_000_000), sms(5), sms(6))
	own := publish(t, l, night0, published...)
	if d, a := due(t, l, own, 1, 2); !slices.Equal(d, []uint32{1, 2}) || len(a) > 0 {
		t.Errorf("asked again, the night that planned them is due %v, already %v", d, a)
	}
	for id, state := range map[int]PushState{5: PushSent, 6: PushDeclined} {
		if _, err := l.writer.Exec(`UPDATE pushes SET state = $1 WHERE enterprise = $2`, state, id); err != nil {
			t.Fatal(err)
		}
	}
	d, a := due(t, l, begin(t, l, night0+1), 0, 1, 2, 3, 5, 6, 4_000_000_000, 4_000_000_001)
	if !slices.Equal(d, []uint32{0, 2, 3, 4_000_000_001}) || !slices.Equal(a, []uint32{1, 5, 6, 4_000_000_000}) {
		t.Errorf("Due = %v, already %v", d, a)
	}
	if _, _, err := l.Due(t.Context(), DueQuery{Night: "2026-06-15", Item: "zj-01"}, []uint32{2, 1}); err == nil {
		t.Error("Due of unsorted candidates succeeded")
	}
	if _, _, err := l.Due(t.Context(), DueQuery{Night: "none", Item: "zj-01"}, nil); !errors.Is(err, ErrUnknown) {
		t.Errorf("Due for no night = %v", err)
	}
}

func testRevisionSupersedesWhatIsPlanned(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	publish(t, l, night0-1, sms(1))
	first := publish(t, l, night0, sms(2), sms(3), sms(4))
	if _, err := l.writer.Exec(`UPDATE pushes SET state = 'sent' WHERE enterprise = 3`); err != nil {
		t.Fatal(err)
	}
	second := begin(t, l, night0)
	d, a := due(t, l, second, 1, 2, 3, 4, 5)
	if !slices.Equal(d, []uint32{2, 4, 5}) || !slices.Equal(a, []uint32{1, 3}) {
		t.Errorf("the second revision is due %v, already %v", d, a)
	}
	publish(t, l, night0, sms(2), sms(5))
	expect(t, "first revision", pushes(t, l, first.ID), "3 sent", "4 cancelled")
	expect(t, "second revision", pushes(t, l, second.ID), "2 planned", "5 planned")
	// The one that was left out is due again the night after: nothing is lost.
	next := begin(t, l, night0+1)
	if d, a := due(t, l, next, 1, 2, 3, 4, 5); !slices.Equal(d, []uint32{4}) || !slices.Equal(a, []uint32{1, 2, 3, 5}) {
		t.Errorf("the next night is due %v, already %v", d, a)
	}
	publish(t, l, night0+1, sms(4))
	// A backfill takes nothing back.
	third := begin(t, l, night0)
	if d, _ := due(t, l, third, 1, 2, 3, 4, 5, 6); !slices.Equal(d, []uint32{6}) || !third.Backfill {
		t.Errorf("a backfill is due %v", d)
	}
	publish(t, l, night0, sms(6))
	expect(t, "second revision after a backfill", pushes(t, l, second.ID), "2 planned", "5 planned")
	expect(t, "the backfill", pushes(t, l, third.ID), "6 planned")
}

// testPublishedNightAsksAgain: what nights published after it have planned was not known to it.
func testPublishedNightAsksAgain(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	publish(t, l, night0-1, sms(1))
	first := publish(t, l, night0, sms(2), sms(3))
	second := begin(t, l, night0)
	second.Manifest, second.Finished = "nights/"+second.ID+"/manifest.json", evening.Add(2*time.Hour)
	if err := l.PublishNight(t.Context(), second, each(sms(2), sms(4)), nil); err != nil {
		t.Fatal(err)
	}
	if d, a := due(t, l, first, 1, 2, 3, 4, 5); !slices.Equal(d, []uint32{2, 3, 4, 5}) || !slices.Equal(a, []uint32{1}) {
		t.Errorf("the first revision is due %v, already %v", d, a)
	}
}

func testBaselines(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	base := func(n Night, bases ...Baseline) error {
		n.Manifest = n.ID
		return l.PublishNight(t.Context(), n, nil, bases)
	}
	check := func(n Night, want Baseline) {
		t.Helper()
		all, err := l.Baselines(t.Context(), n.ID)
		b, ok := all[BaselineKey{"zj-01", 1, 0}]
		if err != nil || b != want || ok != (want != Baseline{}) {
			t.Errorf("baseline for %s = %+v, %v, %v; want %+v", n.ID, b, ok, err, want)
		}
	}
	first := begin(t, l, night0)
	check(first, Baseline{})
	old := Baseline{Item: "zj-01", Revision: 1, Ref: aRef(1), Entry: "zj-01"}
	if err := base(first, old, Baseline{Item: "zj-01", Revision: 2, Ref: aRef(1), Entry: "zj-01"}); err != nil {
		t.Fatal(err)
	}
	old.Night = first.ID
	check(first, old)
	check(begin(t, l, night0+1), old)
	second := begin(t, l, night0)
	check(second, Baseline{})
	renewed := Baseline{Item: "zj-01", Revision: 1, Ref: aRef(2), Entry: "zj-01"}
	if err := base(second, renewed); err != nil {
		t.Fatal(err)
	}
	renewed.Night = second.ID
	next := begin(t, l, night0+1)
	check(next, renewed)
	if err := base(next, old); err == nil {
		t.Error("a baseline was replaced by a later night")
	}
	if _, err := l.Baselines(t.Context(), "none"); !errors.Is(err, ErrUnknown) {
		t.Errorf("Baseline for no night = %v", err)
	}
}

// However nights follow each other, and whatever was sent meanwhile, an enterprise that stays sure has at most one push
// that is not cancelled, and exactly one once a night that isn't a backfill has asked for it.
func testNeverTwiceNeverLost(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	first := night0
	rapid.Check(t, func(rt *rapid.T) {
		first += 10 // later than every night of the last check, which so concerns this one no more
		window := first
		sent := map[string]bool{}
		for range rapid.IntRange(1, 6).Draw(rt, "nights") {
			date := first + schemas.Date(rapid.IntRange(0, 2).Draw(rt, "day"))
			n := begin(t, l, date)
			sure := slices.Sorted(maps.Keys(rapid.MapOfN(rapid.Uint32Range(0, 5), rapid.Bool(), 0, 6).Draw(rt, "sure")))
			push := func(id uint32) Push {
				p := sms(int64(id))
				p.Window = window
				return p
			}
			d, _, err := l.Due(t.Context(), DueQuery{n.ID, "zj-01", 1, window, ChannelSMS}, sure)
			if err != nil {
				rt.Fatal(err)
			}
			var list []Push
			for _, id := range d {
				list = append(list, push(id))
			}
			publish(t, l, date, list...)
			if rapid.Bool().Draw(rt, "send") {
				if _, err := l.writer.Exec(`UPDATE pushes SET state = 'sent' WHERE state = 'planned' AND enterprise % 2 = 0`); err != nil {
					rt.Fatal(err)
				}
			}
			for _, id := range sure {
				key := PushKey(push(id))
				found, err := l.Planned(t.Context(), []string{key})
				p := found[key]
				if err != nil || p.State != PushSent && (p.State != PushPlanned || sent[key]) {
					rt.Fatalf("%d was sure on %s and is %+v, %v", id, n.ID, p, err)
				}
				sent[key] = p.State == PushSent
			}
		}
	})
}
