package main

import (
	"fmt"
	"slices"
	"strconv"

	"zhida/schemas"
)

var largeHeader = []string{"统一社会信用代码", "类别", "入库日期", "状态"}

// listClass is the list of large enterprises that last year's revenue puts one on; "" for none. Revenue is in
// hundredths of 万元.
func listClass(e *enterprise) string {
	f := e.economy.last()
	if f == nil || !e.isCompany() {
		return ""
	}
	const million = 10_000 // 百万元
	switch {
	case e.isIn("B", "C", "D", "1", "3") && f.revenue >= 20*million:
		return "规模以上工业"
	case e.isIn("E", "48") && f.revenue >= 10*million:
		return "资质等级建筑业"
	case e.isIn("F51") && f.revenue >= 20*million, e.isIn("F52", "52") && f.revenue >= 5*million, e.isIn("H") && f.revenue >= 2*million:
		return "限额以上批发零售住宿餐饮"
	case e.isIn("K7010"):
		return "房地产开发经营"
	case e.isIn("G", "I", "L", "M", "N", "K7020", "R", "65") && f.revenue >= 20*million, e.isIn("R", "L") && f.revenue >= 10*million:
		return "规模以上服务业"
	}
	return ""
}

// largeFull is the list: most of those whose revenue puts them on it. On the third night some have left it and some
// are new.
func (w *city) largeFull() *sheet {
	s := newSheet(largeHeader...)
	for _, e := range w.known() {
		d := w.on(e, "large")
		class := listClass(e)
		switch {
		case class == "" && !(e.isCompany() && e.size > 0 && d.chance(3)), class != "" && d.chance(12):
			continue
		case class == "":
			class = "规模以上服务业"
			if e.isIn("C") {
				class = "规模以上工业"
			}
		}
		on := schemas.NewDate(d.between(max(2012, year(e.founded)+1), 2026), d.between(1, 5), 1)
		if on < e.founded {
			on = firstNight() - 40
		}
		state := "在库"
		if d.chance(5) || w.night == 17 && e.number%90 == 13 {
			state = "退库"
		}
		s.add(w.delivered(e), class, on.String(), state)
	}
	if w.night == 17 {
		s.rows = slices.DeleteFunc(s.rows, func(row []string) bool { return row[0] == w.written["large"].rows[5][0] })
		for _, e := range w.known() {
			if e.number%40 == 1 && listClass(e) != "" && !slices.ContainsFunc(s.rows, func(row []string) bool { return row[0] == w.delivered(e) }) {
				s.add(w.delivered(e), listClass(e), w.today().String(), "在库")
			}
		}
	}
	return w.put("large", s)
}

var projectHeader = []string{"统一社会信用代码", "项目代码", "类型", "状态", "总投资", "设备投资", "备案日期", "开工日期", "竣工日期"}

// projectFull has investments: those who grow build, industry most of all.
func (w *city) projectFull() *sheet {
	s := newSheet(projectHeader...)
	for _, e := range w.known() {
		d := w.on(e, "project")
		likely := 2 + 7*e.size
		if e.isIn("C", "G") {
			likely += 12
		}
		if e.isCompany() && d.chance(likely) {
			for range d.skewed(1, 2) {
				w.invest(s, d, e, firstNight()-schemas.Date(d.skewed(30, 1100)))
			}
		}
	}
	return w.put("project", s)
}

func (w *city) invest(s *sheet, d dice, e *enterprise, filed schemas.Date) {
	kind := one(d, []string{"新建", "扩建"})
	if e.isIn("C", "3") {
		kind = one(d, []string{"技术改造", "技术改造", "数字化改造", "新建", "扩建"})
	}
	total := d.between(80, 900) * []int{1, 4, 15, 60}[e.size]
	equipment := total * d.between(30, 85) / 100
	started, finished, state := "", "", "备案"
	if begin := filed + schemas.Date(d.between(20, 200)); begin < w.today() {
		started, state = begin.String(), "在建"
		if end := begin + schemas.Date(d.between(150, 600)); end < w.today() {
			finished, state = end.String(), "竣工"
		}
	}
	written := strconv.Itoa(total)
	switch d.IntN(12) {
	case 0:
		written = grouped(written) // a text
	case 1:
		written += "万元"
	}
	s.add(w.delivered(e), fmt.Sprintf("%d-510700-%04d-%05d", year(filed), e.number%10000, d.IntN(100000)), kind, state, written, strconv.Itoa(equipment), filed.String(), started, finished)
}

