package table

import (
	"maps"
	"math"
	"slices"
)

// Coded is a column of texts by number: ids[row] is the place of its text among the words, which are distinct and in
// ascending order. Words[0] is "" and stands for unknown. As the words are in order, all codes that begin alike have
// neighbouring numbers.
type Coded struct {
	IDs   []uint16 // one per row
	Words []string
}

// Encode numbers the texts of a column of n rows, which it leaves alone. It returns nil if there are more than 65,535
// distinct ones.
func (c *Column) Encode(n int) *Coded {
	places := map[string]uint16{}
	for row := range c.Known.All() {
		places[c.Texts[row]] = 0
	}
	if len(places) > math.MaxUint16 {
		return nil
	}
	out := &Coded{IDs: make([]uint16, n), Words: append([]string{""}, slices.Sorted(maps.Keys(places))...)}
	for i, w := range out.Words[1:] {
		places[w] = uint16(i + 1)
	}
	for row := range c.Known.All() {
		out.IDs[row] = places[c.Texts[row]]
	}
	return out
}
