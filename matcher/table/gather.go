package table

import "zhida/matcher/bits"

// Range is the rows from From to To-1 of one of several tables.
type Range struct {
	Table    int
	From, To int
}

// Gather returns a new table of ranges of rows, one after the other. The tables have the same fields; texts are shared,
// not copied.
func Gather(tables []*Table, ranges []Range) *Table {
	n := 0
	for _, r := range ranges {
		n += r.To - r.From
	}
	out := Blank(tables[0].Fields, n)
	for i := range out.Columns {
		c, at := &out.Columns[i], 0
		for _, r := range ranges {
			from := &tables[r.Table].Columns[i]
			if c.Texts != nil {
				copy(c.Texts[at:], from.Texts[r.From:r.To])
			} else {
				copy(c.Ints[at:], from.Ints[r.From:r.To])
			}
			copyBits(c.Known, at, from.Known, r.From, r.To-r.From)
			at += r.To - r.From
		}
	}
	return out
}

// copyBits copies n bits, which are not set in the target yet.
func copyBits(to bits.Set, at int, from bits.Set, first, n int) {
	for n > 0 {
		count := min(64-at%64, n)
		word := from[first/64] >> (first % 64)
		if first%64 != 0 && first/64+1 < len(from) {
			word |= from[first/64+1] << (64 - first%64)
		}
		word &= ^uint64(0) >> (64 - count)
		to[at/64] |= word << (at % 64)
		at, first, n = at+count, first+count, n-count
	}
}
