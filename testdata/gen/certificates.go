package main

import (
	"fmt"
	"strings"

	"zhida/schemas"
)

// qualification is a title: the ways departments write it, how long a certificate holds, how its numbers begin, and
// the percentage of those who may have it that do.
type qualification struct {
	name      string
	spellings []string
	years     int // 0: without end
	number    string
	percent   int
	may       func(*enterprise) bool
}

func qualifications() []qualification {
	inventive := func(e *enterprise) bool { return e.economy.inventive }
	sized := func(least int) func(*enterprise) bool {
		return func(e *enterprise) bool { return e.economy.inventive && e.size >= least }
	}
	industry := func(e *enterprise) bool { return e.isCompany() && e.size >= 1 && e.isIn("C", "3", "1") }
	food := func(e *enterprise) bool { return !e.isSoleTrader() && e.isIn("A", "C13", "C14", "C15") }
	return []qualification{
		{"高新技术企业", []string{"高新技术企业", "高企", "国家高新技术企业"}, 3, "GR", 42, inventive},
		{"科技型中小企业", []string{"科技型中小企业", "国家科技型中小企业"}, 1, "KJ", 40, inventive},
		{"专精特新小巨人", nil, 3, "XJR", 11, sized(1)},
		{"专精特新中小企业", []string{"专精特新中小企业", "专精特新", "省级专精特新中小企业"}, 3, "ZJ", 26, sized(1)},
		{"创新型中小企业", nil, 3, "CX", 30, inventive},
		{"瞪羚企业", nil, 3, "DL", 55, func(e *enterprise) bool { return e.economy.inventive && e.economy.growth >= 20 }},
		{"制造业单项冠军", nil, 3, "DX", 9, func(e *enterprise) bool { return industry(e) && e.size >= 2 }},
		{"国家企业技术中心", nil, 0, "GJZ", 22, sized(3)},
		{"省级企业技术中心", nil, 0, "SJZ", 30, sized(2)},
		{"企业技术中心", []string{"企业技术中心", "市级企业技术中心"}, 0, "JZ", 16, sized(1)},
		{"省级工程技术研究中心", nil, 0, "GC", 26, sized(2)},
		{"绿色工厂", nil, 3, "LS", 13, industry},
		{"绿色食品", []string{"绿色食品", "绿色食品证书"}, 3, "LB", 26, food},
		{"农业产业化龙头企业", nil, 2, "LT", 20, food},
		{"知识产权优势企业", nil, 3, "ZC", 13, sized(1)},
		{"老字号", nil, 0, "LZH", 24, func(e *enterprise) bool { return e.isIn("C13", "C14", "C15", "H62", "F52") && year(e.founded) < 2012 }},
		{"首台套产品", nil, 2, "STT", 9, func(e *enterprise) bool { return e.economy.inventive && e.isIn("C34", "C35", "C36", "C37", "C39") }},
		{"众创空间", nil, 3, "ZCK", 5, func(e *enterprise) bool { return e.isCompany() && e.isIn("I65", "M", "L72") }},
	}
}

// spelled is the title as a department writes it.
func (q *qualification) spelled(d dice) string {
	if len(q.spellings) == 0 {
		return q.name
	}
	return one(d, q.spellings)
}

// expiry is the last day of a certificate; one without end has none.
func (q *qualification) expiry(from schemas.Date) string {
	if q.years == 0 {
		return "长期"
	}
	return (from.Add(schemas.Span{Years: q.years}) - 1).String()
}

var qualificationHeader = []string{"统一社会信用代码", "资质类型", "证书编号", "认定日期", "有效期至"}

// qualificationFull has the certificates of the first night. Some have expired; companies with special numbers have one
// that ends on a day the sample is about.
func (w *city) qualificationFull() *sheet {
	s := newSheet(qualificationHeader...)
	for _, e := range w.known() {
		d := w.on(e, "qualification")
		special, until := specialTitle(e)
		had := map[string]bool{}
		for _, q := range qualifications() {
			if !q.may(e) || !d.chance(min(96, q.percent*(3+e.size)/4)) || had["专精特新小巨人"] && q.number == "CX" || q.name == special.name {
				continue
			}
			had[q.name] = true
			age := d.between(20, 380+q.years*365)
			if d.chance(35) {
				age = d.between(10, 420)
			}
			from := max(firstNight()-schemas.Date(age), e.founded+60)
			w.certify(s, d, e, q, min(from, firstNight()-1))
		}
		if special.years > 0 {
			w.certify(s, d, e, special, (until + 1).Add(schemas.Span{Years: -special.years}))
		}
	}
	early := w.all[w.arriveOn[0]] // before its registration arrives
	w.certify(s, w.on(early, "qualification"), early, qualifications()[0], firstNight()-100)
	return w.put("qualification", s)
}

