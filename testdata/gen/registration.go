package main

import (
	"fmt"
	"strings"
)

var registrationHeader = []string{"企业名称", "统一社会信用代码", "企业类型", "登记状态", "成立日期", "注册资本", "行政区划", "行业代码", "住所", "经营范围", "法定代表人"}

// registrationFull is the first night's registration: all enterprises but those that arrive later, and a few rows that
// are wrong.
func (w *city) registrationFull() *sheet {
	s := &sheet{header: registrationHeader, broken: map[int][]string{}}
	for _, e := range w.known() {
		row := w.registration(e)
		switch {
		case lowerCase.has(e.number):
			row[1] = strings.ToLower(row[1])
		case wideCodes.has(e.number):
			row[1] = fullWidth(row[1])
		case wideNames.has(e.number):
			row[0] = fullWidth("(") + "示例" + fullWidth(fmt.Sprintf(")No.%d ", e.number)) + row[0]
		case e.number >= ordinary && e.number%74 == 0:
			row[8] = fullWidth(row[8])
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
	s.add("绵阳示例无码商贸有限公司", "", kindLimited, statusLiving, "2020-01-01", "10万人民币", "绵阳", "F5211", "绵阳市示例路1号", "百货", "张某甲")
	s.add("绵阳示例乱码商贸有限公司", "无", kindLimited, statusLiving, "2020-01-01", "10万人民币", "绵阳", "F5211", "绵阳市示例路2号", "百货", "张某乙")
	for n := range 4 { // rows of 9 columns, as where two cells ran together, and of 13
		row := w.registration(w.all[n])
		row[0], row[1] = fmt.Sprintf("绵阳示例断行%d有限公司", n), w.code("91", "510700")
		if n%2 == 0 {
			row = row[:9]
		} else {
			row = append(row, "张某丙", "多一列")
		}
		s.broken[len(s.rows)/5*(n+1)] = row
	}
	s.rows = append(s.rows, make([]string, len(s.header))) // a blank row, as spreadsheets leave them
	return s
}

func (w *city) registration(e *enterprise) []string {
	d := w.on(e, fmt.Sprint("registration", w.night))
	return []string{
		e.name, w.delivered(e), d.writtenKind(e), d.writtenStatus(e), d.writtenDate(e.founded), d.writtenCapital(e),
		d.writtenRegion(e), d.writtenIndustry(e), e.address, e.scope, e.person,
	}
}

// changeBefore16 is what happens between the first night and the second: new values, closures, corrected codes.
func (w *city) changeBefore16() {
	w.change(changed16)
	for _, e := range w.those(closing16) {
		e.status = statusClosed
	}
	w.all[merged16.from+1].status = statusClosed // its code goes to the one that took it over
	for _, n := range []int{badChecks.from, badChecks.from + 1, oldNumbers.from} {
		delete(w.used, n) // from now on delivered with their right codes
	}
}

// changeBefore17 is what happens between the second night and the third.
func (w *city) changeBefore17() {
	w.change(changed17)
	for _, e := range w.those(closing17) {
		e.status = one(w.dice, []string{statusClosed, statusRevoked})
	}
	for _, e := range w.those(restored17) {
		e.status = statusLiving
	}
	w.all[merged17.from+1].status = statusClosed
	delete(w.used, badChecks.from+2)
	delete(w.used, oldNumbers.from+1)
}

// change gives the enterprises more capital, another county, another name, or another industry, in turn.
func (w *city) change(these interval) {
	for _, e := range w.those(these) {
		switch e.number % 4 {
		case 0:
			e.capital, e.currency = e.capital*2+100, "人民币"
		case 1:
			before := e.county.code
			for e.county.code == before {
				e.county = one(w.dice, counties())
			}
			e.address = "四川省绵阳市" + e.county.name + "示例路9号"
		case 2:
			e.name += "（更名）"
		case 3:
			e.industry = one(w.dice, []string{"C3911", "I6513", "F5211", "A0141"})
		}
	}
}

// registrationIncrement is the registration of the second and third night.
func (w *city) registrationIncrement() *sheet {
	s := newSheet(append([]string{"操作"}, registrationHeader...)...)
	put := func(op string, these ...*enterprise) {
		for _, e := range these {
			s.add(append([]string{op}, w.registration(e)...)...)
		}
	}
	gone := deleted16
	put("新增", w.arriving()...)
	if w.night == 16 {
		put("变更", w.those(changed16)...)
		put("变更", w.those(closing16)...)
		put("变更", w.all[badChecks.from], w.all[badChecks.from+1], w.all[oldNumbers.from], w.all[merged16.from+1])
	} else {
		gone = deleted17
		put("变更", w.those(changed17)...)
		put("变更", w.those(closing17)...)
		put("变更", w.those(restored17)...)
		put("变更", w.all[badChecks.from+2], w.all[oldNumbers.from+1], w.all[merged17.from+1])
	}
	for _, e := range w.those(gone) {
		s.add("删除", e.name, e.code, "", "", "", "", "", "", "", "", "")
	}
	return s
}

// registrationLate is an increment of the day before the first night that arrives on the third: it must change
// nothing, because what was delivered since is newer.
func (w *city) registrationLate() *sheet {
	s := newSheet(append([]string{"操作"}, registrationHeader...)...)
	for _, known := range w.those(superseded) {
		e := *known
		e.capital, e.currency, e.status = 1, "人民币", statusLiving
		e.name += "（旧）"
		s.add(append([]string{"变更"}, w.registration(&e)...)...)
	}
	return s
}

// crosswalk lists the night's corrections: the code as delivered, and the code that is right; and merged enterprises,
// whose code becomes another's.
func (w *city) crosswalk() *sheet {
	s := newSheet("旧代码", "新代码", "变更日期")
	fix := func(numbers ...int) {
		for _, n := range numbers {
			old, still := w.used[n]
			if !still {
				old = wrongCheck(w.all[n].code)
			}
			s.add(old, w.all[n].code, "2026-06-12")
		}
	}
	merge := func(into int) {
		s.add(w.all[into+1].code, w.all[into].code, w.today().String())
	}
	switch w.night {
	case 15:
		fix(oldNumbers.from, oldNumbers.from+1)
	case 16:
		fix(badChecks.from, badChecks.from+1, oldNumbers.from+2)
		merge(merged16.from)
	default:
		fix(badChecks.from + 2)
		merge(merged17.from)
	}
	return s
}

var contactsHeader = []string{"统一社会信用代码", "联系人", "联系电话"}

// contactsFull are contacts of four of five; three of four numbers are mobile ones.
func (w *city) contactsFull() *sheet {
	s := newSheet(contactsHeader...)
	for _, e := range w.known() {
		if d := w.on(e, "contacts"); d.chance(80) {
			s.add(w.delivered(e), e.person, d.writtenPhone())
		}
	}
	s.add("13900000000", "王某甲", "13900000000") // a telephone number where the code belongs
	early := w.all[w.arriveOn[0]]
	s.add(early.code, early.person, w.phone())
	return s
}

// contactsIncrement are those of the newcomers, and corrected numbers.
func (w *city) contactsIncrement() *sheet {
	s := newSheet(contactsHeader...)
	for _, e := range w.arriving() {
		s.add(e.code, e.person, w.phone())
	}
	for _, e := range w.known() {
		if e.number%100 == 2*(w.night-15) {
			s.add(w.delivered(e), e.person, w.phone())
		}
	}
	return s
}
