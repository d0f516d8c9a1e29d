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
	return c.narrow(part, attainable)
}

func (c *Candidates) narrow(part Truth, attainable bool) bool {
	var left uint64
	reach := uint64(0)
	if attainable {
		reach = ^uint64(0)
	}
	for w := range c.Clean {
		yes, no := part.Yes[w], part.No[w]
		found := c.Found[w]&yes | c.Clean[w]&no&reach
		may := c.May[w] &^ no
		c.Clean[w] &= yes
		c.May[w], c.Found[w] = may, found
		left |= may | found
	}
	return left != 0
}

// AndAny keeps what is also in o, and reports whether anything is left.
func (s Set) AndAny(o Set) bool {
	o = o[:len(s)]
	var left uint64
	for i := range s {
		s[i] &= o[i]
		left |= s[i]
	}
	return left != 0
}
