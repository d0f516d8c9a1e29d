package bits

import "math/bits"

// The kernels in plain Go, for processors without AVX2, and for what is left over at the end of a column. Operands have
// the same length.

func plainAnd(s, o Set) {
	for i := range s {
		s[i] &= o[i]
	}
}

func plainOr(s, o Set) {
	for i := range s {
		s[i] |= o[i]
	}
}

func plainAndNot(s, o Set) {
	for i := range s {
		s[i] &^= o[i]
	}
}

func plainAndAny(s, o Set) bool {
	var left uint64
	for i := range s {
		s[i] &= o[i]
		left |= s[i]
	}
	return left != 0
}

func plainAndAll(out Set, parts []Set) bool {
	var left uint64
	for i := range out {
		w := parts[0][i]
		for _, p := range parts[1:] {
			w &= p[i]
		}
		out[i] = w
		left |= w
	}
	return left != 0
}

func plainSplit(in, known, yes, no Set) {
	for i, k := range known {
		w := in[i]
		yes[i], no[i] = w&k, k&^w
	}
}

func plainNarrow(clean, may, found, yes, no Set, reach uint64) bool {
	var left uint64
	for w := range clean {
		y, n := yes[w], no[w]
		f := found[w]&y | clean[w]&n&reach
		m := may[w] &^ n
		clean[w] &= y
		may[w], found[w] = m, f
		left |= m | f
	}
	return left != 0
}

func plainCount(s Set) int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

func plainIntersects(s, o Set) bool {
	for i, w := range s {
		if w&o[i] != 0 {
			return true
		}
	}
	return false
}

func plainWithin(s, o Set) bool {
	for i, w := range s {
		if w&^o[i] != 0 {
			return false
		}
	}
	return true
}

// plainNarrowAll begins with a word.
func (c *Candidates) plainNarrowAll(living Set, parts []Part, from int) bool {
	var left uint64
	for w := from; w < len(c.Clean); w++ {
		clean, may, found := c.Clean[w], c.May[w], c.Found[w]
		if living != nil {
			clean, may, found = living[w], living[w], 0
		}
		for i := range parts {
			p := &parts[i]
			y, n := p.yes[w], p.no[w]
			found = found&y | clean&n&p.reach
			may &^= n
			clean &= y
		}
		c.Clean[w], c.May[w], c.Found[w] = clean, may, found
		left |= may | found
	}
	return left != 0
}
