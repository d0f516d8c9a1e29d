package explain

import (
	"zhida/matcher/condition"
	"zhida/schemas"
)

// value explains a value. units are those that the text around it uses.
func (w *walker) value(v condition.Value, about subject, units []string) *Value {
	switch x := v.(type) {
	case condition.Column:
		return w.column(x, about)
	case condition.Today:
		return &Value{Kind: ValueToday, Name: "今天", Text: w.in.Today.String(), State: StateKnown}
	}
	out := &Value{Kind: ValueComputed, Name: valueText(v), State: StateUnknown}
	units = append(hints(syntaxOf(v)), units...)
	switch x := v.(type) {
	case condition.Number:
		out.fill(number{low: x.Value, high: x.Value}, x.Type(), units)
		out.Name = out.Text
		return out
	case condition.Day:
		out.State, out.Text = StateKnown, x.Date.String()
		return out
	case condition.Word:
		out.State, out.Text = StateKnown, x.Text
		return out
	case condition.Named:
		w.named(out, x, about, units)
	case condition.Tiers:
		w.tiers(out, x, about, units)
	case condition.Score:
		w.score(out, x, about, units)
	case condition.Bands:
		w.bands(out, x, about, units)
	case condition.Fold:
		out.Kind = ValueFold
		out.List = w.list(&x.Over, x.Of, false)
	case condition.Extreme:
		out.Parts = w.parts(v, about, units)
		w.capped(out, x, about, units)
	default:
		out.Parts = w.parts(v, about, units)
	}
	w.fillIn(out, v, about, units)
	return out
}

// fillIn asks the plan for the value if it is a number or a date. A word is the word of the case that applies.
func (w *walker) fillIn(out *Value, v condition.Value, about subject, units []string) {
	switch t := v.Type(); t.Kind {
	case schemas.KindNumber, schemas.KindDate:
		w.number(v, about, func(n number) { out.fill(n, t, units) })
	default:
		w.then(out.takeWord)
	}
}

// parts are what a sum, a product or the greatest of some was computed from, down to columns and whatever has parts of
// its own.
func (w *walker) parts(v condition.Value, about subject, units []string) []*Value {
	var out []*Value
	seen := map[string]bool{}
	condition.VisitValue(v, func(part any) bool {
		switch p := part.(type) {
		case condition.Arithmetic, condition.Extreme, condition.Shift:
			return true
		case condition.Value:
			out = w.operand(out, seen, p, about, units)
		}
		return false
	})
	return out
}

// capped notes what a value would be without its 封顶 or 保底, where that makes a difference.
func (w *walker) capped(out *Value, x condition.Extreme, about subject, units []string) {
	written, ok := x.Node().(*condition.Cap)
	if !ok || x.Type().Kind != schemas.KindNumber {
		return
	}
	var before number
	w.number(x.Parts[0], about, func(n number) { before = n })
	w.then(func() {
		if p := before.point(); p != nil && out.asked.point() != nil && p.Cmp(out.asked.low) != 0 {
			out.cap, out.Before = written.Op, amount(p, unitFor(x.Type().Unit, units))
		}
	})
}

// named explains a derived attribute by what it stands for, made once.
func (w *walker) named(out *Value, x condition.Named, about subject, units []string) {
	out.Kind = ValueDerived
	key := condition.ValueKey(x)
	rule, met := w.derived[key]
	if !met || about.over != nil {
		rule = w.value(x.X, about, units)
		w.derived[key] = rule
	}
	out.rule = rule
}

// valueText is the canonical text of a value.
func valueText(v condition.Value) string {
	if syntax := syntaxOf(v); syntax != nil {
		return condition.Format(syntax)
	}
	switch x := v.(type) {
	case condition.Named:
		return x.Name
	case condition.Number:
		return amount(x.Value, x.Unit)
	case condition.Word:
		return x.Text
	case condition.Day:
		return x.Date.String()
	}
	return ""
}

// syntaxOf is the syntax a value was checked from, if it was kept.
func syntaxOf(v condition.Value) condition.Node {
	if x, ok := v.(interface{ Node() condition.Node }); ok {
		return x.Node()
	}
	return nil
}
