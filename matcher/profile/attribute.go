package profile

import (
	"sort"

	"zhida/matcher/bits"
	"zhida/matcher/table"
	"zhida/schemas"
)

// Attribute is one attribute of every door of a block. It is not changed once it is made.
type Attribute struct {
	Name    string
	Type    schemas.Type
	Range   schemas.Range // what an unknown number can be
	Sources []Source      // in order: the first that knows wins
	Layers  []Layer       // at least one; the first has for each door the first source with a value, the next the next
}

// Source is where values of an attribute come from.
type Source struct {
	Dataset string       `json:"dataset"` // schemas.Dataset.Name
	Field   string       `json:"field"`
	Shelf   schemas.Span `json:"shelf,omitzero"` // the dataset's shelf life when the block was built; zero: for ever
}

// Layer holds at most one source's value per door. A door is in Values.Known if the layer has a value for it, of
// whatever age; the other slices have one element per door and mean something only for those doors.
type Layer struct {
	Values    *table.Column
	Source    []uint8 // index into Attribute.Sources
	Origin    []int64 // sequence number of the delivery that last changed the row
	Confirmed []int64 // schemas.Date of the last delivery that confirmed it
}

// On returns the attribute as it is known on a day: for each door the value of the first layer whose fact is within
// its shelf life. known is values.Known; for a door outside it, values may hold anything. layer has for each door in
// known the layer its value is of, and is nil if that is the first for all. The results may share memory with the
// attribute and must not be changed.
func (a *Attribute) On(today schemas.Date) (values *table.Column, known bits.Set, layer []uint8) {
	oldest := a.oldest(today)
	first := &a.Layers[0]
	values = &table.Column{Ints: first.Values.Ints, Texts: first.Values.Texts, Known: first.fresh(oldest), Coded: first.Values.Coded}
	for k := 1; k < len(a.Layers); k++ {
		lower := &a.Layers[k]
		more := lower.fresh(oldest)
		if more.Within(values.Known) {
			continue
		}
		if layer == nil {
			values, layer = cloneColumn(values), make([]uint8, len(first.Source))
		}
		more = more.Clone()
		more.AndNot(values.Known)
		for door := range more.All() {
			if values.Texts != nil {
				values.Texts[door] = lower.Values.Texts[door]
			} else {
				values.Ints[door] = lower.Values.Ints[door]
			}
			layer[door] = uint8(k)
		}
		values.Known.Or(more)
	}
	return values, values.Known, layer
}

// KnownOn returns the doors whose value is known on a day. The set must not be changed.
func (a *Attribute) KnownOn(today schemas.Date) bits.Set {
	_, known, _ := a.On(today)
	return known
}

// Crosses reports whether the passing of shelf lives alone makes a door's value another one, or unknown, between two
// days.
func (a *Attribute) Crosses(from, to schemas.Date) bool {
	before, after := a.oldest(from), a.oldest(to)
	for _, l := range a.Layers {
		for door := range l.Values.Known.All() {
			s := l.Source[door]
			if (l.Confirmed[door] >= before[s]) != (l.Confirmed[door] >= after[s]) {
				return true
			}
		}
	}
	return false
}

// oldest returns for each source the earliest day of confirmation that is still within the source's shelf life today.
func (a *Attribute) oldest(today schemas.Date) []int64 {
	out := make([]int64, len(a.Sources))
	for i, s := range a.Sources {
		out[i] = Oldest(s.Shelf, today)
	}
	return out
}

// Oldest returns the earliest Date, as a number, such that a fact confirmed then is within its shelf life today:
// date + shelf >= today. A zero shelf life lasts for ever, and any number will do.
func Oldest(shelf schemas.Span, today schemas.Date) int64 {
	if shelf.IsZero() {
		return minInt64
	}
	// Adding a span never puts a later day before an earlier one, so the days that qualify are all from some day on.
	return 1 + int64(sort.Search(int(today), func(i int) bool {
		return schemas.Date(1+i).Add(shelf) >= today
	}))
}

const minInt64 = -1 << 63

// fresh returns the doors with a value confirmed no earlier than the oldest day of its source.
func (l *Layer) fresh(oldest []int64) bits.Set {
	ever := true
	for _, o := range oldest {
		ever = ever && o == minInt64
	}
	if ever {
		return l.Values.Known
	}
	out := bits.New(len(l.Source))
	for door := range l.Values.Known.All() {
		if l.Confirmed[door] >= oldest[l.Source[door]] {
			out.Add(door)
		}
	}
	return out
}

func cloneColumn(c *table.Column) *table.Column {
	out := &table.Column{Known: c.Known.Clone()}
	if c.Texts != nil {
		out.Texts = append(make([]string, 0, len(c.Texts)), c.Texts...)
	} else {
		out.Ints = append(make([]int64, 0, len(c.Ints)), c.Ints...)
	}
	return out
}
