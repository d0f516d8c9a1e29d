package gate

import (
	"testing"

	"zhida/schemas"
)

func dataset(gates schemas.Gates) *schemas.Dataset {
	return &schemas.Dataset{Name: "tax", Gates: gates}
}

func TestCompareRows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		rule        schemas.RowsGate
		before, now int64
		want        string
	}{
		{"as many", schemas.RowsGate{Fall: 30}, 1000, 1000, ""},
		{"just allowed", schemas.RowsGate{Fall: 30}, 1000, 700, ""},
		{"one too few", schemas.RowsGate{Fall: 30}, 1000, 699, "tax: 699 rows hold, 1000 did last night: 30.1% fewer, and its gate allows 30%: was a delivery cut short?"},
		{"cut to 60%", schemas.RowsGate{Fall: 30}, 1000, 600, "tax: 600 rows hold, 1000 did last night: 40.0% fewer, and its gate allows 30%: was a delivery cut short?"},
		{"a little more than a third", schemas.RowsGate{Fall: 33}, 3_000_000_000, 2_000_000_000, "tax: 2000000000 rows hold, 3000000000 did last night: 33.3% fewer, and its gate allows 33%: was a delivery cut short?"},
		{"nothing allowed", schemas.RowsGate{}, 1000, 999, "tax: 999 rows hold, 1000 did last night: 0.1% fewer, and its gate allows 0%: was a delivery cut short?"},
		{"all gone, which is allowed", schemas.RowsGate{Fall: 100}, 1000, 0, ""},
		{"too few to say", schemas.RowsGate{Fall: 30}, 99, 1, ""},
		{"ten times as many, of which nobody asked", schemas.RowsGate{Fall: 30}, 1000, 10_000, ""},
		{"twice as many, just allowed", schemas.RowsGate{Fall: 30, Rise: 100}, 1000, 2000, ""},
		{"more", schemas.RowsGate{Fall: 30, Rise: 100}, 1000, 2001, "tax: 2001 rows hold, 1000 did last night: 100.1% more, and its gate allows 100%: was a list delivered under the wrong name?"},
	} {
		f := CompareRows(dataset(schemas.Gates{Rows: c.rule}), c.before, c.now)
		switch {
		case f == nil && c.want != "":
			t.Errorf("%s: nothing is found", c.name)
		case f != nil && (f.Text != c.want || f.Key() != "rows/tax"):
			t.Errorf("%s: %s %q, want %q", c.name, f.Key(), f.Text, c.want)
		}
	}
}

// TestCompareScopes: the list of one city is cut to 40 %, which is a twentieth of the whole.
func TestCompareScopes(t *testing.T) {
	t.Parallel()
	list := func(mode schemas.Mode, scope string, rows int64) *Figures {
		return &Figures{File: scope + ".csv", Date: schemas.NewDate(2026, 6, 15), Mode: mode, Scope: scope, Rows: rows}
	}
	full, ds := schemas.ModeFull, dataset(schemas.Gates{Rows: schemas.RowsGate{Fall: 30}})
	fine := []Pair{
		{list(full, "5101", 10_000), list(full, "5101", 10_000)},
		{list(full, "5107", 350), list(full, "5107", 500)},
		{list(full, "5108", 5), list(full, "5108", 99)},
		{list(full, "5109", 5), nil},
		{list(full, "", 5), list(full, "", 10_000)}, // CompareRows looks at those
		{list(schemas.ModeIncrement, "5110", 5), list(schemas.ModeIncrement, "5110", 10_000)},
	}
	if f := CompareScopes(ds, fine); f != nil {
		t.Errorf("found %+v", f)
	}
	f := CompareScopes(ds, append(fine, Pair{list(full, "5111", 200), list(full, "5111", 500)}))
	const want = "tax: 5111.csv has 200 rows, 500 had the delivery of 2026-06-15 for the same scope: 60.0% fewer, and the gate allows 30%: was a delivery cut short?"
	if f == nil || f.Text != want || f.Key() != "rows/tax" {
		t.Errorf("found %+v, want %s", f, want)
	}
}

