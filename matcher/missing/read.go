package missing

import (
	"zhida/matcher/bits"
	"zhida/matcher/condition"
)

// test finds what the values of a test lack. Where they are all known and there is no result, as after a division by
// zero, it is all its columns, or the test itself.
func (f *search) test(t *test, open bits.Set) error {
	f.covers = append(f.covers, cover{f.space, bits.New(f.space.n)})
	for _, v := range t.values {
		if err := f.value(v, open); err != nil {
			return err
		}
	}
	rest := open.Clone()
	rest.AndNot(f.covers[len(f.covers)-1].set)
	f.covers = f.covers[:len(f.covers)-1]
	for i := range t.columns {
		f.column(&t.columns[i], rest)
	}
	if len(t.columns) == 0 {
		f.add(Fact{Name: t.text}, rest)
	}
	return nil
}

// value finds what a value lacks where it is not known.
func (f *search) value(v *value, at bits.Set) error {
	if v == nil {
		return nil
	}
	open := at
	if !v.coarse {
		known, err := f.known(v)
		if err != nil {
			return err
		}
		open = at.Clone()
		open.AndNot(known)
	}
	if open.IsEmpty() {
		return nil
	}
	switch {
	case v.column != nil:
		f.column(v.column, open)
		return nil
	case v.whole != nil:
		return f.value(v.whole, open)
	case v.cases != nil:
		return f.cases(v, open)
	case v.rows != nil:
		return f.list(v.rows, open)
	}
	for _, p := range v.parts {
		if err := f.value(p, open); err != nil {
			return err
		}
	}
	return nil
}

// cases finds what is not known of which case holds, and of the values of the cases that may.
func (f *search) cases(v *value, open bits.Set) error {
	left := open.Clone() // those for whom none of the cases so far is sure to hold
	for _, c := range v.cases {
		may := left
		if c.when != nil {
			t, err := f.ev.Held(c.when.truth)
			if err != nil {
				return err
			}
			may = left.Clone()
			may.AndNot(t.No)
			if err := f.visit(c.when, may); err != nil {
				return err
			}
			if v.first {
				left.AndNot(t.Yes)
			}
		}
		if err := f.value(c.then, may); err != nil {
			return err
		}
	}
	return nil
}

// known is where a value is known, or is known not to be.
func (f *search) known(v *value) (bits.Set, error) {
	if v == nil {
		all := bits.New(f.space.n)
		all.Fill(f.space.n)
		return all, nil
	}
	if v.words && v.column == nil {
		return f.knownWord(v)
	}
	t, err := f.ev.Held(v.known)
	if err != nil || !v.lacks {
		return t.Yes, err
	}
	known := t.Yes.Clone()
	if t, err = f.ev.Held(v.absent); err != nil {
		return nil, err
	}
	known.Or(t.No)
	return known, nil
}

// knownWord is where a word is known: that of the case that is known to apply.
func (f *search) knownWord(v *value) (bits.Set, error) {
	if v.cases == nil {
		if v.whole == nil && v.parts != nil {
			return bits.New(f.space.n), nil
		}
		return f.known(v.whole)
	}
	out := bits.New(f.space.n)
	left := bits.New(f.space.n)
	left.Fill(f.space.n)
	for _, c := range v.cases {
		then, err := f.known(c.then)
		if err != nil {
			return nil, err
		}
		applies := left.Clone()
		if c.when != nil {
			t, err := f.ev.Held(c.when.truth)
			if err != nil {
				return nil, err
			}
			applies.And(t.Yes)
			left.And(t.No)
		}
		applies.And(then)
		out.Or(applies)
	}
	return out, nil
}

// column notes who lacks a column.
func (f *search) column(c *condition.Column, open bits.Set) {
	if open.IsEmpty() {
		return
	}
	switch {
	case c.Dataset != nil:
		f.add(Fact{Name: titleOf(c.Dataset) + "." + c.Name, Dataset: c.Dataset.Name}, open)
	case c.Yearly:
		f.add(Fact{Name: c.Name, Year: c.Year.On(f.in.Today), Dataset: f.source(c.Name)}, open)
	case c.Within > 0:
		this, _, _ := f.in.Today.YMD()
		for k := range c.Within {
			some := bits.New(f.space.n)
			for i := range open.All() {
				if i%c.Within == k {
					some.Add(i)
				}
			}
			f.add(Fact{Name: c.Name, Year: this - c.Within + k, Dataset: f.source(c.Name)}, some)
		}
	default:
		f.add(Fact{Name: c.Name, Dataset: f.source(c.Name)}, open)
	}
}

// source is the dataset that an attribute comes from first.
func (f *search) source(attribute string) string {
	if def := f.in.Attributes[attribute]; def != nil && len(def.Sources) > 0 {
		return def.Sources[0].Dataset
	}
	if a := f.in.Block.Attributes[attribute]; a != nil && len(a.Sources) > 0 {
		return a.Sources[0].Dataset
	}
	return ""
}

// add notes that those behind a set lack a fact.
func (f *search) add(fact Fact, set bits.Set) {
	if set.IsEmpty() {
		return
	}
	f.cover(set)
	doors := f.facts[fact]
	if doors == nil {
		doors = bits.New(f.in.Block.N)
		f.facts[fact] = doors
	}
	f.toDoors(set, doors)
}

func (f *search) toDoors(set, doors bits.Set) {
	if f.space.rows == nil && f.space.years == 0 {
		doors.Or(set)
		return
	}
	f.space.doors(set, doors)
}

// cover tells the tests at hand that something was found.
func (f *search) cover(set bits.Set) {
	for _, c := range f.covers {
		if c.space == f.space {
			c.set.Or(set)
		} else {
			f.toDoors(set, c.set)
		}
	}
}
