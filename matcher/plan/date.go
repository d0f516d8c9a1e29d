package plan

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// term is a date operand: a column, a day or today, moved by spans in their order.
type term struct {
	column *field // nil: a day that is the same for everybody
	day    schemas.Date
	yearly *condition.YearDay // a day of a year that depends on today
	today  bool
	spans  []schemas.Span
}

// isTerm reports whether a date is a term.
func isTerm(v condition.Value) bool {
	for {
		switch x := v.(type) {
		case condition.Column, condition.Day, condition.YearDay, condition.Today:
			return true
		case condition.Shift:
			v = bare(x.X)
		default:
			return false
		}
	}
}

// termOf reads an operand of kind date that is a term.
func termOf(v condition.Value) term {
	switch v := v.(type) {
	case condition.Column:
		f := fieldOf(v)
		return term{column: &f}
	case condition.Day:
		return term{day: v.Date}
	case condition.YearDay:
		return term{yearly: &v}
	case condition.Shift:
		t := termOf(bare(v.X))
		t.spans = append(t.spans, v.Span)
		return t
	}
	return term{today: true}
}

func (t term) key() string {
	var b strings.Builder
	switch {
	case t.column != nil:
		b.WriteString(t.column.String())
	case t.today:
		b.WriteString("today")
	case t.yearly != nil:
		b.WriteString(keyOfYearDay(*t.yearly))
	default:
		b.WriteString(strconv.Itoa(int(t.day)))
	}
	for _, s := range t.spans {
		b.WriteString("+" + strconv.Itoa(s.Years*12+s.Months) + "m" + strconv.Itoa(s.Days) + "d")
	}
	return b.String()
}

// move applies the spans.
func (t term) move(d schemas.Date) schemas.Date {
	for _, s := range t.spans {
		d = d.Add(s)
	}
	return d
}

// fixed is the day of a term without a column.
func (t term) fixed(today schemas.Date) schemas.Date {
	switch {
	case t.today:
		return t.move(today)
	case t.yearly != nil:
		return t.move(onYearDay(*t.yearly, today))
	}
	return t.move(t.day)
}

func onYearDay(d condition.YearDay, today schemas.Date) schemas.Date {
	return schemas.NewDate(d.Year.On(today), d.Month, d.Day)
}

func keyOfYearDay(d condition.YearDay) string {
	return fmt.Sprintf("%d+%d/%d/%d", d.Year.Calendar, d.Year.Offset, d.Month, d.Day)
}

// dateTest relates a moved column to a day that is the same for everybody. Moving is monotone though not strictly so
// (01-29, 01-30 and 01-31 plus a month are all 02-28), so the dates that satisfy the relation are an interval. It is
// searched once per block, which takes about 3 µs, and the column is scanned like any number.
type dateTest struct {
	op    condition.Op // Equal, Greater or GreaterOrEqual
	moved term
	day   term
	asked *thresholds
}

// date adds a test of a date.
func (b *Builder) date(space int, t dateTest) Ref {
	ofThese := func(asked *thresholds) test { t.asked = asked; return t }
	return b.threshold(space, *t.moved.column, ofThese, t.bounds)
}

func (t dateTest) key() string {
	return keyOf("date", strconv.Itoa(int(t.op)), t.moved.key(), t.day.key())
}

func (dateTest) cost() int { return costScan }

func (t dateTest) eval(f *frame, out bits.Truth) error {
	c, err := f.column(*t.moved.column)
	if err != nil {
		return err
	}
	scan(f, t.asked, c, t.bounds(f.in.Today), out)
	return nil
}

// bounds are the dates that satisfy the relation on the day.
func (t dateTest) bounds(today schemas.Date) bounds {
	day := t.day.fixed(today)
	b := bounds{low: t.moved.first(day), high: math.MaxInt64}
	switch t.op {
	case condition.Greater:
		b.low = t.moved.first(day + 1)
	case condition.Equal:
		after := t.moved.first(day + 1)
		if after == math.MinInt64 {
			return nothing
		}
		b.high = after - 1
	}
	return b
}

// first is the earliest date that the spans move to the day or a later one.
func (t term) first(day schemas.Date) int64 {
	const lastDay = 3652059 // 9999-12-31; the first day is 1
	n := sort.Search(lastDay, func(i int) bool { return t.move(schemas.Date(i+1)) >= day })
	switch n {
	case 0:
		return math.MinInt64
	case lastDay:
		return math.MaxInt64
	}
	return int64(n) + 1
}

// datesTest relates two columns of dates, each moved by its own spans.
type datesTest struct {
	op          condition.Op // Equal, Greater or GreaterOrEqual
	left, right term
}

func (t datesTest) key() string {
	return keyOf("dates", strconv.Itoa(int(t.op)), t.left.key(), t.right.key())
}

func (datesTest) cost() int { return costDates }

func (t datesTest) eval(f *frame, out bits.Truth) error {
	l, r, err := f.columns(*t.left.column, *t.right.column)
	if err != nil {
		return err
	}
	if len(t.left.spans) == 0 && len(t.right.spans) == 0 {
		pairs(t.op, l, r, out)
		return nil
	}
	out.Clear()
	for i := range f.n {
		if l.known.Has(i) && r.known.Has(i) {
			sign := int(t.left.move(schemas.Date(l.ints[i])) - t.right.move(schemas.Date(r.ints[i])))
			record(decide(t.op, sign, sign), i, out)
		}
	}
	return nil
}

// dayTest relates two days that are the same for everybody; it depends on today only.
type dayTest struct {
	op          condition.Op
	left, right term
}

func (t dayTest) key() string {
	return keyOf("day", strconv.Itoa(int(t.op)), t.left.key(), t.right.key())
}

func (dayTest) cost() int { return costTag }

func (t dayTest) eval(f *frame, out bits.Truth) error {
	sign := int(t.left.fixed(f.in.Today) - t.right.fixed(f.in.Today))
	if decide(t.op, sign, sign) == yes {
		out.FillYes(f.n)
	} else {
		out.FillNo(f.n)
	}
	return nil
}
