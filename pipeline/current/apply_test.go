package current_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/schemas"
)

// licences is a dataset with a key, a region that tells the scope, and a personal field.
func licences() *schemas.Dataset {
	return &schemas.Dataset{
		Name: "licence", Title: "许可", Scope: "所在地", Key: []string{"编号"}, Keep: schemas.Keep{Prefer: "日期"},
		Fields: []schemas.Field{
			{Name: "编号", Type: schemas.FieldText},
			{Name: "内容", Type: schemas.FieldText},
			{Name: "日期", Type: schemas.FieldDate},
			{Name: "所在地", Type: schemas.FieldRegion},
			{Name: "经办人", Type: schemas.FieldText, Personal: schemas.PersonalAlways},
		},
	}
}

// line is a row in a test: fields left out are unknown.
type line struct {
	code, number, text, region, person string
	date                               schemas.Date
	deletes, flagged                   bool
}

func batch(ds *schemas.Dataset, date schemas.Date, seq int64, mode schemas.Mode, scope string, lines ...line) current.Batch {
	fields := append([]table.Field{
		{Name: "code", Kind: table.Text}, {Name: "op", Kind: table.Int}, {Name: "pos", Kind: table.Int}, {Name: "flags", Kind: table.Text},
	}, table.Stored(ds, false)...)
	rows, sealed := table.NewBuilder(fields), table.NewBuilder(table.Stored(ds, true))
	for i, l := range lines {
		rows.Text(0, l.code)
		rows.Int(1, 0)
		if l.deletes {
			rows.Int(1, 1)
		}
		rows.Int(2, int64(i+1))
		if l.flagged {
			rows.Text(3, "some.flag")
		}
		for f, text := range []string{l.number, l.text, "", l.region} {
			if text != "" {
				rows.Text(4+f, text)
			}
		}
		if l.date != 0 {
			rows.Int(6, int64(l.date))
		}
		rows.End()
		if l.person != "" {
			sealed.Text(0, l.person)
		}
		sealed.End()
	}
	return current.Batch{
		Full: current.Full{Date: date, Seq: seq, Scope: scope}, Mode: mode, Rows: rows.Table(), Sealed: sealed.Table(),
	}
}

// night applies batches and adds the full ones to the fulls of the nights before.
type history struct {
	ds              *schemas.Dataset
	doors           map[string]uint32
	placed, waiting current.State
	fulls           []current.Full
	report          current.Report
}

func (h *history) apply(batches ...current.Batch) {
	for _, b := range batches {
		if b.Mode == schemas.ModeFull {
			h.fulls = append(h.fulls, b.Full)
		}
	}
	h.placed, h.waiting, h.report = current.Apply(h.ds, []current.State{h.placed, h.waiting}, h.fulls, batches, doors(h.doors))
}

// doors is a directory of a test: ids by code.
type doors map[string]uint32

func (d doors) Lookup(code string) (uint32, bool) { id, ok := d[code]; return id, ok }

func (d doors) Code(id uint32) string {
	for code, other := range d {
		if other == id {
			return code
		}
	}
	return ""
}

// show lists the rows that hold: door or code, key, text, person.
func show(states ...current.State) []string {
	out := []string{}
	for _, st := range states {
		if st.Len() == 0 {
			continue
		}
		t := st.Rows
		for i := range t.N {
			if t.Column(current.ColumnDeleted).Ints[i] != 0 {
				continue
			}
			subject := t.Column(current.ColumnCode).Texts[i]
			if t.Column(current.ColumnID).Known.Has(i) {
				subject = fmt.Sprint(t.Column(current.ColumnID).Ints[i])
			}
			out = append(out, strings.TrimRight(strings.Join([]string{
				subject, t.Column("编号").Texts[i], t.Column("内容").Texts[i], st.Sealed.Column("经办人").Texts[i],
			}, " "), " "))
		}
	}
	return out
}

func day(n int) schemas.Date { return schemas.NewDate(2026, 6, n) }

