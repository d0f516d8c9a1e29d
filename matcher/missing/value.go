package missing

import (
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// value is what a test reads, or part of it. Literals have none: they are always known.
type value struct {
	known  plan.Ref          // where it is known; unused for words that are not columns
	absent plan.Ref          // no where there is no such value, which is known too
	words  bool              // not a number or a date
	lacks  bool              // absent is asked
	coarse bool              // of a test of codes: known or not, it is not known well enough
	column *condition.Column // a column, or else
	whole  *value            // what a derived attribute stands for, or else
	cases  []branch          // 分档 and 计分, or else
	first  bool              // 分档: the first that holds
	rows   *list             // a fold, or else
	parts  []*value          // what it is computed from
}

// branch is a case of 分档 or 计分.
type branch struct {
	when *node // nil: 其他
	then *value
}

// asksCode reports whether a test asks for a code.
func asksCode(expr condition.Expr) bool {
	m, ok := expr.(condition.Member)
	if not, is := expr.(condition.Not); is {
		m, ok = not.X.(condition.Member)
	}
	return ok && m.X.Type().Kind == schemas.KindCode
}

// operand adds an operand to values, each once.
func (c *compiler) operand(values []*value, seen map[string]bool, v condition.Value) []*value {
	if shift, ok := v.(condition.Shift); ok {
		return c.operand(values, seen, shift.X)
	}
	key := condition.ValueKey(v)
	if isLiteral(v) || seen[key] {
		return values
	}
	seen[key] = true
	return append(values, c.value(v))
}

func isLiteral(v condition.Value) bool {
	switch v.(type) {
	case condition.Number, condition.Day, condition.Word, condition.Truth, condition.YearNumber, condition.YearDay, condition.Today:
		return true
	}
	return false
}

func (c *compiler) value(v condition.Value) *value {
	out := &value{}
	switch v.Type().Kind {
	case schemas.KindNumber, schemas.KindDate:
	default:
		out.words = true
	}
	switch x := v.(type) {
	case condition.Column:
		out.column = &x
		out.known = c.truth(condition.Known{X: x})
		return out
	case condition.Named:
		if !isLiteral(x.X) {
			out.whole = c.value(x.X)
		}
	case condition.Tiers:
		out.first = true
		out.cases = append(c.branches(x.Cases), branch{then: c.optional(x.Else)})
	case condition.Score:
		out.cases = c.branches(x.Cases)
	case condition.Bands:
		out.parts = c.operand(nil, map[string]bool{}, x.X)
	case condition.Fold:
		out.rows = c.list(x.Over, x.Of)
	default:
		out.parts = c.partsOf(v)
	}
	if !out.words {
		c.askNumber(out, v)
	}
	return out
}

// askNumber asks where a number or a date is known, and where it is known that there is none.
func (c *compiler) askNumber(out *value, v condition.Value) {
	if c.over == nil {
		out.known = c.ask(c.plan.AddValue(v).Point())
	} else {
		out.known = c.ask(c.plan.AddOverValue(*c.over, v).Point())
	}
	if out.lacks = canLack(v); out.lacks {
		out.absent = c.truth(condition.Compare{Op: condition.GreaterOrEqual, Left: v, Right: v})
	}
}

// canLack reports whether there can be no such value: the least, the greatest or the average of no rows.
func canLack(v condition.Value) bool {
	lacks := false
	condition.VisitValue(v, func(part any) bool {
		if f, ok := part.(condition.Fold); ok {
			switch f.Op {
			case condition.FoldMin, condition.FoldMax, condition.FoldAverage:
				lacks = true
			}
		}
		return true
	})
	return lacks
}

// optional is a value, or nil for a literal.
func (c *compiler) optional(v condition.Value) *value {
	if isLiteral(v) {
		return nil
	}
	return c.value(v)
}

func (c *compiler) branches(cases []condition.Case) []branch {
	var out []branch
	for _, x := range cases {
		out = append(out, branch{c.node(x.When), c.optional(x.Then)})
	}
	return out
}

// partsOf are what a sum, a product or the greatest of some is computed from.
func (c *compiler) partsOf(v condition.Value) []*value {
	var out []*value
	seen := map[string]bool{}
	condition.VisitValue(v, func(part any) bool {
		switch p := part.(type) {
		case condition.Arithmetic, condition.Extreme, condition.Shift:
			return true
		case condition.Value:
			out = c.operand(out, seen, p)
		}
		return false
	})
	return out
}

// columnsOf are the columns a value is computed from, those within cases and rows aside.
func columnsOf(to []condition.Column, v condition.Value) []condition.Column {
	condition.VisitValue(v, func(part any) bool {
		switch p := part.(type) {
		case condition.Column:
			to = append(to, p)
		case condition.Tiers, condition.Score, condition.Fold, condition.Expr:
			return false
		}
		return true
	})
	return to
}
