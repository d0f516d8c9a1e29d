package plan

import (
	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/profile"
)

// InYear is a yearly attribute of the block as of a calendar year, with the source, origin and age of each value. It is
// made from the rows of its sources at each call. The error is a *MissingError.
func (in *Input) InYear(name string, year int) (*profile.Attribute, error) {
	def := in.Attributes[name]
	if def == nil || !def.Yearly {
		return nil, &MissingError{Block: in.Block.Number, Attribute: name, Reason: "is not defined by the year"}
	}
	return profile.InYear(in.Block.N, def, year, in.Block.Rows, in.Datasets), nil
}

// inYear is a yearly attribute as it is known today.
func inYear(in *Input, of field, year int) (*column, error) {
	a, err := in.InYear(of.name, year)
	if err != nil {
		return nil, err
	}
	return columnOf(in, a, of)
}

// interleaved is a yearly attribute in a frame of years: thing door*years+k is the enterprise in the k-th of the years,
// the last of which is the one before today's. Each year's column is one that tests of enterprises share.
func (f *frame) interleaved(of field) (*column, error) {
	out := &column{known: bits.New(f.n)}
	if of.isText() {
		out.texts = make([]string, f.n)
	} else {
		out.ints = make([]int64, f.n)
	}
	for k := range f.years {
		of.yearly, of.year = true, condition.Year{Offset: k - f.years}
		c, err := f.home.column(of)
		if err != nil {
			return nil, err
		}
		for door := range c.known.All() {
			i := door*f.years + k
			out.known.Add(i)
			if out.texts != nil {
				out.texts[i] = c.texts[door]
			} else {
				out.ints[i] = c.ints[door]
			}
		}
	}
	return out, nil
}

// door is the enterprise that the i-th thing of a frame of rows or years belongs to.
func (f *frame) door(i int) int {
	if f.years > 0 {
		return i / f.years
	}
	return int(f.rows.Door[i])
}

// span are the things of an enterprise in a frame of rows or years: from to to-1.
func (f *frame) span(door int) (from, to int) {
	switch {
	case f.years > 0:
		return door * f.years, (door + 1) * f.years
	case f.rows == nil:
		return 0, 0
	}
	return f.rows.Span(uint16(door))
}
