package plan

import (
	"math"
	"math/big"
	"strconv"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// numberTest asks whether a number lies between two bounds. Stored numbers are whole at the scale of their column, so
// any exact threshold becomes a whole one when the plan is made: >= 1.005 at two decimals is >= 101 of the hundredths.
// A threshold beyond int64 keeps its meaning, as no stored number lies beyond it.
type numberTest struct {
	field   field
	between bounds
	unknown verdict // of an unknown number, from the range it can have
	asked   *thresholds
}

// bounds are a closed interval of stored numbers; it is empty if low > high.
type bounds struct{ low, high int64 }

func (b bounds) empty() bool { return b.low > b.high }

var nothing = bounds{low: 1, high: 0}

// compareNumber makes the test of a column against an exact number. Less and LessOrEqual are left to the caller, as
// negations of GreaterOrEqual and Greater.
func compareNumber(c condition.Column, op condition.Op, threshold *big.Rat) numberTest {
	return numberTest{
		field:   fieldOf(c),
		between: boundsOf(op, threshold, c.Kind.Scale),
		unknown: decide(op, against(c.Range.Low, c.Kind.Scale, threshold, -1), against(c.Range.High, c.Kind.Scale, threshold, 1)),
	}
}

// boundsOf are the stored numbers at the scale that are in the relation to the threshold.
func boundsOf(op condition.Op, threshold *big.Rat, scale int) bounds {
	scaled := new(big.Rat).Mul(threshold, new(big.Rat).SetInt(power10(scale)))
	floor := new(big.Int)
	floor.Div(scaled.Num(), scaled.Denom()) // Euclidean: the floor, as denominators are positive
	whole := scaled.IsInt()
	low := floor
	if op == condition.Greater || !whole {
		low = new(big.Int).Add(floor, big.NewInt(1))
	}
	if op != condition.Equal {
		return bounds{low: saturate(low), high: math.MaxInt64}.unlessAbove(low)
	}
	if !whole || !floor.IsInt64() {
		return nothing
	}
	return bounds{low: floor.Int64(), high: floor.Int64()}
}

// unlessAbove is empty if the lower bound lies above all stored numbers.
func (b bounds) unlessAbove(low *big.Int) bounds {
	if low.Sign() > 0 && !low.IsInt64() {
		return nothing
	}
	return b
}

func saturate(x *big.Int) int64 {
	switch {
	case x.IsInt64():
		return x.Int64()
	case x.Sign() < 0:
		return math.MinInt64
	}
	return math.MaxInt64
}

func power10(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// number adds a test of a number.
func (b *Builder) number(space int, t numberTest) Ref {
	ofThese := func(asked *thresholds) test { t.asked = asked; return t }
	return b.threshold(space, t.field, ofThese, func(schemas.Date) bounds { return t.between })
}

func (t numberTest) key() string {
	return keyOf("number", t.field.String(), strconv.FormatInt(t.between.low, 10), strconv.FormatInt(t.between.high, 10), strconv.Itoa(int(t.unknown)))
}

func (numberTest) cost() int { return costScan }

func (t numberTest) eval(f *frame, out bits.Truth) error {
	c, err := f.column(t.field)
	if err != nil {
		return err
	}
	scan(f, t.asked, c, t.between, out)
	unknownsAre(t.unknown, c.known, f.n, out)
	return nil
}

// scan is yes for the known values within the bounds and no for the other known ones.
func scan(f *frame, t *thresholds, c *column, b bounds, out bits.Truth) {
	f.ranks.between(t, c.ints, b, out.Yes)
	out.Split(out.Yes, c.known)
}

// against is the sign of a stored number less the threshold, or open if there is no number.
func against(stored *int64, scale int, threshold *big.Rat, open int) int {
	if stored == nil {
		return open
	}
	return exact(*stored, scale).Cmp(threshold)
}

// exact is the number that a stored one means.
func exact(stored int64, scale int) *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(stored), power10(scale))
}

// decide relates two numbers of which only intervals are known: lowest is the sign of the low end of the first less
// the high end of the second, or -1 if one of them is open; highest that of the high end of the first less the low
// end of the second, or 1. Two known numbers have the same sign twice.
func decide(op condition.Op, lowest, highest int) verdict {
	var y, n bool
	switch op {
	case condition.Equal:
		y, n = lowest == 0 && highest == 0, lowest > 0 || highest < 0
	case condition.Greater:
		y, n = lowest > 0, highest <= 0
	case condition.GreaterOrEqual:
		y, n = lowest >= 0, highest < 0
	case condition.Less:
		y, n = highest < 0, lowest >= 0
	case condition.LessOrEqual:
		y, n = highest <= 0, lowest > 0
	}
	switch {
	case y:
		return yes
	case n:
		return no
	}
	return unknown
}
