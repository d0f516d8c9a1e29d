package standardise

import (
	"cmp"
	"slices"
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/table"
	"zhida/schemas"
)

// rows gathers accepted rows in file order until they are handed out as a Run.
type rows struct {
	of     *Standardiser
	n      int
	room   int          // rows of the last run
	open   *table.Table // becomes Run.Rows
	sealed *table.Table // becomes Run.Sealed
	homes  []string     // group by row
	names  map[string]string
	texts  arena
}

func newRows(s *Standardiser) *rows {
	return &rows{of: s, names: map[string]string{}}
}

// reset lets go of the rows gathered.
func (r *rows) reset() {
	r.room, r.n = r.n, 0
	r.homes, r.open, r.sealed = nil, nil, nil
	r.texts.reset()
}

// begin makes room for as many rows as the last run had: a delivery of several runs has them equally long, and growing
// row by row copies every column some twenty times.
func (r *rows) begin() {
	r.homes, r.open = make([]string, 0, r.room), roomy(r.of.rowFields, r.room)
	if len(r.of.sealed) > 0 {
		r.sealed = roomy(r.of.sealed, r.room)
	}
}

// roomy is a table without rows and with room for n.
func roomy(fields []table.Field, n int) *table.Table {
	t := table.New(fields)
	for i := range t.Columns {
		c := &t.Columns[i]
		c.Known = slices.Grow(c.Known, bits.Words(n))
		if t.Fields[i].Kind == table.Text {
			c.Texts = slices.Grow(c.Texts, n)
		} else {
			c.Ints = slices.Grow(c.Ints, n)
		}
	}
	return t
}

// add appends a row that is taken.
func (r *rows) add(row *row, flags string, pos int64) {
	if r.n == 0 {
		r.begin()
	}
	grow(r.open)
	if r.sealed != nil {
		grow(r.sealed)
	}
	at := r.n
	r.homes = append(r.homes, r.home(row))
	r.open.Columns[0].SetText(at, r.texts.keep(row.code))
	op := int64(OpUpsert)
	if row.deletes {
		op = OpDelete
	}
	r.open.Columns[1].SetInt(at, op)
	r.open.Columns[2].SetInt(at, pos)
	if flags != "" {
		r.open.Columns[3].SetText(at, flags)
	}
	for i := range row.values {
		if v := &row.values[i]; v.known {
			r.set(&r.of.fields[i], v, row.sole, at)
		}
	}
	r.n++
}

// grow appends a row in which nothing is known.
func grow(t *table.Table) {
	for i := range t.Columns {
		c := &t.Columns[i]
		if t.N%64 == 0 {
			c.Known = append(c.Known, 0)
		}
		if t.Fields[i].Kind == table.Text {
			c.Texts = append(c.Texts, "")
		} else {
			c.Ints = append(c.Ints, 0)
		}
	}
	t.N++
}

// set stores a known value where the field, and in fields that are personal for sole traders the row, says.
func (r *rows) set(f *field, v *value, sole bool, at int) {
	main := f.open
	if f.sole && sole {
		main = f.hidden
	}
	c := r.column(main)
	if c.Texts != nil {
		c.SetText(at, r.text(v.text, v.shared))
	} else {
		c.SetInt(at, v.n)
	}
	if f.second.column >= 0 && v.second != "" {
		r.column(f.second).SetText(at, r.text(v.second, v.shared))
	}
}

func (r *rows) column(s slot) *table.Column {
	if s.sealed {
		return &r.sealed.Columns[s.column]
	}
	return &r.open.Columns[s.column]
}

func (r *rows) text(text string, shared bool) string {
	if shared {
		return text
	}
	return r.texts.keep(text)
}

// home is the group a row belongs to. Names are shared between rows: there are some thousand homes.
func (r *rows) home(row *row) string {
	switch {
	case r.of.ds.Role == schemas.RoleCrosswalk:
		return Crosswalk
	case r.of.route != nil:
		if home, ok := r.of.route(row.code); ok {
			return string(home)
		}
	}
	if !row.shaped() {
		return Unplaced
	}
	home := string(schemas.HomeOf(row.code, r.of.codes, r.of.wards))
	name, ok := r.names[home]
	if !ok {
		name = strings.Clone(home)
		r.names[name] = name
	}
	return name
}

// run sorts the rows gathered, groups them by home, and starts anew. It is nil if there are none.
func (r *rows) run() *Run {
	if r.n == 0 {
		return nil
	}
	codes, pos := r.open.Columns[0].Texts, r.open.Columns[2].Ints
	perm := make([]int, r.n)
	for i := range perm {
		perm[i] = i
	}
	slices.SortFunc(perm, func(a, b int) int {
		return cmp.Or(strings.Compare(r.homes[a], r.homes[b]), strings.Compare(codes[a], codes[b]), cmp.Compare(pos[a], pos[b]), cmp.Compare(a, b))
	})
	run := &Run{Rows: r.open.Take(perm)}
	if r.sealed != nil {
		run.Sealed = r.sealed.Take(perm)
	}
	for _, i := range perm {
		if last := len(run.Groups) - 1; last >= 0 && run.Groups[last].Name == r.homes[i] {
			run.Groups[last].Rows++
		} else {
			run.Groups = append(run.Groups, table.Group{Name: r.homes[i], Rows: 1})
		}
	}
	r.reset()
	return run
}
