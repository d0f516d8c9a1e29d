package explain

import "fmt"

// value writes a value with where it came from, or what it was computed from.
func (p *page) value(v *Value, depth int) {
	p.line(depth, "%s", v.line())
	for i := range v.Others {
		o := &v.Others[i]
		differs := ""
		if o.Differs {
			differs = "（不一致，" + v.Why + "）"
		}
		p.line(depth+1, "另据%s%s", o.line(), differs)
	}
	if v.Above {
		return
	}
	for _, part := range v.Parts {
		p.value(part, depth+1)
	}
	p.cases(v, depth+1)
	for _, b := range v.Bands {
		p.line(depth+1, "%s", b.line())
	}
	if v.Kind == ValueFold {
		p.folded(v.List, depth+1)
	}
}

// line is a value with its origin.
func (v *Value) line() string {
	head, from := v.title()+"：", origin(v.Dataset, v.Confirmed, v.Origin)
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
	if v.Above {
		text += "（计算见上）"
	}
	return head + text + "　" + from
}

// cases writes the cases of 分档, of which one applies, and of 计分, of which all that hold count.
func (p *page) cases(v *Value, depth int) {
	for _, c := range v.Cases {
		p.line(depth, "%s", v.caseLine(c))
		if c.When != nil && c.Applies != No {
			p.grounds(c.When, depth+1)
		}
		if c.Applies != No && (len(c.Then.Parts) > 0 || c.Then.Kind != ValueComputed) {
			p.value(c.Then, depth+1)
		}
	}
}

// grounds writes what a case's condition rests on, without the condition itself if that is a single test.
func (p *page) grounds(n *Node, depth int) {
	if n.Kind != KindTest {
		p.node(n, depth)
		return
	}
	for _, value := range n.Values {
		p.value(value, depth)
	}
}

func (v *Value) caseLine(c *Case) string {
	text := "【" + string(c.Verdict) + "】" + c.Text + "：" + c.Then.short()
	if c.When == nil {
		text = c.Text + "：" + c.Then.short()
	}
	if v.Kind != ValueTiers {
		return text
	}
	switch c.Applies {
	case Yes:
		return text + "　适用"
	case Unknown:
		return text + "　可能适用"
	}
	return text
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
	p.line(depth, "%s", l.counts())
	for i, r := range l.Rows {
		text := r.name(i) + "：" + r.counted()
		if r.Of != nil && r.Verdict != No {
			text += "　" + r.Of.short()
		}
		p.line(depth, "%s　%s", text, origin("", r.Confirmed, r.Origin))
		if r.Where != nil {
			p.node(r.Where, depth+1)
		}
		if r.Of != nil && r.Verdict != No {
			p.taken(r.Of, depth+1)
		}
	}
	p.rest(l, depth)
}

// taken writes where the value of a row comes from, if that is more than a field of the row.
func (p *page) taken(v *Value, depth int) {
	if v.Kind != ValueColumn || v.Origin != 0 {
		p.value(v, depth)
	}
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
