package reference

import "zhida/matcher/condition"

// Attainable says what an enterprise can bring about.
type Attainable struct {
	Attribute func(name string) bool
	Tag       func(name string) bool
}

// Near is LANGUAGE.md's rule of near misses: whether the condition is no and one attainable test would settle it, and which
// tests those are, in the order of the text. 评审 and 承诺 count as yes.
func (w *World) Near(x condition.Expr, who *Enterprise, can Attainable) (tests []condition.Expr, near bool) {
	n := nearness{scope: scope{World: w, who: who, granted: GrantAll}, can: can}
	s := n.of(x, false)
	return s.tests, s.is == one
}

// standing is yes, unknown or no, or one: a no that one test would settle.
type standing uint8

const (
	yes standing = iota
	unknown
	no
	one
)

type state struct {
	is    standing
	tests []condition.Expr // of one
}

type nearness struct {
	scope
	can Attainable
}

// of is the state of x, or of its negation, which is pushed down to the tests.
func (n nearness) of(x condition.Expr, negated bool) state {
	switch x := x.(type) {
	case condition.Not:
		return n.of(x.X, !negated)
	case condition.And:
		if negated {
			return some(n.parts(x.Parts, negated))
		}
		return all(n.parts(x.Parts, negated))
	case condition.Or:
		if negated {
			return all(n.parts(x.Parts, negated))
		}
		return some(n.parts(x.Parts, negated))
	case condition.AtLeast:
		if negated { // fewer than N of k is at least k-N+1 not
			return atLeast(len(x.Parts)-x.N+1, n.parts(x.Parts, negated))
		}
		return atLeast(x.N, n.parts(x.Parts, negated))
	}
	t := n.truth(x)
	if negated {
		t = t.not()
	}
	switch {
	case t == Sure(true):
		return state{is: yes}
	case t == Unknown():
		return state{is: unknown}
	case !negated && unsought(x):
		return state{is: no}
	case n.attainable(x):
		return state{is: one, tests: []condition.Expr{x}}
	}
	return state{is: no}
}

func (n nearness) parts(parts []condition.Expr, negated bool) []state {
	var out []state
	for _, p := range parts {
		out = append(out, n.of(p, negated))
	}
	return out
}

// tally counts the parts in each state, and lists the tests of those that are one.
func tally(parts []state) (count [4]int, tests []condition.Expr) {
	for _, p := range parts {
		count[p.is]++
		tests = append(tests, p.tests...)
	}
	return count, tests
}

func all(parts []state) state {
	count, tests := tally(parts)
	switch {
	case count[yes] == len(parts):
		return state{is: yes}
	case count[one] == 1 && count[yes] == len(parts)-1:
		return state{is: one, tests: tests}
	case count[no]+count[one] > 0:
		return state{is: no}
	}
	return state{is: unknown}
}

func some(parts []state) state {
	count, tests := tally(parts)
	switch {
	case count[yes] > 0:
		return state{is: yes}
	case count[unknown] > 0:
		return state{is: unknown}
	case count[one] > 0:
		return state{is: one, tests: tests}
	}
	return state{is: no}
}

func atLeast(n int, parts []state) state {
	count, tests := tally(parts)
	switch {
	case count[yes] >= n:
		return state{is: yes}
	case count[yes]+count[unknown] >= n:
		return state{is: unknown}
	case count[yes] == n-1 && count[unknown] == 0 && count[one] > 0:
		return state{is: one, tests: tests}
	}
	return state{is: no}
}

// unsought reports whether a test is a tag that nobody tries to get.
func unsought(x condition.Expr) bool {
	tag, ok := x.(condition.Tag)
	return ok && tag.Unsought
}

// attainable reports whether a test reads anything that can be brought about.
func (n nearness) attainable(x condition.Expr) bool {
	switch x := x.(type) {
	case condition.And:
		return n.anyAttainable(x.Parts)
	case condition.Or:
		return n.anyAttainable(x.Parts)
	case condition.AtLeast:
		return n.anyAttainable(x.Parts)
	case condition.Not:
		return n.attainable(x.X)
	case condition.Compare:
		return n.reads(x.Left) || n.reads(x.Right)
	case condition.Member:
		return n.reads(x.X)
	case condition.Contains:
		return n.reads(x.X)
	case condition.Tag:
		return n.can.Tag(x.Name)
	}
	return true // 有, 每, 已知, 评审, 承诺
}

func (n nearness) anyAttainable(parts []condition.Expr) bool {
	for _, p := range parts {
		if n.attainable(p) {
			return true
		}
	}
	return false
}

// reads reports whether a value depends on rows or on an attribute that can be brought about.
func (n nearness) reads(v condition.Value) bool {
	switch v := v.(type) {
	case condition.Column:
		return v.Dataset != nil || n.can.Attribute(v.Name)
	case condition.Shift:
		return n.reads(v.X)
	case condition.Arithmetic:
		return n.reads(v.Left) || n.reads(v.Right)
	case condition.Extreme:
		for _, p := range v.Parts {
			if n.reads(p) {
				return true
			}
		}
	case condition.Tiers:
		return n.casesRead(v.Cases) || n.reads(v.Else)
	case condition.Score:
		return n.casesRead(v.Cases)
	case condition.Bands:
		return n.reads(v.X)
	case condition.Named:
		return n.can.Attribute(v.Name) && n.reads(v.X)
	case condition.Fold:
		return v.Dataset != nil || v.Of != nil && n.reads(v.Of) || v.Where != nil && n.attainable(v.Where)
	}
	return false
}

func (n nearness) casesRead(cases []condition.Case) bool {
	for _, c := range cases {
		if n.attainable(c.When) || n.reads(c.Then) {
			return true
		}
	}
	return false
}
