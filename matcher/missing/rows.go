package missing

import (
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// list is what 有, 每 and folds go over: the rows of a dataset, or years.
type list struct {
	over  condition.Over
	where *node  // nil: each row counts
	of    *value // what a fold takes of a row; nil: nothing that can be unknown
}

func (c *compiler) list(over condition.Over, of condition.Value) *list {
	l := &list{over: over}
	outer := c.over
	c.over = &l.over
	if over.Where != nil {
		l.where = c.node(over.Where)
	}
	if of != nil {
		l.of = c.optional(of)
	}
	c.over = outer
	return l
}

// space is what sets are about: the enterprises of a block, or rows or years of theirs.
type space struct {
	n     int
	rows  *profile.Rows // of a dataset, or else
	years int           // the last years of each enterprise
}

// doors adds to out the enterprises that the members of a set belong to.
func (s *space) doors(set, out bits.Set) {
	for i := range set.All() {
		if s.years > 0 {
			out.Add(i / s.years)
		} else {
			out.Add(int(s.rows.Door[i]))
		}
	}
}

// within are the rows, or years, of some enterprises.
func (s *space) within(doors bits.Set) bits.Set {
	out := bits.New(s.n)
	for door := range doors.All() {
		if s.years > 0 {
			out.AddRange(door*s.years, (door+1)*s.years)
			continue
		}
		from, to := s.rows.Span(uint16(door))
		out.AddRange(from, to)
	}
	return out
}

// list finds what is not known of the rows of some enterprises: which there are, and which count.
func (f *search) list(l *list, doors bits.Set) error {
	sp := &space{years: l.over.Years, n: f.in.Block.N * l.over.Years}
	var rows bits.Set
	if d := l.over.Dataset; d != nil {
		var err error
		if sp, rows, err = f.dataset(d, doors); err != nil {
			return err
		}
	} else {
		rows = sp.within(doors)
	}
	if sp.n == 0 || rows.IsEmpty() {
		return nil
	}
	outer := f.space
	f.space = sp
	defer func() { f.space = outer }()
	may := rows
	if l.where != nil {
		if err := f.visit(l.where, rows); err != nil {
			return err
		}
		t, err := f.ev.Held(l.where.truth)
		if err != nil {
			return err
		}
		may = rows.Clone()
		may.AndNot(t.No)
	}
	if l.of == nil {
		return nil
	}
	return f.value(l.of, may)
}

// dataset finds the enterprises whose rows are not known to be all, or are too old, and returns the rows that hold.
func (f *search) dataset(d *schemas.Dataset, doors bits.Set) (*space, bits.Set, error) {
	if tonight := f.in.Datasets[d.Name]; tonight != nil {
		d = tonight
	}
	covered, err := plan.Covered(f.in, d)
	if err != nil {
		return nil, nil, err
	}
	open := doors.Clone()
	open.AndNot(covered)
	sp := &space{rows: f.in.Block.Rows[d.Name]}
	var held bits.Set
	if sp.rows != nil && sp.rows.Len() > 0 {
		sp.n = sp.rows.Len()
		held = sp.within(doors)
		old := held.Clone()
		fresh := plan.Fresh(sp.rows, d, f.in.Today)
		old.AndNot(fresh)
		held.And(fresh)
		sp.doors(old, open)
	}
	f.add(Fact{Name: titleOf(d), Dataset: d.Name, List: true}, open)
	return sp, held, nil
}

func titleOf(d *schemas.Dataset) string {
	if d.Title != "" {
		return d.Title
	}
	return d.Name
}
