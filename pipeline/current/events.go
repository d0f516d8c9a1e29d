package current

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"zhida/matcher/table"
	"zhida/schemas"
)

// standing says where an event comes from.
type standing uint8

const (
	arrived    standing = iota // came tonight
	wasPlaced                  // held last night
	wasWaiting                 // waited last night for its enterprise
)

// event is one row that takes part in deciding what holds now: a row of last night's state or a row that came tonight.
type event struct {
	placed  bool
	id      uint32
	code    string
	key     string
	date    schemas.Date
	seq     int64
	prefer  int64 // orders rows of one full delivery before their position does
	pos     int64
	changed int64
	deleted bool
	state   standing
	full    bool // from a full delivery
	source  int
	row     int
}

// compare orders events by subject and key, and within those by version.
func (e *event) compare(o *event) int {
	if c := e.compareGroup(o); c != 0 {
		return c
	}
	return cmp.Or(cmp.Compare(e.date, o.date), cmp.Compare(e.seq, o.seq),
		cmp.Compare(e.prefer, o.prefer), cmp.Compare(e.pos, o.pos))
}

func (e *event) compareGroup(o *event) int {
	if e.placed != o.placed {
		if e.placed {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(e.id, o.id), strings.Compare(e.code, o.code), strings.Compare(e.key, o.key))
}

// source is a table that events point into, with the places of the dataset's columns in it.
type source struct {
	rows, sealed *table.Table
	columns      []*table.Column // by index of Dataset.Physical(), nil where the table lacks it; one more, always nil
	scope        *table.Column   // the region field of the dataset's scope, if it has one
	declared     *table.Column   // states: the declared scope per row
	delivered    string          // batches: the declared scope
}

func (a *applier) addSource(rows, sealed *table.Table, delivered string) int {
	s := source{rows: rows, sealed: sealed, delivered: delivered, declared: rows.Column(ColumnScope)}
	for i, p := range a.physical {
		t := rows
		if p.Sealed {
			t = sealed
		}
		c := columnOf(t, a.stored[i])
		if c == nil && p.Sealed { // it was not personal when the row was stored
			c = columnOf(rows, a.stored[i])
		}
		s.columns = append(s.columns, c)
	}
	s.columns = append(s.columns, nil) // the column of values that must not be shown
	if a.dataset.Scope != "" {
		s.scope = rows.Column(a.dataset.Scope)
	}
	a.sources = append(a.sources, s)
	return len(a.sources) - 1
}

// columnOf is the column that holds a field, nil if the table has none or, since the dataset's document was changed,
// one of another kind: its values are unknown until they are delivered again.
func columnOf(t *table.Table, field table.Field) *table.Column {
	if t == nil {
		return nil
	}
	if i := t.Index(field.Name); i >= 0 && t.Fields[i] == field {
		return &t.Columns[i]
	}
	return nil
}

// addState adds the rows of a state; waiting rows whose code has a door by now are placed.
func (a *applier) addState(st State) {
	if st.Len() == 0 {
		return
	}
	n := a.addSource(st.Rows, st.Sealed, "")
	ids, codes := st.Rows.Column(ColumnID), st.Rows.Column(ColumnCode)
	dates, seqs, positions := st.Rows.Column(ColumnDate), st.Rows.Column(ColumnSeq), st.Rows.Column(ColumnPos)
	changed, deleted := st.Rows.Column(ColumnChanged), st.Rows.Column(ColumnDeleted)
	for i := range st.Rows.N {
		e := event{
			key: a.key(n, i), date: schemas.Date(dates.Ints[i]), seq: seqs.Ints[i], pos: positions.Ints[i],
			prefer: math.MinInt64, changed: changed.Ints[i], deleted: deleted.Ints[i] != 0, state: wasPlaced, source: n, row: i,
		}
		if ids.Known.Has(i) {
			e.placed, e.id = true, uint32(ids.Ints[i])
		} else if e.state = wasWaiting; a.place(&e, codes.Texts[i]) {
			a.report.Placed++
		}
		a.events = append(a.events, e)
	}
}

// addBatch adds the rows of a delivery.
func (a *applier) addBatch(b Batch) {
	if b.Rows == nil || b.Rows.N == 0 {
		return
	}
	n := a.addSource(b.Rows, b.Sealed, b.Scope)
	codes, ops, positions := b.Rows.Column("code"), b.Rows.Column("op"), b.Rows.Column("pos")
	var prefer *table.Column
	if b.Mode == schemas.ModeFull && a.dataset.Keep.Prefer != "" {
		prefer = b.Rows.Column(a.dataset.Keep.Prefer)
	}
	for i := range b.Rows.N {
		e := event{
			key: a.key(n, i), date: b.Date, seq: b.Seq, pos: positions.Ints[i], prefer: math.MinInt64,
			changed: b.Seq, deleted: ops.Ints[i] != 0, full: b.Mode == schemas.ModeFull, source: n, row: i,
		}
		if prefer != nil && prefer.Known.Has(i) {
			e.prefer = prefer.Ints[i]
		}
		a.place(&e, codes.Texts[i])
		a.events = append(a.events, e)
	}
}

func (a *applier) place(e *event, code string) bool {
	id, ok := a.doors.Lookup(code)
	if !ok {
		e.code = code
		return false
	}
	e.placed, e.id = true, id
	return true
}

// key is the text of the row's key fields; two rows of an enterprise are the same row if their keys are equal.
func (a *applier) key(source, row int) string {
	if len(a.keys) == 0 {
		return ""
	}
	var b strings.Builder
	for _, k := range a.keys {
		c := a.sources[source].columns[k]
		switch {
		case c == nil || !c.Known.Has(row):
			b.WriteByte(0)
		case c.Texts != nil:
			b.WriteByte(1)
			b.WriteString(c.Texts[row])
		default:
			b.WriteByte(2)
			b.WriteString(strconv.FormatInt(c.Ints[row], 10))
		}
		b.WriteByte(0)
	}
	return b.String()
}

func (a *applier) inScope(e *event, scope string) bool {
	s := &a.sources[e.source]
	declared, region := s.delivered, ""
	if s.declared != nil {
		declared = s.declared.Texts[e.row]
	}
	if s.scope != nil && s.scope.Known.Has(e.row) {
		region = s.scope.Texts[e.row]
	}
	return InScope(a.dataset, scope, declared, region)
}

// equal reports whether two rows have the same values in all columns of the dataset, and the first field that differs.
func (a *applier) equal(e, o *event) (field string, same bool) {
	for i, p := range a.physical {
		x, y := a.sources[e.source].columns[i], a.sources[o.source].columns[i]
		known := x != nil && x.Known.Has(e.row)
		if known != (y != nil && y.Known.Has(o.row)) {
			return a.dataset.Fields[p.Field].Name, false
		}
		if !known {
			continue
		}
		if x.Texts != nil && x.Texts[e.row] != y.Texts[o.row] || x.Texts == nil && x.Ints[e.row] != y.Ints[o.row] {
			return a.dataset.Fields[p.Field].Name, false
		}
	}
	return "", true
}

func (a *applier) sortEvents() {
	slices.SortFunc(a.events, func(x, y event) int { return x.compare(&y) })
}
