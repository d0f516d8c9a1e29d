package plan

import (
	mathbits "math/bits"

	"zhida/matcher/bits"
)

// counter counts, for each thing, in how many sets it is. The count lies across planes, one bitset per binary digit, so
// that 64 things are counted by a few operations on words: 20 parts of 65,536 enterprises take 0.1 ms.
type counter struct {
	planes []bits.Set
	sets   *pool
	n      int
}

// newCounter counts up to most for n things.
func newCounter(sets *pool, n, most int) counter {
	c := counter{sets: sets, n: n}
	for range mathbits.Len(uint(most)) {
		plane := sets.take(n)
		plane.Clear()
		c.planes = append(c.planes, plane)
	}
	return c
}

func (c *counter) free() {
	for _, p := range c.planes {
		c.sets.give(p)
	}
}

// add counts the members of a set.
func (c *counter) add(s bits.Set) {
	for w, carry := range s {
		for _, p := range c.planes {
			if carry == 0 {
				break
			}
			p[w], carry = p[w]^carry, p[w]&carry
		}
	}
}

// reached writes the things counted at least limit times.
func (c *counter) reached(limit int, out bits.Set) {
	for w := range out {
		above, equal := uint64(0), mask(w, c.n)
		for k := len(c.planes) - 1; k >= 0; k-- {
			p := c.planes[k][w]
			if limit>>k&1 == 1 {
				equal &= p
			} else {
				above |= equal & p
				equal &^= p
			}
		}
		if limit>>len(c.planes) > 0 {
			above, equal = 0, 0
		}
		out[w] = above | equal
	}
}

// keepExactly takes out of a set what was not counted exactly count times.
func (c *counter) keepExactly(count int, set bits.Set) {
	for w := range set {
		for k, p := range c.planes {
			if count>>k&1 == 1 {
				set[w] &= p[w]
			} else {
				set[w] &^= p[w]
			}
		}
		if count>>len(c.planes) > 0 {
			set[w] = 0
		}
	}
}
