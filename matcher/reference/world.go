package reference

import (
	"math/big"
	"strings"
	"time"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// World is what a business date knows about its datasets and attributes. It remembers what it looked up about codes, so
// a world belongs to one goroutine.
type World struct {
	Today      schemas.Date
	FreshOn    map[string]schemas.Date       // by dataset: the day on which its facts must be in date, if it is not Today
	Datasets   map[string]*schemas.Dataset   // by name
	Attributes map[string]*schemas.Attribute // by name
	Coverage   map[string][]Coverage         // by dataset, of complete lists
	RegionOf   string                        // the attribute that says where an enterprise is
	Codes      map[string][]string           // by system: the codes that have none below them

	finest map[string][]string // of Codes, those below a code
}

// Coverage is a full delivery of a complete list: on the day Full, for the enterprises in the region Scope.
type Coverage struct {
	Scope string
	Full  schemas.Date
}

// Enterprise is what is known of one.
type Enterprise struct {
	Rows map[string][]Row // by dataset
	Tags map[string]Truth // what is missing is unknown
}

// Row is a row of a dataset.
type Row struct {
	Cells     map[string]Cell // by field; what is missing is unknown
	Confirmed schemas.Date
}

// Cell is a known value: a number at its field's scale, a date or a truth value in Number, else Text.
type Cell struct {
	Number   int64
	Text     string
	Currency string
}

// scope is what a name is looked up in: the enterprise, and inside a source one row of a dataset or one year.
type scope struct {
	*World
	who     *Enterprise
	row     *Row
	blind   bool // nothing is known of the row
	year    int
	granted Grant
}

// cell looks a column up.
func (s scope) cell(c condition.Column) (Cell, bool) {
	switch {
	case c.Dataset != nil:
		v, ok := s.row.Cells[c.Name]
		return v, ok && fits(v, c.Kind)
	case c.Within > 0:
		return s.attribute(c, s.year)
	case c.Yearly:
		return s.attribute(c, c.Year.On(s.Today))
	}
	return s.attribute(c, 0)
}

// attribute is the value of the first source that knows it today; year 0 is that of an attribute without years.
func (s scope) attribute(c condition.Column, year int) (Cell, bool) {
	for _, source := range s.Attributes[c.Name].Sources {
		d := s.Datasets[source.Dataset]
		for _, row := range s.who.Rows[source.Dataset] {
			if !s.inDate(d, row.Confirmed) {
				continue
			}
			if year != 0 {
				of, ok := row.Cells[d.Year]
				if !ok || of.Number != int64(year) {
					continue
				}
			}
			if v, ok := row.Cells[source.Field]; ok && fits(v, c.Kind) {
				return v, true
			}
		}
	}
	return Cell{}, false
}

// Value is the value of an attribute, in a year if it is yearly (else 0), and whether it is known.
func (w *World) Value(name string, year int, who *Enterprise) (Cell, bool) {
	a := w.Attributes[name]
	return scope{World: w, who: who}.attribute(condition.Column{Name: name, Kind: a.Type}, year)
}

// Complete reports whether a dataset vouches that the enterprise has no rows but those that are there.
func (w *World) Complete(d *schemas.Dataset, who *Enterprise) bool {
	return scope{World: w, who: who}.complete(d)
}

// Fresh reports whether a row of the dataset is within its shelf life.
func (w *World) Fresh(d *schemas.Dataset, row *Row) bool { return w.inDate(d, row.Confirmed) }

// fits reports whether the cell is not money of another currency.
func fits(v Cell, t schemas.Type) bool {
	iso := t.Unit.Currency()
	return iso == "" || v.Currency == iso
}

// inDate reports whether a fact of that day is within the dataset's shelf life.
func (w *World) inDate(d *schemas.Dataset, day schemas.Date) bool {
	on, ok := w.FreshOn[d.Name]
	if !ok {
		on = w.Today
	}
	return d.Shelf.IsZero() || !move(day.Time(), d.Shelf).Before(on.Time())
}

// complete reports whether the dataset vouches that the enterprise has no rows but those that are there.
func (s scope) complete(d *schemas.Dataset) bool {
	if d.List != schemas.ListComplete {
		return false
	}
	region, known := Cell{}, false
	if a := s.Attributes[s.RegionOf]; a != nil {
		region, known = s.attribute(condition.Column{Name: a.Name, Kind: a.Type}, 0)
	}
	for _, c := range s.Coverage[d.Name] {
		if s.inDate(d, c.Full) && (c.Scope == "" || known && strings.HasPrefix(region.Text, c.Scope)) {
			return true
		}
	}
	return false
}

// move adds months with clamping, then days, by the standard library's calendar.
func move(t time.Time, s schemas.Span) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(s.Years*12+s.Months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1+s.Days)
}

// below lists the codes without any below them that a code may stand for.
func (w *World) below(system, code string) []string {
	if found, ok := w.finest[system+code]; ok {
		return found
	}
	var out []string
	for _, leaf := range w.Codes[system] {
		if strings.HasPrefix(leaf, code) {
			out = append(out, leaf)
		}
	}
	if len(out) == 0 {
		out = []string{code}
	}
	if w.finest == nil {
		w.finest = map[string][]string{}
	}
	w.finest[system+code] = out
	return out
}

// scaled is a stored number as it is meant.
func scaled(n int64, scale int) *big.Rat {
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)
	return new(big.Rat).SetFrac(big.NewInt(n), ten)
}
