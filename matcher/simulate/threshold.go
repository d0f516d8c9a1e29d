package simulate

import (
	"math/big"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// Threshold is what a test of the condition compares with, and what it could compare with instead.
type Threshold struct {
	Test    condition.Compare
	Ladder  []Rung
	Present int // the rung that stands in the condition

	at   place
	left bool // it stands on the left
}

// Rung is another threshold of a test. One of the three is meant.
type Rung struct {
	Number *big.Rat // in the base of Unit
	Unit   schemas.Unit
	Date   schemas.Date
	Span   *schemas.Span

	present bool
	test    condition.Compare // the test with this threshold
}

// thresholds are those of a condition, in the order of its text.
func thresholds(e condition.Expr) []Threshold {
	var out []Threshold
	comparisons(e, nil, func(at place, test condition.Compare) {
		if test.Op == condition.Equal { // it has no more and no less
			return
		}
		t := Threshold{Test: test, at: at}
		for i, side := range []struct {
			value, other condition.Value
			put          func(condition.Value) condition.Compare
		}{
			{test.Right, test.Left, func(v condition.Value) condition.Compare { c := test; c.Right = v; return c }},
			{test.Left, test.Right, func(v condition.Value) condition.Compare { c := test; c.Left = v; return c }},
		} {
			if t.Ladder = ladder(side.value, side.other, side.put); t.Ladder != nil {
				t.left = i == 1
				break
			}
		}
		if t.Ladder == nil {
			return
		}
		for i := range t.Ladder {
			if t.Ladder[i].present {
				t.Present, t.Ladder[i].test = i, test
			}
		}
		out = append(out, t)
	})
	return out
}

// ladder are the thresholds to try in place of a value that is compared with another; nil if the value is no threshold.
// The present one is among them.
func ladder(value, other condition.Value, put func(condition.Value) condition.Compare) []Rung {
	switch v := named(value).(type) {
	case condition.Number:
		if isFixed(other) {
			return nil
		}
		return numbers(v, limits(other), put)
	case condition.Day:
		if isFixed(other) {
			return nil
		}
		return days(v, put)
	case condition.Shift:
		if isFixed(v.X) == isFixed(other) {
			return nil
		}
		return spans(v, put)
	}
	return nil
}

// named is what a value stands for.
func named(v condition.Value) condition.Value {
	for {
		n, ok := v.(condition.Named)
		if !ok {
			return v
		}
		v = n.X
	}
}

// isFixed reports a value that is the same for all enterprises.
func isFixed(v condition.Value) bool {
	fixed := true
	condition.VisitValue(v, func(part any) bool {
		switch part.(type) {
		case condition.Column, condition.Fold, condition.Expr:
			fixed = false
		}
		return fixed
	})
	return fixed
}

// limits is the range of a number that is one attribute; the whole line for anything else.
func limits(v condition.Value) (out numberRange) {
	c, ok := named(v).(condition.Column)
	if !ok || c.Kind.Kind != schemas.KindNumber {
		return out
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Kind.Scale)), nil)
	end := func(stored *int64) *big.Rat {
		if stored == nil {
			return nil
		}
		return new(big.Rat).SetFrac(big.NewInt(*stored), scale)
	}
	out = numberRange{end(c.Range.Low), end(c.Range.High), c.Kind.Scale == 0 && c.Kind.Unit == schemas.UnitCount}
	return out
}

// numberRange is what numbers can be.
type numberRange struct {
	low, high *big.Rat // nil: without end
	whole     bool
}

func (r numberRange) has(x *big.Rat) bool {
	return (r.low == nil || x.Cmp(r.low) >= 0) && (r.high == nil || x.Cmp(r.high) <= 0) && (!r.whole || x.IsInt())
}
