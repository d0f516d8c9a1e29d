package main

import (
	"fmt"
	"strconv"
)

var (
	financeHeader   = []string{"统一社会信用代码", "年度", "从业人数", "营业收入", "利润总额", "净利润", "资产总额", "负债总额", "研发费用"}
	taxHeader       = []string{"统一社会信用代码", "年度", "营业收入", "实缴税额", "增值税", "企业所得税", "研发加计扣除", "欠税金额"}
	gradeHeader     = []string{"统一社会信用代码", "年度", "等级"}
	insuranceHeader = []string{"统一社会信用代码", "年度", "参保人数", "平均参保人数", "裁员率", "欠费金额"}
	customsHeader   = []string{"统一社会信用代码", "年度", "出口额", "进口额", "信用等级"}
	energyHeader    = []string{"统一社会信用代码", "年度", "综合能耗", "用电量", "绿电占比"}
)

// yearly is a department's knowledge of figures by the year: whom it knows, and what it writes about a year.
type yearly struct {
	dataset string
	header  []string
	knows   func(dice, *enterprise) bool
	row     func(d dice, e *enterprise, year int, f *figures) []string
	since   int // the first year it tells
}

// Not every department knows every enterprise: statistics asks the large and a sample of the small, the tax bureau
// knows those who declare, insurance those who have employees.
func yearlies() []yearly {
	return []yearly{
		{"finance", financeHeader, knownToStatistics, financeRow, 2023},
		{"tax", taxHeader, byKind(85, 55, 40), taxRow, 2023},
		{"taxcredit", gradeHeader, byKind(80, 35, 30), gradeRow, 2024},
		{"insurance", insuranceHeader, byKind(75, 22, 30), insuranceRow, 2023},
		{"customs", customsHeader, knownToCustoms, customsRow, 2023},
		{"energy", energyHeader, knownToEnergy, energyRow, 2024},
	}
}

// byKind knows a share of companies, sole traders and cooperatives.
func byKind(company, sole, cooperative int) func(dice, *enterprise) bool {
	return func(d dice, e *enterprise) bool {
		switch {
		case e.isSoleTrader():
			return d.chance(sole)
		case e.isCompany():
			return d.chance(company)
		}
		return d.chance(cooperative)
	}
}

func knownToStatistics(d dice, e *enterprise) bool {
	class := listClass(e)
	return e.isCompany() && d.chance(14) || class != "" && d.chance(93)
}

func knownToCustoms(d dice, e *enterprise) bool { return e.economy.exporting && d.chance(92) }

func knownToEnergy(d dice, e *enterprise) bool {
	return e.isIn("C", "B", "D", "3", "1") && listClass(e) != "" && d.chance(90) || e.isCompany() && e.isIn("C") && d.chance(25) || e.isCompany() && d.chance(4)
}

// yearlyFull is the first night's delivery of such a dataset.
func (w *city) yearlyFull(y yearly) *sheet {
	s := newSheet(y.header...)
	for _, e := range w.known() {
		if !w.isKnown(y, e) || reporting16.has(e.number) || reporting17.has(e.number) {
			continue
		}
		w.addYears(s, y, e, y.since)
	}
	for _, code := range w.strangers { // they work in the city and are registered elsewhere
		e := *w.all[0]
		e.code, e.economy = code, w.all[0].economy
		if y.dataset == "tax" || y.dataset == "insurance" {
			row := y.row(w.dice, &e, lastYear, &figures{people: 5, insured: 5, revenue: 100000, vat: 3000, tax: 3000})
			row[0] = code
			s.add(row...)
		}
	}
	return s
}

func (w *city) isKnown(y yearly, e *enterprise) bool {
	if y.knows(w.on(e, "knows "+y.dataset), e) {
		return true
	}
	special := merged16.has(e.number) || merged17.has(e.number) || amended16.has(e.number) && e.isCompany()
	return special && (y.dataset == "finance" || y.dataset == "tax" || y.dataset == "insurance")
}

// addYears adds a row a year, from the year on; one of fifty reports a year earlier than the others.
func (w *city) addYears(s *sheet, y yearly, e *enterprise, since int) {
	d := w.on(e, fmt.Sprint(y.dataset, w.night))
	if e.number%50 == 3 && since < lastYear {
		since--
	}
	for year := lastYear; year >= since; year-- {
		f := e.economy.of(year)
		if f == nil || year < lastYear && d.chance(4) {
			continue
		}
		row := y.row(d, e, year, f)
		row[0] = w.delivered(e)
		s.add(row...)
	}
}

