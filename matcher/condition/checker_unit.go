package condition

import (
	"strings"

	"zhida/schemas"
)

// unitBare is the unit of a number that is written without one, % included, and of what is computed from nothing else,
// until it meets a number with a unit and adopts it: 营业收入 >= 2000万, 研发费用 * 10% 封顶 100万. No checked condition has it.
const unitBare schemas.Unit = "?"

// unitOf is the base unit a quantity is written in.
func unitOf(q *Quantity) schemas.Unit {
	switch {
	case q.Unit == "" && q.Per == "":
		return unitBare
	case q.Per == "":
		return base(schemas.Unit(q.Unit))
	}
	return base(schemas.Unit(q.Unit)).Over(base(schemas.Unit(q.Per)))
}

// base is the base unit of a unit.
func base(u schemas.Unit) schemas.Unit {
	if info, ok := schemas.LookupUnit(string(u)); ok {
		return info.Base
	}
	return u
}

// isBare reports a number that has met no unit.
func isBare(v Value) bool { return v.Type().Unit == unitBare }

// bare returns the quantity of a number that is written without a unit, % included.
func bare(n Node) (*Quantity, bool) {
	q, ok := literal(n)
	return q, ok && q.Unit == ""
}

// settled is a value whose bare numbers are plain ones: there is no unit to meet any more.
func settled(v Value) Value { return adopted(v, schemas.UnitNone) }

// adopted is a value with a unit for its bare numbers.
func adopted(v Value, unit schemas.Unit) Value {
	if !isBare(v) {
		return v
	}
	switch x := v.(type) {
	case Number:
		x.Unit = unit
		return x
	case Arithmetic:
		x.Unit = unit
		if x.Op == Add || x.Op == Subtract {
			x.Left, x.Right = adopted(x.Left, unit), adopted(x.Right, unit)
		}
		return x
	case Extreme:
		parts := make([]Value, len(x.Parts))
		for i, part := range x.Parts {
			parts[i] = adopted(part, unit)
		}
		x.Parts = parts
		return x
	case Tiers:
		x.Cases, x.Else = adoptedCases(x.Cases, unit), adopted(x.Else, unit)
		return x
	case Score:
		x.Cases = adoptedCases(x.Cases, unit)
		return x
	case Fold:
		x.Of = adopted(x.Of, unit)
		return x
	case Named:
		x.X = adopted(x.X, unit)
		return x
	}
	return v
}

func adoptedCases(cases []Case, unit schemas.Unit) []Case {
	out := make([]Case, len(cases))
	for i, c := range cases {
		out[i] = Case{c.When, adopted(c.Then, unit)}
	}
	return out
}

// operand is a checked number with its syntax.
type operand struct {
	v Value
	n Node
}

// agree brings two numbers to one unit. It reports and returns false if they measure different things; verb says what
// can't be done to them then.
func (c *checker) agree(at Extent, verb string, left, right operand) (Value, Value, bool) {
	switch {
	case isBare(left.v) && isBare(right.v):
		return left.v, right.v, true
	case isBare(right.v):
		v, ok := c.adopt(right, left.v)
		return left.v, v, ok
	case isBare(left.v):
		v, ok := c.adopt(left, right.v)
		return v, right.v, ok
	case left.v.Type().Unit.Comparable(right.v.Type().Unit):
		return left.v, right.v, true
	}
	c.disagree(at, verb, left, right)
	return nil, nil, false
}

// agreeAll brings numbers to one unit, that of the first that has one.
func (c *checker) agreeAll(verb string, all []operand) bool {
	first := 0
	for first < len(all)-1 && isBare(all[first].v) {
		first++
	}
	good := true
	for i := range all {
		if i == first {
			continue
		}
		_, v, ok := c.agree(all[i].n.Extent(), verb, all[first], all[i])
		if ok {
			all[i].v = v
		}
		good = good && ok
	}
	return good
}

// adopt gives a bare number the unit of what it meets. If that is declared in 万元 or %, nobody can tell whether the
// number is too.
func (c *checker) adopt(number operand, other Value) (Value, bool) {
	unit := other.Type().Unit
	if declared := declaredIn(other); declared != "" {
		suggestion := ""
		if q, ok := bare(number.n); ok {
			text := oneLine(number.n)
			suggestion = "写成 " + text + string(declared)
			if q.Scale != "" {
				suggestion = "写成 " + text + strings.TrimLeft(string(declared), "十百千万亿")
			}
		}
		c.fault(number.n.Extent(), suggestion, "要写出单位：这里的数以%s计", declared)
		return nil, false
	}
	return adopted(number.v, base(unit)), true
}

// declaredIn is the unit in which officers know a value, if it is not the base unit: that of an attribute declared in
// 万元 or %, also where it is summed, capped or multiplied by a plain number; "" else.
func declaredIn(v Value) schemas.Unit {
	switch x := v.(type) {
	case Column:
		if info, known := schemas.LookupUnit(string(x.Kind.Unit)); known && info.Num != info.Den {
			return x.Kind.Unit
		}
	case Arithmetic:
		switch left, right := x.Left.Type().Unit, x.Right.Type().Unit; {
		case x.Op == Add || x.Op == Subtract:
			return firstUnit(declaredIn(x.Left), declaredIn(x.Right))
		case right == schemas.UnitNone:
			return declaredIn(x.Left)
		case left == schemas.UnitNone && x.Op == Multiply:
			return declaredIn(x.Right)
		}
	case Extreme:
		return firstUnit(declaredIn(x.Parts[0]), declaredIn(x.Parts[1]))
	case Fold:
		if x.Op != FoldCount && x.Op != FoldDistinct {
			return declaredIn(x.Of)
		}
	case Named:
		return declaredIn(x.X)
	}
	return ""
}

func firstUnit(a, b schemas.Unit) schemas.Unit {
	if a != "" {
		return a
	}
	return b
}

// disagree reports two numbers of different kinds, and says what those are measured in that are not written out.
func (c *checker) disagree(at Extent, verb string, left, right operand) {
	var said []string
	for _, side := range []operand{left, right} {
		if _, literal := side.v.(Number); !literal {
			said = append(said, "“"+brief(oneLine(side.n))+"”"+measuredIn(side.v.Type().Unit))
		}
	}
	c.fault(at, strings.Join(said, "，"), "“%s”和“%s”单位不同，不能%s", brief(oneLine(left.n)), brief(oneLine(right.n)), verb)
}

// measuredIn says in what a unit's numbers are written.
func measuredIn(u schemas.Unit) string {
	switch base(u) {
	case schemas.UnitNone:
		return "是没有单位的数或百分比"
	case schemas.UnitYuan:
		return "以元计，例如 100万元"
	case u:
		if u == schemas.UnitCount {
			return "是个数，例如 10个、10人"
		}
	}
	if per, ok := strings.CutPrefix(string(u), "1/"); ok {
		return "以每" + per + "计"
	}
	return "以" + string(u) + "计"
}
