package explain

import (
	"strings"

	"zhida/matcher/condition"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// values notes what a test read: each column once, in the order of the text, and today if the test uses it.
func (w *walker) values(n *Node, expr condition.Expr, about subject) {
	seen := map[string]bool{}
	for _, v := range operands(expr, nil) {
		for {
			shift, ok := v.(condition.Shift)
			if !ok {
				break
			}
			v = shift.X
		}
		switch v := v.(type) {
		case condition.Column:
			if !seen[v.Name] {
				n.Values = append(n.Values, w.column(v, about))
			}
			seen[v.Name] = true
		case condition.Today:
			if !seen["今天"] {
				n.Values = append(n.Values, Value{Name: "今天", Text: w.in.Today.String(), State: StateKnown})
			}
			seen["今天"] = true
		}
	}
	w.after = append(w.after, func() error {
		for i := range n.Values {
			if v := &n.Values[i]; n.Verdict == Unknown && v.State == StateKnown && readsCode(expr) {
				v.State = StateCoarse
			}
		}
		return nil
	})
}

// operands are the values that a test reads.
func operands(expr condition.Expr, to []condition.Value) []condition.Value {
	switch x := expr.(type) {
	case condition.And:
		for _, p := range x.Parts {
			to = operands(p, to)
		}
	case condition.Or:
		for _, p := range x.Parts {
			to = operands(p, to)
		}
	case condition.Not:
		to = operands(x.X, to)
	case condition.Compare:
		to = append(to, x.Left, x.Right)
	case condition.Member:
		to = append(to, x.X)
	case condition.Known:
		to = append(to, x.X)
	}
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

// column is the value of a column of the enterprise, or of a row.
func (w *walker) column(c condition.Column, about subject) Value {
	if c.Dataset != nil {
		return w.field(c, about)
	}
	v := Value{Name: c.Name, State: StateUnknown}
	a := w.in.Block.Attributes[c.Name]
	if a == nil {
		return v // the plan will say so
	}
	_, known, layer := a.On(w.in.Today)
	chosen := 0
	if layer != nil {
		chosen = int(layer[0])
	}
	for k := range a.Layers {
		if !a.Layers[k].Values.Known.Has(0) {
			continue
		}
		said := w.source(a, k)
		switch {
		case k == chosen && known.Has(0):
			said.State = StateKnown
		case w.stale(a, k):
			said.State = StateStale
		default:
			said.State = StateKnown
		}
		if k == chosen {
			said.Others = v.Others
			v = said
		} else {
			v.Others = append(v.Others, said)
		}
	}
	return v
}

// source is what one source says about an attribute.
func (w *walker) source(a *profile.Attribute, layer int) Value {
	l := &a.Layers[layer]
	dataset := a.Sources[l.Source[0]].Dataset
	if d := w.in.Datasets[dataset]; d != nil {
		dataset = d.Title
	}
	return Value{
		Name: a.Name, Text: w.text(l.Values, 0, a.Type), Dataset: dataset,
		Origin: l.Origin[0], Confirmed: schemas.Date(l.Confirmed[0]).String(),
	}
}

// stale reports whether the layer's value is beyond the shelf life of its source.
func (w *walker) stale(a *profile.Attribute, layer int) bool {
	l := &a.Layers[layer]
	return l.Confirmed[0] < profile.Oldest(a.Sources[l.Source[0]].Shelf, w.in.Today)
}

// field is the value of a field of a row. Where the row came from is said by the row.
func (w *walker) field(c condition.Column, about subject) Value {
	v := Value{Name: c.Name, State: StateUnknown}
	rows := w.in.Block.Rows[c.Dataset.Name]
	if rows == nil {
		return v
	}
	stored := rows.Column(c.Name)
	if stored == nil || !stored.Known.Has(about.row) {
		return v
	}
	v.State, v.Text = StateKnown, w.text(stored, about.row, c.Kind)
	if want := c.Kind.Unit.Currency(); want != "" {
		currency := ""
		if k := rows.Column(c.Name + schemas.CurrencySuffix); k != nil && k.Known.Has(about.row) {
			currency = k.Texts[about.row]
		}
		if currency != want {
			v.State, v.Text = StateUnknown, strings.TrimSpace(schemas.FormatDecimal(stored.Ints[about.row], c.Kind.Scale)+" "+currency)+"，不是"+string(c.Kind.Unit)
		}
	}
	return v
}

// text is a known value in the words of an officer.
func (w *walker) text(c *table.Column, row int, t schemas.Type) string {
	switch t.Kind {
	case schemas.KindNumber:
		return amount(c.Ints[row], t)
	case schemas.KindDate:
		return schemas.Date(c.Ints[row]).String()
	case schemas.KindTruth:
		if c.Ints[row] == 1 {
			return "是"
		}
		return "否"
	case schemas.KindCode:
		return w.codeText(c.Texts[row], t.System)
	}
	return c.Texts[row]
}
