package plan

import "zhida/matcher/bits"

// pool hands out bitsets and takes them back. Its sets serve all spaces: the rows of a dataset are seldom as many as
// the enterprises of their block.
type pool struct{ free []bits.Set }

// take returns a set for n bits with any content.
func (p *pool) take(n int) bits.Set {
	words := (n + 63) / 64
	for i := len(p.free) - 1; i >= 0; i-- {
		if s := p.free[i]; cap(s) >= words {
			p.free[i] = p.free[len(p.free)-1]
			p.free = p.free[:len(p.free)-1]
			return s[:words]
		}
	}
	return make(bits.Set, words)
}

func (p *pool) give(s bits.Set) {
	if cap(s) > 0 {
		p.free = append(p.free, s)
	}
}

func (p *pool) takeTruth(n int) bits.Truth { return bits.Truth{Yes: p.take(n), No: p.take(n)} }

func (p *pool) giveTruth(t bits.Truth) {
	p.give(t.Yes)
	p.give(t.No)
}
