package matchtest

import (
	"math/big"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// equals is the relation of a column to its value.
func equals(t schemas.Type) string {
	if t.Kind == schemas.KindCode {
		return "属于"
	}
	return "="
}

// literal is a value as a condition writes it: texts get quotes if they have none.
func literal(value piece, t schemas.Type) (text piece, ok bool) {
	if t.Kind != schemas.KindText {
		return value, true
	}
	if _, ok := value.unquoted(); ok {
		return value, true
	}
	if strings.ContainsAny(value.text, "\"“”＂") {
		return value, false
	}
	value.text, value.at.Column = "\""+value.text+"\"", value.at.Column-1
	return value, true
}

// compile checks a comparison of a column with a value, and reports faults where the script has them: it has no quotes that
// literal added.
func (g *gatherer) compile(value, text piece, pieces ...piece) condition.Expr {
	expr, faults := condition.Compile(joined(g.file, pieces...), g.defs.Env)
	for _, f := range faults {
		if text != value && f.Line == text.at.Line && f.Column == text.at.Column {
			f.Column, f.Width = value.at.Column, max(1, f.Width-len(`""`))
		}
		g.faults = append(g.faults, f)
	}
	return expr
}

// unstorable says that a value cannot be a fact.
func (g *gatherer) unstorable(at piece, name string, t schemas.Type) {
	if t.Kind == schemas.KindNumber && at.text != "" && strings.ContainsAny(at.text[:1], "0123456789-.") {
		g.fault(at, "", "“%s”保留 %d 位小数，不能再细", name, t.Scale)
		return
	}
	g.fault(at, "写一个值，例如 1000万元、2024-02-29", "“%s”要写一个确定的值", name)
}

// cell takes the value out of a checked comparison.
func (g *gatherer) cell(expr condition.Expr, t schemas.Type) (column condition.Column, c cell, ok bool) {
	switch x := expr.(type) {
	case condition.Member:
		column, ok = x.X.(condition.Column)
		if !ok || len(x.Set.Members) != 1 || len(x.Set.Except) != 0 {
			return column, c, false
		}
		return column, cell{text: x.Set.Members[0]}, true
	case condition.Compare:
		column, ok = x.Left.(condition.Column)
		if !ok || x.Op != condition.Equal {
			return column, c, false
		}
		c, ok = g.constant(x.Right, t)
		return column, c, ok
	}
	return column, c, false
}

// constant is the stored form of a value that reads nothing.
func (g *gatherer) constant(v condition.Value, t schemas.Type) (cell, bool) {
	switch v := v.(type) {
	case condition.Word:
		return cell{text: v.Text}, true
	case condition.Truth:
		if v.Yes {
			return cell{number: 1}, true
		}
		return cell{}, true
	case condition.Day, condition.Today, condition.Shift:
		day, ok := dayOf(v, g.today)
		return cell{number: int64(day)}, ok
	}
	x, ok := numberOf(v, g.today)
	if !ok {
		return cell{}, false
	}
	scaled := new(big.Rat).Mul(x, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(t.Scale)), nil)))
	if !scaled.IsInt() || !scaled.Num().IsInt64() {
		return cell{}, false
	}
	return cell{number: scaled.Num().Int64(), currency: t.Unit.Currency()}, true
}

// dayOf is a day that reads nothing: 2024-02-29, 今天 - 1年.
func dayOf(v condition.Value, today schemas.Date) (schemas.Date, bool) {
	switch v := v.(type) {
	case condition.Day:
		return v.Date, true
	case condition.Today:
		return today, true
	case condition.Shift:
		day, ok := dayOf(v.X, today)
		return day.Add(v.Span), ok
	}
	return 0, false
}

// numberOf is a number that reads nothing: 1000万元, -3%, 上年.
func numberOf(v condition.Value, today schemas.Date) (*big.Rat, bool) {
	switch v := v.(type) {
	case condition.Number:
		return v.Value, true
	case condition.YearNumber:
		return big.NewRat(int64(v.Year.On(today)), 1), true
	case condition.Arithmetic:
		left, ok := numberOf(v.Left, today)
		right, fine := numberOf(v.Right, today)
		if !ok || !fine {
			return nil, false
		}
		switch v.Op {
		case condition.Add:
			return new(big.Rat).Add(left, right), true
		case condition.Subtract:
			return new(big.Rat).Sub(left, right), true
		case condition.Multiply:
			return new(big.Rat).Mul(left, right), true
		case condition.Divide:
			if right.Sign() != 0 {
				return new(big.Rat).Quo(left, right), true
			}
		}
	}
	return nil, false
}
