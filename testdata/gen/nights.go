package main

import "fmt"

// count is the number of invented enterprises. Those from newcomers on are registered on the second night.
const (
	count     = 300
	newcomers = 290
)

// Enterprises with something special about them, by number: half-open intervals.
type interval struct{ from, to int }

func (i interval) has(n int) bool { return n >= i.from && n < i.to }

var (
	badChecks  = interval{20, 24} // delivered with a wrong check character; 20 and 21 are corrected on the second night
	oldNumbers = interval{30, 34} // delivered with a number of 15 digits; 30 and 31 are in the first night's crosswalk
	lowerCase  = interval{40, 44}
	wideCodes  = interval{50, 52}
	wideNames  = interval{52, 55}
	twiceThere = interval{60, 62} // a second row with another name
	contrary   = interval{64, 66} // region column and address name two counties
	closed     = interval{70, 76} // closed before the first night
	changed    = interval{80, 95} // changed on the second night
	closing    = interval{95, 99}
	deleted    = interval{100, 104}
)

// world is everything the departments know, and what they have written so far.
type world struct {
	*inventor
	past *inventor // what came to the sample later: its own stream of chance leaves everything else as it was
	all  []*enterprise
	used map[int]string // by number: the code as departments delivered it, where that is not the valid one
}

// mianyang invents the deliveries of both nights.
func mianyang(seed uint64) []file {
	w := &world{inventor: newInventor(seed), past: newInventor(seed + 1000), used: map[int]string{}}
	for n := range count {
		e := w.enterprise(n)
		if closed.has(n) {
			e.status = one(w.inventor, []string{"注销", "吊销", "吊销未注销", "已注销"})
		}
		w.all = append(w.all, e)
		switch {
		case badChecks.has(n):
			w.used[n] = wrongCheck(e.code)
		case oldNumbers.has(n):
			w.used[n] = w.oldNumber(e.county.code)
		}
	}
	utf8, oldCourt := writing{bom: true, crlf: true}, writing{}
	semicolons := writing{comma: ';'}
	facts := w.facts()
	files := []file{
		{"registration_20260615_full.csv", w.registrationFull().bytes(utf8)},
		{"qualification_20260615_full.csv", facts.qualification.bytes(oldCourt)},
		{"annual_20260615_full.csv", facts.annual.with(facts.earlier).bytes(writing{gb18030: true, crlf: true})},
		{"dishonest_20260615_full.csv", facts.dishonest.bytes(oldCourt)},
		{"payments_20260615_full.csv", facts.payments.bytes(utf8)},
		{"contacts_20260615_full.csv", facts.contacts.bytes(semicolons)},
		{"crosswalk_20260615_increment.csv", w.crosswalk(oldNumbers.from, oldNumbers.from+1).bytes(oldCourt)},
	}
	late := w.late()
	w.change()
	next := w.nextFacts(facts)
	return append(files,
		file{"registration_20260616_increment.csv", w.registrationIncrement().bytes(writing{gb18030: true, crlf: true})},
		file{"qualification_20260616_increment.csv", next.qualification.bytes(oldCourt)},
		file{"annual_20260616_increment.csv", next.annual.bytes(writing{gb18030: true, crlf: true})},
		file{"dishonest_20260616_full.csv", next.dishonest.bytes(oldCourt)},
		file{"payments_20260616_full.csv", next.payments.bytes(utf8)},
		file{"contacts_20260616_increment.csv", next.contacts.bytes(semicolons)},
		file{"crosswalk_20260616_increment.csv", w.crosswalk(badChecks.from, badChecks.from+1, oldNumbers.from+2).bytes(oldCourt)},
		file{"../late/registration_20260614_increment.csv", late.bytes(utf8)},
	)
}

// delivered is the code as departments write it.
func (w *world) delivered(e *enterprise) string {
	if code, ok := w.used[e.number]; ok {
		return code
	}
	return e.code
}

var registrationHeader = []string{"企业名称", "统一社会信用代码", "企业类型", "登记状态", "成立日期", "注册资本", "行政区划", "行业代码", "住所", "经营范围", "法定代表人"}

