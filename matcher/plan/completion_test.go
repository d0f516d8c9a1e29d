package plan_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"zhida/matcher/reference"
	"zhida/schemas"
)

// completer makes worlds in which everything is known out of one in which little is. Each attribute has one source
// there, and each list is complete.
type completer struct {
	open *reference.World // where little is known
	full *reference.World // where all is
	r    *rand.Rand
	p    *pools
}

// The datasets of the full world that all attributes come from.
const (
	timeless = "timeless"
	byYear   = "by year"
)

func newCompleter(r *rand.Rand, p *pools, open *reference.World) *completer {
	full := *open
	full.Attributes, full.Datasets, full.Coverage = map[string]*schemas.Attribute{}, maps.Clone(open.Datasets), map[string][]reference.Coverage{}
	for name, a := range open.Attributes {
		b := *a
		b.Sources = []schemas.Source{{Dataset: timeless, Field: name}}
		if a.Yearly {
			b.Sources[0].Dataset = byYear
		}
		full.Attributes[name] = &b
	}
	for name, d := range open.Datasets {
		listed := *d
		listed.List = schemas.ListComplete
		full.Datasets[name], full.Coverage[name] = &listed, []reference.Coverage{{Full: open.Today}}
	}
	full.Datasets[timeless] = &schemas.Dataset{Name: timeless}
	full.Datasets[byYear] = &schemas.Dataset{Name: byYear, Year: "年度"}
	return &completer{open: open, full: &full, r: r, p: p}
}

// completion is one thing the enterprise can be.
func (c *completer) completion(who *reference.Enterprise) *reference.Enterprise {
	out := &reference.Enterprise{Rows: map[string][]reference.Row{}, Tags: map[string]reference.Truth{}}
	for _, name := range tagNames() {
		out.Tags[name] = reference.Sure(c.r.IntN(2) == 0)
		if t, ok := who.Tags[name]; ok {
			out.Tags[name] = t
		}
	}
	always := reference.Row{Cells: map[string]reference.Cell{}, Confirmed: c.open.Today}
	for _, name := range slices.Sorted(maps.Keys(c.open.Attributes)) {
		if !c.open.Attributes[name].Yearly {
			always.Cells[name] = c.attribute(name, 0, who)
		}
	}
	out.Rows[timeless] = []reference.Row{always}
	for year := 2018; year <= 2027; year++ {
		row := reference.Row{Cells: map[string]reference.Cell{"年度": {Number: int64(year)}}, Confirmed: c.open.Today}
		for _, name := range slices.Sorted(maps.Keys(c.open.Attributes)) {
			if c.open.Attributes[name].Yearly {
				row.Cells[name] = c.attribute(name, year, who)
			}
		}
		out.Rows[byYear] = append(out.Rows[byYear], row)
	}
	for _, name := range append(lists(), "report") {
		out.Rows[name] = c.list(c.open.Datasets[name], who)
	}
	return out
}

// list completes the rows of a list: what is stale may be gone or read otherwise, and an open list may have more.
func (c *completer) list(d *schemas.Dataset, who *reference.Enterprise) []reference.Row {
	var out []reference.Row
	for i := range who.Rows[d.Name] {
		row := who.Rows[d.Name][i]
		if !c.open.Fresh(d, &row) {
			if c.r.IntN(2) == 0 {
				continue
			}
			row = reference.Row{}
		}
		out = append(out, c.row(d, row))
	}
	if !c.open.Complete(d, who) {
		for range c.r.IntN(3) {
			out = append(out, c.row(d, reference.Row{}))
		}
	}
	return out
}

// row fills in what a row does not say.
func (c *completer) row(d *schemas.Dataset, row reference.Row) reference.Row {
	out := reference.Row{Cells: map[string]reference.Cell{}, Confirmed: c.open.Today}
	for i := range d.Fields {
		f := &d.Fields[i]
		cell, ok := row.Cells[f.Name]
		if !ok || f.Type == schemas.FieldMoney && cell.Currency != "CNY" {
			cell = c.any(f)
		}
		if f.Kind() == schemas.KindCode {
			cell.Text = c.finer(f, cell.Text)
		}
		out.Cells[f.Name] = cell
	}
	return out
}

// attribute is the value of an attribute, known or made up within its range.
func (c *completer) attribute(name string, year int, who *reference.Enterprise) reference.Cell {
	a := c.open.Attributes[name]
	f := *c.open.Datasets[a.Sources[0].Dataset].Field(a.Sources[0].Field)
	cell, ok := c.open.Value(name, year, who)
	if !ok {
		f.Min, f.Max = a.Range.Low, a.Range.High
		cell = c.any(&f)
	}
	if f.Kind() == schemas.KindCode {
		cell.Text = c.finer(&f, cell.Text)
	}
	return cell
}

// any is a value a field can have.
func (c *completer) any(f *schemas.Field) reference.Cell {
	switch f.Kind() {
	case schemas.KindText, schemas.KindCode:
		return reference.Cell{Text: pick(c.r, c.p.texts[f.Name]...)}
	case schemas.KindTruth:
		return reference.Cell{Number: int64(c.r.IntN(2))}
	}
	cell := reference.Cell{Number: c.p.number(c.r, f)}
	if f.Type == schemas.FieldMoney {
		cell.Currency = "CNY"
	}
	return cell
}

// finer is a code that has none below it, of those a code may stand for.
func (c *completer) finer(f *schemas.Field, code string) string {
	system := schemas.SystemRegion
	if f.Type == schemas.FieldIndustry {
		system = schemas.SystemIndustry
	}
	below := slices.DeleteFunc(slices.Clone(c.open.Codes[system]), func(leaf string) bool { return !strings.HasPrefix(leaf, code) })
	if len(below) == 0 {
		return code
	}
	return pick(c.r, below...)
}
