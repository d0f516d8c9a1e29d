package nation

import "zhida/schemas"

// title is a qualification: the ways departments write it, how long a certificate holds, how its numbers begin, and the
// percentage of those who may have it that do.
type title struct {
	spellings []string
	years     int // 0: without end
	number    string
	percent   int
	may       func(*enterprise) bool
}

func titles() []title {
	inventive := func(e *enterprise) bool { return e.economy.inventive }
	sized := func(least int) func(*enterprise) bool {
		return func(e *enterprise) bool { return e.economy.inventive && e.size >= least }
	}
	industry := func(least int) func(*enterprise) bool {
		return func(e *enterprise) bool { return e.isCompany() && e.size >= least && e.isIn("C") }
	}
	food := func(e *enterprise) bool { return e.kind != sole && e.isIn("A", "C13", "C14", "C15") }
	return []title{
		{[]string{"高新技术企业", "高企", "国家高新技术企业"}, 3, "GR", 26, inventive},
		{[]string{"科技型中小企业", "国家科技型中小企业"}, 1, "KJ", 32, inventive},
		{[]string{"专精特新小巨人"}, 3, "XJR", 5, sized(1)},
		{[]string{"专精特新中小企业", "专精特新", "省级专精特新中小企业"}, 3, "ZJ", 18, sized(1)},
		{[]string{"创新型中小企业"}, 3, "CX", 15, inventive},
		{[]string{"瞪羚企业"}, 3, "DL", 10, func(e *enterprise) bool { return e.economy.inventive && e.economy.growth >= 20 }},
		{[]string{"制造业单项冠军"}, 3, "DX", 5, industry(2)},
		{[]string{"国家企业技术中心"}, 0, "GJZ", 10, sized(3)},
		{[]string{"省级企业技术中心"}, 0, "SJZ", 24, sized(2)},
		{[]string{"企业技术中心", "市级企业技术中心"}, 0, "JZ", 10, sized(1)},
		{[]string{"省级工程技术研究中心"}, 0, "GC", 14, sized(2)},
		{[]string{"绿色工厂"}, 3, "LS", 4, industry(1)},
		{[]string{"绿色食品", "绿色食品证书"}, 3, "LB", 9, food},
		{[]string{"农业产业化龙头企业"}, 2, "LT", 6, food},
		{[]string{"知识产权优势企业"}, 3, "ZC", 8, sized(1)},
		{[]string{"老字号"}, 0, "LZH", 3, func(e *enterprise) bool { return e.isIn("C13", "C14", "C15", "H62", "F52") && yearOf(e.founded) < 2012 }},
		{[]string{"首台套产品"}, 2, "STT", 6, func(e *enterprise) bool { return e.economy.inventive && e.isIn("C34", "C35", "C36", "C37", "C39") }},
		{[]string{"众创空间"}, 3, "ZCK", 1, func(e *enterprise) bool { return e.isCompany() && e.isIn("I65", "M", "L72") }},
	}
}

// certificate is one of a title.
type certificate struct {
	title *title
	from  schemas.Date
}

func qualification() department {
	return department{
		name: "qualification", operated: true, columns: texts(code, "资质类型", "证书编号", "认定日期", "有效期至"),
		count: (*clerk).certificatesOf, write: (*clerk).certify,
	}
}

// certificatesOf draws which titles an enterprise has. Some certificates have expired.
func (c *clerk) certificatesOf(e *enterprise, d dice) int {
	c.certificates = c.certificates[:0]
	if e.closed {
		return 0
	}
	for i := range c.titles {
		t := &c.titles[i]
		if !t.may(e) || !d.percent(min(96, t.percent*(2+e.size)/3)) {
			continue
		}
		age := d.between(20, 380+t.years*365)
		if d.percent(35) {
			age = d.between(10, 420)
		}
		from := max(c.dates[0]-schemas.Date(age), e.founded+60)
		c.certificates = append(c.certificates, certificate{t, min(from, c.dates[0]-1)})
	}
	return len(c.certificates)
}

func (c *clerk) certify(b *batch, e *enterprise, r *row) {
	cert := c.certificates[r.index]
	from := cert.from
	if r.since > 0 { // renewed
		from = c.dates[r.since] - schemas.Date(r.news.below(30))
	}
	b.bytes(e.delivered)
	b.text(one(&r.dice, cert.title.spellings))
	b.data = append(b.data, cert.title.number...)
	b.data = appendPadded(b.data, yearOf(cert.from), 4)
	b.data = appendPadded(b.data, r.below(1_000_000_000), 9)
	b.end()
	writtenDate(b, &r.dice, from)
	if cert.title.years == 0 {
		b.text("长期")
		return
	}
	b.date(from.Add(schemas.Span{Years: cert.title.years}) - 1)
}

