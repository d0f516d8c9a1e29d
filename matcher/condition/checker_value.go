package condition

import (
	"math/big"
	"strings"

	"zhida/schemas"
)

// value checks syntax that must be an operand.
func (c *checker) value(n Node) (Value, bool) {
	switch n := n.(type) {
	case *Name:
		if column, ok := c.column(n); ok {
			return column, true
		}
		c.unknown(n)
	case *Quantity:
		return Number{quantity(n), unitOf(n)}, true
	case *Minus:
		if q, ok := n.X.(*Quantity); ok {
			return Number{new(big.Rat).Neg(quantity(q)), unitOf(q)}, true
		}
		if !isBad(n.X) {
			c.fault(n.at, "", "负号后面只能是数值")
		}
	case *Sum:
		return c.shift(n)
	case *Calendar:
		return Day{n.Date}, true
	case *Now:
		return Today{}, true
	case *Quoted:
		return Word{n.Text}, true
	case *YesNo:
		return Truth{n.Yes}, true
	case *Period:
		if c.isEndless(n) {
			break
		}
		c.fault(n.at, "写成 成立日期 + "+n.Span.String()+" <= 今天 的样子", "时间长度“%s”不能单独比较", n.Span)
	case *Bad:
	default:
		c.fault(n.Extent(), valueMeant(n), "这里要一个值，不能是条件")
	}
	return nil, false
}

// valueMeant says what to do about a condition that stands as a value.
func valueMeant(n Node) string {
	if _, ok := n.(*TagName); ok {
		return "标签本身就是条件：写成 " + oneLine(n) + " 或 非 " + oneLine(n)
	}
	return "条件之间用“且”或“或”连接"
}

// shift checks a sum: a date and a period.
func (c *checker) shift(n *Sum) (Value, bool) {
	period, ok := n.Right.(*Period)
	if !ok {
		c.noShift(n)
		return nil, false
	}
	if _, both := n.Left.(*Period); both {
		c.fault(n.at, "合起来写，例如 1年6月", "时间长度不能相加减")
		return nil, false
	}
	x, ok := c.value(n.Left)
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

// noShift reports a sum that does not move a date.
func (c *checker) noShift(n *Sum) {
	if isBad(n.Left) || isBad(n.Right) {
		return
	}
	if p, ok := n.Left.(*Period); ok && n.Op == "+" {
		if c.isEndless(p) {
			return
		}
		c.fault(n.at, "写成 "+brief(oneLine(n.Right))+" + "+oneLine(n.Left), "时间长度要写在日期后面")
		return
	}
	left, ok := c.value(n.Left)
	right, also := c.value(n.Right)
	if !ok || !also {
		return
	}
	switch {
	case left.Type().Kind == schemas.KindNumber && right.Type().Kind == schemas.KindNumber:
		c.fault(n.at, "把算好的数做成一个指标再比较", "这一版还不支持数值的加减（“%s”）", n.Op)
	case left.Type().Kind == schemas.KindDate && right.Type().Kind == schemas.KindDate:
		c.fault(n.at, "写成 日期 + 1年 <= 日期 的样子", "日期不能和日期加减")
	case left.Type().Kind == schemas.KindDate && right.Type().Kind == schemas.KindNumber:
		c.fault(n.Right.Extent(), "写出年、月或天，例如 "+brief(oneLine(n.Right))+"天", "日期只能加减时间长度")
	default:
		c.fault(n.at, "", "%s和%s不能加减", kindName(left.Type().Kind), kindName(right.Type().Kind))
	}
}

// quantity is the exact number in the base unit.
func quantity(q *Quantity) *big.Rat {
	v, ok := new(big.Rat).SetString(q.Digits)
	if !ok { // the lexer lets only digits through
		return new(big.Rat)
	}
	for _, word := range []string{q.Scale, q.Unit} {
		if info, ok := schemas.LookupUnit(word); ok {
			v.Mul(v, big.NewRat(info.Num, info.Den))
		}
	}
	return v
}

// unitOf is the base unit a quantity is written in, none if it is bare.
func unitOf(q *Quantity) schemas.Unit { return base(schemas.Unit(q.Unit)) }

// base is the base unit of a unit.
func base(u schemas.Unit) schemas.Unit {
	if info, ok := schemas.LookupUnit(string(u)); ok {
		return info.Base
	}
	return u
}

// bare returns the quantity of a number that is written without a unit, % included.
func bare(n Node) (*Quantity, bool) {
	if m, ok := n.(*Minus); ok {
		n = m.X
	}
	q, ok := n.(*Quantity)
	return q, ok && q.Unit == ""
}

// agree brings two numbers to one unit. It reports and returns false if they measure different things.
func (c *checker) agree(at Extent, left, right Value, leftNode, rightNode Node) (Value, Value, bool) {
	if _, ok := bare(rightNode); ok {
		right, ok = c.adopt(right, rightNode, left)
		return left, right, ok
	}
	if _, ok := bare(leftNode); ok {
		left, ok = c.adopt(left, leftNode, right)
		return left, right, ok
	}
	if base(left.Type().Unit).Comparable(base(right.Type().Unit)) {
		return left, right, true
	}
	c.disagree(at, left, right, leftNode, rightNode)
	return nil, nil, false
}

// adopt gives a bare number the unit of what it is compared with. If that is declared in 万元 or %, nobody can tell
// whether the number is too.
func (c *checker) adopt(number Value, node Node, other Value) (Value, bool) {
	n, ok := number.(Number)
	if !ok {
		return number, true
	}
	unit := other.Type().Unit
	info, known := schemas.LookupUnit(string(unit))
	if _, column := other.(Column); column && known && info.Num != info.Den {
		text := oneLine(node)
		suggestion := "写成 " + text + string(unit)
		if q, _ := bare(node); q.Scale != "" {
			suggestion = "写成 " + text + strings.TrimLeft(string(unit), "十百千万亿")
		}
		c.fault(node.Extent(), suggestion, "要写出单位：这里的数以%s计", unit)
		return nil, false
	}
	return Number{n.Value, base(unit)}, true
}

// disagree reports two numbers of different kinds.
func (c *checker) disagree(at Extent, left, right Value, leftNode, rightNode Node) {
	if _, ok := left.(Column); !ok {
		left, right, leftNode, rightNode = right, left, rightNode, leftNode
	}
	suggestion := "“" + brief(oneLine(leftNode)) + "”" + measuredIn(left.Type().Unit)
	c.fault(at, suggestion, "“%s”和“%s”单位不同，不能比较", brief(oneLine(leftNode)), brief(oneLine(rightNode)))
}

// measuredIn says in what a unit's numbers are written.
func measuredIn(u schemas.Unit) string {
	switch {
	case base(u) == schemas.UnitNone:
		return "是没有单位的数或百分比"
	case base(u) == schemas.UnitYuan:
		return "以元计，例如 100万元"
	}
	return "以" + string(u) + "计"
}
