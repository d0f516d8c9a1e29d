package plan

import (
	"math"
	mathbits "math/bits"

	"zhida/matcher/bits"
	"zhida/matcher/lanes"
)

// two is an operation on two vectors, into the first.
func (v *vector) two(x *instruction, b *binding, o *vector, skip bits.Set, from, n int) {
	if x.code == opChoice {
		v.choose(b, o, from, n)
		return
	}
	if o.some {
		v.mark(n)
		for i := range n {
			v.gone[i] = max(v.gone[i], o.gone[i])
		}
	}
	if x.code == opDivide {
		o.avoidZero(skip, from, n)
	}
	var wide [chunk / 64]uint64
	some := v.interval(x.code, o, skip, from, n, &wide)
	if some {
		v.work(x.code, o, n, &wide)
	}
	v.pointwise(x.code, o, n)
	v.points = !some
	if some {
		copy(v.hi[:n], v.lo[:n])
		copy(v.he[:n], v.le[:n])
		v.wide = wide
		for _, p := range v.patches {
			v.set(int(p.at), p.low, p.high)
		}
	}
}

// avoidZero makes divisors that are not asked about such as are quickly divided by.
func (v *vector) avoidZero(skip bits.Set, from, n int) {
	if skip == nil {
		return
	}
	for at := 0; at < n; at += 64 {
		to := min(at+64, n)
		lanes.Put(v.lo[at:to], skip[(from+at)>>6], 1)
		lanes.Put(v.le[at:to], skip[(from+at)>>6], 0)
	}
}

// interval finds the things for which the operation is one on intervals, or divides by what may be 0, and reports
// whether there are any.
func (v *vector) interval(code opcode, o *vector, skip bits.Set, from, n int, wide *[chunk / 64]uint64) bool {
	var some uint64
	for at := 0; at < n; at += 64 {
		var w uint64
		if !v.points {
			w |= v.wide[at>>6]
		}
		if !o.points {
			w |= o.wide[at>>6]
		}
		if code == opDivide {
			to := min(at+64, n)
			w |= lanes.Unproven(o.lo[at:to], o.le[at:to])
		}
		if skip != nil {
			w &^= skip[(from+at)>>6]
		}
		wide[at>>6] = w & mask(0, n-at)
		some |= wide[at>>6]
	}
	return some != 0
}

// patch is the result for one thing.
type patch struct {
	at        int32
	low, high end
}

// work computes the things that are no points, one after the other, and leaves ones in their places for pointwise. The
// commonest of them are a number that can be anything, or anything from 0 up, times or over a known one: that is the same
// interval or its mirror image, and takes 5 ns instead of 35.
func (v *vector) work(code opcode, o *vector, n int, wide *[chunk / 64]uint64) {
	v.patches = v.patches[:0]
	scales := code == opMultiply || code == opDivide
	xh, xhe, yh, yhe := v.his(), v.hes(), o.his(), o.hes()
	for at := 0; at < n; at += 64 {
		for left := wide[at>>6]; left != 0; left &= left - 1 {
			i := at + mathbits.TrailingZeros64(left)
			p := patch{at: int32(i), low: end{v.lo[i], v.le[i]}, high: end{xh[i], xhe[i]}}
			y, high := end{o.lo[i], o.le[i]}, end{yh[i], yhe[i]}
			switch {
			case scales && y == high && p.low.isScaleless() && p.high.isScaleless() && y.v > y.e && y.v <= math.MaxFloat64:
			case scales && y == high && p.low.isScaleless() && p.high.isScaleless() && y.v < -y.e && y.v >= -math.MaxFloat64:
				p.low, p.high = end{v: 0 - p.high.v}, end{v: 0 - p.low.v}
			default:
				p.low, p.high = intervals(code, p.low, p.high, y, high)
			}
			v.patches = append(v.patches, p)
			v.lo[i], v.le[i], o.lo[i], o.le[i] = 1, 0, 1, 0
		}
	}
}

