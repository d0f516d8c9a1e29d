package script

import (
	"fmt"
	"math/big"
	"strings"

	"zhida/matcher/condition"
)

// floating is the scale of floating point numbers. A quotient of whole numbers below 2^53 is the nearest to the exact one, and
// a limit the nearest to itself, so that comparing the two errs nowhere.
const floating = -1

// operand is a number, or the ends between which it lies: lo and hi are the same but for what is counted and added up.
type operand struct {
	lo, hi  string
	scale   int
	literal *big.Rat
}

func (o operand) isPoint() bool { return o.lo == o.hi }

// at is an end of the number at a scale.
func (o operand) at(end string, scale int) string {
	switch {
	case o.literal != nil && scale != floating:
		if n, whole := scaled(o.literal, scale); whole {
			return n.Num().String()
		}
		refuse("%s at %d decimals", o.literal, scale)
	case o.literal != nil:
		f, _ := o.literal.Float64()
		return fmt.Sprintf("%.17g::DOUBLE", f)
	case o.scale == scale:
		return end
	case scale == floating && o.scale == 0:
		return end + "::DOUBLE"
	case scale == floating:
		return fmt.Sprintf("(%s / 1e%d)", end, o.scale)
	}
	refuse("a number of %d decimals at %d", o.scale, scale)
	return ""
}

// common is a scale at which two numbers are written.
func common(l, r operand) int {
	switch {
	case l.literal != nil && r.literal != nil:
		return floating
	case l.literal != nil:
		return common(r, l)
	case r.literal != nil:
		if _, whole := scaled(r.literal, max(l.scale, 0)); l.scale != floating && whole {
			return l.scale
		}
		return floating
	case l.scale == r.scale:
		return l.scale
	}
	return floating
}

// relate compares two numbers.
func (a *asker) relate(op condition.Op, l, r operand, k asking) string {
	scale := common(l, r)
	llo, lhi, rlo, rhi := l.at(l.lo, scale), l.at(l.hi, scale), r.at(r.lo, scale), r.at(r.hi, scale)
	if l.isPoint() && r.isPoint() {
		return fmt.Sprintf("(%s %s %s)", llo, sign(op), rlo)
	}
	yes, no := "", ""
	switch op {
	case condition.GreaterOrEqual:
		yes, no = fmt.Sprintf("%s >= %s", llo, rhi), fmt.Sprintf("%s < %s", lhi, rlo)
	case condition.Greater:
		yes, no = fmt.Sprintf("%s > %s", llo, rhi), fmt.Sprintf("%s <= %s", lhi, rlo)
	case condition.LessOrEqual:
		yes, no = fmt.Sprintf("%s <= %s", lhi, rlo), fmt.Sprintf("%s > %s", llo, rhi)
	case condition.Less:
		yes, no = fmt.Sprintf("%s < %s", lhi, rlo), fmt.Sprintf("%s >= %s", llo, rhi)
	case condition.Equal:
		yes, no = fmt.Sprintf("%s = %s AND %[1]s = %[3]s", llo, rlo, lhi), fmt.Sprintf("(%s > %s OR %s < %s)", llo, rhi, lhi, rlo)
	}
	if k.sure {
		return "(" + yes + ")"
	}
	return fmt.Sprintf("CASE WHEN %s THEN true WHEN %s THEN false END", yes, no)
}

// number is a number.
func (a *asker) number(v condition.Value, k asking) operand {
	point := func(sql string, scale int) operand { return operand{lo: sql, hi: sql, scale: scale} }
	switch v := v.(type) {
	case condition.Column:
		return point(a.column(v, k), v.Kind.Scale)
	case condition.Number:
		return operand{literal: v.Value}
	case condition.YearNumber:
		return operand{literal: big.NewRat(int64(v.Year.On(a.today)), 1)}
	case condition.Arithmetic:
		return a.calculate(v, k)
	case condition.Score:
		var parts []string
		for _, c := range v.Cases {
			t, n := a.truth(c.When, k.exact()), a.number(c.Then, k)
			parts = append(parts, fmt.Sprintf("CASE WHEN %[1]s THEN %[2]s WHEN NOT %[1]s THEN 0 END", t, n.at(n.lo, 0)))
		}
		return point("("+strings.Join(parts, " + ")+")", 0)
	case condition.Fold:
		return a.fold(v, k)
	case condition.Named:
		return a.named(v, k)
	}
	refuse("%T as a number", v)
	return operand{}
}

// calculate works in whole numbers as long as the scales agree.
func (a *asker) calculate(v condition.Arithmetic, k asking) operand {
	l, r := a.number(v.Left, k), a.number(v.Right, k)
	scale := common(l, r)
	if v.Op == condition.Multiply {
		scale = floating
	}
	sql, out := "", scale
	x, y := l.at(l.hi, scale), r.at(r.hi, scale)
	switch v.Op {
	case condition.Add:
		sql = fmt.Sprintf("(%s + %s)", x, y)
	case condition.Subtract:
		sql = fmt.Sprintf("(%s - %s)", x, y)
	case condition.Multiply:
		sql = fmt.Sprintf("(%s * %s)", x, y)
	case condition.Divide:
		sql, out = fmt.Sprintf("(%s / nullif(%s, 0))", x, y), floating
	}
	return operand{lo: sql, hi: sql, scale: out}
}

// named is a derived attribute, worked out once.
func (a *asker) named(v condition.Named, k asking) operand {
	if k.dataset != nil || k.year != 0 {
		return a.number(v.X, k)
	}
	key := condition.ValueKey(v)
	if _, ok := a.derived[key]; !ok {
		a.above(func(level func() int) {
			o := a.number(v.X, k)
			name := v.Name
			if _, taken := a.level[name]; taken {
				name = fmt.Sprintf("%s %d", v.Name, len(a.derived))
			}
			at, lo := level(), name
			a.define(name, o.lo, at)
			if !o.isPoint() {
				name += " at most"
				a.define(name, o.hi, at)
			}
			a.derived[key] = operand{lo: lo, hi: name, scale: o.scale}
		})
	}
	o := a.derived[key]
	o.lo, o.hi = a.read(o.lo), a.read(o.hi)
	return o
}

// day is a date.
func (a *asker) day(v condition.Value, k asking) string {
	switch v := bare(v).(type) {
	case condition.Column:
		return a.column(v, k)
	case condition.Day:
		return "DATE " + text(v.Date.String())
	case condition.Today:
		return "DATE " + text(a.today.String())
	case condition.YearDay:
		return fmt.Sprintf("DATE '%04d-%02d-%02d'", v.Year.On(a.today), v.Month, v.Day)
	case condition.Shift:
		return fmt.Sprintf("(%s + INTERVAL (%d) MONTH + INTERVAL (%d) DAY)::DATE", a.day(v.X, k), 12*v.Span.Years+v.Span.Months, v.Span.Days)
	}
	refuse("%T as a day", v)
	return ""
}
