package reference

import (
	"slices"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// Truth is what a condition can still turn out to be.
type Truth struct{ Yes, No bool }

// Sure is the truth of something known.
func Sure(yes bool) Truth { return Truth{yes, !yes} }

// Unknown is the truth of what may turn out either way.
func Unknown() Truth { return Truth{true, true} }

// String names the verdict.
func (t Truth) String() string {
	switch {
	case t == Sure(true):
		return "yes"
	case t == Sure(false):
		return "no"
	}
	return "unknown"
}

func (t Truth) not() Truth { return Truth{t.No, t.Yes} }

func (t Truth) and(u Truth) Truth { return Truth{t.Yes && u.Yes, t.No || u.No} }

func (t Truth) or(u Truth) Truth { return t.not().and(u.not()).not() }

// either is the truth of what is one of the two, nobody knows which.
func (t Truth) either(u Truth) Truth { return Truth{t.Yes || u.Yes, t.No || u.No} }

// Grant says which of the parts that data cannot decide are taken as yes.
type Grant uint8

// The grants.
const (
	GrantNothing  Grant = iota
	GrantDeclared       // 承诺
	GrantAll            // 承诺 and 评审
)

// Truth is the truth of a condition for an enterprise.
func (w *World) Truth(x condition.Expr, who *Enterprise, granted Grant) Truth {
	return scope{World: w, who: who, granted: granted}.truth(x)
}

func (s scope) truth(x condition.Expr) Truth {
	if s.blind {
		return Unknown()
	}
	switch x := x.(type) {
	case condition.And:
		out := Sure(true)
		for _, part := range x.Parts {
			out = out.and(s.truth(part))
		}
		return out
	case condition.Or:
		out := Sure(false)
		for _, part := range x.Parts {
			out = out.or(s.truth(part))
		}
		return out
	case condition.Not:
		return s.truth(x.X).not()
	case condition.AtLeast:
		return s.atLeast(x)
	case condition.Compare:
		return s.compare(x)
	case condition.Member:
		return s.each(x.X, within(x.Set, x.X.Type().Kind == schemas.KindCode))
	case condition.Contains:
		return s.each(x.X, func(text string) bool {
			return slices.ContainsFunc(x.Words, func(word string) bool { return strings.Contains(text, word) })
		})
	case condition.Tag:
		if t, ok := s.who.Tags[x.Name]; ok {
			return t
		}
		return Unknown()
	case condition.Known:
		return Sure(s.known(x.X))
	case condition.Decided:
		return Sure(s.truth(x.X) != Unknown())
	case condition.Stated:
		if s.granted == GrantAll || s.granted == GrantDeclared && x.Declared {
			return Sure(true)
		}
		return Unknown()
	case condition.Exists:
		return s.exists(x)
	}
	panic("no such expression")
}

func (s scope) atLeast(x condition.AtLeast) Truth {
	surely, possibly := 0, 0
	for _, part := range x.Parts {
		t := s.truth(part)
		if !t.No {
			surely++
		}
		if t.Yes {
			possibly++
		}
	}
	return Truth{Yes: possibly >= x.N, No: surely < x.N}
}

// exists looks for a row that meets the condition; 每 is that there is none that does not.
func (s scope) exists(x condition.Exists) Truth {
	found, looked := Sure(false), x.Over
	if x.Every {
		if x.Where == nil {
			return Sure(true)
		}
		looked.Where = condition.Not{X: x.Where}
	}
	rows, further := s.rows(looked)
	for _, r := range rows {
		found = found.or(r.counts)
	}
	if further {
		found = found.or(Unknown())
	}
	if x.Every {
		return found.not()
	}
	return found
}

// compare relates each thing the left side can be to each the right side can be. 分档 is any of its reachable branches.
func (s scope) compare(x condition.Compare) Truth {
	var out Truth
	for _, l := range s.branches(x.Left) {
		for _, r := range s.branches(x.Right) {
			t := relate(x.Op, l, r, x.Left.Type().Kind)
			out = out.either(t)
		}
	}
	return out
}

func relate(op condition.Op, l, r operand, kind schemas.Kind) Truth {
	if l.never || r.never {
		return Sure(false)
	}
	var t Truth
	switch kind {
	case schemas.KindNumber, schemas.KindDate:
		t = order(op, l.interval, r.interval)
	default:
		t = equal(l, r)
	}
	t.No = t.No || l.perhaps || r.perhaps
	return t
}

// order asks whether some pair of numbers satisfies the relation, and some pair does not.
func order(op condition.Op, x, y interval) Truth {
	canGreater := x.high == nil || y.low == nil || x.high.Cmp(y.low) > 0
	canLess := x.low == nil || y.high == nil || x.low.Cmp(y.high) < 0
	canGreaterEqual := x.high == nil || y.low == nil || x.high.Cmp(y.low) >= 0
	canLessEqual := x.low == nil || y.high == nil || x.low.Cmp(y.high) <= 0
	switch op {
	case condition.Greater:
		return Truth{canGreater, canLessEqual}
	case condition.GreaterOrEqual:
		return Truth{canGreaterEqual, canLess}
	case condition.Less:
		return Truth{canLess, canGreaterEqual}
	case condition.LessOrEqual:
		return Truth{canLessEqual, canGreater}
	}
	return Truth{canGreaterEqual && canLessEqual, canGreater || canLess}
}

// equal compares two texts or truth values of which each is one of some.
func equal(l, r operand) Truth {
	if l.any || r.any {
		return Unknown()
	}
	var out Truth
	for _, a := range l.words {
		for _, b := range r.words {
			out = out.either(Sure(a == b))
		}
	}
	return out
}

// each asks something of all a text or code can be.
func (s scope) each(v condition.Value, asked func(string) bool) Truth {
	var out Truth
	for _, b := range s.branches(v) {
		if b.any {
			return Unknown()
		}
		for _, word := range b.words {
			out = out.either(Sure(asked(word)))
		}
	}
	return out
}

// within is membership in a set; a code is within a coarser one.
func within(set condition.Set, code bool) func(string) bool {
	in := func(members []string, word string) bool {
		return slices.ContainsFunc(members, func(m string) bool { return m == word || code && strings.HasPrefix(word, m) })
	}
	return func(word string) bool { return in(set.Members, word) && !in(set.Except, word) }
}
