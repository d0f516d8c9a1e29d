package explain

import (
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// test explains an elementary test by the values it read: a column as such, anything else with what it was computed
// from; each once, in the order of the text.
func (w *walker) test(n *Node, expr condition.Expr, about subject) {
	if w.brief {
		w.gap(n, expr, about)
		return
	}
	seen := map[string]bool{}
	for _, v := range operands(expr, nil) {
		n.Values = w.operand(n.Values, seen, v, about, hints(expr.Node()))
	}
	n.finer = w.finer(expr)
	w.gap(n, expr, about)
	w.then(func() {
		if n.Verdict != Unknown || !readsCode(expr) {
			return
		}
		for i := range n.Values {
			if v := n.Values[i]; v.State == StateKnown {
				v.State = StateCoarse
			}
		}
	})
}

// operand adds an operand to values. Literals are left to the text.
func (w *walker) operand(values []*Value, seen map[string]bool, v condition.Value, about subject, units []string) []*Value {
	switch x := v.(type) {
	case condition.Shift:
		return w.operand(values, seen, x.X, about, units)
	case condition.Number, condition.Day, condition.Word, condition.Truth, condition.YearNumber, condition.YearDay:
		return values
	}
	key := condition.ValueKey(v)
	if seen[key] {
		return values
	}
	seen[key] = true
	return append(values, w.value(v, about, units))
}

// operands are the values that a test reads.
func operands(expr condition.Expr, to []condition.Value) []condition.Value {
	condition.Visit(expr, func(part any) bool {
		v, ok := part.(condition.Value)
		if ok {
			to = append(to, v)
		}
		return !ok
	})
	return to
}

// readsCode reports whether a test asks for a code: a known one that leaves it undecided is known too coarsely.
func readsCode(expr condition.Expr) bool {
	for _, v := range operands(expr, nil) {
		if v.Type().Kind == schemas.KindCode {
			return true
		}
	}
	return false
}

// maxFiner is the number of codes that are named as to be known.
const maxFiner = 3

// finer says what must be known of a code that is known too coarsely for the test: whether it is one of those the set
// tells apart.
func (w *walker) finer(expr condition.Expr) string {
	var codes []string
	system := ""
	condition.Visit(expr, func(part any) bool {
		if m, ok := part.(condition.Member); ok && m.X.Type().Kind == schemas.KindCode {
			system = m.X.Type().System
			codes = append(append(codes, m.Set.Members...), m.Set.Except...)
		}
		return true
	})
	if system == "" {
		return ""
	}
	known := w.known(expr)
	var below []string
	for _, c := range codes {
		if len(c) > len(known) && strings.HasPrefix(c, known) {
			below = append(below, w.codeText(c, system))
		}
	}
	if len(below) == 0 {
		return ""
	}
	text := "是否 " + strings.Join(below[:min(len(below), maxFiner)], "、")
	if len(below) > maxFiner {
		text += " 等"
	}
	return text
}

// known is the code that a test of the enterprise's code finds, whatever its age.
func (w *walker) known(expr condition.Expr) string {
	code := ""
	condition.Visit(expr, func(part any) bool {
		if c, ok := part.(condition.Column); ok && c.Dataset == nil && c.Kind.Kind == schemas.KindCode {
			if a := w.in.Block.Attributes[c.Name]; a != nil {
				if values, known, _ := a.On(w.in.Today); known.Has(0) {
					code = values.Texts[0]
				}
			}
		}
		return true
	})
	return code
}
