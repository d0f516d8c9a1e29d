package nation

import "zhida/schemas"

// listClass is the list of large enterprises that last year's revenue puts one on; "" for none. Revenue is in
// hundredths of 万元.
func listClass(e *enterprise) string {
	f := e.economy.last()
	if f == nil || !e.isCompany() {
		return ""
	}
	const million = 10_000 // 百万元
	switch {
	case e.isIn("B", "C", "D") && f.revenue >= 20*million:
		return "规模以上工业"
	case e.isIn("E") && f.revenue >= 10*million:
		return "资质等级建筑业"
	case e.isIn("F51") && f.revenue >= 20*million, e.isIn("F52") && f.revenue >= 5*million, e.isIn("H") && f.revenue >= 2*million:
		return "限额以上批发零售住宿餐饮"
	case e.isIn("K701"):
		return "房地产开发经营"
	case e.isIn("G", "I", "L", "M", "N", "K702", "R") && f.revenue >= 20*million, e.isIn("R", "L") && f.revenue >= 10*million:
		return "规模以上服务业"
	}
	return ""
}

// large is the list: most of those whose revenue puts them on it.
func large() department {
	return department{
		name: "large", columns: texts(code, "类别", "入库日期", "状态"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if e.closed || !e.isCompany() {
				return 0
			}
			if class := listClass(e); class != "" && d.percent(60) || class == "" && e.size > 0 && d.percent(3) {
				return 1
			}
			return 0
		},
		write: func(c *clerk, b *batch, e *enterprise, r *row) {
			class := listClass(e)
			if class == "" {
				class = "规模以上服务业"
				if e.isIn("C") {
					class = "规模以上工业"
				}
			}
			b.bytes(e.delivered)
			b.text(class)
			on := schemas.NewDate(r.between(max(2012, yearOf(e.founded)+1), c.year), r.between(1, 5), 1)
			if on < e.founded || on > c.dates[0] {
				on = c.dates[0] - 40
			}
			b.date(on)
			state := 0
			if r.percent(5) {
				state = 1
			}
			b.text([...]string{"在库", "退库"}[r.turned(state, 2)])
		},
	}
}

// projects are investments: those who grow build, industry most of all.
func projects() department {
	columns := texts(code, "项目代码", "类型", "状态", "总投资", "设备投资", "备案日期", "开工日期", "竣工日期")
	return department{
		name: "project", operated: true, columns: columns,
		count: func(_ *clerk, e *enterprise, d dice) int {
			likely := 1 + 7*e.size
			if e.isIn("C", "D", "G") {
				likely += 4
			}
			if e.isCompany() && !e.closed && d.percent(likely) {
				return d.skewed(1, 2)
			}
			return 0
		},
		write: (*clerk).invest,
	}
}

func (c *clerk) invest(b *batch, e *enterprise, r *row) {
	filed := c.dates[0] - schemas.Date(r.skewed(30, 1100))
	kinds := []string{"新建", "扩建", "技术改造", "技术改造", "数字化改造"}
	if !e.isIn("C") {
		kinds = kinds[:2]
	}
	total := r.between(80, 900) * [...]int{1, 4, 15, 60}[e.size]
	today := c.dates[0]
	if r.since > 0 { // a change is that it went on, and costs more
		today, total = today+300, total+r.turns*(1+total/7)
	}
	began := filed + schemas.Date(r.between(20, 200))
	ended := began + schemas.Date(r.between(150, 600))
	state := "备案"
	if began < today {
		state = "在建"
	}
	if ended < today {
		state = "竣工"
	}
	b.bytes(e.delivered)
	b.data = append(appendPadded(b.data, yearOf(filed), 4), '-')
	b.data = append(append(b.data, e.county.code...), '-')
	b.data = appendInt(b.data, int(e.number&(1<<40-1)))
	b.data = appendPadded(b.data, r.index, 2)
	b.end()
	b.text(one(&r.dice, kinds))
	b.text(state)
	at := len(b.data)
	b.data = appendInt(b.data, total)
	switch r.below(12) {
	case 0:
		group(b, at)
	case 1:
		b.data = append(b.data, "万元"...)
	}
	b.end()
	b.number(total * r.between(30, 85) / 100)
	b.date(filed)
	for _, on := range []schemas.Date{began, ended} {
		if on < today {
			b.date(min(on, c.dates[r.since]))
		} else {
			b.text("")
		}
	}
}

