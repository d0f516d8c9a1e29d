package workspace

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"zhida/schemas"
)

// word reads the text of a scalar. Numbers are texts too, as they are written; true and false are not.
func (d *document) word(name string, at spot, n ast.Node) (string, bool) {
	value, tok := scalarToken(n)
	if _, isTruth := n.(*ast.BoolNode); isTruth {
		d.report(at, fmt.Sprintf("“%s”应是文字，这里是真假值", name), fmt.Sprintf("加引号：\"%s\"", value))
		return "", false
	}
	if tok == nil {
		d.wrongShape(at, "“"+name+"”", "文字", n)
		return "", false
	}
	value = strings.TrimSpace(value)
	if value == "" {
		d.report(at, fmt.Sprintf("“%s”是空的", name), "填上值，或者删去这一行")
		return "", false
	}
	return value, true
}

// text reads a scalar as it is.
func text[T ~string](into *T) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		if value, ok := d.word(name, at, n); ok {
			*into = T(value)
		}
	}
}

// texts reads a list of texts.
func texts(into *[]string) reader { return list(into, text[string]) }

// choice reads one of a closed list of words.
func choice[T ~string](into *T, allowed ...T) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		value, ok := d.word(name, at, n)
		if !ok {
			return
		}
		names := make([]string, len(allowed))
		for i, a := range allowed {
			if names[i] = string(a); string(a) == value {
				*into = a
				return
			}
		}
		suggestion := "从中选一个：" + strings.Join(names, "、")
		if near := schemas.Near(value, names); near != "" {
			suggestion = "写作“" + near + "”；可选的有：" + strings.Join(names, "、")
		}
		d.report(at, fmt.Sprintf("“%s”不能是“%s”", name, value), suggestion)
	}
}

// truth reads true or false.
func truth(into *bool) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		if b, ok := n.(*ast.BoolNode); ok {
			*into = b.Value
			return
		}
		d.wrongShape(at, "“"+name+"”", " true 或 false", n)
	}
}

// count reads a whole number between low and high.
func count(into *int, low, high int) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		value, tok := scalarToken(n)
		number, err := strconv.Atoi(value)
		if _, whole := n.(*ast.IntegerNode); tok == nil || !whole || err != nil || number < low || number > high {
			d.report(at, fmt.Sprintf("“%s”应是 %d 到 %d 的整数", name, low, high), "")
			return
		}
		*into = number
	}
}

// day reads a date of the form 2026-06-15.
func day(into *schemas.Date) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		value, ok := d.word(name, at, n)
		if !ok {
			return
		}
		date, err := schemas.ParseDate(value)
		if err != nil {
			d.badDate(name, value, at)
			return
		}
		*into = date
	}
}

// badDate reports a text that is no date as files write it, and suggests it if it is one written otherwise.
func (d *document) badDate(name, value string, at spot) {
	suggestion := ""
	if read, err := schemas.ReadDate(value); err == nil {
		suggestion = "写作 " + read.String()
	}
	d.report(at, fmt.Sprintf("“%s”应是 2026-06-15 这样的日期，不能是“%s”", name, value), suggestion)
}

// span reads a length of time: 400天, 2年, 1年6月.
func span(into *schemas.Span) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		value, ok := d.word(name, at, n)
		if !ok {
			return
		}
		s, ok := parseSpan(value)
		if !ok {
			suggestion := ""
			if _, err := strconv.Atoi(value); err == nil {
				suggestion = fmt.Sprintf("写明单位：%s天", value)
			}
			d.report(at, fmt.Sprintf("“%s”应是 400天、2年、1年6月 这样的时长，不能是“%s”", name, value), suggestion)
			return
		}
		*into = s
	}
}

// parseSpan reads years, months and days in this order, each at most once and at most five digits.
func parseSpan(value string) (schemas.Span, bool) {
	var s schemas.Span
	rest := strings.ReplaceAll(value, " ", "")
	for _, part := range []struct {
		into  *int
		words []string
	}{{&s.Years, []string{"年"}}, {&s.Months, []string{"个月", "月"}}, {&s.Days, []string{"天", "日"}}} {
		digits := 0
		for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
			digits++
		}
		if digits == 0 || digits > 5 {
			continue
		}
		for _, w := range part.words {
			if after, ok := strings.CutPrefix(rest[digits:], w); ok {
				*part.into, _ = strconv.Atoi(rest[:digits])
				rest = after
				break
			}
		}
	}
	return s, rest == "" && !s.IsZero()
}

// expression reads condition text in any style of scalar.
func expression(into *conditionText) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		if _, ok := d.word(name, at, n); !ok {
			return
		}
		into.node = n
		into.mapped = d.mapScalar(n)
		into.Text = into.place(d)
	}
}

// conditionText is condition text as the later stages know it, with the exact place of each character.
type conditionText struct {
	schemas.Text
	mapped
	node ast.Node // nil if it has been put together from others
}