// specialTitle is the title of a company with a special number, and its last day: a title of three years, or of one for
// the young.
func specialTitle(e *enterprise) (title qualification, until schemas.Date) {
	switch n := e.number; {
	case !e.isCompany():
		return qualification{}, 0
	case expiring15.has(n):
		until = firstNight()
	case expiring16.has(n):
		until = firstNight() + 1
	case renewing16.has(n):
		until = firstNight() - 40
	case revoked16.has(n), revoked17.has(n):
		until = firstNight() + 100
	default:
		return qualification{}, 0
	}
	for _, q := range qualifications()[:2] {
		if e.founded+60 <= (until + 1).Add(schemas.Span{Years: -q.years}) {
			return q, until
		}
	}
	return qualification{}, 0
}

// certify writes a certificate that holds from a day.
func (w *city) certify(s *sheet, d dice, e *enterprise, q qualification, from schemas.Date) {
	s.add(w.delivered(e), q.spelled(d), fmt.Sprintf("%s%04d%06d", q.number, year(from), d.IntN(1000000)), d.writtenDate(from), q.expiry(from))
}

// qualificationIncrement has renewed certificates, withdrawn ones, and new ones.
func (w *city) qualificationIncrement() *sheet {
	s := newSheet(append([]string{"操作"}, qualificationHeader...)...)
	written := w.written["qualification"].rows
	withdrawn := revoked16
	if w.night == 17 {
		withdrawn = revoked17
	}
	for _, row := range written {
		e := w.byDelivered(row[0])
		if e == nil {
			continue
		}
		until, err := schemas.ParseDate(row[4])
		switch {
		case w.night == 16 && renewing16.has(e.number) && err == nil && until < w.today():
			q := named(row[1])
			from := w.today()
			s.add("新增", w.delivered(e), row[1], row[2]+"X", from.String(), q.expiry(from))
		case withdrawn.has(e.number) && err == nil:
			s.add("删除", row[0], row[1], row[2], "", "")
		}
	}
	for _, e := range w.known() {
		if e.number%60 == 31+w.night-16 && e.economy.inventive {
			d := w.on(e, fmt.Sprint("qualification", w.night))
			q := one(d, qualifications()[:2])
			from := w.today() - 3
			s.add("新增", w.delivered(e), q.spelled(d), fmt.Sprintf("%s%04d%06d", q.number, year(from), d.IntN(1000000)), from.String(), q.expiry(from))
		}
	}
	if w.night == 17 && len(written) > 0 { // a word nobody agreed on
		s.add("作废", written[0][0], written[0][1], written[0][2], "", "")
	}
	return s
}

// named is the qualification with that spelling.
func named(spelling string) qualification {
	all := qualifications()
	for _, q := range all {
		if q.name == spelling {
			return q
		}
		for _, other := range q.spellings {
			if other == spelling {
				return q
			}
		}
	}
	return all[0]
}

// byDelivered finds the enterprise that a department means by a code.
func (w *city) byDelivered(code string) *enterprise {
	if w.index == nil {
		w.index = map[string]*enterprise{}
		for _, e := range w.all {
			w.index[e.code] = e
		}
		for n, old := range w.used {
			w.index[old] = w.all[n]
		}
	}
	return w.index[code]
}

var licenceHeader = []string{"统一社会信用代码", "证照名称", "许可证号", "发证日期", "有效期至", "状态"}

// licenceFull has the licences a trade needs, and those of shops.
func (w *city) licenceFull() *sheet {
	s := newSheet(licenceHeader...)
	for _, e := range w.known() {
		d := w.on(e, "licence")
		grants := e.trade.licences
		if e.isSoleTrader() {
			for _, shop := range shops() {
				if shop.industry == e.industry && shop.licence != "" && len(grants) == 0 {
					grants = []grant{{shop.licence, 82}}
				}
			}
		}
		for _, g := range grants {
			if d.chance(g.percent) {
				from := max(e.founded+10, firstNight()-schemas.Date(d.between(10, 1900)))
				w.license(s, d, e, g.kind, min(from, firstNight()-2))
			}
		}
	}
	s.rows = append(s.rows, make([]string, len(s.header))) // a blank row before the last ones
	w.license(s, w.on(w.all[1], "licence"), w.all[1], "出版物经营许可", firstNight()-300)
	return w.put("licence", s)
}