// projectIncrement has new projects, and some that were begun or finished.
func (w *city) projectIncrement() *sheet {
	s := newSheet(projectHeader...)
	for _, e := range w.known() {
		if e.isIn("C") && e.isCompany() && e.number%150 == w.night+4 {
			w.invest(s, w.on(e, fmt.Sprint("project", w.night)), e, w.today()-1)
		}
	}
	fresh, moved := len(s.rows), 0
	for i, row := range w.written["project"].rows {
		if i%5 != w.night-15 || moved == 6 {
			continue
		}
		row = slices.Clone(row)
		switch row[3] {
		case "备案":
			row[3], row[7] = "在建", w.today().String()
		case "在建":
			row[3], row[8] = "竣工", w.today().String()
		default:
			continue
		}
		s.add(row...)
		moved++
	}
	return s.operated(fresh)
}

var loanHeader = []string{"统一社会信用代码", "合同号", "类型", "金额", "发放日期", "到期日期", "利率"}

// loanFull has the loans that were granted with the city's guarantee.
func (w *city) loanFull() *sheet {
	s := newSheet(loanHeader...)
	for _, e := range w.known() {
		d := w.on(e, "loan")
		likely := 20
		if e.isSoleTrader() {
			likely = 5
		}
		if d.chance(likely) {
			for range d.skewed(1, 3) {
				w.lend(s, d, e, firstNight()-schemas.Date(d.between(10, 900)))
			}
		}
	}
	return s
}

func (w *city) lend(s *sheet, d dice, e *enterprise, on schemas.Date) {
	on = min(max(on, e.founded+30), w.today())
	kinds := []string{"流动资金", "流动资金", "信用", "首贷"}
	if e.size > 0 {
		kinds = append(kinds, "固定资产", "固定资产")
	}
	if e.economy.inventive {
		kinds = append(kinds, "知识产权质押")
	}
	amount := strconv.Itoa(d.between(1, 20) * []int{5, 25, 100, 500}[e.size])
	switch d.IntN(10) {
	case 0:
		amount = grouped(amount + ".00")
	case 1:
		amount += "万元"
	}
	rate := fmt.Sprintf("%d.%02d", d.between(2, 5), d.between(0, 99))
	if d.chance(20) {
		rate += "%"
	}
	kind, years := one(d, kinds), d.between(1, 3)
	if kind == "固定资产" {
		years += 2
	}
	until := on.Add(schemas.Span{Years: years})
	s.add(w.delivered(e), fmt.Sprintf("DK%d%05d%03d", year(on), e.number, w.next()), kind, amount, d.writtenDate(on), d.writtenDate(until), rate)
}

// loanIncrement has the day's loans.
func (w *city) loanIncrement() *sheet {
	s := newSheet(loanHeader...)
	for _, e := range w.known() {
		if d := w.on(e, fmt.Sprint("loan", w.night)); e.isLiving() && d.rare(6) {
			w.lend(s, d, e, w.today())
		}
	}
	return s
}

var talentHeader = []string{"统一社会信用代码", "编号", "层级", "学历", "引进日期", "合同期至"}

// talentFull has the people that enterprises won for the city: no names.
func (w *city) talentFull() *sheet {
	s := newSheet(talentHeader...)
	for _, e := range w.known() {
		d := w.on(e, "talent")
		if e.economy.inventive && d.chance(18+14*e.size) {
			for range d.skewed(1, 3+3*e.size) {
				w.engage(s, d, e, firstNight()-schemas.Date(d.between(20, 1400)))
			}
		}
	}
	return w.put("talent", s)
}

func (w *city) engage(s *sheet, d dice, e *enterprise, on schemas.Date) {
	on = min(max(on, e.founded+30), w.today())
	rank := shared(d, []string{"A", "B", "C", "D", "E"}, func(r string) int { return map[string]int{"A": 4, "B": 10, "C": 18, "D": 30, "E": 38}[r] })
	degree := map[string][]string{"A": {"博士"}, "B": {"博士", "博士", "硕士"}, "C": {"博士", "硕士", "硕士"}, "D": {"硕士", "硕士", "本科"}, "E": {"硕士", "本科", "本科", "其他"}}[rank]
	until := on.Add(schemas.Span{Years: d.between(3, 5)})
	s.add(w.delivered(e), fmt.Sprintf("RC%d%05d%03d", year(on), e.number, w.next()), rank, one(d, degree), on.String(), until.String())
}

// talentIncrement has those who have just come, and two who left before their contract ended.
func (w *city) talentIncrement() *sheet {
	s := newSheet(talentHeader...)
	for _, e := range w.known() {
		if d := w.on(e, fmt.Sprint("talent", w.night)); e.economy.inventive && d.rare(20) {
			w.engage(s, d, e, w.today()-1)
		}
	}
	gone := w.written["talent"].rows
	return s.operated(len(s.rows), gone[3*(w.night-15)], gone[5*(w.night-15)])
}