func licence() department {
	return department{
		name: "licence", operated: true, arrives: true,
		columns: texts(code, "证照名称", "许可证号", "发证日期", "有效期至", "状态"),
		count: func(c *clerk, e *enterprise, d dice) int {
			c.grants = c.grants[:0]
			for _, g := range e.trade.licences {
				if d.percent(g.percent) {
					c.grants = append(c.grants, g.kind)
				}
			}
			return len(c.grants)
		},
		write: (*clerk).license,
	}
}

func (c *clerk) license(b *batch, e *enterprise, r *row) {
	from := min(max(e.founded+10, c.dates[0]-schemas.Date(r.between(10, 1900))), c.dates[e.night]-1)
	revoked := r.since > 0 && r.news.percent(50)
	if r.since > 0 { // renewed, or entered again as revoked
		from = c.dates[r.since] - 1
	}
	b.bytes(e.delivered)
	kind := c.grants[r.index]
	switch {
	case r.percent(60):
		b.text(kind)
	case kind == "建筑业企业资质":
		b.text(kind, "证书")
	default:
		b.text(kind, "证") // the paper is called so
	}
	b.data = append(append(b.data, "XK"...), e.county.code...)
	b.data = appendPadded(b.data, r.below(1_000_000_000), 9)
	b.end()
	state, n := "有效", r.below(30)
	if n == 3 || n == 4 {
		writtenDate(b, &r.dice, from) // typed in as text
	} else {
		b.date(from)
	}
	switch n {
	case 0:
		state = "注销"
		fallthrough
	case 1:
		b.text("") // without end
	case 2:
		b.text("长期")
	default:
		b.date(from.Add(schemas.Span{Years: 5}) - 1)
	}
	if r.below(1000) < 8 || revoked {
		state = "吊销"
	}
	if e.closed && r.percent(60) {
		state = "注销"
	}
	b.text(state)
}

func property() department {
	return department{
		name: "ip", operated: true, columns: texts(code, "知识产权类型", "编号", "申请日期", "授权日期", "状态"),
		count: (*clerk).worksOf, write: (*clerk).invent,
	}
}

// worksOf are the kinds of what an enterprise has, one a piece.
func (c *clerk) worksOf(e *enterprise, d dice) int {
	c.works = c.works[:0]
	some := func(kind string, n int) {
		for range n {
			c.works = append(c.works, kind)
		}
	}
	if e.economy.inventive {
		if e.isIn("I") {
			some("软件著作权", d.skewed(0, 9+4*e.size))
			some("发明专利", d.skewed(0, 1+e.size))
		} else {
			some("发明专利", d.skewed(0, 3+4*e.size))
			some("实用新型专利", d.skewed(0, 4+4*e.size))
			some("外观设计专利", d.skewed(0, 1+e.size))
			some("软件著作权", d.skewed(0, 1))
		}
		if e.isIn("C39") && d.percent(6) {
			some("集成电路布图设计", 1)
		}
	}
	if e.isIn("A01") && e.kind != sole && d.percent(2) {
		some("植物新品种", 1)
	}
	if e.kind != sole && d.percent(7+8*e.size) || e.kind == sole && d.percent(1) {
		some("注册商标", d.skewed(1, 2+e.size))
	}
	return len(c.works)
}

func (c *clerk) invent(b *batch, e *enterprise, r *row) {
	kind := c.works[r.index]
	granted := min(max(c.dates[0]-schemas.Date(r.between(15, 3000)), e.founded+40), c.dates[0]-1)
	number, brief := "", ""
	switch kind {
	case "发明专利":
		number, brief = "ZL1", "发明"
	case "实用新型专利":
		number, brief = "ZL2", "实用新型"
	case "外观设计专利":
		number, brief = "ZL3", "外观设计"
	case "软件著作权":
		number, brief = "SR", "软著"
	case "注册商标":
		number, brief = "TM", "商标"
	case "集成电路布图设计":
		number, brief = "BS", "布图设计"
	default:
		number, brief = "CNA", kind
	}
	b.bytes(e.delivered)
	if r.percent(25) {
		kind = brief
	}
	b.text(kind)
	b.data = appendPadded(append(b.data, number...), yearOf(granted), 4)
	b.data = appendInt(b.data, int(e.number&(1<<40-1)))
	b.data = appendPadded(b.data, r.index, 2)
	b.end()
	b.date(granted - schemas.Date(r.between(90, 800)))
	writtenDate(b, &r.dice, granted)
	states, at := [...]string{"失效", "质押", "有效"}, 2
	switch n := r.below(100); {
	case n < 7:
		at = 0
	case n < 9:
		at = 1
	}
	b.text(states[r.turned(at, len(states))])
}
