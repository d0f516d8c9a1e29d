package plan

import (
	"cmp"
	"math/bits"
	"strconv"

	set "zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// numbersTest relates two columns of numbers, exactly whatever their scales. An unknown number is what its range says:
// a count of at least 0 is more than -1 even before it is known.
type numbersTest struct {
	op          condition.Op // Equal, Greater or GreaterOrEqual
	left, right field
	ofLeft      schemas.Range
	ofRight     schemas.Range
}

func compareNumbers(op condition.Op, left, right condition.Column) numbersTest {
	return numbersTest{op: op, left: fieldOf(left), right: fieldOf(right), ofLeft: left.Range, ofRight: right.Range}
}

func (t numbersTest) key() string {
	return keyOf("numbers", strconv.Itoa(int(t.op)), t.left.String(), keyOfRange(t.ofLeft), t.right.String(), keyOfRange(t.ofRight))
}

func keyOfRange(r schemas.Range) string {
	end := func(x *int64) string {
		if x == nil {
			return "-"
		}
		return strconv.FormatInt(*x, 10)
	}
	return keyOf(end(r.Low), end(r.High))
}

func (numbersTest) cost() int { return costPair }

func (t numbersTest) eval(f *frame, out set.Truth) error {
	l, r, err := f.columns(t.left, t.right)
	if err != nil {
		return err
	}
	if t.left.typ.Scale == t.right.typ.Scale {
		pairs(t.op, l, r, out)
		if !t.isBounded() {
			return nil
		}
		for w := range out.Yes {
			for left := mask(0, f.n-w<<6) &^ (l.known[w] & r.known[w]); left != 0; left &= left - 1 {
				i := w<<6 + bits.TrailingZeros64(left)
				record(t.verdict(l, r, i, cmp.Compare[int64]), i, out)
			}
		}
		return nil
	}
	compare := comparison(t.left.typ.Scale, t.right.typ.Scale)
	out.Clear()
	for i := range f.n {
		record(t.verdict(l, r, i, compare), i, out)
	}
	return nil
}

// pairs relates the numbers of two columns of one scale, where both are known.
func pairs(op condition.Op, l, r *column, out set.Truth) {
	set.Greater(l.ints, r.ints, out.Yes)
	if op != condition.Greater {
		set.Greater(r.ints, l.ints, out.No)
	}
	for w, known := range l.known {
		known &= r.known[w]
		above := out.Yes[w] & known
		switch op {
		case condition.Greater:
			out.Yes[w], out.No[w] = above, known&^above
		case condition.GreaterOrEqual:
			below := out.No[w] & known
			out.Yes[w], out.No[w] = known&^below, below
		default: // Equal
			differ := above | out.No[w]&known
			out.Yes[w], out.No[w] = known&^differ, differ
		}
	}
}

// isBounded reports whether an unknown number can tell anything.
func (t numbersTest) isBounded() bool {
	return t.ofLeft.Low != nil || t.ofLeft.High != nil || t.ofRight.Low != nil || t.ofRight.High != nil
}

// verdict is the one on the i-th numbers, from their ranges where they are unknown.
func (t numbersTest) verdict(l, r *column, i int, compare func(x, y int64) int) verdict {
	ll, lh := ends(l, i, t.ofLeft)
	rl, rh := ends(r, i, t.ofRight)
	lowest, highest := -1, 1
	if ll != nil && rh != nil {
		lowest = compare(*ll, *rh)
	}
	if lh != nil && rl != nil {
		highest = compare(*lh, *rl)
	}
	return decide(t.op, lowest, highest)
}

// ends are the least and the greatest the i-th number can be.
func ends(c *column, i int, unknown schemas.Range) (low, high *int64) {
	if c.known.Has(i) {
		return &c.ints[i], &c.ints[i]
	}
	return unknown.Low, unknown.High
}

// record writes the verdict on one thing into a cleared truth.
func record(v verdict, i int, out set.Truth) {
	switch v {
	case yes:
		out.Yes.Add(i)
	case no:
		out.No.Add(i)
	}
}

// comparison compares stored numbers of two scales; the result is the sign of their difference. The one with fewer
// decimals is raised to the other scale in 128 bits, which 18 decimals cannot overflow.
func comparison(left, right int) func(x, y int64) int {
	const most = 18 // 10^18 < 2^63
	switch raise := right - left; {
	case raise == 0:
		return cmp.Compare[int64]
	case raise > 0 && raise <= most:
		factor := power10(raise).Int64()
		return func(x, y int64) int { return multiply(x, factor).compare(multiply(y, 1)) }
	case raise < 0 && -raise <= most:
		factor := power10(-raise).Int64()
		return func(x, y int64) int { return multiply(x, 1).compare(multiply(y, factor)) }
	}
	return func(x, y int64) int { return exact(x, left).Cmp(exact(y, right)) }
}

// wide is a signed number of 128 bits in two's complement.
type wide struct {
	high int64
	low  uint64
}

// multiply takes a positive factor.
func multiply(x, factor int64) wide {
	high, low := bits.Mul64(uint64(x), uint64(factor))
	if x < 0 {
		high -= uint64(factor)
	}
	return wide{int64(high), low}
}

func (w wide) compare(o wide) int {
	if c := cmp.Compare(w.high, o.high); c != 0 {
		return c
	}
	return cmp.Compare(w.low, o.low)
}