// isScaleless reports whether an end is 0 or open.
func (x end) isScaleless() bool {
	return x.e == 0 && (x.v == 0 || x.v > math.MaxFloat64 || x.v < -math.MaxFloat64)
}

// pointwise is an operation on points only, the usual case.
func (v *vector) pointwise(code opcode, o *vector, n int) {
	lo, le, ol, oe := v.lo[:n], v.le[:n], o.lo[:n], o.le[:n]
	switch code {
	case opAdd:
		lanes.Add(lo, le, ol, oe, 1)
	case opSubtract:
		lanes.Add(lo, le, ol, oe, -1)
	case opMultiply:
		lanes.Multiply(lo, le, ol, oe)
	case opDivide:
		lanes.Divide(lo, le, ol, oe)
	case opLeast:
		for i := range lo {
			r := leastEnd(end{lo[i], le[i]}, end{ol[i], oe[i]})
			lo[i], le[i] = r.v, r.e
		}
	default:
		for i := range lo {
			r := mostEnd(end{lo[i], le[i]}, end{ol[i], oe[i]})
			lo[i], le[i] = r.v, r.e
		}
	}
}

// intervals is an operation on two intervals.
func intervals(code opcode, xl, xh, yl, yh end) (low, high end) {
	switch code {
	case opAdd:
		return addEnds(xl, yl), addEnds(xh, yh)
	case opSubtract:
		return addEnds(xl, yh.neg()), addEnds(xh, yl.neg())
	case opLeast:
		return leastEnd(xl, yl), leastEnd(xh, yh)
	case opMost:
		return mostEnd(xl, yl), mostEnd(xh, yh)
	case opMultiply:
		if xl == xh && yl == yh {
			r := mulEnds(xl, yl)
			return r, r
		}
		return ends4(mulEnds(xl, yl), mulEnds(xl, yh), mulEnds(xh, yl), mulEnds(xh, yh))
	}
	sl, okl := yl.sign()
	sh, okh := yh.sign()
	switch {
	case okl && okh && sl <= 0 && sh >= 0: // the denominator may be 0
		return end{v: math.Inf(-1)}, end{v: math.Inf(1)}
	case !(okl && sl > 0) && !(okh && sh < 0):
		return lost(), lost()
	case xl == xh && yl == yh:
		r := quoEnds(xl, yl)
		return r, r
	}
	return ends4(quoEnds(xl, yl), quoEnds(xl, yh), quoEnds(xh, yl), quoEnds(xh, yh))
}

func ends4(a, b, c, d end) (low, high end) {
	return leastEnd(leastEnd(a, b), leastEnd(c, d)), mostEnd(mostEnd(a, b), mostEnd(c, d))
}

// choose keeps the vector where the condition is yes, takes the other where it is no, and holds all that both can be
// where it is unknown.
func (v *vector) choose(b *binding, o *vector, from, n int) {
	if v.some || o.some {
		v.mark(n)
		o.mark(n)
	}
	if !o.points {
		v.spread(n)
	}
	for i := range n {
		w, bit := (from+i)>>6, uint64(1)<<((from+i)&63)
		switch {
		case b.truth.Yes[w]&bit != 0:
			continue
		case b.truth.No[w]&bit != 0:
			v.take(o, i)
			continue
		}
		v.spread(n)
		x, y := v.absence(i), o.absence(i)
		switch {
		case y == absent && x != absent:
			v.gone[i] = perhaps
		case x == absent && y != absent:
			v.take(o, i)
			v.gone[i] = perhaps
		case x != absent:
			v.set(i, leastEnd(v.low(i), o.low(i)), mostEnd(v.high(i), o.high(i)))
			if v.some {
				v.gone[i] = max(x, y)
			}
		}
	}
}

// take makes the i-th thing that of the other vector.
func (v *vector) take(o *vector, i int) {
	v.lo[i], v.le[i] = o.lo[i], o.le[i]
	if !v.points {
		v.set(i, o.low(i), o.high(i))
	}
	if v.some {
		v.gone[i] = o.gone[i]
	}
}