// loans are those that were granted with public help.
func loans() department {
	return department{
		name: "loan", columns: texts(code, "合同号", "类型", "金额", "发放日期", "到期日期", "利率"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			likely := 6 + 8*e.size
			if e.kind == sole {
				likely = 2
			}
			if !e.closed && d.percent(likely) {
				return d.skewed(1, 3)
			}
			return 0
		},
		write: (*clerk).lend,
	}
}

func (c *clerk) lend(b *batch, e *enterprise, r *row) {
	on := min(max(c.dates[0]-schemas.Date(r.between(10, 900)), e.founded+30), c.dates[0])
	kinds := []string{"流动资金", "流动资金", "信用", "首贷", "固定资产", "知识产权质押"}
	if !e.economy.inventive {
		kinds = kinds[:5]
	}
	if e.size == 0 {
		kinds = kinds[:4]
	}
	kind, span := one(&r.dice, kinds), r.between(1, 3)
	if kind == "固定资产" {
		span += 2
	}
	b.bytes(e.delivered)
	b.data = appendPadded(append(b.data, "DK"...), yearOf(on), 4)
	b.data = appendInt(b.data, int(e.number&(1<<40-1)))
	b.data = appendPadded(b.data, r.index, 2)
	b.end()
	b.text(kind)
	at := len(b.data)
	amount := r.between(1, 20) + r.turns
	b.data = appendInt(b.data, amount*[...]int{5, 25, 100, 500}[e.size])
	switch r.below(10) {
	case 0:
		group(b, at)
		b.data = append(b.data, ".00"...)
	case 1:
		b.data = append(b.data, "万元"...)
	}
	b.end()
	writtenDate(b, &r.dice, on)
	writtenDate(b, &r.dice, on.Add(schemas.Span{Years: span}))
	b.data = appendHundredths(b.data, r.between(200, 599))
	if r.percent(20) {
		b.data = append(b.data, '%')
	}
	b.end()
}

// talent are people who came to those that do research.
func talent() department {
	return department{
		name: "talent", operated: true, columns: texts(code, "编号", "层级", "学历", "引进日期", "合同期至"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if e.economy.inventive && !e.closed && d.percent(8+14*e.size) {
				return d.skewed(1, 3+3*e.size)
			}
			return 0
		},
		write: func(c *clerk, b *batch, e *enterprise, r *row) {
			on := min(max(c.dates[0]-schemas.Date(r.between(20, 1400)), e.founded+30), c.dates[0])
			b.bytes(e.delivered)
			b.data = appendPadded(append(b.data, "RC"...), yearOf(on), 4)
			b.data = appendInt(b.data, int(e.number&(1<<40-1)))
			b.data = appendPadded(b.data, r.index, 2)
			b.end()
			rank := r.weighted([]int{4, 14, 32, 62, 100})
			b.text([...]string{"A", "B", "C", "D", "E"}[rank])
			degrees := [...][]string{{"博士"}, {"博士", "博士", "硕士"}, {"博士", "硕士", "硕士"}, {"硕士", "硕士", "本科"}, {"硕士", "本科", "本科", "其他"}}
			b.text(one(&r.dice, degrees[rank]))
			b.date(on)
			until := r.between(3, 5)
			until += 2 * r.turns // renewed
			b.date(on.Add(schemas.Span{Years: until}))
		},
	}
}