func TestCountRejects(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		most           int
		read, rejected int64
		found          bool
	}{
		{0, 10, 10, false}, {5, 1000, 50, false}, {5, 1000, 51, true}, {5, 0, 0, false}, {100, 10, 10, false},
	} {
		f := CountRejects(dataset(schemas.Gates{Rejects: schemas.ShareGate{Most: c.most, Level: schemas.GateWarn}}), c.read, c.rejected, map[string]int64{"code.empty": c.rejected})
		if (f != nil) != c.found || f != nil && f.Level != schemas.GateWarn {
			t.Errorf("%+v: %+v", c, f)
		}
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	f := CountRejects(dataset(schemas.Gates{Rejects: schemas.ShareGate{Most: 1}}), 200, 60, map[string]int64{"b": 20, "a": 20, "c": 30, "d": 1})
	if want := "tax: 60 of 200 rows delivered are rejected, 30.0%, and its gate allows 1%: for c 30, a 20, b 20"; f == nil || f.Text != want {
		t.Errorf("%+v, want %q", f, want)
	}
}

func TestCompareItems(t *testing.T) {
	t.Parallel()
	rule := schemas.ItemsGate{Swing: 50, Least: 100, Level: schemas.GateHold}
	quiet := []Item{{"a", 100, 50, 50}, {"b", 99, 0, 99}, {"c", 0, 1000, 0}}
	if f := CompareItems(rule, quiet); f != nil {
		t.Errorf("found %q", f.Text)
	}
	items := append(quiet, Item{"d", 100, 51, 0}, Item{"e", 200, 0, 200}, Item{"f", 100, 60, 60}, Item{"g", 100, 52, 0}, Item{"h", 100, 53, 0}, Item{"i", 100, 54, 0})
	const want = "of 6 items more enterprises come or go than 50% of those they had: e had 200, 0 have come and 200 gone; f had 100, 60 have come and 60 gone; " +
		"i had 100, 54 have come and 0 gone; h had 100, 53 have come and 0 gone; g had 100, 52 have come and 0 gone; and 1 more: " +
		"was a policy, a tag or a table of codes changed by mistake?"
	if f := CompareItems(rule, items); f == nil || f.Text != want || f.Key() != "items/all" {
		t.Errorf("%+v, want %q", f, want)
	}
	if f := CompareItems(schemas.ItemsGate{Least: 1}, items); f != nil {
		t.Errorf("a gate that is open finds %q", f.Text)
	}
}

func TestCountUnknown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		most          int
		waiting, held int64
		found         bool
	}{
		{0, 10, 0, false}, {10, 10, 90, false}, {10, 11, 90, true}, {10, 0, 0, false}, {100, 10, 0, false},
	} {
		f := CountUnknown(dataset(schemas.Gates{Unknown: schemas.ShareGate{Most: c.most}}), c.waiting, c.held)
		if (f != nil) != c.found || f != nil && f.Key() != "unknown/tax" {
			t.Errorf("%+v: %+v", c, f)
		}
	}
}

func TestCheckAge(t *testing.T) {
	t.Parallel()
	month := schemas.FreshGate{Within: schemas.Span{Months: 1}}
	day := func(m, d int) schemas.Date { return schemas.NewDate(2026, m, d) }
	for _, c := range []struct {
		rule            schemas.FreshGate
		newest, tonight schemas.Date
		want            string
	}{
		{schemas.FreshGate{}, 0, day(6, 15), ""},
		{month, day(5, 15), day(6, 15), ""},
		{month, day(1, 31), day(2, 28), ""},
		{month, day(6, 16), day(6, 15), ""},
		{month, day(5, 14), day(6, 15), "tax: the newest delivery is of 2026-05-14, and its gate wants one within 1月: zhida sources says what is there"},
		{month, 0, day(6, 15), "tax: nothing has been delivered, and its gate wants one within 1月: zhida sources says what is there"},
	} {
		f := CheckAge(dataset(schemas.Gates{Fresh: c.rule}), c.newest, c.tonight)
		switch {
		case f == nil && c.want != "", f != nil && f.Text != c.want:
			t.Errorf("%+v: %+v", c, f)
		}
	}
}
