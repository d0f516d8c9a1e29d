package plan

import "math"

// An end of an interval is a float64 v with a bound e on its error: the true end lies in [v-e, v+e]. An open end is an
// infinity with e 0; whatever overflows or cannot be bounded has e of +Inf or NaN, and is left to exact arithmetic. So a
// comparison may only conclude from what it proves, such as d > e, which is false for NaN.
//
// Rounding errors are not estimated but computed, by the error-free transformations of Knuth (sum) and by fused
// multiply-add (product, quotient). As columns are whole numbers at their scale and scales are kept apart (see
// program), sums and products of counts and amounts have e 0 up to 2^53, and touching a threshold costs nothing.
type end struct{ v, e float64 }

const (
	slack = 1 + 0x1p-48 // covers the rounding of the bounds themselves
	tiny  = 1e-250      // below it underflow may hide errors
	blur  = 1e-240      // more than anything underflow hides
)

// lost is an end of which nothing is known in floating point.
func lost() end { return end{0, math.Inf(1)} }

func (x end) isOpen() bool { return math.IsInf(x.v, 0) && x.e == 0 }

func (x end) neg() end { return end{-x.v, x.e} }

// sign is the sign of the true end; ok is false if it is not proven.
func (x end) sign() (s int, ok bool) {
	switch {
	case x.v > x.e:
		return 1, true
	case x.v < -x.e:
		return -1, true
	}
	return 0, x.v == 0 && x.e == 0
}

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
	if x == (end{}) || y == (end{}) {
		return end{}
	}
	if x.isOpen() || y.isOpen() {
		sx, okx := x.sign()
		sy, oky := y.sign()
		if !okx || !oky {
			return lost()
		}
		return end{math.Inf(sx * sy), 0}
	}
	r := x.v * y.v
	e := math.Abs(math.FMA(x.v, y.v, -r))
	if x.e != 0 || y.e != 0 {
		e = (math.Abs(x.v)*y.e + math.Abs(y.v)*x.e + x.e*y.e + e) * slack
	}
	if math.Abs(r) < tiny {
		e += blur
	}
	return end{r, e}
}

// quoEnds divides by an end that is not 0; anything divided by an open end is 0.
func quoEnds(x, y end) end {
	s, ok := y.sign()
	switch {
	case !ok:
		return lost()
	case y.isOpen(), x == (end{}):
		return end{}
	case x.isOpen():
		if x.v < 0 {
			s = -s
		}
		return end{math.Inf(s), 0}
	case math.Abs(y.v) < tiny || math.Abs(x.v) < tiny:
		return lost()
	}
	r := x.v / y.v
	e := math.Abs(math.FMA(-r, y.v, x.v))
	if e == 0 && x.e == 0 && y.e == 0 && math.Abs(r) >= tiny {
		return end{r, 0}
	}
	e = (e + x.e + math.Abs(r)*y.e) / (math.Abs(y.v) - y.e) * slack
	if math.Abs(r) < tiny {
		e += blur
	}
	return end{r, e}
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
