package ledger

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhida/schemas"
)

func sms(enterprise int64) Push {
	return Push{
		Channel: ChannelSMS, Item: "zj-01", Revision: 1, Enterprise: enterprise, Code: "91510703MA62000000",
		Contact: "0123456789abcdef", Window: schemas.NewDate(2026, 1, 1),
	}
}

// pushes lists what a night planned as "<enterprise> <state>".
func pushes(t *testing.T, l *Ledger, night string) []string {
	t.Helper()
	var out []string
	for p, err := range l.Pushes(t.Context(), night) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%d %s", p.Enterprise, p.State))
	}
	return out
}

func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestPublishPlansPushes(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	n := publish(t, l, night0, sms(2), sms(1))
	want := sms(1)
	want.Key, want.Night, want.State = "1/sms/1/2026-01-01/zj-01", n.ID, PushPlanned
	found, err := l.Planned(t.Context(), []string{PushKey(sms(1)), PushKey(sms(3))})
	if err != nil || !maps.Equal(found, map[string]Push{want.Key: want}) {
		t.Errorf("Planned = %+v, %v; want %+v", found, err, want)
	}
	expect(t, "pushes", pushes(t, l, n.ID), "1 planned", "2 planned")
	if _, err := l.Planned(t.Context(), []string{"nonsense"}); err == nil {
		t.Error("Planned of nonsense succeeded")
	}
}

func TestPublishTwice(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	n := publish(t, l, night0, sms(1))
	never := func(func(Push, error) bool) { t.Error("the pushes were read") }
	if err := l.PublishNight(t.Context(), n, never, []Baseline{{Item: "x"}}); err != nil {
		t.Errorf("PublishNight again = %v", err)
	}
	n.Manifest = "nights/other.json"
	if err := l.PublishNight(t.Context(), n, never, nil); !errors.Is(err, ErrState) {
		t.Errorf("PublishNight with another manifest = %v, want ErrState", err)
	}
	if err := l.PublishNight(t.Context(), Night{ID: "2026-01-01"}, never, nil); !errors.Is(err, ErrUnknown) {
		t.Errorf("PublishNight of none = %v, want ErrUnknown", err)
	}
	failed := begin(t, l, night0+1)
	if err := l.FailNight(t.Context(), failed.ID, "x", evening); err != nil {
		t.Fatal(err)
	}
	if err := l.PublishNight(t.Context(), failed, never, nil); !errors.Is(err, ErrState) {
		t.Errorf("PublishNight of a failed one = %v, want ErrState", err)
	}
	if err := l.HoldNight(t.Context(), failed.ID, "x", evening); err != nil {
		t.Fatal(err)
	}
	if err := l.PublishNight(t.Context(), failed, nil, nil); err != nil {
		t.Errorf("PublishNight of a held one = %v", err)
	}
}

func TestPublishIsAllOrNothing(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	bad := func(change func(*Push)) iter.Seq2[Push, error] {
		p := sms(9)
		change(&p)
		return each(sms(8), p)
	}
	cases := []struct {
		name   string
		pushes iter.Seq2[Push, error]
		bases  []Baseline
		want   string
	}{
		{"the list cannot be read", func(yield func(Push, error) bool) { _ = yield(sms(8), nil) && yield(Push{}, broken) }, nil, "broken"},
		{"told already", each(sms(8), sms(1)), nil, ErrTold.Error()},
		{"twice in the list", each(sms(8), sms(8)), nil, ErrTold.Error()},
		{"no enterprise", bad(func(p *Push) { p.Enterprise = -1 }), nil, "is not an id"},
		{"too large", bad(func(p *Push) { p.Enterprise = 1 << 32 }), nil, "is not an id"},
		{"no item", bad(func(p *Push) { p.Item = "" }), nil, "item"},
		{"no channel", bad(func(p *Push) { p.Channel = "fax" }), nil, "is not a channel"},
		{"another's key", bad(func(p *Push) { p.Key = PushKey(sms(8)) }), nil, "does not belong"},
		{"baseline twice", each(), []Baseline{{Item: "b", Ref: aRef(1)}, {Item: "b", Ref: aRef(2)}}, "baseline of item b"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			l := newLedger(t)
			first := publish(t, l, night0, sms(1))
			n := begin(t, l, night0+1)
			err := l.PublishNight(t.Context(), n, c.pushes, c.bases)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("PublishNight = %v, want %q", err, c.want)
			}
			if after, err := l.Night(t.Context(), n.ID); err != nil || after != n {
				t.Errorf("the night is %+v, %v", after, err)
			}
			expect(t, "its pushes", pushes(t, l, n.ID))
			expect(t, "the first night's", pushes(t, l, first.ID), "1 planned")
		})
	}
}

func TestPublishMayReadMeanwhile(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	n := begin(t, l, night0)
	err := l.PublishNight(t.Context(), n, func(yield func(Push, error) bool) {
		due, _, err := l.Due(t.Context(), DueQuery{Night: n.ID, Item: "zj-01", Revision: 1, Channel: ChannelSMS}, []uint32{4})
		for _, id := range due {
			if p := sms(int64(id)); !yield(p, err) {
				return
			}
		}
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "pushes", pushes(t, l, n.ID), "4 planned")
}

func due(t *testing.T, l *Ledger, n Night, candidates ...uint32) (due, already []uint32) {
	t.Helper()
	due, already, err := l.Due(t.Context(), DueQuery{n.ID, "zj-01", 1, schemas.NewDate(2026, 1, 1), ChannelSMS}, candidates)
	if err != nil {
		t.Fatal(err)
	}
	return due, already
}

func TestDueKeys(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
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
	publish(t, l, night0, published...)
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

func TestRevisionSupersedesWhatIsPlanned(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
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

func TestBaselines(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	base := func(n Night, bases ...Baseline) error {
		n.Manifest = n.ID
		return l.PublishNight(t.Context(), n, nil, bases)
	}
	check := func(n Night, want Baseline) {
		t.Helper()
		b, ok, err := l.Baseline(t.Context(), n.ID, "zj-01", 1)
		if err != nil || b != want || ok != (want != Baseline{}) {
			t.Errorf("Baseline for %s = %+v, %v, %v; want %+v", n.ID, b, ok, err, want)
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
	if _, _, err := l.Baseline(t.Context(), "none", "zj-01", 1); !errors.Is(err, ErrUnknown) {
		t.Errorf("Baseline for no night = %v", err)
	}
}

// However nights follow each other, and whatever was sent meanwhile, an enterprise that stays sure has at most one push
// that is not cancelled, and exactly one once a night that isn't a backfill has asked for it.
func TestNeverTwiceNeverLost(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
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

func FuzzParsePushKey(f *testing.F) {
	for _, seed := range []string{PushKey(sms(1)), "0/portal/0//a/b", "", "////", "1/sms/+1/2026-01-01/x", "01/sms/1//x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		p, err := ParsePushKey(key)
		if err == nil && (p.Key != key || PushKey(p) != key) {
			t.Errorf("ParsePushKey(%q) = %+v", key, p)
		}
	})
}