// registrationFull is the first night's registration: all enterprises but the newcomers, and a few rows that are wrong.
func (w *world) registrationFull() *sheet {
	s := &sheet{header: registrationHeader}
	for _, e := range w.all[:newcomers] {
		row := w.registration(e)
		switch {
		case lowerCase.has(e.number):
			row[1] = lower(row[1])
		case wideCodes.has(e.number):
			row[1] = fullWidth(row[1])
		case wideNames.has(e.number):
			row[0] = fullWidth("(") + "示例" + fullWidth(fmt.Sprintf(")No.%d ", e.number)) + row[0]
		case contrary.has(e.number):
			other := counties()[0]
			if e.county.code == other.code {
				other = counties()[1]
			}
			row[6], row[8] = e.county.name, "绵阳市"+other.name+"示例路1号"
		case twiceThere.has(e.number):
			older := w.registration(e)
			older[0], older[4] = e.name+"（曾用名）", (e.founded - 400).String()
			s.add(older...)
		}
		s.add(row...)
	}
	s.add("绵阳示例无码商贸有限公司", "", "有限责任公司", "存续", "2020-01-01", "10万人民币", "绵阳", "F5211", "绵阳市示例路1号", "百货", "张某甲")
	s.add("绵阳示例乱码商贸有限公司", "无", "有限责任公司", "存续", "2020-01-01", "10万人民币", "绵阳", "F5211", "绵阳市示例路2号", "百货", "张某乙")
	return s
}

func (w *world) registration(e *enterprise) []string {
	return []string{
		e.name, w.delivered(e), w.writtenKind(e), w.writtenStatus(e), w.writtenDate(e.founded), w.writtenCapital(e),
		w.writtenRegion(e), w.writtenIndustry(e), e.address, e.scope, e.person,
	}
}

// change is what happens between the nights: new values, closures, corrected codes.
func (w *world) change() {
	for n := changed.from; n < changed.to; n++ {
		e := w.all[n]
		switch n % 3 {
		case 0:
			e.capital, e.currency = e.capital*2+100, "人民币"
		case 1:
			e.county = w.county()
			e.address = "四川省绵阳市" + e.county.name + "示例路9号"
		case 2:
			e.name += "（更名）"
			e.industry = one(w.inventor, []string{"C3911", "I6513", "F5211"})
		}
	}
	for n := closing.from; n < closing.to; n++ {
		w.all[n].status = "注销"
	}
	delete(w.used, badChecks.from) // from now on delivered with their right codes
	delete(w.used, oldNumbers.from)
}

// registrationIncrement is the second night's registration.
func (w *world) registrationIncrement() *sheet {
	s := &sheet{header: append([]string{"操作"}, registrationHeader...)}
	put := func(op string, from, to int) {
		for n := from; n < to; n++ {
			s.add(append([]string{op}, w.registration(w.all[n])...)...)
		}
	}
	put("新增", newcomers, count)
	put("变更", changed.from, changed.to)
	put("变更", closing.from, closing.to)
	put("变更", badChecks.from, badChecks.from+1)
	put("变更", oldNumbers.from, oldNumbers.from+1)
	for n := deleted.from; n < deleted.to; n++ {
		e := w.all[n]
		s.add("删除", e.name, e.code, "", "", "", "", "", "", "", "", "")
	}
	return s
}

// late is an increment of the day before the first night that arrives only later: it must change nothing, because what
// was delivered since is newer. A test copies it into the folder of deliveries before a night.
func (w *world) late() *sheet {
	s := &sheet{header: append([]string{"操作"}, registrationHeader...)}
	for n := changed.from; n < changed.from+2; n++ {
		e := *w.all[n]
		e.capital, e.currency, e.status = 1, "人民币", "存续"
		e.name += "（旧）"
		s.add(append([]string{"变更"}, w.registration(&e)...)...)
	}
	return s
}

// crosswalk lists corrections: the code as delivered, and the code that is right.
func (w *world) crosswalk(numbers ...int) *sheet {
	s := &sheet{header: []string{"旧代码", "新代码", "变更日期"}}
	for _, n := range numbers {
		old := w.used[n]
		if n == badChecks.from {
			old = wrongCheck(w.all[n].code)
		}
		s.add(old, w.all[n].code, "2026-06-12")
	}
	return s
}
