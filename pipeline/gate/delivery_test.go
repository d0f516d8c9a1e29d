package gate

import (
	"slices"
	"testing"

	"zhida/schemas"
)

// list is a full list of so many rows with one field, revenue, that is empty in some.
func list(file string, rows, empty int64) Figures {
	return Figures{
		File: file, Date: schemas.NewDate(2026, 6, 16), Mode: schemas.ModeFull, Rows: rows,
		Fields: []Field{{Name: "revenue", Columns: []string{"营业收入"}, Empty: empty}},
	}
}

func text(f *Finding) string {
	if f == nil {
		return ""
	}
	return f.Text
}

func TestFollow(t *testing.T) {
	t.Parallel()
	scoped := func(f Figures, mode schemas.Mode, scope string) Figures {
		f.Mode, f.Scope = mode, scope
		return f
	}
	before := []Figures{list("a", 1, 0), scoped(list("b", 2, 0), schemas.ModeFull, "510700")}
	tonight := []Figures{
		list("c", 3, 0), scoped(list("d", 4, 0), schemas.ModeFull, "510100"), scoped(list("e", 5, 0), schemas.ModeIncrement, "510700"), list("f", 6, 0),
	}
	pairs, after := Follow(before, tonight)
	var were []string
	for _, p := range pairs {
		if p.Before == nil {
			were = append(were, p.Now.File+" -")
			continue
		}
		were = append(were, p.Now.File+" "+p.Before.File)
	}
	if want := []string{"c a", "d -", "e -", "f c"}; !slices.Equal(were, want) {
		t.Errorf("pairs %v, want %v", were, want)
	}
	var last []string
	for _, f := range after {
		last = append(last, f.File)
	}
	if want := []string{"f", "d", "b", "e"}; !slices.Equal(last, want) {
		t.Errorf("last %v, want %v", last, want)
	}
	if before[0].File != "a" {
		t.Error("what was passed in has changed")
	}
}

