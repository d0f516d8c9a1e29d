package simulate

import (
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/schemas"
)

// Text is a rung in the words of its threshold: 2000万元, 20人, 3%, 2024-01-01, 3年.
func (t *Threshold) Text(r Rung) string {
	switch {
	case r.Span != nil && r.Span.IsZero():
		return "0天"
	case r.Span != nil:
		return r.Span.String()
	case r.Number == nil:
		return r.Date.String()
	}
	unit := r.Unit
	if word := t.word(); word != "" && !unit.IsMoney() {
		unit = schemas.Unit(word)
	} else if unit == schemas.UnitCount {
		unit = schemas.UnitNone
	}
	return explain.Amount(r.Number, unit)
}

// word is the unit as it is written in the test, "" if there is none.
func (t *Threshold) word() string {
	var sides []condition.Node
	switch n := t.Test.Node().(type) {
	case *condition.Relation:
		sides = []condition.Node{n.Left, n.Right}
	case *condition.During:
		sides = []condition.Node{n.Low, n.High}
	}
	for _, side := range sides {
		if q, ok := side.(*condition.Quantity); ok && q.Unit != "" && q.Per == "" {
			return q.Unit
		}
	}
	return ""
}

// Sign is how the test compares with its threshold, seen from what is compared: >= for 营业收入 >= 2000万. A span is not
// what is compared with, and has none.
func (t *Threshold) Sign() string {
	op := t.Test.Op
	switch present := t.Ladder[t.Present]; {
	case present.Span != nil:
		return ""
	case t.left:
		op = mirrored(op)
	}
	switch op {
	case condition.Less:
		return "<"
	case condition.LessOrEqual:
		return "<="
	case condition.Greater:
		return ">"
	case condition.GreaterOrEqual:
		return ">="
	}
	return "="
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
