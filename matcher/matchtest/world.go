package matchtest

import (
	"maps"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// input makes the block of one enterprise, of which nothing is known but the facts. Its tags are those the script gives;
// the others are left to be evaluated.
//
// A complete list that the script says nothing of is in date: a script is about a condition, not about deliveries.
func (f *facts) input(defs *Definitions, today schemas.Date) *plan.Input {
	datasets := maps.Clone(defs.Datasets)
	coverage := map[string][]plan.Coverage{}
	rows := map[string]*profile.Rows{}
	for name, d := range defs.Datasets {
		if said, ok := f.list[name]; ok {
			other := *d
			if other.List = schemas.ListComplete; said == stateOpen {
				other.List = schemas.ListOpen
			}
			datasets[name] = &other
		}
		if f.list[name] != stateStale {
			coverage[name] = []plan.Coverage{{Full: today}}
		}
		rows[name] = f.table(d, today)
	}
	block := profile.Build(0, 1, bits.Of(1, 0), rows, defs.Attributes, datasets)
	for name, said := range f.tags {
		truth := bits.NewTruth(1)
		truth.Yes.Put(0, said == wordTrue)
		truth.No.Put(0, said == wordFalse)
		block.Tags[name] = truth
	}
	return &plan.Input{
		Block: block, Today: today, Coverage: coverage, Datasets: datasets,
		RegionOf: defs.Region, Codes: defs.Env.Codes, Attributes: defs.Env.Attributes,
	}
}

// table is the enterprise's rows of a dataset.
func (f *facts) table(d *schemas.Dataset, today schemas.Date) *profile.Rows {
	fields := table.Stored(d, false)
	b := table.NewBuilder(fields)
	confirmed := make([]int64, 0, len(f.rows[d.Name]))
	for _, r := range f.rows[d.Name] {
		for i, field := range fields {
			c, ok := r.cells[field.Name]
			switch {
			case ok && field.Kind == table.Text:
				b.Text(i, c.text)
			case ok:
				b.Int(i, c.number)
			}
			if currency, ok := r.cells[moneyOf(field.Name)]; ok && currency.currency != "" {
				b.Text(i, currency.currency)
			}
		}
		b.End()
		on := r.confirmed
		if on.IsZero() {
			on = today
		}
		confirmed = append(confirmed, int64(on))
	}
	return profile.NewRows(b.Table(), make([]uint16, len(confirmed)), confirmed, nil)
}

// moneyOf is the field whose currency a column has; "" for other columns.
func moneyOf(column string) string {
	const suffix = schemas.CurrencySuffix
	if len(column) > len(suffix) && column[len(column)-len(suffix):] == suffix {
		return column[:len(column)-len(suffix)]
	}
	return ""
}
