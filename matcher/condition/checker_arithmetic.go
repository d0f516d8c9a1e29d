package condition

import (
	"math/big"

	"zhida/schemas"
)

// maxBits bounds the size of a number that is computed from literals.
const maxBits = 4096

// numbers checks the two sides of arithmetic. It reports what is no number.
func (c *checker) numbers(at Extent, op string, left, right *Node) (l, r operand, ok bool) {
	l.v, ok = c.value(left)
	also := false
	r.v, also = c.value(right)
	l.n, r.n = *left, *right
	if !ok || !also {
		return l, r, false
	}
	for _, side := range []operand{l, r} {
		if kind := side.v.Type().Kind; kind != schemas.KindNumber {
			c.fault(side.n.Extent(), numberMeant(side, op), "%s不能用“%s”运算", described(side.n, side.v), op)
			return l, r, false
		}
	}
	return l, r, true
}

// numberMeant says what to do about an operand that is no number.
func numberMeant(side operand, op string) string {
	switch side.v.Type().Kind {
	case schemas.KindTruth:
		return "写成 分档(" + brief(oneLine(side.n)) + ": 1; 其他: 0)"
	case schemas.KindDate:
		if op == "*" || op == "/" {
			return "问年限用 日期 + 1年 <= 今天 的样子"
		}
	}
	return literalMeant(schemas.KindNumber, side.n)
}

// sum checks numbers, or a date and a period.
func (c *checker) sum(n *Sum) (Value, bool) {
	if period, ok := c.spelled(n.Right).(*Period); ok {
		return c.shift(n, period)
	}
	if p, ok := c.spelled(n.Left).(*Period); ok {
		if n.Op == "+" && !isBad(n.Right) && !c.isEndless(p) {
			c.fault(n.at, "写成 "+brief(oneLine(n.Right))+" + "+brief(oneLine(n.Left)), "时间长度要写在日期后面")
		}
		if n.Op != "+" {
			c.fault(n.at, "", "时间长度只能加在日期上")
		}
		return nil, false
	}
	left, ok := c.value(&n.Left)
	right, also := c.value(&n.Right)
	if !ok || !also {
		return nil, false
	}
	if left.Type().Kind != schemas.KindNumber || right.Type().Kind != schemas.KindNumber {
		c.noSum(n, left, right)
		return nil, false
	}
	if year, ok := c.shiftYear(n, left, right); ok {
		return year, true
	}
	left, right, ok = c.agree(n.at, "相加减", operand{left, n.Left}, operand{right, n.Right})
	if !ok {
		return nil, false
	}
	op := Add
	if n.Op == "-" {
		op = Subtract
	}
	return c.arithmetic(n, op, left, right, base(left.Type().Unit))
}

// shiftYear is 上年 - 1.
func (c *checker) shiftYear(n *Sum, left, right Value) (Value, bool) {
	year, ok := left.(YearNumber)
	by, also := right.(Number)
	if !ok || !also || !by.Value.IsInt() || by.Value.Num().BitLen() > 6 {
		return nil, false
	}
	plus := int(by.Value.Num().Int64())
	if n.Op == "-" {
		plus = -plus
	}
	return YearNumber{laterYear(year.Year, plus)}, true
}

// shift checks a date and a period.
func (c *checker) shift(n *Sum, period *Period) (Value, bool) {
	if _, both := c.spelled(n.Left).(*Period); both {
		c.fault(n.at, "合起来写，例如 1年6月", "时间长度不能相加减")
		return nil, false
	}
	x, ok := c.value(&n.Left)
	if !ok || c.isEndless(period) {
		return nil, false
	}
	if x.Type().Kind != schemas.KindDate {
		c.fault(n.at, "", "“%s”是%s，不能加减时间长度", brief(oneLine(n.Left)), kindName(x.Type().Kind))
		return nil, false
	}
	if n.Op == "-" {
		return Shift{x, period.Span.Negate()}, true
	}
	return Shift{x, period.Span}, true
}

// noSum reports a sum of what cannot be added.
func (c *checker) noSum(n *Sum, left, right Value) {
	l, r := left.Type().Kind, right.Type().Kind
	switch {
	case l == schemas.KindDate && r == schemas.KindDate:
		c.fault(n.at, "写成 日期 + 1年 <= 日期 的样子", "日期不能和日期加减")
	case l == schemas.KindDate && r == schemas.KindNumber:
		suggestion := "写出年、月或天"
		if isPlain(n.Right) {
			suggestion += "，例如 " + brief(oneLine(n.Right)) + "天"
		}
		c.fault(n.Right.Extent(), suggestion, "日期只能加减时间长度")
	default:
		c.fault(n.at, "", "%s和%s不能加减", kindName(l), kindName(r))
	}
}

