package condition

import (
	"zhida/schemas"
)

// lastYear is what 上年 means where nothing else is said.
func lastYear() Year { return Year{Offset: -1} }

// Calendar years that a condition can be about, and how far from the business date's a year can be.
const (
	firstYear = 1949
	finalYear = 2100
	farYears  = 100
)

// inYear checks X@year.
func (c *checker) inYear(n *InYear) (Value, bool) {
	name, ok := n.X.(*Name)
	if !ok {
		if !isBad(n.X) {
			c.fault(n.at, "写在每个指标后面", "“@”只能写在指标后面")
		}
		return nil, false
	}
	year, ok := c.year(n)
	if !ok {
		return nil, false
	}
	if c.rows != nil && (c.rows.dataset != nil || len(c.work.open) == 0) {
		c.noYears(n, name)
		return nil, false
	}
	v, ok := c.resolve(name, n, year)
	if !ok {
		return nil, false
	}
	if !isYearly(v) {
		c.fault(n.at, "去掉“@”和后面的年份", "“%s”没有分年度的数，不能用“@”", name.Text)
		return nil, false
	}
	c.yearly = c.yearly || n.Year.Number == 0
	return v, true
}

// noYears reports @ inside rows.
func (c *checker) noYears(n *InYear, name *Name) {
	if _, ok := c.lookup(name); !ok {
		c.unknown(name)
		return
	}
	if c.rows.dataset != nil {
		suggestion := ""
		if field := c.rows.dataset.Year; field != "" {
			suggestion = "问哪一年用 " + field + " = …"
		}
		c.fault(n.at, suggestion, "“%s”的字段后面不能用“@”", c.rows.title())
		return
	}
	c.fault(n.at, "去掉“@”和后面的年份", "“%s”的每一行就是一年，不能再用“@”", c.rows.title())
}

// year is the calendar year that stands behind @.
func (c *checker) year(n *InYear) (Year, bool) {
	if y := n.Year; y.Number != 0 || y.Word == "" {
		if y.Number < firstYear || y.Number > finalYear {
			c.fault(n.at, "年份写四位，例如 @2024年", "没有 %d 年的数", y.Number)
			return Year{}, false
		}
		return Year{Calendar: y.Number}, true
	}
	offset := wordYear(n.Year.Word) + n.Year.Plus
	if offset < -farYears || offset > farYears {
		c.fault(n.at, "", "年份太远了")
		return Year{}, false
	}
	return c.relative(offset), true
}

// wordYear is the distance of a year word from the business date's year.
func wordYear(word string) int {
	switch word {
	case wordLastYear:
		return -1
	case wordYearBefore:
		return -2
	}
	return 0
}

// relative is the year of an offset from the business date's year, as the base has it.
func (c *checker) relative(offset int) Year {
	if c.base.Calendar != 0 {
		return Year{Calendar: c.base.Calendar + 1 + offset}
	}
	return Year{Offset: c.base.Offset + 1 + offset}
}

// yearWord checks 上年 as a number, as in 年度 = 上年.
func (c *checker) yearWord(n *YearWord) (Value, bool) {
	if c.rows != nil && c.rows.dataset == nil && len(c.work.open) > 0 {
		c.fault(n.at, "", "“%s”的每一行就是一年，不能用“%s”", c.rows.title(), n.Word)
		return nil, false
	}
	return YearNumber{c.relative(wordYear(n.Word))}, true
}

// laterYear moves a year by a number of years: 上年 - 1.
func laterYear(y Year, by int) Year {
	if y.Calendar != 0 {
		return Year{Calendar: y.Calendar + by}
	}
	return Year{Offset: y.Offset + by}
}

// yearOf is the calendar year that an end of an interval of days stands for: 2024年, 上年, 上年 - 1.
func (c *checker) yearOf(at *Node) (year Year, ok bool) {
	switch n := c.spelled(*at).(type) {
	case *Period:
		if y, ok := calendarYear(n); ok {
			return Year{Calendar: y}, true
		}
	case *YearWord, *Sum:
		if sum, ok := n.(*Sum); ok {
			if _, ok := sum.Left.(*YearWord); !ok {
				return Year{}, false
			}
		}
		v, ok := c.value(at)
		number, is := v.(YearNumber)
		return number.Year, ok && is
	}
	return Year{}, false
}

// dayIn is a day of a year.
func dayIn(y Year, month, day int) Value {
	if y.Calendar != 0 {
		return Day{schemas.NewDate(y.Calendar, month, day)}
	}
	return YearDay{y, month, day}
}

// isYearly reports a value that has been read for a year.
func isYearly(v Value) bool {
	switch v := v.(type) {
	case Column:
		return v.Yearly || v.Within > 0
	case Named:
		return v.Yearly
	}
	return false
}
