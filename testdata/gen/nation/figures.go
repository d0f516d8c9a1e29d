package nation

// year is the year a row of a yearly dataset tells of, last year in the first row.
func (c *clerk) toldYear(e *enterprise, r *row) (year int, f *figures) {
	return c.year - 1 - r.index, &e.economy.years[told-1-r.index]
}

// years is how many of the last years there are figures of. One of fifty reports a year more than the others.
func years(e *enterprise, d dice, usual int) int {
	if d.percent(2) {
		usual++
	}
	return min(usual, told-e.economy.first)
}

// known tells whether a department knows an enterprise: a share of companies, sole traders and cooperatives, in 1000. Of
// those that are closed it has figures less often.
func known(e *enterprise, d *dice, company, shop, coop int) bool {
	p := company
	switch e.kind {
	case sole:
		p = shop
	case cooperative:
		p = coop
	}
	if e.isCompany() && e.size > 0 {
		p = min(970, p+150*e.size)
	}
	if e.closed {
		p /= 4
	}
	return d.below(1000) < p
}

// amended is an amount as an amended report tells it.
func (r *row) amended(n int) int {
	d := r.fork(5)
	step := 3 + d.below(20) // percent
	if n > 10_000 && d.percent(40) {
		return n * 100 / (100 + r.turns*step)
	}
	return n + r.turns*(1+n*step/100)
}

// turned is the place in a list of what a row says; each change moves it on.
func (r *row) turned(was, n int) int { return (was + r.turns) % n }

func finance() department {
	return department{
		name: "finance", parquet: true,
		columns: as(texts(code, "年度", "从业人数", "营业收入", "利润总额", "净利润", "资产总额", "负债总额", "研发费用"), whole, "年度"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if !known(e, &d, 420, 25, 120) {
				return 0
			}
			return years(e, d, 3)
		},
		write: (*clerk).finance,
	}
}

func (c *clerk) finance(b *batch, e *enterprise, r *row) {
	year, f := c.toldYear(e, r)
	money := func(n, missing int) {
		at := len(b.data)
		b.data = appendHundredths(b.data, n)
		if r.below(100) < 10 {
			group(b, at)
		}
		b.end()
		b.blank(&r.dice, missing)
	}
	b.bytes(e.delivered)
	b.number(year)
	b.data = appendInt(b.data, f.people)
	if r.percent(2) {
		b.data = append(b.data, "人"...)
	}
	b.end()
	b.blank(&r.dice, 2)
	money(r.amended(f.revenue), max(0, 1-r.turns))
	money(f.profit, 3)
	money(f.net, 6)
	money(f.assets, 2)
	money(f.debts, 3)
	if f.research == 0 {
		b.text("0")
		b.blank(&r.dice, 55) // most leave it empty where there is none
		return
	}
	money(r.amended(f.research), 2)
}

func taxes() department {
	columns := texts(code, "年度", "营业收入", "实缴税额", "增值税", "企业所得税", "研发加计扣除", "欠税金额")
	return department{
		name: "tax", parquet: true,
		columns: as(as(columns, whole, "年度"), decimal, "营业收入", "实缴税额", "增值税", "企业所得税", "研发加计扣除", "欠税金额"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if !known(e, &d, 680, 150, 220) {
				return 0
			}
			return years(e, d, 3)
		},
		write: (*clerk).tax,
	}
}

// tax tells the same revenue as statistics, save in one of twenty cases, and of those who claim none no research.
func (c *clerk) tax(b *batch, e *enterprise, r *row) {
	year, f := c.toldYear(e, r)
	revenue := f.revenue
	if r.percent(5) {
		revenue = revenue / 100 * r.between(80, 118)
	}
	b.bytes(e.delivered)
	b.number(year)
	b.hundredths(r.amended(revenue))
	b.hundredths(r.amended(f.tax))
	b.hundredths(f.vat)
	b.hundredths(f.incomeTax)
	switch {
	case f.research > 0 && r.percent(80):
		b.hundredths(f.research / 100 * one(&r.dice, []int{100, 100, 100, 97, 90}))
	case f.research == 0 && r.percent(30):
		b.text("0.00")
	default:
		b.text("")
	}
	if r.percent(3) {
		b.hundredths(r.between(1, 1+max(0, f.tax)))
		return
	}
	b.text("0.00")
}

