package plan

import (
	"fmt"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// Add adds a condition on enterprises and returns the Ref to ask for.
func (b *Builder) Add(expr condition.Expr) Ref { return b.lower(expr, enterprises) }

// AddRows adds a condition on the rows of a dataset, as it stands inside 有 and 每. Its truth has one place per row of
// the block. A nil condition holds for every row.
func (b *Builder) AddRows(d *schemas.Dataset, where condition.Expr) Ref {
	space := b.space(d)
	if where == nil {
		return b.yes(space)
	}
	return b.lower(where, space)
}

// lower turns a condition into nodes of a space. The checker lets a row's condition read nothing but fields of the row.
func (b *Builder) lower(expr condition.Expr, space int) Ref {
	switch expr.(type) {
	case condition.Tag, condition.Exists:
		if space != enterprises {
			panic(fmt.Sprintf("plan: %T in a condition on rows", expr))
		}
	}
	switch x := expr.(type) {
	case condition.And:
		return b.all(space, b.lowerEach(x.Parts, space))
	case condition.Or:
		parts := b.lowerEach(x.Parts, space)
		for i := range parts {
			parts[i] = parts[i].Not()
		}
		return b.all(space, parts).Not()
	case condition.Not:
		return b.lower(x.X, space).Not()
	case condition.Compare:
		return b.lowerCompare(x, space)
	case condition.Member:
		return b.leaf(space, memberOf(x.X.(condition.Column), x.Set))
	case condition.Tag:
		return b.leaf(space, tagTest{name: x.Name})
	case condition.Known:
		if c, ok := columnIn(x.X); ok {
			return b.leaf(space, knownTest{field: fieldOf(c)})
		}
		return b.yes(space)
	case condition.Exists:
		where := b.AddRows(x.Dataset, x.Where)
		if x.Every {
			return b.some(b.space(x.Dataset), where.Not()).Not()
		}
		return b.some(b.space(x.Dataset), where)
	}
	panic(fmt.Sprintf("plan: no such expression: %T", expr)) // the set of implementations is closed
}

func (b *Builder) lowerEach(parts []condition.Expr, space int) []Ref {
	out := make([]Ref, len(parts))
	for i, p := range parts {
		out[i] = b.lower(p, space)
	}
	return out
}

// lowerCompare brings a comparison into one form: a column on the left, and Less and LessOrEqual as what they deny,
// so that A < 5 and A >= 5 are one test.
func (b *Builder) lowerCompare(c condition.Compare, space int) Ref {
	left, right, op := c.Left, c.Right, c.Op
	if _, ok := columnIn(left); !ok {
		left, right, op = right, left, mirrored(op)
	}
	switch op {
	case condition.Less:
		return b.compare(condition.GreaterOrEqual, left, right, space).Not()
	case condition.LessOrEqual:
		return b.compare(condition.Greater, left, right, space).Not()
	}
	return b.compare(op, left, right, space)
}

func mirrored(op condition.Op) condition.Op {
	switch op {
	case condition.Less:
		return condition.Greater
	case condition.LessOrEqual:
		return condition.GreaterOrEqual
	case condition.Greater:
		return condition.Less
	case condition.GreaterOrEqual:
		return condition.LessOrEqual
	}
	return op
}

// compare makes the test. There is a column on the left if there is one at all.
func (b *Builder) compare(op condition.Op, left, right condition.Value, space int) Ref {
	switch l := left.(type) {
	case condition.Number:
		sign := l.Value.Cmp(right.(condition.Number).Value)
		return b.truth(space, decide(op, sign, sign) == yes)
	case condition.Word:
		return b.truth(space, l == right)
	case condition.Truth:
		return b.truth(space, l == right)
	case condition.Column:
		if l.Kind.Kind != schemas.KindDate {
			return b.compareColumn(op, l, right, space)
		}
	}
	lt, rt := termOf(left), termOf(right)
	switch {
	case lt.column == nil:
		return b.leaf(space, dayTest{op: op, left: lt, right: rt})
	case rt.column == nil:
		return b.leaf(space, dateTest{op: op, moved: lt, day: rt})
	}
	return b.leaf(space, datesTest{op: op, left: lt, right: rt})
}

// compareColumn relates a column that is not a date.
func (b *Builder) compareColumn(op condition.Op, l condition.Column, right condition.Value, space int) Ref {
	switch r := right.(type) {
	case condition.Number:
		return b.leaf(space, compareNumber(l, op, r.Value))
	case condition.Word:
		return b.leaf(space, memberOf(l, condition.Set{Members: []string{r.Text}}))
	case condition.Truth:
		is := b.leaf(space, truthTest{field: fieldOf(l)})
		if !r.Yes {
			return is.Not()
		}
		return is
	case condition.Column:
		switch l.Kind.Kind {
		case schemas.KindNumber:
			return b.leaf(space, compareNumbers(op, l, r))
		}
		return b.leaf(space, sameTest{left: fieldOf(l), right: fieldOf(r)})
	}
	panic(fmt.Sprintf("plan: no such operand: %T", right))
}

// columnIn is the column an operand reads, if it reads one.
func columnIn(v condition.Value) (condition.Column, bool) {
	for {
		switch x := v.(type) {
		case condition.Column:
			return x, true
		case condition.Shift:
			v = x.X
		default:
			return condition.Column{}, false
		}
	}
}
