package explain

import (
	"fmt"
	"strings"
)

// Render writes the tree for an officer, one line per part, indented by two spaces for each level:
//
//	【未知】以下各项须全部符合
//	  【符合】注册地 属于 510700
//	    注册地：510703（涪城区）　来自 登记，2026-06-01 核实，交付批次 12
//	  【未知】营业收入@上年 >= 2000万元
//	    营业收入@2025年：未知
func Render(n *Node) string {
	p := newPage()
	p.node(n, 0)
	return p.String()
}

// page is text that grows line by line.
type page struct {
	strings.Builder
	differing map[string]bool // the values whose sources have been shown to differ
}

func newPage() *page { return &page{differing: map[string]bool{}} }

// line writes a line; a text of several lines keeps its depth.
func (p *page) line(depth int, format string, args ...any) {
	indent := strings.Repeat("  ", depth)
	text := strings.TrimRight(fmt.Sprintf(format, args...), "　")
	p.WriteString(indent + strings.ReplaceAll(text, "\n", "\n"+indent) + "\n")
}

func (p *page) node(n *Node, depth int) {
	p.line(depth, "【%s】%s", n.mark(), n.title())
	for _, v := range n.Values {
		p.value(v, depth+1)
	}
	p.inside(n, depth+1)
}

// inside writes what a part consists of.
func (p *page) inside(n *Node, depth int) {
	for _, part := range n.Parts {
		p.node(part, depth)
	}
	if n.Kind == KindRows {
		p.rows(n.List, depth)
	}
}

// mark is the verdict; what is still open of a part that is met says so instead.
func (n *Node) mark() string {
	if n.Kind == KindStated && n.Subject != SubjectNothing {
		return string(n.Subject)
	}
	return string(n.Verdict)
}

// title is the head of a node: groups are named by what they ask, as their parts follow.
func (n *Node) title() string {
	switch n.Kind {
	case KindAll:
		return "以下各项须全部符合" + n.subjectText()
	case KindAny:
		return "以下各项符合其一即可" + n.subjectText()
	case KindNot:
		return "以下一项须不符合"
	case KindAtLeast:
		return fmt.Sprintf("以下各项须符合至少 %d 项%s%s", n.Count.N, n.Count.text(), n.subjectText())
	case KindAtMost:
		return fmt.Sprintf("以下各项须符合至多 %d 项%s", n.Count.N, n.Count.text())
	case KindDecided:
		return "以下一项须能判定"
	case KindTag:
		switch {
		case n.Above:
			return n.Text + "（规则见上）"
		case len(n.Parts) > 0:
			return n.Text + "，其规则为"
		}
	}
	if n.Gap != "" {
		return n.Text + "（" + n.Gap + "）"
	}
	return n.Text
}

func (n *Node) subjectText() string {
	if n.Subject == SubjectNothing {
		return ""
	}
	return "（" + string(n.Subject) + "）"
}

func (c *Count) text() string {
	text := fmt.Sprintf("（共 %d 项，符合 %d 项", c.Of, c.Met)
	if c.Unknown > 0 {
		text += fmt.Sprintf("，未知 %d 项", c.Unknown)
	}
	return text + "）"
}

// rows writes the rows that 有 and 每 went over.
func (p *page) rows(l *List, depth int) {
	for i, r := range l.Rows {
		text := r.name(i) + "：" + string(r.Verdict)
		if r.Stale {
			text += "（已过保存期，按未知处理）"
		}
		p.line(depth, "%s　%s", text, origin("", r.Confirmed, r.Origin))
		if r.Where != nil {
			p.node(r.Where, depth+1)
		}
	}
	p.rest(l, depth)
}

// rest says what is not shown of the rows, and what their absence means.
func (p *page) rest(l *List, depth int) {
	if l.Hidden > 0 {
		p.line(depth, "另有 %d 条记录", l.Hidden)
	}
	if len(l.Rows) == 0 {
		p.line(depth, "没有记录")
	}
	if l.Absence != "" {
		p.line(depth, "%s", l.Absence)
	}
}

func (r Row) name(i int) string {
	if r.Year != 0 {
		return fmt.Sprintf("%d年", r.Year)
	}
	return fmt.Sprintf("记录%d", i+1)
}

// origin says where a fact came from and when it was last confirmed.
func origin(dataset, confirmed string, delivery int64) string {
	var parts []string
	if dataset != "" {
		parts = append(parts, "来自 "+dataset)
	}
	if confirmed != "" {
		parts = append(parts, confirmed+" 核实")
	}
	if delivery != 0 {
		parts = append(parts, fmt.Sprintf("交付批次 %d", delivery))
	}
	return strings.Join(parts, "，")
}

func either(cond bool, yes, no string) string {
	if cond {
		return yes
	}
	return no
}
