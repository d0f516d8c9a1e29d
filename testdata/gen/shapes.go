package main

import (
	"fmt"
	"strconv"
	"strings"

	"zhida/schemas"
)

// writtenCapital is the registered capital in one of the shapes met in real registrations.
func (d dice) writtenCapital(e *enterprise) string {
	if e.capital == 0 || d.chance(19) { // with those of shops that have none, 23% in all
		return one(d, []string{"N/A", "N/A", "N/A", "", "-"})
	}
	if e.currency != "人民币" {
		return fmt.Sprintf("%d(万%s)", e.capital, e.currency)
	}
	number := strconv.Itoa(e.capital)
	grouped := number
	if e.capital >= 1000 {
		grouped = number[:len(number)-3] + "," + number[len(number)-3:]
	}
	if d.chance(1) {
		return number + "()"
	}
	switch d.IntN(8) {
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
func (d dice) writtenDate(on schemas.Date) string {
	y, m, day := on.YMD()
	switch d.IntN(10) {
	case 0:
		return fmt.Sprintf("%d/%d/%d", y, m, day)
	case 1:
		return fmt.Sprintf("%d年%d月%d日", y, m, day)
	case 2:
		return fmt.Sprintf("%04d%02d%02d", y, m, day)
	case 3:
		return on.String() + " 00:00:00"
	}
	return on.String()
}

// writtenRegion is the region column: at the level of the county or of the city, as name or as code.
func (d dice) writtenRegion(e *enterprise) string {
	switch n := d.IntN(100); {
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
func (d dice) writtenIndustry(e *enterprise) string {
	switch n := d.IntN(100); {
	case n < 12:
		return one(d, []string{"", "N/A"})
	case n < 20:
		return strings.ToLower(e.industry)
	}
	return e.industry
}

// writtenKind is the type of the enterprise in the spellings met.
func (d dice) writtenKind(e *enterprise) string {
	if d.chance(5) {
		return "N/A"
	}
	switch e.kind {
	case "个体工商户":
		return one(d, []string{"个体工商户", "个体户", "个体"})
	case "有限责任公司":
		return one(d, []string{"有限责任公司", "有限责任公司(自然人投资或控股)", "有限责任公司（自然人独资）"})
	case "股份有限公司":
		return one(d, []string{"股份有限公司", "股份有限公司(非上市)"})
	}
	return e.kind
}

// writtenStatus is the status in the spellings met.
func (d dice) writtenStatus(e *enterprise) string {
	if e.status == "存续" {
		return one(d, []string{"存续", "存续", "在营", "开业", "存续（在营、开业、在册）"})
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

// phone has 0000 in the middle: a block that is given to nobody.
func (d dice) phone() string {
	return fmt.Sprintf("1%d%d0000%04d", 3+d.IntN(7), d.IntN(10), d.IntN(10000))
}

// writtenPhone is a mobile number in the shapes met; some are landlines, some no numbers at all.
func (d dice) writtenPhone() string {
	p := d.phone()
	switch n := d.IntN(100); {
	case n < 6:
		return "+86 " + p
	case n < 12:
		return p[:3] + "-" + p[3:7] + "-" + p[7:]
	case n < 32:
		return "0816-0000" + p[8:]
	case n < 35:
		return p[:9]
	}
	return p
}

// blank is a cell that is not filled in, as often as percent; else the cell.
func (d dice) blank(percent int, cell string) string {
	if d.chance(percent) {
		return one(d, []string{"", "", "N/A", "-"})
	}
	return cell
}

// grouped writes a number with thousands set apart, as workbooks do.
func grouped(number string) string {
	whole, tail, _ := strings.Cut(number, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if tail != "" {
		whole += "." + tail
	}
	return sign + whole
}
