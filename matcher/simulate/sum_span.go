package simulate

import (
	"encoding/binary"
	"math/big"
	"math/bits"
)

// combine makes each of left what the operation makes of it and its neighbour in right.
func (s *sum) combine(left, right []span) {
	for i, l := range left {
		r := right[i]
		switch {
		case l.failed() || r.failed():
			left[i] = failed()
		case s.op == sumAdd:
			left[i] = added(l, r)
		case s.op == sumSubtract:
			left[i] = added(l, span{-r.high, -r.low})
		case s.op == sumMultiply:
			left[i] = multiplied(l, r)
		case s.most:
			left[i] = span{max(l.low, r.low), max(l.high, r.high)}
		default:
			left[i] = span{min(l.low, r.low), min(l.high, r.high)}
		}
	}
}

// raiseAll brings values to a finer denominator.
func raiseAll(values []span, factor int64) {
	if factor == 1 {
		return
	}
	for i, v := range values {
		low, fits := raised(v.low, factor)
		high, fit := raised(v.high, factor)
		switch {
		case v.failed():
		case fits && fit:
			values[i] = span{low, high}
		default:
			values[i] = failed()
		}
	}
}

func raised(x, factor int64) (int64, bool) {
	if x == without || x == -without {
		return x, true
	}
	return times(x, factor)
}

func added(x, y span) span {
	if x.failed() || y.failed() {
		return failed()
	}
	low, high := x.low+y.low, x.high+y.high
	if x.low == -without || y.low == -without {
		low = -without
	} else if !small(low) {
		return failed()
	}
	if x.high == without || y.high == without {
		high = without
	} else if !small(high) {
		return failed()
	}
	return span{low, high}
}

// multiplied is the product of two numbers one of which is known, and neither of which is without an end unless the known
// one is not 0; the rest is left to the plan.
func multiplied(x, y span) span {
	if x.low != x.high {
		x, y = y, x
	}
	if x.low != x.high {
		return failed()
	}
	if x.low < 0 {
		x, y = span{-x.low, -x.low}, span{-y.high, -y.low}
	}
	if x.low == 0 && (y.low == -without || y.high == without) {
		return failed()
	}
	low, fits := raised(y.low, x.low)
	high, fit := raised(y.high, x.low)
	if !fits || !fit {
		return failed()
	}
	return span{low, high}
}

// whole adds an amount over a denominator to the sums, as put does; false if it cannot.
func (m *Money) whole(v span, over int64, low, high *wideSum) bool {
	if v.failed() {
		return false
	}
	least, rest, fits := centsOf(max(v.low, 0), over)
	if !fits {
		return false
	}
	switch {
	case v.high == without:
		m.Open++
		high.add(least)
	case v.low == v.high:
		m.Exact++
		if 2*rest >= uint64(over) {
			least++
		}
		if least == 0 {
			m.Nothing++
		}
		high.add(least)
	default:
		most, rest, fits := centsOf(max(v.high, 0), over)
		if !fits {
			return false
		}
		if rest > 0 {
			most++
		}
		m.Between++
		high.add(most)
	}
	low.add(least)
	return true
}

// centsOf is an amount in whole 分, downwards, and what is left, over the denominator.
func centsOf(x, over int64) (whole, rest uint64, fits bool) {
	high, low := bits.Mul64(uint64(x), 100)
	if high >= uint64(over) {
		return 0, 0, false
	}
	whole, rest = bits.Div64(high, low, uint64(over))
	return whole, rest, true
}

// wideSum is a sum that no block overflows.
type wideSum struct{ high, low uint64 }

func (s *wideSum) add(x uint64) {
	low, carry := bits.Add64(s.low, x, 0)
	s.low, s.high = low, s.high+carry
}

func (s *wideSum) big() *big.Int {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], s.high)
	binary.BigEndian.PutUint64(b[8:], s.low)
	return new(big.Int).SetBytes(b[:])
}