// yearlyIncrement has amended figures of last year, and those who report for the first time. Which departments hear of
// it differs.
func (w *city) yearlyIncrement(y yearly) *sheet {
	s := newSheet(y.header...)
	amended, reporting := amended16, reporting16
	if w.night == 17 {
		amended, reporting = amended17, reporting17
	}
	for _, e := range w.those(amended) {
		if w.isKnown(y, e) {
			w.addYears(s, y, e, lastYear)
		}
	}
	for _, e := range w.those(reporting) {
		if w.isKnown(y, e) || y.dataset == "tax" {
			w.addYears(s, y, e, y.since)
		}
	}
	return s
}

// amend changes last year's figures of those who amend their reports this night.
func (w *city) amend() {
	these := amended16
	if w.night == 17 {
		these = amended17
	}
	for _, e := range w.those(these) {
		d := w.on(e, "amended")
		e.economy.scale(d, one(d, []int{60, 85, 115, 140, 180}))
	}
}

func financeRow(d dice, e *enterprise, year int, f *figures) []string {
	money := func(n, missing int) string {
		cell := hundredths(n)
		if d.chance(10) {
			cell = grouped(cell)
		}
		return d.blank(missing, cell)
	}
	research := money(f.research, 2)
	if f.research == 0 {
		research = d.blank(55, "0") // most leave it empty where there is none
	}
	people := strconv.Itoa(f.people)
	if d.chance(2) {
		people += "人"
	}
	people = d.blank(2, people)
	return []string{"", strconv.Itoa(year), people, money(f.revenue, 1), money(f.profit, 3), money(f.net, 6), money(f.assets, 2), money(f.debts, 3), research}
}

// taxRow tells the same revenue as statistics, save in one of twenty cases, and of those who claim none no research.
func taxRow(d dice, e *enterprise, year int, f *figures) []string {
	revenue := f.revenue
	if d.chance(5) {
		revenue = revenue / 100 * d.between(80, 118)
	}
	claimed, owed := "", "0"
	switch {
	case f.research > 0 && d.chance(80):
		claimed = hundredths(f.research / 100 * one(d, []int{100, 100, 100, 97, 90}))
	case f.research == 0 && d.chance(30):
		claimed = "0"
	}
	if d.chance(3) {
		owed = hundredths(d.between(1, 1+f.tax))
	}
	return []string{"", strconv.Itoa(year), hundredths(revenue), hundredths(f.tax), hundredths(f.vat), d.blank(0, hundredths(f.incomeTax)), claimed, owed}
}

func gradeRow(d dice, e *enterprise, year int, _ *figures) []string {
	grade := "B"
	switch n := d.IntN(100) - 8*e.size; {
	case n < 18:
		grade = "A"
	case n < 60:
	case n < 84:
		grade = "M"
	case n < 96:
		grade = "C"
	default:
		grade = "D"
	}
	if e.economy.first >= year { // in its first year none has a record
		grade = "M"
	}
	return []string{"", strconv.Itoa(year), grade}
}

func insuranceRow(d dice, e *enterprise, year int, f *figures) []string {
	owed := "0"
	if d.chance(3) {
		owed = fmt.Sprintf("%d.%02d", d.between(800, 90000), d.IntN(100))
	}
	average := strconv.Itoa(max(1, f.insured*d.between(94, 102)/100))
	if d.chance(3) {
		average += "人"
	}
	return []string{"", strconv.Itoa(year), d.blank(1, strconv.Itoa(f.insured)), d.blank(3, average), d.blank(3, hundredths(f.laidOff)), owed}
}

func customsRow(d dice, e *enterprise, year int, f *figures) []string {
	grade := "备案企业"
	switch n := d.IntN(100); {
	case n < 5+12*e.size:
		grade = "高级认证企业"
	case n > 97:
		grade = "失信企业"
	}
	return []string{"", strconv.Itoa(year), hundredths(f.exports), hundredths(f.imports), grade}
}

func energyRow(d dice, e *enterprise, year int, f *figures) []string {
	green := ""
	switch {
	case d.chance(30):
		green = hundredths(d.between(500, 6500))
	case d.chance(50):
		green = "0"
	}
	return []string{"", strconv.Itoa(year), hundredths(f.coal), hundredths(f.power), green}
}
