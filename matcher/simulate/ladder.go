package simulate

import (
	"math/big"
	"slices"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// numbers are round steps around a number: an officer who asks for 2000万 thinks of 1000万 and 5000万, or of a little
// less. Beyond the range of what is compared there is nothing to see.
func numbers(n condition.Number, within numberRange, put func(condition.Value) condition.Compare) []Rung {
	var tried []*big.Rat
	for _, percent := range []int64{10, 20, 50, 80, 90, 110, 120, 150, 200, 500, 1000} {
		tried = append(tried, new(big.Rat).Mul(n.Value, big.NewRat(percent, 100)))
	}
	steps := []int64{-2, -1, 1, 2}
	switch {
	case n.Value.Sign() == 0:
		tried, steps = nil, zeroSteps(n.Unit)
	case !within.whole || n.Value.Cmp(big.NewRat(20, 1)) > 0:
		steps = nil
	}
	for _, s := range steps {
		step := big.NewRat(s, 1)
		if n.Value.Sign() == 0 && n.Unit == schemas.UnitNone {
			step.Quo(step, big.NewRat(100, 1))
		}
		tried = append(tried, step.Add(step, n.Value))
	}
	kept := []*big.Rat{n.Value}
	for _, x := range tried {
		if within.has(x) && !slices.ContainsFunc(kept, func(y *big.Rat) bool { return x.Cmp(y) == 0 }) {
			kept = append(kept, x)
		}
	}
	slices.SortFunc(kept, (*big.Rat).Cmp)
	out := make([]Rung, len(kept))
	for i, x := range kept {
		out[i] = Rung{Number: x, Unit: n.Unit, present: x == n.Value, test: put(condition.Number{Value: x, Unit: n.Unit})}
	}
	return out
}

// zeroSteps are steps around nothing: ten thousands of money, ones of things, hundredths of ratios.
func zeroSteps(unit schemas.Unit) []int64 {
	steps := []int64{-50, -20, -10, -5, -2, -1, 1, 2, 5, 10, 20, 50}
	if unit.IsMoney() {
		for i := range steps {
			steps[i] *= 10_0000
		}
	}
	return steps
}

// days are the same day of years before and after.
func days(d condition.Day, put func(condition.Value) condition.Compare) []Rung {
	var out []Rung
	for _, years := range []int{-10, -5, -3, -2, -1, 0, 1, 2, 3, 5, 10} {
		date := d.Date.Add(schemas.Span{Years: years})
		out = append(out, Rung{Date: date, present: years == 0, test: put(condition.Day{Date: date})})
	}
	return out
}

// spans are other spans of the same direction: 成立年限 >= 3年 for one year, two, five.
func spans(s condition.Shift, put func(condition.Value) condition.Compare) []Rung {
	total, sign := s.Span.Years*12+s.Span.Months, 1
	if total < 0 || s.Span.Days < 0 {
		sign = -1
	}
	spans := []schemas.Span{s.Span}
	add := func(span schemas.Span) {
		if !slices.ContainsFunc(spans, func(o schemas.Span) bool { return months(o) == months(span) && o.Days == span.Days }) {
			spans = append(spans, span)
		}
	}
	add(schemas.Span{})
	for _, years := range []int{1, 2, 3, 5, 8, 10, 15, 20} {
		add(schemas.Span{Years: sign * years})
	}
	if total == 0 && s.Span.Days != 0 || total != 0 && total%12 != 0 {
		for _, m := range []int{1, 3, 6, 18} {
			add(schemas.Span{Months: sign * m})
		}
	}
	slices.SortFunc(spans, func(x, y schemas.Span) int { return sign * (31*(months(x)-months(y)) + x.Days - y.Days) })
	out := make([]Rung, len(spans))
	for i, span := range spans {
		moved := s
		moved.Span = span
		out[i] = Rung{Span: &span, present: span == s.Span, test: put(moved)}
	}
	return out
}

func months(s schemas.Span) int { return 12*s.Years + s.Months }
