package main

import (
	"fmt"
	"strconv"
	"strings"

	"zhida/schemas"
)

// writtenCapital is the registered capital in one of the shapes met in real registrations.
func (v *inventor) writtenCapital(e *enterprise) string {
	if e.capital == 0 || v.chance(6) {
		return one(v, []string{"N/A", "", "-"})
	}
	if e.currency != "人民币" {
		return fmt.Sprintf("%d(万%s)", e.capital, e.currency)
	}
	number := strconv.Itoa(e.capital)
	grouped := number
	if e.capital >= 1000 {
		grouped = number[:len(number)-3] + "," + number[len(number)-3:]
	}
	switch v.IntN(8) {
	case 0, 1, 2:
		return grouped + "(万元人民币)"
	case 3:
		return number + "万人民币"
	case 4:
		return number + "（万元）"
	case 5:
		return grouped + ".0000(万)"
	case 6:
		return number + "万元人民币"
	}
	return number
}

// writtenDate is a date in one of the shapes met.
func (v *inventor) writtenDate(d schemas.Date) string {
	y, m, day := d.YMD()
	switch v.IntN(10) {
	case 0:
		return fmt.Sprintf("%d/%d/%d", y, m, day)
	case 1:
		return fmt.Sprintf("%d年%d月%d日", y, m, day)
	case 2:
		return fmt.Sprintf("%04d%02d%02d", y, m, day)
	case 3:
		return d.String() + " 00:00:00"
	}
	return d.String()
}

// writtenRegion is the region column: at the level of the county or of the city, as name or as code.
func (v *inventor) writtenRegion(e *enterprise) string {
	switch n := v.IntN(100); {
	case n < 35:
		return e.county.name
	case n < 50:
		return e.county.code
	case n < 55 && e.county.code == "510705":
		return "510724"
	case n < 75:
		return "绵阳市"
	case n < 85:
		return "绵阳"
	case n < 95:
		return "510700"
	}
	return ""
}

// writtenIndustry is the industry code; some rows have none.
func (v *inventor) writtenIndustry(e *enterprise) string {
	switch n := v.IntN(100); {
	case n < 12:
		return one(v, []string{"", "N/A"})
	case n < 20:
		return strings.ToLower(e.industry)
	}
	return e.industry
}

// writtenKind is the type of the enterprise in the spellings met.
func (v *inventor) writtenKind(e *enterprise) string {
	if v.chance(5) {
		return "N/A"
	}
	switch e.kind {
	case "个体工商户":
		return one(v, []string{"个体工商户", "个体户", "个体"})
	case "有限责任公司":
		return one(v, []string{"有限责任公司", "有限责任公司(自然人投资或控股)", "有限责任公司（自然人独资）"})
	case "股份有限公司":
		return one(v, []string{"股份有限公司", "股份有限公司(非上市)"})
	}
	return e.kind
}

// writtenStatus is the status in the spellings met.
func (v *inventor) writtenStatus(e *enterprise) string {
	if e.status == "存续" {
		return one(v, []string{"存续", "存续", "在营", "开业", "存续（在营、开业、在册）"})
	}
	return e.status
}

// fullWidth writes ASCII as full-width characters.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + 0xFEE0
		}
		return r
	}, s)
}

// wrongCheck replaces the check character by another one.
func wrongCheck(code string) string {
	last := byte('1')
	if code[17] == last {
		last = '2'
	}
	return code[:17] + string(last)
}
