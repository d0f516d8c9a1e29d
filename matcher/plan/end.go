package plan

import (
	"math"

	"zhida/matcher/lanes"
)

// An end of an interval is a float64 v with a bound e on its error: the true end lies in [v-e, v+e]. An open end is an
// infinity with e 0; whatever overflows or cannot be bounded has e of +Inf or NaN, and is left to exact arithmetic. So a
// comparison may only conclude from what it proves, such as d > e, which is false for NaN.
//
// Rounding errors are not estimated but computed, by the error-free transformations of Knuth (sum) and by fused
// multiply-add (product, quotient). As columns are whole numbers at their scale and scales are kept apart (see
// program), sums and products of counts and amounts have e 0 up to 2^53, and touching a threshold costs nothing.
type end struct{ v, e float64 }

const (
	slack = lanes.Slack // covers the rounding of the bounds themselves
	blur  = lanes.Blur  // more than anything underflow hides
)

// lost is an end of which nothing is known in floating point.
func lost() end { return end{0, math.Inf(1)} }

func (x end) isOpen() bool { return math.IsInf(x.v, 0) && x.e == 0 }

func (x end) neg() end { return end{-x.v, x.e} }

// sign is the sign of the true end; ok is false if it is not proven.
func (x end) sign() (s int, ok bool) { return lanes.Sign(x.v, x.e) }

func addEnds(x, y end) end {
	if x.isOpen() {
		return x
	}
	if y.isOpen() {
		return y
	}
	r := x.v + y.v
	b := r - x.v
	e := (x.v - (r - b)) + (y.v - b)
	if x.e == 0 && y.e == 0 {
		return end{r, math.Abs(e)}
	}
	return end{r, (x.e + y.e + math.Abs(e)) * slack}
}

// mulEnds multiplies; 0 times an open end is 0.
func mulEnds(x, y end) end {
	v, e := lanes.Product(x.v, x.e, y.v, y.e)
	return end{v, e}
}

// quoEnds divides by an end that is not 0; anything divided by an open end is 0.
func quoEnds(x, y end) end {
	v, e := lanes.Quotient(x.v, x.e, y.v, y.e)
	return end{v, e}
}

// leastEnd is the lesser of two. Where their bounds overlap, it is wrong by no more than either.
func leastEnd(x, y end) end {
	switch {
	case x.v+x.e < y.v-y.e:
		return x
	case y.v+y.e < x.v-x.e:
		return y
	case x == y:
		return x
	}
	return end{math.Min(x.v, y.v), math.Max(x.e, y.e)}
}

func mostEnd(x, y end) end { return leastEnd(x.neg(), y.neg()).neg() }

// signOf is the sign of x less y; ok is false if it is not proven.
func signOf(x, y end) (s int, ok bool) {
	d, e := x.v-y.v, x.e+y.e
	if e != 0 {
		e *= slack
	}
	return end{d, e}.sign()
}
