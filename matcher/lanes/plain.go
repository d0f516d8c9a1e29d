package lanes

import (
	"math"
	"math/bits"
)

const (
	// Slack covers the rounding of the bounds themselves.
	Slack = 1 + 0x1p-48
	// Tiny is the size below which underflow may hide errors.
	Tiny = 1e-250
	// Blur is more than anything underflow hides.
	Blur = 1e-240
)

// ulp is how far apart floating-point numbers are at most, as a share of their size.
const ulp = 0x1p-52

// small are the integers that a float64 holds and the kernels load.
const small = 1 << 51

func plainAdd(x, xe, y, ye []float64, sign float64) {
	for i := range x {
		a, b := x[i], sign*y[i]
		r := a + b
		t := r - a
		e := math.Abs((a - (r - t)) + (b - t))
		x[i] = r
		if xe[i] == 0 && ye[i] == 0 {
			xe[i] = e
		} else {
			xe[i] = (xe[i] + ye[i] + e) * Slack
		}
	}
}

// The loops below are Product and Quotient for ordinary numbers, written out as the compiler does not inline these.

func plainMultiply(x, xe, y, ye []float64) {
	for i := range x {
		a, b := x[i], y[i]
		r := a * b
		if size := math.Abs(r); !(size >= Tiny && size <= math.MaxFloat64) {
			x[i], xe[i] = Product(a, xe[i], b, ye[i])
			continue
		}
		e := math.Abs(math.FMA(a, b, -r))
		if xe[i] != 0 || ye[i] != 0 {
			e = (math.Abs(a)*ye[i] + math.Abs(b)*xe[i] + xe[i]*ye[i] + e) * Slack
		}
		x[i], xe[i] = r, e
	}
}

// Product multiplies two numbers with their bounds. An infinity with bound 0 is an open end: 0 times one is 0.
func Product(a, ae, b, be float64) (r, e float64) {
	if a == 0 && ae == 0 || b == 0 && be == 0 {
		return 0, 0
	}
	if isOpen(a, ae) || isOpen(b, be) {
		sa, oka := Sign(a, ae)
		sb, okb := Sign(b, be)
		if !oka || !okb {
			return 0, math.Inf(1)
		}
		return math.Inf(sa * sb), 0
	}
	r = a * b
	e = math.Abs(math.FMA(a, b, -r))
	if ae != 0 || be != 0 {
		e = (math.Abs(a)*be + math.Abs(b)*ae + ae*be + e) * Slack
	}
	if math.Abs(r) < Tiny {
		e += Blur
	}
	return r, e
}

func isOpen(v, e float64) bool { return e == 0 && math.IsInf(v, 0) }

// Sign is the sign of the true number; ok is false if it is not proven.
func Sign(v, e float64) (s int, ok bool) {
	switch {
	case v > e:
		return 1, true
	case v < -e:
		return -1, true
	}
	return 0, v == 0 && e == 0
}

func plainScale(x, xe []float64, f, fe float64) {
	for i, a := range x {
		r := a * f
		if size := math.Abs(r); !(size >= Tiny && size <= math.MaxFloat64) {
			x[i], xe[i] = Product(a, xe[i], f, fe)
			continue
		}
		e := math.Abs(math.FMA(a, f, -r))
		if xe[i] != 0 || fe != 0 {
			e = (math.Abs(a)*fe + math.Abs(f)*xe[i] + xe[i]*fe + e) * Slack
		}
		x[i], xe[i] = r, e
	}
}

func plainDivide(x, xe, y, ye []float64) {
	for i := range x {
		a, b := x[i], y[i]
		r := a / b
		size := math.Abs(r)
		if !(size >= Tiny && size <= math.MaxFloat64 && math.Abs(a) >= Tiny && math.Abs(b) >= Tiny && math.Abs(b) > ye[i]) {
			x[i], xe[i] = Quotient(a, xe[i], b, ye[i])
			continue
		}
		e := math.Abs(math.FMA(-r, b, a))
		switch {
		case xe[i] != 0 || ye[i] != 0:
			e = (e + xe[i] + size*ye[i]) / (math.Abs(b) - ye[i]) * Slack
		case e != 0:
			e = size * ulp
		}
		x[i], xe[i] = r, e
	}
}

// Quotient divides two numbers with their bounds; it is lost if the second may be 0. Anything divided by an open end is 0.
func Quotient(a, ae, b, be float64) (r, e float64) {
	s, ok := Sign(b, be)
	switch {
	case !ok:
		return 0, math.Inf(1)
	case isOpen(b, be), a == 0 && ae == 0:
		return 0, 0
	case isOpen(a, ae):
		if a < 0 {
			s = -s
		}
		return math.Inf(s), 0
	case math.Abs(b) < Tiny || math.Abs(a) < Tiny:
		return 0, math.Inf(1)
	}
	r = a / b
	size := math.Abs(r)
	e = math.Abs(math.FMA(-r, b, a))
	switch {
	case ae != 0 || be != 0:
		e = (e + ae + size*be) / (math.Abs(b) - be) * Slack
	case e != 0:
		e = size * ulp // half of it would do; another division to be sure of less costs more than it gains
	}
	if size < Tiny {
		e += Blur
	}
	return r, e
}

func plainCompare(x, xe, y, ye []float64) (above, below, equal uint64) {
	for i, v := range x {
		d, e := v-y[i], (xe[i]+ye[i])*Slack
		var a, b, c uint64
		if d > e {
			a = 1
		}
		if d < -e {
			b = 1
		}
		if d == 0 && e == 0 {
			c = 1
		}
		above |= a << (i & 63)
		below |= b << (i & 63)
		equal |= c << (i & 63)
	}
	return above, below, equal
}

func plainUnproven(x, xe []float64) (out uint64) {
	for i, v := range x {
		if !(math.Abs(v) > xe[i]) {
			out |= 1 << (i & 63)
		}
	}
	return out
}

func plainEncode(x, xe []float64, codes []int64) (rough uint64) {
	for i, v := range x {
		c, ok := Code(v, xe[i])
		codes[i] = c
		if !ok {
			rough |= 1 << (i & 63)
		}
	}
	return rough
}

func plainPut(x []float64, which uint64, v float64) {
	for ; which != 0; which &= which - 1 {
		x[bits.TrailingZeros64(which)] = v
	}
}
