package page

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
)

// Group writes a number with a comma before each three digits: 1,234,567.
func Group(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if rest, ok := strings.CutPrefix(digits, "-"); ok {
		sign, digits = "-", rest
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// signed writes a difference: +3, −4, 0.
func signed(n int64) string {
	switch {
	case n > 0:
		return "+" + Group(n)
	case n < 0:
		return "−" + Group(-n)
	}
	return "0"
}

// percent writes a share to one decimal; a share that is not nothing and not all never reads 0% or 100%.
func percent(n, of int64) string {
	if of <= 0 {
		return "—"
	}
	x := float64(n) / float64(of) * 100
	switch {
	case n > 0 && x < 0.1:
		return "<0.1%"
	case n < of && x > 99.9:
		return ">99.9%"
	}
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0") + "%"
}

// figure is a number in running text with its name in summary.json.
func figure(name string, n any) template.HTML {
	return template.HTML(fmt.Sprintf(`<data data-of="%s" value="%d">%s</data>`,
		template.HTMLEscapeString(name), whole(n), Group(whole(n))))
}

// cell is a number in a table's cell with its name in summary.json, below the name of the row.
func cell(name string, n any) template.HTML {
	class := "n"
	if whole(n) == 0 {
		class = "n z"
	}
	return template.HTML(fmt.Sprintf(`<td class="%s" data-of="%s">%s</td>`, class,
		template.HTMLEscapeString(name), Group(whole(n))))
}

// wideCell is a cell that a phone leaves out.
func wideCell(name string, n any) template.HTML {
	return template.HTML(strings.Replace(string(cell(name, n)), `class="n`, `class="wide n`, 1))
}

func whole(n any) int64 {
	switch x := n.(type) {
	case int:
		return int64(x)
	case int64:
		return x
	}
	return 0
}

// seconds writes how long something took.
func seconds(s float64) string {
	switch {
	case s < 10:
		return fmt.Sprintf("%.1f 秒", s)
	case s < 60:
		return fmt.Sprintf("%.0f 秒", s)
	case s < 3600:
		return fmt.Sprintf("%d 分 %02d 秒", int(s)/60, int(s)%60)
	}
	return fmt.Sprintf("%d 小时 %02d 分", int(s)/3600, int(s)/60%60)
}
