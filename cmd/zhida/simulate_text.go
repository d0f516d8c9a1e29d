package main

import (
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"zhida/matcher/explain"
	"zhida/schemas"
)

// writeSimulations shows simulations on a terminal.
func writeSimulations(out io.Writer, all []simulated) error {
	var b strings.Builder
	for i := range all {
		if i > 0 {
			b.WriteString("\n")
		}
		all[i].write(&b)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

func (v *simulated) write(b *strings.Builder) {
	if v.Item != "" {
		fmt.Fprintf(b, "%s  %s\n", v.Item, v.Title)
	}
	fmt.Fprintf(b, "条件：%s\n批次 %s，按 %s 判定，存续 %d 户\n\n", v.Condition, v.Night, v.Date, v.Living)
	fmt.Fprintf(b, "符合 %d 户%s，待补充 %d 户，差一项 %d 户\n", v.Counts.Sure, v.subject(), v.Counts.Needs, v.Counts.Near)
	if p := v.Published; p != nil {
		fmt.Fprintf(b, "与已公布的比：现在符合 %d 户，新进 %d 户%s，退出 %d 户%s\n", p.Sure,
			p.Enter, among(p.NeededBefore, "原来待补充"), p.Leave, among(p.NeedsInstead, "变为待补充"))
	}
	v.writeMoney(b)
	v.writeFunnel(b)
	v.writeThresholds(b)
	writePlaces(b, "地区", v.Regions, fullRegion)
	writePlaces(b, "行业", v.Industries, func(code string) string { return code })
	v.writeSizes(b)
}

// subject says what of the sure is left to people.
func (v *simulated) subject() string {
	var parts []string
	if v.Review > 0 {
		parts = append(parts, fmt.Sprintf("%d 户待评审", v.Review))
	}
	if v.Declare > 0 {
		parts = append(parts, fmt.Sprintf("%d 户待承诺", v.Declare))
	}
	if len(parts) == 0 {
		return ""
	}
	return "（其中 " + strings.Join(parts, "，") + "）"
}

func among(n int64, what string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("（其中 %d 户%s）", n, what)
}

func (v *simulated) writeMoney(b *strings.Builder) {
	m := v.Money
	if m == nil {
		return
	}
	yuan := func(text string) string { return explain.Amount(rational(text), schemas.UnitYuan) }
	total, share := yuan(m.Low), m.LowOf+"%"
	if m.Low != m.High {
		total, share = total+" 至 "+yuan(m.High), share+" 至 "+m.HighOf+"%"
	}
	if m.Open > 0 {
		total = "至少 " + total
	}
	fmt.Fprintf(b, "测算：%s，%d 户，合计 %s", m.Benefit, m.Awards, total)
	if m.Budget != "" && m.LowOf != "" {
		fmt.Fprintf(b, "，占预算 %s 的 %s", yuan(m.Budget), share)
		switch {
		case m.low.Cmp(m.budget) > 0:
			b.WriteString("，不够")
		case m.high.Cmp(m.budget) > 0:
			b.WriteString("，可能不够")
		}
	}
	b.WriteString("\n")
	for _, line := range []struct {
		n    int64
		text string
	}{
		{m.Between, "户的金额只知道上下限"}, {m.Open, "户的金额没有上限，只计下限"}, {m.Nothing, "户按公式得不到钱"},
	} {
		if line.n > 0 {
			fmt.Fprintf(b, "      %d %s\n", line.n, line.text)
		}
	}
}

func (v *simulated) writeFunnel(b *strings.Builder) {
	b.WriteString("\n")
	t := grid{head: []string{"逐条", "还符合", "还可能", "单独挡下"}}
	t.row("存续", count(v.Living), "", "")
	for _, g := range v.Funnel {
		t.row(g.Text, count(g.Sure), count(g.Open), count(g.Alone))
	}
	t.write(b)
}

func (v *simulated) writeThresholds(b *strings.Builder) {
	for _, c := range v.Thresholds {
		fmt.Fprintf(b, "\n%s：由这一条定的 %d 户", c.Test, c.Others)
		if c.Unknown > 0 {
			fmt.Fprintf(b, "，其中 %d 户不知道", c.Unknown)
		}
		b.WriteString("\n")
		t := grid{head: []string{"改为", "符合", "增减", "待补充"}}
		var now int64
		for _, r := range c.Rungs {
			if r.Present {
				now = r.Sure
			}
		}
		for _, r := range c.Rungs {
			change := "现在"
			if !r.Present {
				change = fmt.Sprintf("%+d", r.Sure-now)
			}
			t.row(strings.TrimSpace(c.Sign+" "+r.Threshold), count(r.Sure), change, count(r.Needs))
		}
		t.write(b)
	}
}

// writePlaces shows both levels if there are few places, else the first.
func writePlaces(b *strings.Builder, title string, all []placeView, show func(code string) string) {
	if len(all) == 0 {
		return
	}
	b.WriteString("\n")
	parts := 0
	for _, p := range all {
		parts += len(p.Parts)
	}
	t := grid{head: []string{title, "符合", "待补充", "差一项"}}
	add := func(indent string, p *placeView) {
		name := strings.TrimSpace(show(p.Code) + " " + p.Name)
		if p.Code == "" {
			name = "不知道"
		}
		t.row(indent+name, count(p.Sure), count(p.Needs), count(p.Near))
	}
	for i := range all {
		add("", &all[i])
		for k := range all[i].Parts {
			if parts <= maxParts {
				add("  ", &all[i].Parts[k])
			}
		}
	}
	t.write(b)
	if parts > maxParts {
		fmt.Fprintf(b, "（下一级 %d 个，见 --json）\n", parts)
	}
}

// maxParts is how many places of the second level are shown on a terminal.
const maxParts = 40

func fullRegion(code string) string { return (code + "000000")[:6] }

func (v *simulated) writeSizes(b *strings.Builder) {
	if len(v.Sizes) < 2 {
		return
	}
	b.WriteString("\n")
	t := grid{head: []string{sizeAttribute, "符合", "待补充", "差一项"}}
	for _, c := range v.Sizes {
		name := c.Name
		if name == "" {
			name = "不知道"
		}
		if c.countsView != (countsView{}) {
			t.row(name, count(c.Sure), count(c.Needs), count(c.Near))
		}
	}
	t.write(b)
}

func count(n int64) string { return strconv.FormatInt(n, 10) }

// grid is a table for a terminal, on which a Chinese character takes two columns: the first column to the left, numbers
// to the right. A first cell that is too long has a line to itself.
type grid struct {
	head []string
	rows [][]string
}

func (g *grid) row(cells ...string) { g.rows = append(g.rows, cells) }

// longFirst is the width from which on a first cell has its own line.
const longFirst = 48

func (g *grid) write(b *strings.Builder) {
	widths := make([]int, len(g.head))
	all := append([][]string{g.head}, g.rows...)
	for _, row := range all {
		for i, cell := range row {
			if w := schemas.Cells(cell); i > 0 || w <= longFirst {
				widths[i] = max(widths[i], w)
			}
		}
	}
	for _, row := range all {
		first := row[0]
		if schemas.Cells(first) > widths[0] {
			b.WriteString("  " + first + "\n")
			first = ""
		}
		line := "  " + first + strings.Repeat(" ", widths[0]-schemas.Cells(first))
		for i, cell := range row[1:] {
			line += strings.Repeat(" ", 2+widths[i+1]-schemas.Cells(cell)) + cell
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// rational reads an amount that moneyOf wrote.
func rational(text string) *big.Rat {
	r, _ := new(big.Rat).SetString(text)
	return r
}
