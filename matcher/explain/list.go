package explain

import (
	"cmp"
	"slices"

	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// list explains what 有, 每 and folds go over, row by row, those that decided first. of is what a fold takes of a row.
func (w *walker) list(over *condition.Over, of condition.Value, every bool) *List {
	l := &List{}
	if over.Dataset == nil {
		w.years(l, over)
	} else {
		w.dataset(l, over)
	}
	for i := range l.Rows {
		r, about := &l.Rows[i], subject{over: over, row: i}
		if over.Where != nil {
			r.Where = w.node(over.Where, about)
		}
		if of != nil {
			r.Of = w.value(of, about, nil)
		}
	}
	w.then(func() { l.settle(every) })
	return l
}

// years are the rows of 近 N 年度.
func (w *walker) years(l *List, over *condition.Over) {
	l.Complete, l.Absence = true, ""
	for i := range over.Years {
		l.Rows = append(l.Rows, Row{Year: yearOf(w.in.Today, over.Years, i), Verdict: Yes})
	}
}

// dataset are the rows of a dataset.
func (w *walker) dataset(l *List, over *condition.Over) {
	d := over.Dataset
	if tonight := w.in.Datasets[d.Name]; tonight != nil {
		d = tonight
	}
	l.Dataset = titleOrName(d)
	l.owner = supplierOf(d)
	if rows := w.in.Block.Rows[d.Name]; rows != nil {
		fresh := plan.Fresh(rows, d, w.in.Today)
		l.Rows = make([]Row, rows.Len())
		for i := range l.Rows {
			l.Rows[i] = Row{
				Verdict: Yes, Stale: !fresh.Has(i),
				Origin: rows.Origin[i], Confirmed: schemas.Date(rows.Confirmed[i]).String(),
			}
		}
	}
	w.after = append(w.after, func() error {
		covered, err := plan.Covered(w.in, d)
		l.Complete = err == nil && covered.Has(0)
		l.Absence = absence(d, l.Complete)
		return err
	})
}

// settle gives the rows their verdicts, notes what is not known of them, brings them into order and keeps the first.
func (l *List) settle(every bool) {
	for i := range l.Rows {
		r := &l.Rows[i]
		if r.Where != nil {
			r.Verdict = r.Where.Verdict
		}
		if r.Stale {
			r.Verdict = Unknown
		}
		switch r.Verdict {
		case Yes:
			l.Met++
		case Unknown:
			l.Open++
		default:
			l.Failed++
		}
		l.facts = append(l.facts, l.missingOf(r)...)
	}
	if !l.Complete {
		l.facts = append(l.facts, l.fact(FactList, l.Absence))
	}
	if l.Dataset == "" {
		return // years stay in order
	}
	decisive := Yes
	if every {
		decisive = No
	}
	slices.SortStableFunc(l.Rows, func(a, b Row) int {
		return cmp.Or(rank(a.Verdict, decisive)-rank(b.Verdict, decisive), b.met()-a.met())
	})
	if len(l.Rows) > MaxRows {
		l.Hidden = len(l.Rows) - MaxRows
		l.Rows = l.Rows[:MaxRows:MaxRows]
	}
}

// missingOf are the facts that a row lacks.
func (l *List) missingOf(r *Row) []Fact {
	if r.Stale {
		f := l.fact(FactRow, "")
		f.Confirmed = r.Confirmed
		return []Fact{f}
	}
	var out []Fact
	if r.Where != nil {
		out = Missing(r.Where)
	}
	if r.Of != nil && r.Verdict != No {
		out = append(out, r.Of.missing("")...)
	}
	return out
}

func (l *List) fact(kind FactKind, need string) Fact {
	return Fact{Kind: kind, Name: l.Dataset, Need: need, Dataset: l.owner.Dataset, Owner: l.owner.Owner}
}

// rank orders verdicts: the decisive one, unknown, the other.
func rank(v, decisive Verdict) int {
	switch v {
	case decisive:
		return 0
	case Unknown:
		return 1
	}
	return 2
}

// met counts the parts that a row meets: of the rows that fail, those that nearly don't come first.
func (r Row) met() int {
	if r.Where == nil {
		return 0
	}
	count := 0
	for _, p := range r.Where.Parts {
		if p.Verdict == Yes {
			count++
		}
	}
	return count
}

// absence says what the absence of a row means for the enterprise.
func absence(d *schemas.Dataset, covered bool) string {
	switch {
	case d.List != schemas.ListComplete:
		return "名单不保证完整，没有记录不等于没有"
	case covered:
		return "名单完整且在有效期内，没有记录即为没有"
	}
	return "名单未覆盖该主体或已过期，没有记录不等于没有"
}
