package plan

import (
	"math/big"

	"zhida/matcher/condition"
)

// absence says whether there is a value at all: there is none of 最新 and the like over no row.
type absence uint8

const (
	present absence = iota
	perhaps         // it may be absent
	absent
)

// interval is what a number, or the day number of a date, can be, exactly. A nil end is open. It means nothing if the
// value is absent.
type interval struct {
	low, high *big.Rat
	absence   absence
}

func exactly(x *big.Rat) interval { return interval{low: x, high: x} }

func (x interval) isPoint() bool {
	return x.absence == present && x.low != nil && x.high != nil && x.low.Cmp(x.high) == 0
}

// extended is a rational or an infinity, for the arithmetic of ends.
type extended struct {
	r   *big.Rat
	inf int // sign; r is nil then
}

func lowOf(x interval) extended {
	if x.low == nil {
		return extended{inf: -1}
	}
	return extended{r: x.low}
}

func highOf(x interval) extended {
	if x.high == nil {
		return extended{inf: 1}
	}
	return extended{r: x.high}
}

func (x extended) sign() int {
	if x.r == nil {
		return x.inf
	}
	return x.r.Sign()
}

func (x extended) cmp(y extended) int {
	switch {
	case x.r != nil && y.r != nil:
		return x.r.Cmp(y.r)
	case x.r != nil:
		return -y.inf
	case y.r != nil:
		return x.inf
	}
	return x.inf - y.inf
}

func (x extended) add(y extended) extended {
	switch {
	case x.r == nil:
		return x
	case y.r == nil:
		return y
	}
	return extended{r: new(big.Rat).Add(x.r, y.r)}
}

func (x extended) mul(y extended) extended {
	if x.sign() == 0 || y.sign() == 0 {
		return extended{r: new(big.Rat)}
	}
	if x.r == nil || y.r == nil {
		return extended{inf: x.sign() * y.sign()}
	}
	return extended{r: new(big.Rat).Mul(x.r, y.r)}
}

// inverse is of what is not 0.
func (x extended) inverse() extended {
	if x.r == nil {
		return extended{r: new(big.Rat)}
	}
	return extended{r: new(big.Rat).Inv(x.r)}
}

func hull(a absence, ends ...extended) interval {
	low, high := ends[0], ends[0]
	for _, x := range ends[1:] {
		if x.cmp(low) < 0 {
			low = x
		}
		if x.cmp(high) > 0 {
			high = x
		}
	}
	return interval{low: low.r, high: high.r, absence: a}
}

// combine is arithmetic on two intervals. What is made from an absent value is absent.
func combine(code opcode, x, y interval) interval {
	a := max(x.absence, y.absence)
	if a == absent {
		return interval{absence: absent}
	}
	xl, xh, yl, yh := lowOf(x), highOf(x), lowOf(y), highOf(y)
	switch code {
	case opAdd:
		return interval{low: xl.add(yl).r, high: xh.add(yh).r, absence: a}
	case opSubtract:
		return interval{low: xl.add(yh.mul(minusOne())).r, high: xh.add(yl.mul(minusOne())).r, absence: a}
	case opMultiply:
		return hull(a, xl.mul(yl), xl.mul(yh), xh.mul(yl), xh.mul(yh))
	case opDivide:
		if yl.sign() <= 0 && yh.sign() >= 0 {
			return interval{absence: a}
		}
		yl, yh = yl.inverse(), yh.inverse()
		return hull(a, xl.mul(yl), xl.mul(yh), xh.mul(yl), xh.mul(yh))
	case opLeast:
		return interval{low: least(xl, yl).r, high: least(xh, yh).r, absence: a}
	}
	return interval{low: most(xl, yl).r, high: most(xh, yh).r, absence: a} // opMost
}

func minusOne() extended { return extended{r: big.NewRat(-1, 1)} }

func least(x, y extended) extended {
	if y.cmp(x) < 0 {
		return y
	}
	return x
}

func most(x, y extended) extended {
	if y.cmp(x) > 0 {
		return y
	}
	return x
}

// eitherOf is what can be where it is not known which of the two it is.
func eitherOf(x, y interval) interval {
	switch a := max(x.absence, y.absence); {
	case x.absence == absent && y.absence == absent:
		return x
	case x.absence == absent:
		y.absence = perhaps
		return y
	case y.absence == absent:
		x.absence = perhaps
		return x
	default:
		return hull(a, lowOf(x), highOf(x), lowOf(y), highOf(y))
	}
}

// related relates two intervals. A comparison with what is absent is no; with what may be, it is not sure to be yes.
func related(op condition.Op, x, y interval) verdict {
	a := max(x.absence, y.absence)
	if a == absent {
		return no
	}
	return unless(a, decide(op, sign3(lowOf(x).cmp(highOf(y))), sign3(highOf(x).cmp(lowOf(y)))))
}

// unless takes back a yes where the value may be absent.
func unless(a absence, v verdict) verdict {
	switch {
	case a == absent:
		return no
	case a == perhaps && v == yes:
		return unknown
	}
	return v
}

func sign3(x int) int { return max(-1, min(x, 1)) }