func TestCountEmpty(t *testing.T) {
	t.Parallel()
	const asks = ": was the column left out, moved, or filled in another way?"
	own := map[string]int{"revenue": 5}
	missing := list("new.csv", 1000, 1000)
	missing.Fields[0].Columns = nil
	old := func(rows, empty int64) *Figures {
		f := list("old.csv", rows, empty)
		f.Date = schemas.NewDate(2026, 5, 15)
		return &f
	}
	for _, c := range []struct {
		name   string
		rule   schemas.EmptyGate
		before *Figures
		now    Figures
		want   string
	}{
		{"all empty on the first night, by default", schemas.DefaultGates().Empty, nil, list("new.csv", 1000, 1000), ""},
		{"just allowed", schemas.EmptyGate{Most: 20}, nil, list("new.csv", 1000, 200), ""},
		{"one too many", schemas.EmptyGate{Most: 20}, nil, list("new.csv", 1000, 201), "tax: new.csv: revenue has no value in 201 of 1000 rows, 20.1%, and its gate allows 20%" + asks},
		{"its own limit", schemas.EmptyGate{Most: 20, Fields: own}, nil, list("new.csv", 1000, 51), "tax: new.csv: revenue has no value in 51 of 1000 rows, 5.1%, and its gate allows 5%" + asks},
		{"its own limit, just allowed", schemas.EmptyGate{Most: 1, Fields: own}, nil, list("new.csv", 1000, 50), ""},
		{"no column", schemas.EmptyGate{Most: 20}, nil, missing, ""},
		{"no column, and a limit of its own", schemas.EmptyGate{Fields: own}, nil, missing, "tax: new.csv: revenue has no value in 1000 of 1000 rows, 100.0%, and its gate allows 5%" + asks},
		{"no column any more", schemas.EmptyGate{Rise: 30}, old(1000, 100), missing, "tax: new.csv: revenue has no value in 1000 of 1000 rows, 100.0%, 10.0% in the delivery of 2026-05-15, and its gate allows 30 points more" + asks},
		{"as much more as is allowed", schemas.EmptyGate{Rise: 30}, old(3000, 1000), list("new.csv", 300, 190), ""},
		{"one row more", schemas.EmptyGate{Rise: 30}, old(3000, 1000), list("new.csv", 300, 191), "tax: new.csv: revenue has no value in 191 of 300 rows, 63.6%, 33.3% in the delivery of 2026-05-15, and its gate allows 30 points more" + asks},
		{"less than it was", schemas.EmptyGate{Rise: 1}, old(1000, 900), list("new.csv", 1000, 100), ""},
		{"the one before was too small", schemas.EmptyGate{Rise: 1}, old(99, 0), list("new.csv", 1000, 900), ""},
		{"too small", schemas.EmptyGate{Most: 1, Rise: 1, Fields: own}, old(1000, 0), list("new.csv", 99, 99), ""},
		{"no row", schemas.EmptyGate{Most: 1, Rise: 1, Fields: own}, old(1000, 0), list("new.csv", 0, 0), ""},
		{"a field that is new", schemas.EmptyGate{Rise: 1}, &Figures{Rows: 1000}, list("new.csv", 1000, 900), ""},
		{"nothing asked", schemas.EmptyGate{}, old(1000, 0), list("new.csv", 1000, 900), ""},
	} {
		if got := text(CountEmpty(dataset(schemas.Gates{Empty: c.rule}), []Pair{{&c.now, c.before}})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestManyComplaints(t *testing.T) {
	t.Parallel()
	var pairs []Pair
	for _, file := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		f := list(file, 100, 100)
		pairs = append(pairs, Pair{Now: &f})
	}
	f := CountEmpty(dataset(schemas.Gates{Empty: schemas.EmptyGate{Most: 99, Level: schemas.GateHold}}), pairs)
	const each = ": revenue has no value in 100 of 100 rows, 100.0%, and its gate allows 99%; "
	if want := "tax: a" + each + "b" + each + "c" + each + "d" + each + "e" + each + "and 2 more: was the column left out, moved, or filled in another way?"; text(f) != want {
		t.Errorf("%q, want %q", text(f), want)
	}
	if f.Key() != "empty/tax" || f.Level != schemas.GateHold {
		t.Errorf("%s, level %s", f.Key(), f.Level)
	}
}

func TestCountRepeated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		most                      int
		rows, repeated, differing int64
		want                      string
	}{
		{1, 1000, 10, 0, ""},
		{1, 1000, 11, 3, "tax: x.csv: 11 of 1000 rows repeat the key of another row, 1.1%, 3 of them with other values, and its gate allows 1%: was it exported twice, or does the key lack a field?"},
		{1, 99, 50, 0, ""},
		{1, 0, 0, 0, ""},
		{0, 1000, 500, 0, ""},
		{100, 1000, 1000, 0, ""},
	} {
		now := Figures{File: "x.csv", Rows: c.rows, Repeated: c.repeated, Differing: c.differing}
		if got := text(CountRepeated(dataset(schemas.Gates{Duplicates: schemas.ShareGate{Most: c.most}}), []Pair{{Now: &now}})); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestCompareColumns(t *testing.T) {
	t.Parallel()
	const asks = ": ask the department what changed, and bring the columns in the dataset's document up to date"
	columns := func(file string, unmapped []string, served ...string) *Figures {
		return &Figures{File: file, Fields: []Field{{Name: "revenue", Columns: served}}, Unmapped: unmapped}
	}
	for _, c := range []struct {
		name        string
		before, now *Figures
		want        string
	}{
		{"the first one", nil, columns("new", []string{"备注"}), ""},
		{"the same", columns("old", []string{"备注"}, "营业收入"), columns("new", []string{"备注"}, "营业收入"), ""},
		{"missing then and now", columns("old", nil), columns("new", nil), ""},
		{"gone", columns("old", nil, "营业收入"), columns("new", nil), `tax: new: no column for revenue, which old had in "营业收入"` + asks},
		{"come back", columns("old", nil), columns("new", nil, "营业收入"), ""},
		{"another", columns("old", nil, "营业收入"), columns("new", nil, "销售额"), `tax: new: revenue is read from "销售额", in old it was from "营业收入"` + asks},
		{"a new one", columns("old", []string{"备注"}, "营业收入"), columns("new", []string{"备注", "营收", "税"}, "营业收入"), `tax: new: no field names "营收", "税", which old did not have unread` + asks},
		{"one less that nobody read", columns("old", []string{"备注"}, "营业收入"), columns("new", nil, "营业收入"), ""},
	} {
		if got := text(CompareColumns(dataset(schemas.DefaultGates()), []Pair{{c.now, c.before}})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCountStrange(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		most           int
		cells, strange int64
		want           string
	}{
		{5, 1000, 50, ""},
		{5, 1000, 51, "tax: x.csv: 51 of 1000 values of 行业 are not in its table, 5.1%, and its gate allows 5%: is it another column, or another edition of the codes? What is missing goes into codes/ or the field's values"},
		{5, 99, 99, ""},
		{5, 0, 0, ""},
		{0, 1000, 1000, ""},
		{100, 1000, 1000, ""},
	} {
		now := Figures{File: "x.csv", Fields: []Field{{Name: "行业", Cells: c.cells, Strange: c.strange}}}
		if got := text(CountStrange(dataset(schemas.Gates{Codes: schemas.ShareGate{Most: c.most}}), []Pair{{Now: &now}})); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
