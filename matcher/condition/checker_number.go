package condition

import (
	"math/big"
	"strconv"

	"zhida/schemas"
)

func (c *checker) numberDuring(n *During, x Value) Expr {
	if n.High == nil {
		if c.dashed(n) {
			return nil
		}
		c.noInterval(n, numberIntervalMeant(n))
		return nil
	}
	if c.halfUnit(n, x.Type().Unit) {
		return nil
	}
	low, ok := c.numberBound(n, x, &n.Low)
	high, also := c.numberBound(n, x, &n.High)
	if !ok || !also {
		return nil
	}
	first, ok := low.(Number)
	last, also := high.(Number)
	if ok && also && first.Value.Cmp(last.Value) > 0 {
		c.backwards(n)
		return nil
	}
	return between(n, x, low, high)
}

// numberIntervalMeant says what to write behind 在 after a number: a year is one.
func numberIntervalMeant(n *During) string {
	text := brief(oneLine(n.X))
	switch low := n.Low.(type) {
	case *YearWord:
		return "写成 " + text + " = " + low.Word
	case *Period:
		if year, ok := calendarYear(low); ok {
			return "写成 " + text + " = " + strconv.Itoa(year)
		}
	}
	return "例如 " + text + " 在 10..100"
}

func (c *checker) numberBound(n *During, x Value, at *Node) (Value, bool) {
	v, ok := c.value(at)
	if !ok {
		return nil, false
	}
	if v.Type().Kind != schemas.KindNumber {
		c.fault((*at).Extent(), literalMeant(schemas.KindNumber, *at), "数值的区间两端都要是数值")
		return nil, false
	}
	_, v, ok = c.agree(n.at, "比较", operand{x, n.X}, operand{v, *at})
	return v, ok
}

// halfUnit reports 100..200万元: the end without a unit may be meant in the unit of the other, or in that of what is
// asked. Where both are the same number, as in 10..20人 and 0..100万元, nothing is to be asked.
func (c *checker) halfUnit(n *During, unit schemas.Unit) bool {
	short, long := n.Low, n.High
	if !isPlain(short) {
		short, long = long, short
	}
	q, ok := literal(long)
	if !ok || !isPlain(short) || isPlain(long) || value(short).Sign() == 0 {
		return false
	}
	own := &Quantity{Digits: "1", Unit: string(unit)}
	if q.Unit != "" && !unit.Comparable(unitOf(q)) || factor(q).Cmp(factor(own)) == 0 {
		return false
	}
	if n.told && ordered(n.Low, n.High) {
		return true
	}
	text := oneLine(short)
	suggestion := "写成 " + rangeMeant(n.Low, n.High)
	switch {
	case ordered(n.Low, n.High):
	case short == n.Low:
		suggestion = "写成 " + text + string(unit) + ".." + brief(oneLine(long))
	default:
		suggestion = "写成 " + brief(oneLine(long)) + ".." + text + string(unit)
	}
	c.fault(cover(n.Low.Extent(), n.High.Extent()), suggestion,
		"“%s”没有写单位：可能是%s，也可能是%s", text, text+string(unit), text+q.Scale+q.Unit)
	return true
}

// dashed reports 10-20人 as the interval it was meant as.
func (c *checker) dashed(n *During) bool {
	sum, ok := n.Low.(*Sum)
	if !ok || sum.Op != "-" {
		return false
	}
	_, low := literal(sum.Left)
	_, high := literal(sum.Right)
	if !low || !high {
		return false
	}
	c.fault(sum.at, "写成 "+rangeMeant(sum.Left, sum.Right), "区间的两端之间用“..”")
	return true
}

// rangeMeant writes two ends as an interval. An end without a unit gets that of the other, if that changes the number.
func rangeMeant(low, high Node) string {
	if meant := daysMeant(low, high); meant != "" {
		return meant
	}
	if !ordered(low, high) {
		return brief(oneLine(low)) + ".." + brief(oneLine(high))
	}
	return completed(low, high) + ".." + completed(high, low)
}

// ordered reports whether two ends are in order once both have one unit: 500..1亿 is not about 500亿.
func ordered(low, high Node) bool {
	l, ok := literal(low)
	h, also := literal(high)
	if !ok || !also {
		return true
	}
	return sized(low, l, h).Cmp(sized(high, h, l)) <= 0
}

// sized is the number of one end, in the unit of the other if it is plain.
func sized(n Node, q, other *Quantity) *big.Rat {
	v := quantity(q)
	if isPlain(n) {
		v.Mul(v, factor(other))
	}
	if _, negative := n.(*Minus); negative {
		v.Neg(v)
	}
	return v
}

// completed writes one end of an interval, with the unit of the other if it needs one.
func completed(end, other Node) string {
	text := brief(oneLine(end))
	if q, ok := literal(other); ok && isPlain(end) && value(end).Sign() != 0 && factor(q).Cmp(big.NewRat(1, 1)) != 0 {
		return text + q.Scale + q.Unit
	}
	return text
}

// literal returns the quantity of a number that is written out, its sign dropped.
func literal(n Node) (*Quantity, bool) {
	if m, ok := n.(*Minus); ok {
		n = m.X
	}
	q, ok := n.(*Quantity)
	return q, ok
}

// isPlain reports a number with neither unit nor 万 or 亿.
func isPlain(n Node) bool {
	q, ok := literal(n)
	return ok && q.Scale+q.Unit == ""
}

// value is the size of a number that isPlain.
func value(n Node) *big.Rat {
	q, _ := literal(n)
	return quantity(q)
}

// factor is what a quantity's scale and unit multiply by.
func factor(q *Quantity) *big.Rat {
	return quantity(&Quantity{Digits: "1", Scale: q.Scale, Unit: q.Unit, Per: q.Per})
}