func TestApply(t *testing.T) {
	t.Parallel()
	full, increment := schemas.ModeFull, schemas.ModeIncrement
	ds := licences()
	for _, c := range []struct {
		name   string
		nights [][]current.Batch
		placed []string
		waits  []string
		report current.Report
	}{
		{
			"an increment inserts, updates and deletes in order of position",
			[][]current.Batch{{batch(ds, day(1), 1, increment, "",
				line{code: "A", number: "1", text: "a", person: "张"}, line{code: "A", number: "1", text: "b", person: "王"},
				line{code: "A", number: "2", text: "c"}, line{code: "A", number: "2", deletes: true})}},
			[]string{"1 1 b 王"},
			nil,
			current.Report{Rows: 1, Inserted: 1},
		},
		{
			"a full delivery deletes only inside its scope",
			[][]current.Batch{
				{batch(ds, day(1), 1, full, "51", line{code: "A", number: "1", region: "510703"}, line{code: "A", number: "2", region: "5101"}, line{code: "A", number: "3"})},
				{batch(ds, day(2), 2, full, "5107", line{code: "B", number: "4", region: "5107"})},
			},
			[]string{"1 2", "1 3", "2 4"},
			nil,
			current.Report{Rows: 3, Inserted: 1, Deleted: 1},
		},
		{
			"a row that comes late does not undo a newer one, and a tombstone stays",
			[][]current.Batch{
				{batch(ds, day(5), 1, increment, "", line{code: "A", number: "1", text: "new"}, line{code: "A", number: "2", deletes: true})},
				{batch(ds, day(3), 2, increment, "", line{code: "A", number: "1", text: "old"}, line{code: "A", number: "2", text: "old"})},
			},
			[]string{"1 1 new"},
			nil,
			current.Report{Rows: 1, Superseded: 2},
		},
		{
			"a row older than a full delivery that lacks it does not come back",
			[][]current.Batch{
				{batch(ds, day(5), 1, full, "51", line{code: "A", number: "1", region: "5107"})},
				{batch(ds, day(3), 2, increment, "51", line{code: "A", number: "9", text: "old", region: "5107"})},
			},
			[]string{"1 1"},
			nil,
			current.Report{Rows: 1, Superseded: 1},
		},
		{
			"rows of unknown enterprises wait and are placed",
			[][]current.Batch{{batch(ds, day(1), 1, increment, "", line{code: "X", number: "1", text: "a", person: "李"})}},
			nil,
			[]string{"X 1 a 李"},
			current.Report{Waiting: 1},
		},
		{
			"of two rows of a full delivery with one key the later date holds, whatever the position",
			[][]current.Batch{{batch(ds, day(1), 1, full, "",
				line{code: "A", number: "1", text: "late", date: day(9)}, line{code: "A", number: "1", text: "early", date: day(8), flagged: true})}},
			[]string{"1 1 late"},
			nil,
			current.Report{Rows: 1, Inserted: 1, Duplicates: []current.Duplicates{{Seq: 1, Differs: "内容", Rows: 1, Newly: 1}}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := &history{ds: ds, doors: map[string]uint32{"A": 1, "B": 2}}
			for _, n := range c.nights {
				h.apply(n...)
			}
			if got := show(h.placed); !slices.Equal(got, c.placed) {
				t.Errorf("placed %q, want %q", got, c.placed)
			}
			if got := show(h.waiting); !slices.Equal(got, c.waits) {
				t.Errorf("waiting %q, want %q", got, c.waits)
			}
			if got, want := fmt.Sprintf("%+v", h.report), fmt.Sprintf("%+v", c.report); got != want {
				t.Errorf("report\n%s, want\n%s", got, want)
			}
		})
	}
}

func TestApplyPlacesWaitingRows(t *testing.T) {
	t.Parallel()
	ds := licences()
	h := &history{ds: ds, doors: map[string]uint32{}}
	h.apply(batch(ds, day(1), 1, schemas.ModeIncrement, "", line{code: "X", number: "1", text: "a", person: "李"}))
	h.doors["X"] = 7
	h.apply()
	if got := show(h.placed); !slices.Equal(got, []string{"7 1 a 李"}) || h.waiting.Len() != 0 || h.report.Placed != 1 {
		t.Errorf("placed %q, %d waiting, report %+v", got, h.waiting.Len(), h.report)
	}
}

// TestApplyKeepsOrigin checks that a delivery that only confirms a row leaves the origin of its values alone.
func TestApplyKeepsOrigin(t *testing.T) {
	t.Parallel()
	ds := licences()
	h := &history{ds: ds, doors: map[string]uint32{"A": 1}}
	for seq := int64(1); seq <= 3; seq++ {
		text := "same"
		if seq == 3 {
			text = "other"
		}
		h.apply(batch(ds, day(int(seq)), seq, schemas.ModeFull, "", line{code: "A", number: "1", text: text}))
		want := []int64{1, 1, 3}[seq-1]
		if got := h.placed.Rows.Column(current.ColumnChanged).Ints[0]; got != want {
			t.Errorf("after delivery %d the origin is %d, want %d", seq, got, want)
		}
		if got := h.placed.Rows.Column(current.ColumnDate).Ints[0]; got != int64(day(int(seq))) {
			t.Errorf("after delivery %d the row is not confirmed on its day", seq)
		}
	}
}

