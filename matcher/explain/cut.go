package explain

import (
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
)

// Cut is what the night knows of the one enterprise behind a door: a block of which it is the only one.
func Cut(in *plan.Input, door int) *plan.Input {
	one := *in
	one.Block = cut(in.Block, door)
	return &one
}

// cut makes a block of the one enterprise behind a door.
func cut(b *profile.Block, door int) *profile.Block {
	out := &profile.Block{
		Number: b.Number, N: 1, Living: bits.New(1),
		Attributes: make(map[string]*profile.Attribute, len(b.Attributes)),
		Tags:       make(map[string]bits.Truth, len(b.Tags)),
		Rows:       make(map[string]*profile.Rows, len(b.Rows)),
	}
	out.Living.Put(0, b.Living.Has(door))
	for name, a := range b.Attributes {
		out.Attributes[name] = cutAttribute(a, door)
	}
	for name, t := range b.Tags {
		one := bits.NewTruth(1)
		one.Yes.Put(0, t.Yes.Has(door))
		one.No.Put(0, t.No.Has(door))
		out.Tags[name] = one
	}
	for name, r := range b.Rows {
		from, to := r.Span(uint16(door))
		out.Rows[name] = &profile.Rows{
			Table: r.Table.Slice(from, to), Door: make([]uint16, to-from),
			Confirmed: r.Confirmed[from:to], Origin: r.Origin[from:to],
		}
	}
	return out
}

func cutAttribute(a *profile.Attribute, door int) *profile.Attribute {
	out := *a
	out.Layers = make([]profile.Layer, len(a.Layers))
	for i, l := range a.Layers {
		out.Layers[i] = profile.Layer{
			Values: cutColumn(l.Values, door),
			Source: l.Source[door : door+1], Origin: l.Origin[door : door+1], Confirmed: l.Confirmed[door : door+1],
		}
	}
	return &out
}

func cutColumn(c *table.Column, row int) *table.Column {
	out := &table.Column{Known: bits.New(1)}
	if c.Texts != nil {
		out.Texts = c.Texts[row : row+1]
	} else {
		out.Ints = c.Ints[row : row+1]
	}
	out.Known.Put(0, c.Known.Has(row))
	return out
}