func (w *city) license(s *sheet, d dice, e *enterprise, kind string, from schemas.Date) {
	until, state := (from.Add(schemas.Span{Years: 5}) - 1).String(), "有效"
	issued := from.String()
	switch d.IntN(30) {
	case 0:
		state = "注销"
	case 1:
		until = "" // without end
	case 2:
		until = "长期"
	case 3, 4:
		issued = d.writtenDate(from) // typed in as text
	}
	if d.rare(8) {
		state = "吊销"
	}
	if !e.isLiving() && d.chance(60) {
		state = "注销"
	}
	if d.chance(40) { // the paper is called so
		kind += "证"
		kind = strings.Replace(kind, "资质证", "资质证书", 1)
	}
	s.add(w.delivered(e), kind, fmt.Sprintf("XK%s%07d", e.county.code, d.IntN(10_000_000)), issued, until, state)
}

// licenceIncrement has new licences, and some that were given up or taken away.
func (w *city) licenceIncrement() *sheet {
	s := newSheet(licenceHeader...)
	for _, e := range w.arriving() {
		d := w.on(e, "licence")
		for _, g := range e.trade.licences {
			if d.chance(g.percent) {
				w.license(s, d, e, g.kind, w.today()-1)
			}
		}
	}
	fresh := len(s.rows)
	for i, row := range w.written["licence"].rows {
		if i%150 == 7*(w.night-15) && row[0] != "" {
			row = append([]string(nil), row...)
			row[5] = []string{"注销", "吊销"}[w.night-16]
			s.add(row...)
		}
	}
	return s.operated(fresh)
}

var ipHeader = []string{"统一社会信用代码", "知识产权类型", "编号", "申请日期", "授权日期", "状态"}

// ipFull has patents of those who do research, programs of the software houses, and trade marks.
func (w *city) ipFull() *sheet {
	s := newSheet(ipHeader...)
	for _, e := range w.known() {
		d := w.on(e, "ip")
		for _, kind := range inventions(d, e) {
			w.invent(s, d, e, kind, firstNight()-schemas.Date(d.between(15, 3000)))
		}
	}
	return w.put("ip", s)
}

// inventions are the kinds of what an enterprise has, one a piece.
func inventions(d dice, e *enterprise) []string {
	var kinds []string
	some := func(kind string, n int) {
		for range n {
			kinds = append(kinds, kind)
		}
	}
	if e.economy.inventive {
		if e.isIn("I", "65") {
			some("软件著作权", d.skewed(0, 9+4*e.size))
			some("发明专利", d.skewed(0, 1+e.size))
		} else {
			some("发明专利", d.skewed(0, 3+4*e.size))
			some("实用新型专利", d.skewed(0, 4+4*e.size))
			some("外观设计专利", d.skewed(0, 1+e.size))
			some("软件著作权", d.skewed(0, 1))
		}
		if e.isIn("C39") && d.chance(6) {
			some("集成电路布图设计", 1)
		}
	}
	if e.isIn("A01") && d.chance(4) {
		some("植物新品种", 1)
	}
	if !e.isSoleTrader() && d.chance(20+8*e.size) || e.isIn("A", "C13", "C14", "C15", "H") && d.chance(14) {
		some("注册商标", d.skewed(1, 2+e.size))
	}
	return kinds
}

func (w *city) invent(s *sheet, d dice, e *enterprise, kind string, granted schemas.Date) {
	granted = min(max(granted, e.founded+40), w.today()-1)
	state := "有效"
	switch n := d.IntN(100); {
	case n < 7 && granted < w.today()-365:
		state = "失效"
	case n < 9:
		state = "质押"
	}
	prefix := map[string]string{"发明专利": "ZL1", "实用新型专利": "ZL2", "外观设计专利": "ZL3", "软件著作权": "SR", "注册商标": "TM", "集成电路布图设计": "BS", "植物新品种": "CNA"}[kind]
	number := fmt.Sprintf("%s%04d%04d%03d", prefix, year(granted), e.number%10000, w.next())
	if d.chance(25) {
		kind = map[string]string{"发明专利": "发明", "实用新型专利": "实用新型", "外观设计专利": "外观设计", "软件著作权": "软著", "注册商标": "商标", "集成电路布图设计": "布图设计", "植物新品种": kind}[kind]
	}
	s.add(w.delivered(e), kind, number, (granted - schemas.Date(d.between(90, 800))).String(), d.writtenDate(granted), state)
}

// ipIncrement has the week's grants, and patents that lapsed.
func (w *city) ipIncrement() *sheet {
	s := newSheet(ipHeader...)
	for _, e := range w.known() {
		if d := w.on(e, fmt.Sprint("ip", w.night)); e.economy.inventive && d.chance(4) {
			w.invent(s, d, e, one(d, []string{"发明专利", "实用新型专利", "软件著作权"}), w.today()-1)
		}
	}
	fresh := len(s.rows)
	for i, row := range w.written["ip"].rows {
		if i%250 == 11*(w.night-15) {
			row = append([]string(nil), row...)
			row[5] = "失效"
			s.add(row...)
		}
	}
	return s.operated(fresh, w.written["ip"].rows[13*(w.night-15)]) // one was entered by mistake
}
