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
	a, err := w.in.InYear(c.Name, year)
	if err != nil {
		return &Value{Kind: ValueColumn, Name: c.Name, Year: year, State: StateUnknown} // the plan will say so
	}
	return w.attribute(a, year)
}
