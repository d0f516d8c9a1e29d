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
//	  【未知】营业收入 >= 2000万元
//	    营业收入：未知
func Render(n *Node) string {
	var b strings.Builder
	render(&b, n, 0)
	return b.String()
}

func render(b *strings.Builder, n *Node, depth int) {
	line(b, depth, "【%s】%s", n.Verdict, n.title())
	for _, v := range n.Values {
		line(b, depth+1, "%s", v.line())
		for _, o := range v.Others {
			line(b, depth+2, "另据%s", o.line())
		}
	}
	for _, p := range n.Parts {
		render(b, p, depth+1)
	}
	if n.Kind == KindRows {
		renderRows(b, n, depth+1)
	}
}

func renderRows(b *strings.Builder, n *Node, depth int) {
	for i, r := range n.Rows {
		text := fmt.Sprintf("记录%d：%s", i+1, r.Verdict)
		if r.Stale {
			text += "（已过保存期，按未知处理）"
		}
		line(b, depth, "%s　%s", text, origin("", r.Confirmed, r.Origin))
		if r.Where != nil {
			render(b, r.Where, depth+1)
		}
	}
	if n.Hidden > 0 {
		line(b, depth, "另有 %d 条记录", n.Hidden)
	}
	if len(n.Rows) == 0 {
		line(b, depth, "没有记录")
	}
	line(b, depth, "%s", n.List)
}

// title is the head of a node: groups are named by what they ask, as their parts follow.
func (n *Node) title() string {
	switch n.Kind {
	case KindAll:
		return "以下各项须全部符合"
	case KindAny:
		return "以下各项符合其一即可"
	case KindNot:
		return "以下一项须不符合"
	case KindTag:
		switch {
		case n.Above:
			return n.Text + "（规则见上）"
		case len(n.Parts) > 0:
			return n.Text + "，其规则为"
		}
	}
	return n.Text
}

// line is a value with its origin.
func (v Value) line() string {
	from := origin(v.Dataset, v.Confirmed, v.Origin)
	switch v.State {
	case StateUnknown:
		if v.Text == "" {
			return v.Name + "：未知"
		}
		return v.Name + "：未知（" + v.Text + "）"
	case StateStale:
		return v.Name + "：" + v.Text + "（已过保存期，按未知处理）　" + from
	case StateCoarse:
		return v.Name + "：" + v.Text + "（不够具体）　" + from
	}
	return strings.TrimRight(v.Name+"："+v.Text+"　"+from, "　")
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

func line(b *strings.Builder, depth int, format string, args ...any) {
	indent := strings.Repeat("  ", depth)
	text := fmt.Sprintf(format, args...)
	b.WriteString(indent + strings.ReplaceAll(text, "\n", "\n"+indent) + "\n") // the text of a long list has several lines
}
