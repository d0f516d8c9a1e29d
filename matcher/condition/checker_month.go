package condition

import (
	"strconv"

	"zhida/schemas"
)

// No period is that many years long: they are a calendar year by mistake.
const endlessYears = 200

// endless reports whether a span is too long to be one.
func endless(s schemas.Span) bool { return s.Years*12+s.Months >= endlessYears*12 }

// isEndless reports a period that is none.
func (c *checker) isEndless(p *Period) bool {
	if !endless(p.Span) {
		return false
	}
	suggestion := ""
	if first, last, ok := days(p); ok {
		suggestion = "问日期用 在 " + first.String() + ".." + last.String()
	}
	c.fault(p.at, suggestion, "时间长度不会有%s", p.Span)
	return true
}

// days returns the first and the last day of a calendar year, of a month written 2024年2月 or 2024-02, or of a day.
func days(n Node) (first, last schemas.Date, ok bool) {
	if day, isDay := n.(*Calendar); isDay {
		return day.Date, day.Date, true
	}
	if p, isPeriod := n.(*Period); isPeriod {
		if y, isYear := calendarYear(p); isYear {
			return schemas.NewDate(y, 1, 1), schemas.NewDate(y, 12, 31), true
		}
	}
	y, m, ok := month(n)
	if !ok {
		return schemas.Date(0), schemas.Date(0), false
	}
	first = schemas.NewDate(y, m, 1)
	return first, first.Add(schemas.Span{Months: 1}).Add(schemas.Span{Days: -1}), true
}

// month returns the calendar month that 2024年2月 or 2024-02 is where no period can be.
func month(n Node) (year, month int, ok bool) {
	switch n := n.(type) {
	case *Period:
		year, month = n.Span.Years, n.Span.Months
		ok = n.Span.Days == 0
	case *Sum:
		left, number := n.Left.(*Quantity)
		right, also := n.Right.(*Quantity)
		if n.Op != "-" || !number || !also || left.Scale+left.Unit+right.Scale+right.Unit != "" {
			return 0, 0, false
		}
		y, bad := strconv.Atoi(left.Digits)
		m, worse := strconv.Atoi(right.Digits)
		year, month, ok = y, m, bad == nil && worse == nil
	}
	return year, month, ok && year >= 1000 && year <= 9999 && month >= 1 && month <= 12
}

// daysMeant writes an interval of which an end is a month as days, "" if none is or the other is no date.
func daysMeant(low, high Node) string {
	_, _, ok := month(low)
	_, _, also := month(high)
	if !ok && !also {
		return ""
	}
	from, _, ok := days(low)
	_, to, also := days(high)
	text, other := from.String(), to.String()
	if now, is := low.(*Now); is {
		text, ok = now.Word, true
	}
	if now, is := high.(*Now); is {
		other, also = now.Word, true
	}
	if !ok || !also {
		return ""
	}
	return text + ".." + other
}

// dateIntervalMeant writes what stands alone behind 在 as an interval or a year.
func dateIntervalMeant(n Node) string {
	if _, _, ok := month(n); ok {
		first, last, _ := days(n)
		return "写成 在 " + first.String() + ".." + last.String()
	}
	switch n := n.(type) {
	case *Calendar:
		return "某一天写成 = " + n.Date.String()
	case *Quantity:
		if len(n.Digits) == 4 && n.Scale+n.Unit == "" {
			return "写成 在 " + n.Digits + "年"
		}
	}
	return "例如 在 2025年，在 2025-01-01..2025-06-30"
}

// isMonth reports a date x op 2025年1月, or 2025-01. The text of x is what does not stand at node.
func (c *checker) isMonth(n *Relation, x Value, op string, node Node) bool {
	first, last, ok := days(node)
	if _, _, is := month(node); !is || !ok || x.Type().Kind != schemas.KindDate {
		return false
	}
	other := n.Left
	if other == node {
		other = n.Right
	}
	c.fault(n.at, "写成 "+inDays(brief(oneLine(other)), op, first, last), "日期不能直接和月份比较")
	return true
}

// inDays writes what a comparison of a date with a stretch of days probably means.
func inDays(date, op string, first, last schemas.Date) string {
	switch op {
	case "=":
		return date + " 在 " + first.String() + ".." + last.String()
	case "!=":
		return "非 " + date + " 在 " + first.String() + ".." + last.String()
	case ">=", "<":
		return date + " " + op + " " + first.String()
	}
	return date + " " + op + " " + last.String()
}
