package condition

import "math/big"

// reach is what the cases of 分档 so far have taken of its head: everything up to high, everything from low on, the codes
// and words of sets, and conditions that stood there before.
type reach struct {
	high, low         *big.Rat
	highOpen, lowOpen bool // the end itself is not taken
	sets              list
	keys              map[string]bool
}

// add takes a case, and reports whether anything was left for it.
func (r *reach) add(b *Branch, when Expr) bool {
	key := Key(when)
	if r.keys[key] {
		return false
	}
	r.keys[key] = true
	if !b.Partial {
		return true
	}
	switch n := b.When.(type) {
	case *Relation:
		if t, ok := threshold(when); ok {
			return r.addThreshold(n.Op, t)
		}
	case *Membership:
		if x, ok := when.(Member); ok {
			return r.addSet(x)
		}
	}
	return true
}

func (r *reach) addThreshold(op string, t *big.Rat) bool {
	switch op {
	case "<=", "<":
		open := op == "<"
		if r.high != nil && within(t.Cmp(r.high), open, r.highOpen) {
			return false
		}
		r.high, r.highOpen = t, open
	case ">=", ">":
		open := op == ">"
		if r.low != nil && within(r.low.Cmp(t), open, r.lowOpen) {
			return false
		}
		r.low, r.lowOpen = t, open
	case "=":
		return (r.high == nil || !within(t.Cmp(r.high), false, r.highOpen)) && (r.low == nil || !within(r.low.Cmp(t), false, r.lowOpen))
	}
	return true
}

func (r *reach) addSet(x Member) bool {
	t := x.X.Type()
	left := false
	for _, code := range x.Set.Members {
		left = left || !r.sets.covers(t, code)
	}
	if left && len(x.Set.Except) == 0 {
		for _, code := range x.Set.Members {
			r.sets.has[code] = 0
		}
	}
	return left
}

// within reports whether an end lies inside another: beyond by its comparison, or on it where it does not take more.
func within(beyond int, open, otherOpen bool) bool {
	return beyond < 0 || beyond == 0 && (open || !otherOpen)
}

// threshold is the constant that a comparison is with, as a number that orders like it.
func threshold(e Expr) (*big.Rat, bool) {
	x, ok := e.(Compare)
	if !ok {
		return nil, false
	}
	switch v := x.Right.(type) {
	case Number:
		return v.Value, true
	case Day:
		return new(big.Rat).SetInt64(int64(v.Date)), true
	case Today: // an age
		if shift, ok := x.Left.(Shift); ok {
			return new(big.Rat).SetInt64(int64(roughDays(shift.Span))), true
		}
	}
	return nil, false
}
