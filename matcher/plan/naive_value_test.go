package plan_test

import (
	"math/big"
	"strings"
	"time"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// cell looks a column up: a field of the row, or the first source that knows the attribute today.
func (e *naive) cell(c condition.Column, p *person, row *fact) (cell, bool) {
	if c.Dataset != nil {
		v, ok := row.cells[c.Name]
		return v, ok && currencyFits(v, c.Kind)
	}
	for _, s := range e.defs[c.Name].Sources {
		for _, f := range p.rows[s.Dataset] {
			v, ok := f.cells[s.Field]
			if ok && currencyFits(v, c.Kind) && e.inDate(s.Dataset, f.confirmed) {
				return v, true
			}
		}
	}
	return cell{}, false
}

func currencyFits(v cell, t schemas.Type) bool {
	return v.currency == "" || v.currency == "CNY" && t.Unit == "元"
}

// inDate reports whether something of that day is within the dataset's shelf life.
func (e *naive) inDate(dataset string, day schemas.Date) bool {
	shelf := e.datasets[dataset].Shelf
	return shelf.IsZero() || !move(day.Time(), shelf).Before(today().Time())
}

// move adds months with clamping, then days, by the standard library's calendar.
func move(t time.Time, s schemas.Span) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(s.Years*12+s.Months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1+s.Days)
}

// span is the interval of a number; a nil end is infinite.
type span struct{ low, high *big.Rat }

func (e *naive) number(v condition.Value, p *person, row *fact) span {
	switch v := v.(type) {
	case condition.Number:
		return span{v.Value, v.Value}
	case condition.Column:
		scaled := func(n int64) *big.Rat {
			return new(big.Rat).Quo(new(big.Rat).SetInt64(n), e.powers[v.Kind.Scale])
		}
		if c, ok := e.cell(v, p, row); ok {
			x := scaled(c.number)
			return span{x, x}
		}
		var s span
		if v.Range.Low != nil {
			s.low = scaled(*v.Range.Low)
		}
		if v.Range.High != nil {
			s.high = scaled(*v.Range.High)
		}
		return s
	}
	panic("not a number")
}

func (e *naive) day(v condition.Value, p *person, row *fact) (time.Time, bool) {
	switch v := v.(type) {
	case condition.Today:
		return today().Time(), true
	case condition.Day:
		return v.Date.Time(), true
	case condition.Shift:
		t, ok := e.day(v.X, p, row)
		return move(t, v.Span), ok
	case condition.Column:
		c, ok := e.cell(v, p, row)
		return schemas.Date(c.number).Time(), ok
	}
	panic("not a date")
}

// plain lists what a text or truth value can be, nil for anything.
func (e *naive) plain(v condition.Value, p *person, row *fact) []string {
	yesNo := map[bool]string{true: "是", false: "否"}
	switch v := v.(type) {
	case condition.Word:
		return []string{v.Text}
	case condition.Truth:
		return []string{yesNo[v.Yes]}
	case condition.Column:
		c, ok := e.cell(v, p, row)
		switch {
		case ok && v.Kind.Kind == schemas.KindTruth:
			return []string{yesNo[c.number == 1]}
		case ok:
			return []string{c.text}
		case v.Kind.Kind == schemas.KindTruth:
			return []string{"是", "否"}
		}
		return v.Kind.Values
	}
	panic("neither text nor truth")
}

// below lists the finest codes that a code may stand for.
func (e *naive) below(system, code string) []string {
	if found, ok := e.finest[code]; ok {
		return found
	}
	var out []string
	for _, leaf := range e.leaves[system] {
		if strings.HasPrefix(leaf, code) {
			out = append(out, leaf)
		}
	}
	if len(out) == 0 {
		out = []string{code}
	}
	e.finest[code] = out
	return out
}