// product checks a product or a quotient. A bare number in it is a plain one, unless all of it is bare: 2000万 * 10% is.
func (c *checker) product(n *Product) (Value, bool) {
	l, r, ok := c.numbers(n.at, n.Op, &n.Left, &n.Right)
	if !ok {
		return nil, false
	}
	op := Multiply
	if n.Op == "/" {
		op = Divide
	}
	lu, ru := base(l.v.Type().Unit), base(r.v.Type().Unit)
	unit := schemas.UnitNone
	switch {
	case lu == unitBare && (ru == unitBare || ru == schemas.UnitNone),
		ru == unitBare && lu == schemas.UnitNone && op == Multiply:
		unit = unitBare
	case op == Multiply:
		unit = ordinary(lu).Times(ordinary(ru))
	default:
		unit = ordinary(lu).Over(ordinary(ru))
	}
	if x, ok := r.v.(Number); ok && op == Divide && x.Value.Sign() == 0 {
		c.fault(n.Right.Extent(), "", "不能除以 0")
		return nil, false
	}
	return c.arithmetic(n, op, settled(l.v), settled(r.v), unit)
}

func ordinary(u schemas.Unit) schemas.Unit {
	if u == unitBare {
		return schemas.UnitNone
	}
	return u
}

// minus checks -x.
func (c *checker) minus(n *Minus) (Value, bool) {
	x, ok := c.value(&n.X)
	if !ok {
		return nil, false
	}
	if x.Type().Kind != schemas.KindNumber {
		c.fault(n.at, "", "负号后面只能是数值，%s不是", described(n.X, x))
		return nil, false
	}
	unit := base(x.Type().Unit)
	return c.arithmetic(n, Subtract, Number{new(big.Rat), unit}, x, unit)
}

// arithmetic computes what is known already, and else says what is to be computed.
func (c *checker) arithmetic(n Node, op Operator, left, right Value, unit schemas.Unit) (Value, bool) {
	l, ok := left.(Number)
	r, also := right.(Number)
	if !ok || !also {
		return Arithmetic{Origin{n}, op, left, right, unit}, true
	}
	v := new(big.Rat)
	switch op {
	case Add:
		v.Add(l.Value, r.Value)
	case Subtract:
		v.Sub(l.Value, r.Value)
	case Multiply:
		v.Mul(l.Value, r.Value)
	default:
		v.Quo(l.Value, r.Value)
	}
	if v.Num().BitLen() > maxBits || v.Denom().BitLen() > maxBits {
		c.fault(n.Extent(), "", "这个数太大了")
		return nil, false
	}
	return Number{v, unit}, true
}

// utmost checks 最大 or 最小 of several values.
func (c *checker) utmost(n *Utmost) (Value, bool) {
	parts := make([]*Node, len(n.Parts))
	for i := range n.Parts {
		parts[i] = &n.Parts[i]
	}
	return c.extreme(n, n.Word == wordMost, parts)
}

// extreme checks the greatest or the least of numbers or of dates.
func (c *checker) extreme(n Node, most bool, nodes []*Node) (Value, bool) {
	all, ok := c.operands(nodes)
	if !ok {
		return nil, false
	}
	kind := all[0].v.Type().Kind
	for _, part := range all {
		switch k := part.v.Type().Kind; {
		case k != schemas.KindNumber && k != schemas.KindDate:
			c.fault(part.n.Extent(), numberMeant(part, ""), "%s没有大小，不能取最大或最小", described(part.n, part.v))
			return nil, false
		case k != kind:
			c.fault(n.Extent(), "", "%s和%s不能比较大小", described(all[0].n, all[0].v), described(part.n, part.v))
			return nil, false
		}
	}
	if kind == schemas.KindNumber && !c.agreeAll("比较大小", all) {
		return nil, false
	}
	if len(all) == 1 {
		c.fault(n.Extent(), "再写一个值，或去掉它", "只有一个值，没有最大最小可言")
		return nil, false
	}
	return Extreme{Origin{n}, most, valuesOf(all)}, true
}

// operands checks several values.
func (c *checker) operands(nodes []*Node) ([]operand, bool) {
	all := make([]operand, len(nodes))
	good := len(nodes) > 0
	for i, at := range nodes {
		v, ok := c.value(at)
		all[i] = operand{v, *at}
		good = good && ok
	}
	return all, good
}

func valuesOf(all []operand) []Value {
	values := make([]Value, len(all))
	for i, one := range all {
		values[i] = one.v
	}
	return values
}
