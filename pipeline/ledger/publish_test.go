package ledger

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

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

func testPublishPlansPushes(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
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

func testPublishTwice(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
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

func testPublishIsAllOrNothing(t *testing.T, db testDatabase) {
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
			l := db.empty(t)
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

// testPublishMany: more than go into one statement, with one that is not to be told among them.
func testPublishMany(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	const many = 1203
	list := make([]Push, many)
	for i := range list {
		list[i] = sms(int64(i))
	}
	first := publish(t, l, night0, list...)
	if got := pushes(t, l, first.ID); len(got) != many {
		t.Fatalf("%d pushes, want %d", len(got), many)
	}
	for i := range list {
		list[i].Item = "zj-02"
	}
	again := list[100]
	for at, want := range map[int]string{700: PushKey(again), many - 1: PushKey(again), 101: PushKey(again)} {
		bad := slices.Clone(list)
		bad[at] = again
		err := l.PublishNight(t.Context(), begin(t, l, night0+1), each(bad...), nil)
		if !errors.Is(err, ErrTold) || !strings.Contains(err.Error(), want) {
			t.Errorf("the same push at %d: %v", at, err)
		}
	}
	second := publish(t, l, night0+1, list...)
	if got := pushes(t, l, second.ID); len(got) != many {
		t.Errorf("%d pushes, want %d", len(got), many)
	}
}

func testPublishMayReadMeanwhile(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
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
