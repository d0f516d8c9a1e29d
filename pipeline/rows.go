package pipeline

import (
	"slices"

	"zhida/matcher/bits"
	"zhida/matcher/table"
	"zhida/pipeline/current"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// RowDelta names the rows that one night put in the place of others: all rows of the doors that it has.
type RowDelta struct {
	Rows   store.Ref  `json:"rows"`
	Sealed *store.Ref `json:"sealed,omitempty"`
	Count  int        `json:"count"` // rows of the home, tombstones too
}

// open leaves the personal columns out.
func (r StateRefs) open() StateRefs {
	out := StateRefs{Rows: r.Rows, Held: r.Held, Count: r.Count}
	for _, d := range r.Deltas {
		out.Deltas = append(out.Deltas, RowDelta{Rows: d.Rows, Count: d.Count})
	}
	return out
}

// full reports whether a delta of so many rows more would be too much, and the state is to be written anew. It depends on
// nothing but the history, so that a replay does so on the same night.
func (r StateRefs) full(more int) bool {
	for _, d := range r.Deltas {
		more += d.Count
	}
	return len(r.Deltas) >= maxLayers || more*layerShare > r.Count
}

// overlay puts the rows of a delta in the place of all rows of their doors. Both are sorted by id and key.
func overlay(base, delta current.State) current.State {
	if base.Len() == 0 {
		return delta
	}
	if delta.Len() == 0 {
		return base
	}
	was, is := base.Rows.Column(current.ColumnID).Ints, delta.Rows.Column(current.ColumnID).Ints
	var ranges []table.Range
	add := func(from, to, of int) {
		if from < to {
			ranges = append(ranges, table.Range{Table: of, From: from, To: to})
		}
	}
	from := 0 // first row of the base that is not passed yet
	for i := 0; i < len(is); {
		next := i + 1
		for next < len(is) && is[next] == is[i] {
			next++
		}
		at, _ := slices.BinarySearch(was[from:], is[i])
		add(from, from+at, 0)
		from += at
		for from < len(was) && was[from] == is[i] {
			from++
		}
		if last := len(ranges) - 1; last >= 0 && ranges[last].Table == 1 {
			ranges[last].To = next
		} else {
			add(i, next, 1)
		}
		i = next
	}
	add(from, len(was), 0)
	out := current.State{Rows: table.Gather([]*table.Table{base.Rows, delta.Rows}, ranges)}
	if base.Sealed != nil && delta.Sealed != nil {
		out.Sealed = table.Gather([]*table.Table{base.Sealed, delta.Sealed}, ranges)
	}
	return out
}

// doorSets are doors of a home, by block.
type doorSets map[uint16]bits.Set

func (s doorSets) add(id uint32) {
	block := uint16(id >> 16)
	if s[block] == nil {
		s[block] = bits.New(current.Doors)
	}
	s[block].Add(int(id & 0xffff))
}

// or adds the doors of a block.
func (s doorSets) or(block uint16, doors bits.Set) {
	if s[block] == nil {
		s[block] = bits.New(current.Doors)
	}
	s[block].Or(doors)
}

// find adds the doors of those codes that have one.
func (s doorSets) find(codes []string, dir *current.Directory) {
	for _, code := range codes {
		if id, ok := dir.Lookup(code); ok {
			s.add(id)
		}
	}
}

func (s doorSets) has(id uint32) bool {
	set := s[uint16(id>>16)]
	return set != nil && set.Has(int(id&0xffff))
}

// rowsOf are the rows of a state behind some doors.
func rowsOf(st current.State, doors doorSets) current.State {
	if st.Len() == 0 {
		return st
	}
	var rows []int
	for i, id := range st.Rows.Column(current.ColumnID).Ints {
		if doors.has(uint32(id)) {
			rows = append(rows, i)
		}
	}
	out := current.State{Rows: st.Rows.Take(rows)}
	if st.Sealed != nil {
		out.Sealed = st.Sealed.Take(rows)
	}
	return out
}

// heldRows are the rows of a state that are no tombstones.
func heldRows(st current.State) int {
	if st.Len() == 0 {
		return 0
	}
	n := 0
	for _, deleted := range st.Rows.Column(current.ColumnDeleted).Ints {
		n += 1 - int(deleted)
	}
	return n
}

// differing are the doors of which two states of a dataset say different things: rows that hold in one of them only, or
// have other values. When a row was confirmed is not compared, nor what is personal: no condition reads it.
func differing(ds *schemas.Dataset, a, b current.State) doorSets {
	out := doorSets{}
	x, y := newRowWalk(ds, a), newRowWalk(ds, b)
	for !x.done() || !y.done() {
		id := min(x.id(), y.id())
		if !x.sameDoor(y, id) {
			out.add(uint32(id))
		}
	}
	return out
}

// rowWalk goes through the rows of a state that hold, door by door.
type rowWalk struct {
	n       int
	ids     []int64
	deleted []int64
	columns []*table.Column
	at      int
}

func newRowWalk(ds *schemas.Dataset, st current.State) *rowWalk {
	w := &rowWalk{n: st.Len()}
	if w.n == 0 {
		return w
	}
	w.ids, w.deleted = st.Rows.Column(current.ColumnID).Ints, st.Rows.Column(current.ColumnDeleted).Ints
	for _, f := range table.Stored(ds, false) {
		w.columns = append(w.columns, st.Rows.Column(f.Name))
	}
	w.skip()
	return w
}

func (w *rowWalk) skip() {
	for w.at < w.n && w.deleted[w.at] != 0 {
		w.at++
	}
}

func (w *rowWalk) next() {
	w.at++
	w.skip()
}

func (w *rowWalk) done() bool { return w.at >= w.n }

// id is the door the walk is at; beyond all doors at its end.
func (w *rowWalk) id() int64 {
	if w.done() {
		return 1 << 62
	}
	return w.ids[w.at]
}

// sameDoor passes a door in both walks and reports whether its rows are the same.
func (w *rowWalk) sameDoor(o *rowWalk, id int64) bool {
	same := true
	for w.id() == id && o.id() == id {
		same = same && w.sameRow(o)
		w.next()
		o.next()
	}
	for ; w.id() == id; w.next() {
		same = false
	}
	for ; o.id() == id; o.next() {
		same = false
	}
	return same
}

func (w *rowWalk) sameRow(o *rowWalk) bool {
	for i, c := range w.columns {
		d := o.columns[i]
		if c == nil || d == nil {
			return false
		}
		known := c.Known.Has(w.at)
		if known != d.Known.Has(o.at) {
			return false
		}
		if known && (c.Texts != nil && c.Texts[w.at] != d.Texts[o.at] || c.Texts == nil && c.Ints[w.at] != d.Ints[o.at]) {
			return false
		}
	}
	return true
}
