package condition

import (
	"fmt"
	"strings"

	"zhida/schemas"
)

// The endings of an age and of the date it is counted from: 成立年限, 成立日期.
const (
	ageEnding  = "年限"
	dateEnding = "日期"
)

// age returns the date column that a name such as 成立年限 is counted from. A column of that very name goes first.
func (c *checker) age(n Node) (Column, bool) {
	name, ok := n.(*Name)
	if !ok {
		return Column{}, false
	}
	stem, ok := strings.CutSuffix(name.Text, ageEnding)
	if !ok || stem == "" {
		return Column{}, false
	}
	if _, taken := c.lookup(name); taken {
		return Column{}, false
	}
	date, _ := c.lookup(&Name{Text: stem + dateEnding})
	column, ok := date.(Column)
	return column, ok && column.Kind.Kind == schemas.KindDate
}

// ageRelation checks 成立年限 op 1年. The day on which the year is full counts as full, and is not beyond it:
//
//	>= 1年   成立日期 + 1年 <= 今天       满一年
//	>  1年   成立日期 + 1年 <  今天       超过一年
//	<  1年   成立日期 + 1年 >  今天       未满一年
//	<= 1年   成立日期 + 1年 >= 今天       不超过一年
//
// = has no clear meaning: it is true on one day, or for a whole year.
func (c *checker) ageRelation(n *Relation, date Column, op string, with Node) Expr {
	name := strings.TrimSuffix(date.Name, dateEnding) + ageEnding
	period, ok := c.agePeriod(name, with)
	if !ok {
		return nil
	}
	if op == "=" || op == "!=" {
		next := period.Span
		next.Years++
		within := fmt.Sprintf("%s >= %s 且 %s < %s", name, period.Span, name, next)
		if op == "!=" {
			within = "非 (" + within + ")"
		}
		c.fault(n.at, "写成 "+within, "年限不能用“%s”：每一天都在变", op)
		return nil
	}
	return compare(n, mirrored(op), Shift{date, period.Span}, Today{})
}

// agePeriod is what an age is compared with.
func (c *checker) agePeriod(name string, n Node) (*Period, bool) {
	if isBad(n) {
		return nil, false
	}
	p, ok := c.spelled(n).(*Period)
	switch {
	case !ok:
		suggestion := "例如 " + name + " >= 1年"
		if q, isBare := bare(n); isBare && q.Scale == "" && !strings.Contains(q.Digits, ".") {
			suggestion = "写成 " + q.Digits + "年"
		}
		c.fault(n.Extent(), suggestion, "年限只能和时间长度比较")
		return nil, false
	case endless(p.Span):
		c.fault(n.Extent(), "问年份用 "+strings.TrimSuffix(name, ageEnding)+dateEnding, "年限不会有%s", p.Span)
		return nil, false
	}
	return p, true
}

// during checks X 在 a year or an interval.
func (c *checker) during(n *During) Expr {
	if date, ok := c.age(n.X); ok {
		return c.ageDuring(n, date)
	}
	x, ok := c.value(&n.X)
	if !ok {
		return nil
	}
	switch kind := x.Type().Kind; kind {
	case schemas.KindDate:
		return c.dateDuring(n, x)
	case schemas.KindNumber:
		return c.numberDuring(n, x)
	case schemas.KindCode, schemas.KindText:
		c.fault(n.at, "写成 "+brief(oneLine(n.X))+" 属于 …", "“%s”是%s，要用“属于”", brief(oneLine(n.X)), kindName(kind))
		return nil
	default:
		c.fault(n.at, "", "“在”只用于日期和数值，“%s”是%s", brief(oneLine(n.X)), kindName(kind))
		return nil
	}
}

func (c *checker) ageDuring(n *During, date Column) Expr {
	name := strings.TrimSuffix(date.Name, dateEnding) + ageEnding
	if n.High == nil {
		c.noInterval(n, "例如 "+name+" 在 1年..3年")
		return nil
	}
	low, ok := c.agePeriod(name, n.Low)
	high, also := c.agePeriod(name, n.High)
	if !ok || !also {
		return nil
	}
	if roughDays(low.Span) > roughDays(high.Span) {
		c.backwards(n)
		return nil
	}
	return And{Origin{n}, []Expr{
		compare(side(n, ">=", low), "<=", Shift{date, low.Span}, Today{}),
		compare(side(n, "<=", high), ">=", Shift{date, high.Span}, Today{}),
	}}
}

// roughDays orders spans: no month is longer than 31 days.
func roughDays(s schemas.Span) int { return (s.Years*12+s.Months)*31 + s.Days }

// dateDuring checks a date in a calendar year, or between two days or years.
func (c *checker) dateDuring(n *During, x Value) Expr {
	if n.High == nil {
		if year, ok := c.yearOf(&n.Low); ok {
			return between(n, x, dayIn(year, 1, 1), dayIn(year, 12, 31))
		}
		c.noInterval(n, dateIntervalMeant(n.Low))
		return nil
	}
	if meant := daysMeant(n.Low, n.High); meant != "" {
		if n.told {
			return nil
		}
		c.fault(cover(n.Low.Extent(), n.High.Extent()), "写成 "+meant, "日期的区间要写到天，或者只写年份")
		return nil
	}
	low, ok := c.bound(&n.Low, 1, 1)
	high, also := c.bound(&n.High, 12, 31)
	if !ok || !also {
		return nil
	}
	if after(low, high) {
		c.backwards(n)
		return nil
	}
	return between(n, x, low, high)
}

// bound is one end of an interval of days; a calendar year stands for its first or last day.
func (c *checker) bound(at *Node, month, day int) (Value, bool) {
	if year, ok := c.yearOf(at); ok {
		return dayIn(year, month, day), true
	}
	v, ok := c.value(at)
	if ok && v.Type().Kind != schemas.KindDate {
		c.fault((*at).Extent(), literalMeant(schemas.KindDate, *at), "日期的区间两端都要是日期")
		return nil, false
	}
	return v, ok
}

// after reports ends that are in the wrong order on any business date.
func after(low, high Value) bool {
	first, ok := low.(Day)
	last, also := high.(Day)
	if ok && also {
		return first.Date > last.Date
	}
	from, ok := low.(YearDay)
	to, also := high.(YearDay)
	return ok && also && from.Year.Offset > to.Year.Offset
}

// between makes the two comparisons of an interval. Days that a year stands for get syntax of their own.
func between(n *During, x, low, high Value) Expr {
	first, last := n.Low, n.High
	if last == nil {
		last = n.Low
	}
	if day, ok := low.(Day); ok {
		first = &Calendar{place{n.at}, day.Date}
	}
	if day, ok := high.(Day); ok {
		last = &Calendar{place{n.at}, day.Date}
	}
	return And{Origin{n}, []Expr{compare(side(n, ">=", first), ">=", x, low), compare(side(n, "<=", last), "<=", x, high)}}
}

// side is one side of an interval as the comparison it means, for those who read it alone.
func side(n *During, op string, end Node) *Relation { return &Relation{n.place, op, n.X, end} }

// noInterval reports 在 without an interval.
func (c *checker) noInterval(n *During, suggestion string) {
	if !isBad(n.Low) {
		c.fault(n.Low.Extent(), suggestion, "“在”后面要写区间，或者年份")
	}
}

func (c *checker) backwards(n *During) {
	c.fault(cover(n.Low.Extent(), n.High.Extent()), "两端对调", "区间的起点大于终点")
}
