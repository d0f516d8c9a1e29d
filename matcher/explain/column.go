package explain

import (
	"strings"

	"zhida/matcher/condition"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// column is the value of a column of the enterprise, or of a row.
func (w *walker) column(c condition.Column, about subject) *Value {
	switch {
	case c.Dataset != nil:
		return w.field(c, about)
	case c.Yearly:
		return w.inYear(c, c.Year.On(w.in.Today))
	case c.Within > 0:
		return w.inYear(c, yearOf(w.in.Today, c.Within, about.row))
	}
	if a := w.in.Block.Attributes[c.Name]; a != nil {
		return w.attribute(a, 0)
	}
	return &Value{Kind: ValueColumn, Name: c.Name, State: StateUnknown} // the plan will say so
}

// attribute is the value of an attribute, of a year unless that is 0, with what each of its sources says.
func (w *walker) attribute(a *profile.Attribute, year int) *Value {
	out := &Value{Kind: ValueColumn, Name: a.Name, Year: year, State: StateUnknown}
	for _, s := range a.Sources {
		out.suppliers = append(out.suppliers, w.supplier(s.Dataset))
	}
	_, known, layer := a.On(w.in.Today)
	var said []saying
	for k := range a.Layers {
		if !a.Layers[k].Values.Known.Has(0) {
			continue
		}
		s := saying{Value: w.source(a, k), source: int(a.Layers[k].Source[0])}
		s.used = known.Has(0) && (layer == nil && k == 0 || layer != nil && int(layer[0]) == k)
		if w.stale(a, k) {
			s.State = StateStale
		}
		said = append(said, s)
	}
	out.say(said)
	return out
}

// saying is what one source says.
type saying struct {
	Value
	source int  // its place among the attribute's sources
	used   bool // it is the one that counts
}

// say takes over what the sources of an attribute say, in their order: the one that counts, else the first, as the
// value, and the rest beside it.
func (v *Value) say(said []saying) {
	if len(said) == 0 {
		return
	}
	chosen := 0
	for k := range said {
		if said[k].used {
			chosen = k
		}
	}
	year, suppliers := v.Year, v.suppliers
	*v = said[chosen].Value
	v.Year, v.suppliers = year, suppliers
	differ := ""
	for k := range said {
		if k == chosen {
			continue
		}
		other := said[k].Value
		other.Year = year
		if other.Differs = other.Text != v.Text; other.Differs {
			differ = other.Dataset
		}
		v.Others = append(v.Others, other)
	}
	switch {
	case differ == "":
	case !said[chosen].used:
		v.Why = "都已过保存期"
	case chosen > 0:
		v.Why = said[0].Dataset + " 已过保存期，采用 " + v.Dataset
	default:
		v.Why = "按先后次序采用 " + v.Dataset
	}
}

// supplier is the department behind a dataset.
func (w *walker) supplier(dataset string) Supplier {
	if d := w.in.Datasets[dataset]; d != nil {
		return supplierOf(d)
	}
	return Supplier{Dataset: dataset}
}

func supplierOf(d *schemas.Dataset) Supplier {
	return Supplier{Dataset: titleOrName(d), Owner: d.Owner}
}

func titleOrName(d *schemas.Dataset) string {
	if d.Title != "" {
		return d.Title
	}
	return d.Name
}

// source is what one source says about an attribute.
func (w *walker) source(a *profile.Attribute, layer int) Value {
	l := &a.Layers[layer]
	v := Value{
		Kind: ValueColumn, Name: a.Name,
		Dataset: w.supplier(a.Sources[l.Source[0]].Dataset).Dataset,
		Origin:  l.Origin[0], Confirmed: schemas.Date(l.Confirmed[0]).String(),
	}
	w.know(&v, l.Values, 0, a.Type)
	return v
}

// stale reports whether the layer's value is beyond the shelf life of its source.
func (w *walker) stale(a *profile.Attribute, layer int) bool {
	l := &a.Layers[layer]
	return l.Confirmed[0] < profile.Oldest(a.Sources[l.Source[0]].Shelf, w.in.Today)
}

// field is the value of a field of a row. Where the row came from is said by the row.
func (w *walker) field(c condition.Column, about subject) *Value {
	v := &Value{
		Kind: ValueColumn, Name: c.Name, State: StateUnknown,
		field: titleOrName(c.Dataset) + ".", suppliers: []Supplier{supplierOf(c.Dataset)},
	}
	rows := w.in.Block.Rows[c.Dataset.Name]
	if rows == nil {
		return v
	}
	stored := rows.Column(c.Name)
	if stored == nil || !stored.Known.Has(about.row) {
		return v
	}
	w.know(v, stored, about.row, c.Kind)
	if want := c.Kind.Unit.Currency(); want != "" {
		if currency := currencyAt(rows, c.Name, about.row); currency != want {
			v.Low, v.High, v.Unit = "", "", ""
			v.State, v.Text = StateUnknown, strings.TrimSpace(schemas.FormatDecimal(stored.Ints[about.row], c.Kind.Scale)+" "+currency)+"，不是"+string(c.Kind.Unit)
		}
	}
	return v
}

func currencyAt(rows *profile.Rows, field string, row int) string {
	if k := rows.Column(field + schemas.CurrencySuffix); k != nil && k.Known.Has(row) {
		return k.Texts[row]
	}
	return ""
}

// know writes a stored value into a value.
func (w *walker) know(v *Value, c *table.Column, row int, t schemas.Type) {
	v.State = StateKnown
	switch t.Kind {
	case schemas.KindNumber:
		r, info := stored(c.Ints[row], t.Scale), t.Unit
		v.Text, v.Low, v.High = amount(r, t.Unit), precise(r), precise(r)
		if unit, ok := schemas.LookupUnit(string(info)); ok {
			info = unit.Base
		}
		v.Unit = string(info)
	case schemas.KindDate:
		v.Text = schemas.Date(c.Ints[row]).String()
	case schemas.KindTruth:
		v.Text = either(c.Ints[row] == 1, "是", "否")
	case schemas.KindCode:
		v.Text = w.codeText(c.Texts[row], t.System)
	default:
		v.Text = c.Texts[row]
	}
}
