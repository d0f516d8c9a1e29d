package explain

import (
	"fmt"
	"strings"
)

// value writes a value with where it came from, or what it was computed from. What other sources say is written once.
func (p *page) value(v *Value, depth int) {
	if v.Why != "" && p.differing[v.title()] {
		p.line(depth, "%s（各来源不一致，见上）", v.line())
		return
	}
	p.line(depth, "%s", v.line())
	for i := range v.Others {
		o := &v.Others[i]
		differs := ""
		if o.Differs {
			differs = "（不一致，" + v.Why + "）"
			p.differing[v.title()] = true
		}
		p.line(depth+1, "另据%s%s", o.line(), differs)
	}
	if !v.Above {
		p.grounds(v, depth+1)
	}
}

// grounds writes what a value was computed from. A derived attribute that is a mere computation says so itself.
func (p *page) grounds(v *Value, depth int) {
	if v.inline() {
		v = v.rule
	}
	for _, part := range v.Parts {
		p.value(part, depth)
	}
	p.cases(v, depth)
	for _, b := range v.Bands {
		p.line(depth, "%s", b.line())
	}
	if v.Kind == ValueFold {
		p.folded(v.List, depth)
	}
}

// inline reports whether a derived attribute's name and what it stands for share a line.
func (v *Value) inline() bool {
	return v.Kind == ValueDerived && !v.Above && v.rule.Kind == ValueComputed
}

// head is what a value is called, in the text that it stands in.
func (v *Value) head() string {
	switch {
	case v.inline():
		return v.title() + "（即 " + oneLine(v.rule.Name) + "）："
	case v.Kind == ValueTiers:
		return "分档："
	case v.Kind == ValueScore:
		return "得分："
	case v.Kind == ValueBands:
		return "累进："
	}
	return v.title() + "："
}

// line is a value with its origin.
func (v *Value) line() string {
	head, from := v.head(), origin(v.Dataset, v.Confirmed, v.Origin)
	switch v.State {
	case StateUnknown:
		if v.Text == "" {
			return head + "未知"
		}
		return head + "未知（" + v.Text + "）"
	case StateAbsent:
		return head + "没有"
	case StateStale:
		return head + v.Text + "（已过保存期，按未知处理）　" + from
	case StateCoarse:
		return head + v.Text + "（不够具体）　" + from
	}
	text := v.Text
	if v.MayLack {
		text += "，也可能没有"
	}
	if v.Before != "" {
		text += "（" + v.cap + "前 " + v.Before + "）"
	}
	if v.Above {
		text += "（计算见上）"
	}
	return head + text + "　" + from
}

// cases writes the cases of 分档, of which one applies, and of 计分, of which all that hold count. What a condition rests on
// is written once.
func (p *page) cases(v *Value, depth int) {
	shown, settled := map[string]bool{}, false
	for _, c := range v.Cases {
		p.line(depth, "%s", v.caseLine(c))
		if c.When != nil && !settled {
			for _, value := range c.When.Values {
				if !shown[value.title()] {
					shown[value.title()] = true
					p.value(value, depth+1)
				}
			}
			p.inside(c.When, depth+1)
		}
		if c.Applies != No && !c.Then.isLiteral() {
			p.value(c.Then, depth+1)
		}
		settled = settled || v.Kind == ValueTiers && c.Applies == Yes
	}
}

// isLiteral reports whether a value was read from nothing.
func (v *Value) isLiteral() bool { return v.Kind == ValueComputed && len(v.Parts) == 0 }

// caseLine is a case with what it gives.
func (v *Value) caseLine(c *Case) string {
	text := "【" + string(c.Verdict) + "】" + oneLine(c.Text) + "："
	if c.When == nil {
		text = c.Text + "："
	}
	if v.Kind == ValueScore {
		return text + map[Verdict]string{Yes: "计 ", No: "不计 ", Unknown: "可能计 "}[c.Verdict] + c.Then.short()
	}
	if c.Applies == No && c.Then.Kind == ValueTiers { // which of its cases would apply is beside the point
		return strings.TrimSuffix(text, "：")
	}
	return text + c.Then.short() + map[Verdict]string{Yes: "　适用", Unknown: "　可能适用"}[c.Applies]
}

// short is the value alone.
func (v *Value) short() string {
	switch {
	case v.State == StateAbsent:
		return "没有"
	case v.Text == "":
		return "未知"
	}
	return v.Text
}

func (b Band) line() string {
	text := "超过 " + b.From + " 的部分"
	if b.UpTo != "" {
		text = b.From + " 至 " + b.UpTo + " 的部分"
	}
	text += "，按 " + b.Rate
	if b.Amount != "" {
		text += "：" + b.Amount
	}
	return text
}

// folded writes the rows of a fold: which count, and what was taken of them.
func (p *page) folded(l *List, depth int) {
	if len(l.Rows) > 0 {
		p.line(depth, "%s", l.counts())
	}
	for i, r := range l.Rows {
		text, from := r.name(i)+"："+r.counted(), origin("", r.Confirmed, r.Origin)
		counts := r.Of != nil && r.Verdict != No
		if counts {
			text += "　" + r.Of.short()
			if r.Of.Kind == ValueColumn && r.Year != 0 {
				from = origin(r.Of.Dataset, r.Of.Confirmed, r.Of.Origin)
			}
		}
		p.line(depth, "%s　%s", text, from)
		if r.Where != nil {
			p.node(r.Where, depth+1)
		}
		if counts && (r.Of.Kind != ValueColumn || len(r.Of.Others) > 0) {
			p.value(r.Of, depth+1)
		}
	}
	p.rest(l, depth)
}

func (l *List) counts() string {
	text := fmt.Sprintf("计入 %d 条", l.Met)
	if l.Open > 0 {
		text += fmt.Sprintf("，可能计入 %d 条", l.Open)
	}
	if l.Failed > 0 {
		text += fmt.Sprintf("，不计入 %d 条", l.Failed)
	}
	return text
}

func (r Row) counted() string {
	switch {
	case r.Stale:
		return "可能计入（已过保存期）"
	case r.Verdict == Yes:
		return "计入"
	case r.Verdict == Unknown:
		return "可能计入"
	}
	return "不计入"
}
