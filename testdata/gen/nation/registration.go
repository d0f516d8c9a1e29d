package nation

import "strings"

func registration() department {
	return department{
		name: "registration", operated: true, arrives: true,
		columns: texts("企业名称", code, "企业类型", "登记状态", "成立日期", "注册资本", "行政区划", "行业代码", "住所", "经营范围", "法定代表人"),
		count: func(_ *clerk, _ *enterprise, d dice) int {
			if d.rare(60) {
				return 2 // a second row with another name
			}
			return 1
		},
		write: (*clerk).register,
	}
}

// Codes that are written oddly, of a million rows.
const (
	lowerCase = 2000
	wideCodes = 500
)

func (c *clerk) register(b *batch, e *enterprise, r *row) {
	news := r.news
	change := -1
	if r.since > 0 {
		change = news.below(100)
	}
	c.writtenName(b, e, r, change)
	c.writtenCode(b, e, r)
	writtenKind(b, &r.dice, e)
	c.writtenStatus(b, e, r)
	switch founded := e.founded; r.index {
	case 0:
		writtenDate(b, &r.dice, founded)
	default:
		b.date(founded - 400)
	}
	capital := e.capital
	if change >= 0 && change < 45 {
		capital = capital*2 + 100
	}
	writtenCapital(b, &r.dice, e, capital, capital != e.capital)
	k, where := e.county, r.fork(7)
	if change >= 65 && change < 75 { // moves, to another county where its home has several
		k, where = &e.home.counties[news.below(len(e.home.counties))], r.news.fork(7)
	}
	if where.rare(2000) { // region column and address name two counties
		writtenRegion(b, &where, &e.home.counties[0])
	} else {
		writtenRegion(b, &where, k)
	}
	industry := e.industry
	if change >= 75 {
		industry = one(&news, e.trade.classes)
	}
	writtenIndustry(b, &r.dice, industry)
	writtenAddress(b, &where, k, r.rare(13_000))
	if e.kind == sole {
		b.text(e.trade.word)
	} else {
		b.text(e.trade.scope)
	}
	c.writtenPerson(b, &where)
}

// writtenName says 示例, and of a change of name that it is one.
func (c *clerk) writtenName(b *batch, e *enterprise, r *row, change int) {
	d := r.fork(3)
	if r.rare(3000) {
		b.data = append(b.data, "（示例）"...)
		b.data = append(b.data, fullWidth("No.7 ")...)
	}
	if e.kind == sole || e.kind == cooperative || d.percent(30) {
		b.data = append(b.data, e.county.name...)
	} else {
		b.data = append(b.data, e.county.short...)
	}
	b.data = append(b.data, "示例"...)
	c.invented(b, &d)
	switch e.kind {
	case cooperative:
		b.data = append(b.data, one(&d, []string{"果蔬", "中药材", "养殖"})...)
		b.data = append(b.data, e.trade.word...)
	case sole:
		b.data = append(b.data, e.trade.word...)
		if e.trade.share > 0 {
			b.data = append(b.data, "经营部"...)
		}
	case stock:
		b.data = append(b.data, e.trade.word...)
		b.data = append(b.data, "股份有限公司"...)
	default:
		b.data = append(b.data, e.trade.word...)
		b.data = append(b.data, "有限公司"...)
	}
	switch {
	case r.index > 0:
		b.text("（曾用名）")
	case change >= 45 && change < 65:
		b.text("（更名）")
	default:
		b.end()
	}
}

// writtenCode is the code as the registration writes it: of few in lower case, of few in full-width characters.
func (c *clerk) writtenCode(b *batch, e *enterprise, r *row) {
	switch n := r.below(1_000_000); {
	case n < lowerCase && !e.old:
		b.text(strings.ToLower(string(e.delivered)))
	case n < lowerCase+wideCodes:
		b.text(fullWidth(string(e.delivered)))
	default:
		b.bytes(e.delivered)
	}
}

// writtenKind is the type of the enterprise in the spellings met.
func writtenKind(b *batch, d *dice, e *enterprise) {
	if d.percent(5) {
		b.text("N/A")
		return
	}
	switch e.kind {
	case sole:
		b.text(one(d, []string{"个体工商户", "个体户", "个体"}))
	case limited:
		b.text(one(d, []string{"有限责任公司", "有限责任公司(自然人投资或控股)", "有限责任公司（自然人独资）"}))
	case stock:
		b.text(one(d, []string{"股份有限公司", "股份有限公司(非上市)"}))
	default:
		b.text("农民专业合作社")
	}
}

// closures are the changes of a registration, of 100, that close the enterprise.
const closures = 5

// writtenStatus is the status in the spellings met. A later change may close the enterprise, for good.
func (c *clerk) writtenStatus(b *batch, e *enterprise, r *row) {
	closed := e.closed
	for night := 1; night <= r.since && !closed; night++ {
		closed = c.changes(e, registrationMatter, 0, night) && c.closes(e, night)
	}
	if closed {
		b.text(one(&r.dice, []string{"注销", "注销", "吊销"}))
		return
	}
	b.text(one(&r.dice, []string{"存续", "存续", "在营", "开业", "存续（在营、开业、在册）"}))
}

// closes reports whether the change of a night closes the enterprise.
func (c *clerk) closes(e *enterprise, night int) bool {
	d := stream(c.seed, e.number, matterCode).fork(night)
	return d.percent(closures)
}

// writtenIndustry is the industry code; some rows have none.
func writtenIndustry(b *batch, d *dice, industry string) {
	switch n := d.below(100); {
	case n < 8:
		b.text(one(d, []string{"", "N/A"}))
	case n < 12:
		b.text(strings.ToLower(industry))
	case n < 17 && len(industry) > 3:
		b.text(industry[1:])
	default:
		b.text(industry)
	}
}

func contacts() department {
	return department{
		name: "contacts", arrives: true, columns: texts(code, "联系人", "联系电话"),
		count: func(_ *clerk, _ *enterprise, d dice) int {
			if d.percent(80) {
				return 1
			}
			return 0
		},
		write: func(c *clerk, b *batch, e *enterprise, r *row) {
			b.bytes(e.delivered)
			c.writtenPerson(b, &r.dice)
			writtenPhone(b, &r.news)
		},
	}
}

// crosswalk has the corrections of codes: of a part of the old numbers on the first night, of some wrong codes later.
func crosswalk() department {
	return department{
		name: "crosswalk", unscoped: true, columns: texts("旧代码", "新代码", "变更日期"),
		count: func(c *clerk, e *enterprise, d dice) int {
			if e.old && d.percent(40) {
				return 1
			}
			return 0
		},
		write: func(c *clerk, b *batch, e *enterprise, r *row) {
			b.bytes(e.delivered)
			b.bytes(e.code[:])
			b.date(c.dates[0] - 3)
		},
	}
}
