package plan

import (
	"fmt"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// lowerCompare brings a comparison into one form: 分档 lifted out, constant arithmetic done, and Less and LessOrEqual as
// what they deny, so that A < 5 and A >= 5 are one test. With a value that can be absent they are two, and both no.
func (b *Builder) lowerCompare(c condition.Compare, space int) Ref {
	return b.branches(c.Left, space, func(left condition.Value) Ref {
		return b.branches(c.Right, space, func(right condition.Value) Ref {
			return b.relate(c.Op, folded(left), folded(right), space)
		})
	})
}

func (b *Builder) relate(op condition.Op, left, right condition.Value, space int) Ref {
	if !isColumn(left) && (isColumn(right) || isConstant(left)) {
		left, right, op = right, left, mirrored(op)
	}
	switch {
	case canBeAbsent(left) || canBeAbsent(right):
		return b.relation(op, left, right, space)
	case op == condition.Less:
		return b.compare(condition.GreaterOrEqual, left, right, space).Not()
	case op == condition.LessOrEqual:
		return b.compare(condition.Greater, left, right, space).Not()
	}
	return b.compare(op, left, right, space)
}

// canBeAbsent reports whether a value contains a fold that has none over no row.
func canBeAbsent(v condition.Value) bool {
	found := false
	condition.VisitValue(v, func(part any) bool {
		switch x := part.(type) {
		case condition.Fold:
			found = found || x.Op == condition.FoldMin || x.Op == condition.FoldMax || x.Op == condition.FoldAverage
			return false
		case condition.Expr:
			return false
		}
		return true
	})
	return found
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

// compare makes the test: the special one for what conditions mostly ask, or else the general relation of two
// expressions.
func (b *Builder) compare(op condition.Op, left, right condition.Value, space int) Ref {
	switch left.Type().Kind {
	case schemas.KindNumber:
		return b.compareNumbers(op, left, right, space)
	case schemas.KindDate:
		return b.compareDates(op, left, right, space)
	}
	return b.same(left, right, space)
}

func (b *Builder) compareNumbers(op condition.Op, left, right condition.Value, space int) Ref {
	switch l := left.(type) {
	case condition.Number:
		if r, ok := right.(condition.Number); ok {
			sign := l.Value.Cmp(r.Value)
			return b.truth(space, decide(op, sign, sign) == yes)
		}
	case condition.Column:
		switch r := right.(type) {
		case condition.Number:
			return b.number(space, compareNumber(l, op, r.Value))
		case condition.Column:
			return b.leaf(space, compareNumbers(op, l, r))
		}
	}
	return b.relation(op, left, right, space)
}

func (b *Builder) compareDates(op condition.Op, left, right condition.Value, space int) Ref {
	if !isTerm(left) || !isTerm(right) {
		return b.relation(op, left, right, space)
	}
	lt, rt := termOf(left), termOf(right) // a column stands on the left, if there is one
	switch {
	case lt.column == nil:
		return b.leaf(space, dayTest{op: op, left: lt, right: rt})
	case rt.column == nil:
		return b.date(space, dateTest{op: op, moved: lt, day: rt})
	}
	return b.leaf(space, datesTest{op: op, left: lt, right: rt})
}

// same relates texts or truths, by Equal.
func (b *Builder) same(left, right condition.Value, space int) Ref {
	l, ok := left.(condition.Column)
	if !ok { // both are constants
		return b.truth(space, left == right)
	}
	switch r := right.(type) {
	case condition.Word:
		return b.leaf(space, memberOf(l, condition.Set{Members: []string{r.Text}}))
	case condition.Truth:
		is := b.leaf(space, truthTest{field: fieldOf(l)})
		if !r.Yes {
			return is.Not()
		}
		return is
	case condition.Column:
		return b.leaf(space, sameTest{left: fieldOf(l), right: fieldOf(r)})
	}
	panic(fmt.Sprintf("plan: no such operand: %T", right))
}

// isColumn reports whether a value is a column, moved or not.
func isColumn(v condition.Value) bool {
	_, ok := columnIn(v)
	return ok
}

func isConstant(v condition.Value) bool {
	switch v.(type) {
	case condition.Number, condition.Day, condition.Word, condition.Truth:
		return true
	}
	return false
}