// TestApplyAgainstReplay compares nights applied one by one, deliveries arriving in any order of business dates, with
// a naive model that replays the whole history by business date.
func TestApplyAgainstReplay(t *testing.T) {
	t.Parallel()
	ds := licences()
	ds.Keep = schemas.Keep{}
	rapid.Check(t, func(t *rapid.T) {
		h := &history{ds: ds, doors: map[string]uint32{"A": 1, "B": 2}}
		var all []current.Batch
		seq := int64(0)
		for range rapid.IntRange(1, 4).Draw(t, "nights") {
			var tonight []current.Batch
			for range rapid.IntRange(0, 3).Draw(t, "deliveries") {
				seq++
				mode := rapid.SampledFrom([]schemas.Mode{schemas.ModeFull, schemas.ModeIncrement}).Draw(t, "mode")
				scope := rapid.SampledFrom([]string{"", "51", "5107", "5101"}).Draw(t, "scope")
				tonight = append(tonight, batch(ds, day(rapid.IntRange(1, 9).Draw(t, "day")), seq, mode, scope, drawLines(t, mode)...))
			}
			all = append(all, tonight...)
			h.apply(tonight...)
		}
		got := show(h.placed, h.waiting)
		slices.Sort(got)
		if want := replay(all, h.doors); !slices.Equal(got, want) {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
	})
}

func drawLines(t *rapid.T, mode schemas.Mode) []line {
	var out []line
	for range rapid.IntRange(0, 4).Draw(t, "rows") {
		l := line{
			code: rapid.SampledFrom([]string{"A", "B", "X"}).Draw(t, "code"), number: rapid.SampledFrom([]string{"1", "2"}).Draw(t, "key"),
			text: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "text"), person: rapid.SampledFrom([]string{"", "张", "王"}).Draw(t, "person"),
		}
		l.region = map[string]string{"1": "510703", "2": "5101"}[l.number]
		l.deletes = mode == schemas.ModeIncrement && rapid.Bool().Draw(t, "deletes")
		out = append(out, l)
	}
	return out
}

// replay applies whole deliveries in the order of their versions to a map.
func replay(all []current.Batch, doors map[string]uint32) []string {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b current.Batch) int {
		if a.Date != b.Date {
			return int(a.Date - b.Date)
		}
		return int(a.Seq - b.Seq)
	})
	rows, regions := map[[2]string]string{}, map[[2]string]string{}
	for _, b := range all {
		contained := map[[2]string]bool{}
		for i := range b.Rows.N {
			key := [2]string{b.Rows.Column("code").Texts[i], b.Rows.Column("编号").Texts[i]}
			contained[key] = true
			if b.Rows.Column("op").Ints[i] != 0 {
				delete(rows, key)
				continue
			}
			rows[key] = b.Rows.Column("内容").Texts[i] + " " + b.Sealed.Column("经办人").Texts[i]
			regions[key] = b.Rows.Column("所在地").Texts[i]
		}
		for key := range maps.Clone(rows) {
			if b.Mode == schemas.ModeFull && !contained[key] && strings.HasPrefix(regions[key], b.Scope) {
				delete(rows, key)
			}
		}
	}
	out := []string{}
	for key, text := range rows {
		subject := key[0]
		if id, ok := doors[subject]; ok {
			subject = fmt.Sprint(id)
		}
		out = append(out, strings.TrimRight(subject+" "+key[1]+" "+text, " "))
	}
	slices.Sort(out)
	return out
}

// TestApplyWhenAFieldBecomesPersonal declares a field personal for sole traders after rows were stored: their values move
// to the sealed columns, those of others stay; a field that is always personal by now moves for all.
func TestApplyWhenAFieldBecomesPersonal(t *testing.T) {
	t.Parallel()
	const trader, company, old = "92510703205451059P", "91510703205451059P", "510132000055145"
	h := &history{ds: licences(), doors: map[string]uint32{trader: 1, company: 2}}
	h.apply(batch(h.ds, day(1), 1, schemas.ModeFull, "", line{code: trader, number: "1", text: "某店", region: "51"},
		line{code: company, number: "1", text: "某公司", region: "51"}, line{code: old, number: "1", text: "某某", region: "51"}))
	h.ds = licences()
	h.ds.Fields[1].Personal = schemas.PersonalSoleTrader
	h.ds.Fields[0].Personal = schemas.PersonalAlways
	h.apply()
	for _, c := range []struct {
		state            current.State
		row              int
		open, sealed, no string
	}{{h.placed, 0, "", "某店", "1"}, {h.placed, 1, "某公司", "", "1"}, {h.waiting, 0, "", "某某", "1"}} {
		if got := c.state.Rows.Column("内容").Texts[c.row]; got != c.open {
			t.Errorf("open %q, want %q", got, c.open)
		}
		if got := c.state.Sealed.Column("内容" + schemas.SealedSuffix).Texts[c.row]; got != c.sealed {
			t.Errorf("sealed %q, want %q", got, c.sealed)
		}
		if got := c.state.Sealed.Column("编号").Texts[c.row]; got != c.no || c.state.Rows.Column("编号") != nil {
			t.Errorf("a field that is always personal reads %q in the sealed columns", got)
		}
	}
}

// TestApplyAfterDocumentChange changes a field's type between two nights: its old values are unknown, nothing breaks.
func TestApplyAfterDocumentChange(t *testing.T) {
	t.Parallel()
	h := &history{ds: licences(), doors: map[string]uint32{"A": 1}}
	h.apply(batch(h.ds, day(1), 1, schemas.ModeFull, "", line{code: "A", number: "1", text: "20260101", person: "张"}))
	h.ds = licences()
	h.ds.Fields[1].Type = schemas.FieldDate
	h.apply()
	column := h.placed.Rows.Column("内容")
	if h.placed.Len() != 1 || column.Known.Has(0) || column.Ints == nil {
		t.Errorf("%d rows, 内容 known %v", h.placed.Len(), column.Known.Has(0))
	}
	if got := h.placed.Sealed.Column("经办人").Texts[0]; got != "张" {
		t.Errorf("the fields beside it read %q", got)
	}
}
