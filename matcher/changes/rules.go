package changes

import (
	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// Rules are what a workspace decides, compiled. They are read-only and may serve several goroutines.
type Rules struct {
	Library    *matcher.Library
	Attributes []schemas.Attribute
	Datasets   []*schemas.Dataset
	RegionOf   string // the attribute that says where an enterprise is
	Codes      *schemas.Codes
}

// world is all that a verdict depends on.
type world struct {
	rules *Rules
	facts
	today schemas.Date
}

// input is a block of n doors in this world, without tags. All of them are living.
func (w *world) input(n int) *plan.Input {
	in := &plan.Input{
		Today: w.today, Coverage: w.coverage, Datasets: map[string]*schemas.Dataset{},
		Attributes: map[string]*schemas.Attribute{}, RegionOf: w.rules.RegionOf, Codes: w.rules.Codes,
	}
	rows := map[string]*profile.Rows{}
	for _, ds := range w.rules.Datasets {
		in.Datasets[ds.Name] = ds
		if r := w.rows[ds.Name]; r != nil {
			rows[ds.Name] = conform(r, ds)
		}
	}
	for i := range w.rules.Attributes {
		in.Attributes[w.rules.Attributes[i].Name] = &w.rules.Attributes[i]
	}
	living := bits.New(n)
	living.Fill(n)
	in.Block = profile.Build(0, n, living, rows, w.rules.Attributes, in.Datasets)
	return in
}

// conform gives rows the columns of a dataset's document. What they do not have, or have in another form, is unknown,
// as it is when a night meets rows that were stored under another document.
func conform(r *profile.Rows, ds *schemas.Dataset) *profile.Rows {
	fields := table.Stored(ds, false)
	at := make([]int, len(fields))
	fits := true
	for i, f := range fields {
		if at[i] = r.Table.Index(f.Name); at[i] >= 0 && r.Table.Fields[at[i]] != f {
			at[i] = -1
		}
		fits = fits && at[i] >= 0
	}
	if fits {
		return r
	}
	out := *r
	out.Table = table.Blank(fields, r.Len())
	for i, from := range at {
		if from >= 0 {
			out.Table.Columns[i] = r.Table.Columns[from]
		}
	}
	return &out
}
