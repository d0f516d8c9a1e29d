package explain

import (
	"zhida/matcher/condition"
	"zhida/schemas"
)

// yearOf is the calendar year of a row of 近 N 年度: the last N before the business date's, the earliest first.
func yearOf(today schemas.Date, years, row int) int {
	this, _, _ := today.YMD()
	return this - years + row
}

// inYear is the value of a yearly attribute in a calendar year.
func (w *walker) inYear(c condition.Column, year int) *Value {
	out := &Value{Kind: ValueColumn, Name: c.Name, Year: year, State: StateUnknown}
	a := w.Attributes[c.Name]
	if a == nil {
		return out
	}
	for _, s := range a.Sources {
		out.suppliers = append(out.suppliers, w.supplier(s.Dataset))
	}
	return out
}
