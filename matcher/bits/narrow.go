package bits

// Candidates are the doors of a block on their way through the parts of a condition joined by 且.
type Candidates struct {
	Clean Set // all parts so far are yes
	May   Set // no part so far is no; holds Clean
	Found Set // one attainable part is no and all others so far are yes: a near miss
}

// Narrow takes in one more part, and reports whether anybody is left in May or Found. If a part is not attainable,
// nobody becomes a near miss by it.
func (c *Candidates) Narrow(part Truth, attainable bool) bool {
	reach := uint64(0)
	if attainable {
		reach = ^uint64(0)
	}
	n := len(c.Clean)
	return narrow(c.Clean, c.May[:n], c.Found[:n], part.Yes[:n], part.No[:n], reach)
}

// Part is what a condition joined by 且 is made of, as NarrowAll takes it.
type Part struct {
	yes, no Set
	reach   uint64
}

// PartOf is a part by its truth, which says for whom it is attainable whether it can be what a near miss lacks.
func PartOf(t Truth, attainable bool) Part {
	p := Part{yes: t.Yes, no: t.No}
	if attainable {
		p.reach = ^uint64(0)
	}
	return p
}

// NarrowAll takes in parts as Narrow does one after the other, and reports whether anybody is left. Each 1,024 doors go
// through all parts in registers, so that a set of candidates is written once, and a part costs 0.2 µs instead of 0.5. If
// living is not nil the candidates begin as these, whatever they were: all clean, none found.
func (c *Candidates) NarrowAll(living Set, parts []Part) bool {
	n := len(c.Clean)
	c.May, c.Found = c.May[:n], c.Found[:n]
	if living != nil {
		living = living[:n]
	}
	for _, p := range parts {
		_, _ = p.yes[:n], p.no[:n]
	}
	at, left := narrowAll(c, living, parts)
	return c.plainNarrowAll(living, parts, at) || left
}

// AndAny keeps what is also in o, and reports whether anything is left.
func (s Set) AndAny(o Set) bool { return andAny(s, o[:len(s)]) }

// AndAll makes out what all of the sets have in common, and reports whether that is anything. There is at least one;
// out may be one of them.
func AndAll(out Set, parts []Set) bool {
	for _, p := range parts {
		_ = p[:len(out)]
	}
	if len(parts) == 0 {
		panic("bits: what no sets have in common")
	}
	return andAll(out, parts)
}