func grades() department {
	return department{
		name: "taxcredit", parquet: true, columns: as(texts(code, "年度", "等级"), whole, "年度"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if !known(e, &d, 560, 70, 120) {
				return 0
			}
			return years(e, d, 2)
		},
		write: func(c *clerk, b *batch, e *enterprise, r *row) {
			year, _ := c.toldYear(e, r)
			b.bytes(e.delivered)
			b.number(year)
			grades, at := "ABMCD", 4
			switch n := r.below(100) - 8*e.size; {
			case year <= yearOf(e.founded), n >= 60 && n < 84: // in its first year none has a record
				at = 2
			case n < 18:
				at = 0
			case n < 60:
				at = 1
			case n < 96:
				at = 3
			}
			at = r.turned(at, len(grades))
			b.text(grades[at : at+1])
		},
	}
}

func insurance() department {
	return department{
		name: "insurance", parquet: true,
		columns: as(texts(code, "年度", "参保人数", "平均参保人数", "裁员率", "欠费金额"), whole, "年度"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if !known(e, &d, 430, 35, 60) {
				return 0
			}
			return years(e, d, 3)
		},
		write: (*clerk).insure,
	}
}

func (c *clerk) insure(b *batch, e *enterprise, r *row) {
	year, f := c.toldYear(e, r)
	insured := f.insured + r.turns*(1+f.insured/9)
	b.bytes(e.delivered)
	b.number(year)
	b.number(insured)
	b.blank(&r.dice, max(0, 1-r.turns))
	b.data = appendInt(b.data, max(1, insured*r.between(94, 102)/100))
	if r.percent(3) {
		b.data = append(b.data, "人"...)
	}
	b.end()
	b.blank(&r.dice, 3)
	b.hundredths(f.laidOff)
	b.blank(&r.dice, 3)
	if r.percent(3) {
		b.hundredths(r.between(80_000, 9_000_000))
		return
	}
	b.text("0")
}

func customs() department {
	return department{
		name: "customs", parquet: true,
		columns: as(as(texts(code, "年度", "出口额", "进口额", "信用等级"), whole, "年度"), decimal, "出口额", "进口额"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if !e.economy.exporting || e.closed || !d.percent(92) {
				return 0
			}
			return years(e, d, 3)
		},
		write: func(c *clerk, b *batch, e *enterprise, r *row) {
			year, f := c.toldYear(e, r)
			b.bytes(e.delivered)
			b.number(year)
			b.hundredths(r.amended(f.exports))
			b.hundredths(r.amended(f.imports))
			switch n := r.below(100); {
			case n < 5+12*e.size:
				b.text("高级认证企业")
			case n > 97:
				b.text("失信企业")
			default:
				b.text("备案企业")
			}
		},
	}
}

func energy() department {
	return department{
		name: "energy", parquet: true,
		columns: as(as(texts(code, "年度", "综合能耗", "用电量", "绿电占比"), whole, "年度"), decimal, "综合能耗", "用电量", "绿电占比"),
		count: func(_ *clerk, e *enterprise, d dice) int {
			if !e.isCompany() || e.closed {
				return 0
			}
			listed := e.isIn("B", "C", "D") && listClass(e) != ""
			if listed && d.percent(90) || e.isIn("C") && d.percent(12) || d.percent(2) {
				return years(e, d, 2)
			}
			return 0
		},
		write: func(c *clerk, b *batch, e *enterprise, r *row) {
			year, f := c.toldYear(e, r)
			b.bytes(e.delivered)
			b.number(year)
			b.hundredths(r.amended(f.coal))
			b.hundredths(r.amended(f.power))
			switch {
			case r.percent(30):
				b.hundredths(r.between(500, 6500))
			case r.percent(50):
				b.text("0.00")
			default:
				b.text("")
			}
		},
	}
}
