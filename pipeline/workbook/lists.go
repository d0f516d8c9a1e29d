package workbook

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhida/schemas"
)

// preferText has a line or more for each preference; the last ends with the order.
func preferText(r *itemRow) string {
	out := make([]string, len(r.Prefer))
	for i, p := range r.Prefer {
		out[i] = strings.TrimSpace(p.By.Text) + " " + string(p.Order)
	}
	return strings.Join(out, "\n")
}

// readPrefer reads preferences: a line that ends with an order ends one.
func readPrefer(c *cell, r *itemRow) {
	var by []string
	first := 1
	for i, line := range strings.Split(visible(c.text), "\n") {
		line = strings.TrimRight(line, "；;，, ")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if len(by) == 0 {
			first = i + 1
		}
		rest, order := line, schemas.Order("")
		for _, o := range []schemas.Order{schemas.Descending, schemas.Ascending} {
			if before, ok := strings.CutSuffix(line, string(o)); ok {
				rest, order = strings.TrimRight(before, " "), o
			}
		}
		by = append(by, rest)
		if order == "" {
			continue
		}
		r.Prefer = append(r.Prefer, schemas.Preference{By: schemas.Text{Text: strings.TrimSpace(strings.Join(by, "\n"))}, Order: order})
		r.preferLines = append(r.preferLines, first)
		by = nil
	}
	if len(by) > 0 {
		c.bad(fmt.Sprintf("“择优”的“%s”没有写降序还是升序", brief(strings.Join(by, " "))), "写作“"+brief(strings.Join(by, " "))+" 降序”")
	}
	for _, p := range r.Prefer {
		if p.By.Text == "" {
			c.bad("“择优”的“"+string(p.Order)+"”前面没有写按什么排", "如：研发费用 降序")
			return
		}
	}
}

// attainableText has a line for each attribute.
func attainableText(r *itemRow) string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(r.Attainable)) {
		out = append(out, name+"："+yesNo(r.Attainable[name]))
	}
	return strings.Join(out, "\n")
}

func yesNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

// readAttainable reads 注册地：否, one a line or with ； between.
func readAttainable(c *cell, r *itemRow) {
	for _, part := range strings.FieldsFunc(c.text, func(r rune) bool { return strings.ContainsRune("\n；;", r) }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		name, value := part, ""
		for _, last := range []string{"是", "否"} {
			if before, ok := strings.CutSuffix(part, last); ok {
				name, value = strings.TrimRight(before, "：:=＝ "), last
			}
		}
		_, twice := r.Attainable[name]
		switch {
		case value == "" || name == "":
			c.bad(fmt.Sprintf("“可达成”应是“指标：是”或“指标：否”，不能是“%s”", brief(part)), "")
		case twice:
			c.bad(fmt.Sprintf("“可达成”里指标“%s”重复", brief(name)), "删去一个")
		default:
			if r.Attainable == nil {
				r.Attainable = map[string]bool{}
			}
			r.Attainable[name] = value == "是"
		}
	}
}
