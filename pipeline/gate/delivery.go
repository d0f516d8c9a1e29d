package gate

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"zhida/schemas"
)

// CountEmpty looks at how many rows of each delivery have no value in a field; nil: nothing is found.
func CountEmpty(ds *schemas.Dataset, pairs []Pair) *Finding {
	rule := ds.Gates.Empty
	var complaints []string
	for _, p := range pairs {
		if p.Now.Rows < leastRows {
			continue
		}
		for i := range p.Now.Fields {
			f := &p.Now.Fields[i]
			most, own := rule.Fields[f.Name]
			if !own {
				most = rule.Most
			}
			asked := own || rule.Most > 0 && len(f.Columns) > 0
			what := fmt.Sprintf("%s: %s has no value in %d of %d rows, %s", p.Now.File, f.Name, f.Empty, p.Now.Rows, share(f.Empty, p.Now.Rows))
			switch was := p.was(f.Name); {
			case asked && f.Empty*100 > int64(most)*p.Now.Rows:
				complaints = append(complaints, fmt.Sprintf("%s, and its gate allows %d%%", what, most))
			case rule.Rise > 0 && was != nil && rises(f.Empty, p.Now.Rows, was.Empty, p.Before.Rows, rule.Rise):
				complaints = append(complaints, fmt.Sprintf("%s, %s in the delivery of %s, and its gate allows %d points more",
					what, share(was.Empty, p.Before.Rows), p.Before.Date, rule.Rise))
			}
		}
	}
	return finding(Empty, ds, rule.Level, complaints, "was the column left out, moved, or filled in another way?")
}

// was is what the delivery before had in a field; nil if it was too small to say anything, or did not know the field.
func (p *Pair) was(field string) *Field {
	if p.Before == nil || p.Before.Rows < leastRows {
		return nil
	}
	return p.Before.field(field)
}

// rises reports whether a share is more than so many percentage points greater than it was.
func rises(part, whole, wasPart, wasWhole int64, points int) bool {
	more := new(big.Rat).Sub(big.NewRat(part, whole), big.NewRat(wasPart, wasWhole))
	return more.Cmp(big.NewRat(int64(points), 100)) > 0
}

// CountRepeated looks at how many rows of each full list have the key of another of its rows; nil: nothing is found.
func CountRepeated(ds *schemas.Dataset, pairs []Pair) *Finding {
	rule := ds.Gates.Duplicates
	var complaints []string
	for _, p := range pairs {
		if f := p.Now; rule.Most > 0 && f.Rows >= leastRows && f.Repeated*100 > int64(rule.Most)*f.Rows {
			complaints = append(complaints, fmt.Sprintf("%s: %d of %d rows repeat the key of another row, %s, %d of them with other values, and its gate allows %d%%",
				f.File, f.Repeated, f.Rows, share(f.Repeated, f.Rows), f.Differing, rule.Most))
		}
	}
	return finding(Duplicates, ds, rule.Level, complaints, "was it exported twice, or does the key lack a field?")
}

// CompareColumns looks for columns that have come or gone since the delivery before; nil: nothing is found.
func CompareColumns(ds *schemas.Dataset, pairs []Pair) *Finding {
	if ds.Supplement != "" { // a sheet has the columns that were asked for
		return nil
	}
	var complaints []string
	for _, p := range pairs {
		if p.Before == nil {
			continue
		}
		for i := range p.Now.Fields {
			f := &p.Now.Fields[i]
			was := p.Before.field(f.Name)
			switch {
			case was == nil || slices.Equal(f.Columns, was.Columns):
			case len(f.Columns) == 0:
				complaints = append(complaints, fmt.Sprintf("%s: no column for %s, which %s had in %s", p.Now.File, f.Name, p.Before.File, quoted(was.Columns)))
			case len(was.Columns) > 0:
				complaints = append(complaints, fmt.Sprintf("%s: %s is read from %s, in %s it was from %s", p.Now.File, f.Name, quoted(f.Columns), p.Before.File, quoted(was.Columns)))
			}
		}
		var fresh []string
		for _, column := range p.Now.Unmapped {
			if !slices.Contains(p.Before.Unmapped, column) {
				fresh = append(fresh, column)
			}
		}
		if len(fresh) > 0 {
			complaints = append(complaints, fmt.Sprintf("%s: no field names %s, which %s did not have unread", p.Now.File, quoted(fresh), p.Before.File))
		}
	}
	return finding(Columns, ds, ds.Gates.Columns.Level, complaints, "ask the department what changed, and bring the columns in the dataset's document up to date")
}

func quoted(columns []string) string {
	var out []string
	for _, c := range columns {
		out = append(out, fmt.Sprintf("%q", c))
	}
	return strings.Join(out, ", ")
}

// CountStrange looks at how many values of each field of a delivery are not in their table of codes or closed list; nil: nothing
// is found.
func CountStrange(ds *schemas.Dataset, pairs []Pair) *Finding {
	rule := ds.Gates.Codes
	var complaints []string
	for _, p := range pairs {
		for i := range p.Now.Fields {
			f := &p.Now.Fields[i]
			if rule.Most > 0 && f.Cells >= leastRows && f.Strange*100 > int64(rule.Most)*f.Cells {
				complaints = append(complaints, fmt.Sprintf("%s: %d of %d values of %s are not in its table, %s, and its gate allows %d%%",
					p.Now.File, f.Strange, f.Cells, f.Name, share(f.Strange, f.Cells), rule.Most))
			}
		}
	}
	return finding(Codes, ds, rule.Level, complaints,
		"is it another column, or another edition of the codes? What is missing goes into codes/ or the field's values")
}
