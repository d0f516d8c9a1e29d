package main

import (
	"fmt"
	"strconv"
	"strings"

	"zhida/schemas"
)

// facts are the sheets besides the registration.
type facts struct {
	qualification, annual, dishonest, contacts *sheet
	earlier                                    *sheet // annual reports of the years before last year
	payments                                   *sheet
}

var (
	qualificationHeader = []string{"统一社会信用代码", "资质类型", "证书编号", "认定日期", "有效期至"}
	annualHeader        = []string{"统一社会信用代码", "年度", "从业人数", "营业收入", "研发费用", "发明专利数", "实用新型专利数", "软件著作权数"}
	dishonestHeader     = []string{"统一社会信用代码", "案号", "立案日期"}
	paymentsHeader      = []string{"统一社会信用代码", "批次号", "事项编号", "兑付日期", "金额"}
	contactsHeader      = []string{"统一社会信用代码", "联系人", "联系电话"}
)

func lower(s string) string { return strings.ToLower(s) }

// facts are the first night's.
func (w *world) facts() *facts {
	f := &facts{
		qualification: &sheet{header: qualificationHeader},
		annual:        &sheet{header: annualHeader},
		dishonest:     &sheet{header: dishonestHeader},
		contacts:      &sheet{header: contactsHeader},
		earlier:       &sheet{header: annualHeader},
		payments:      &sheet{header: paymentsHeader},
	}
	for _, e := range w.all[:newcomers] {
		if e.kind != "个体工商户" && w.chance(45) {
			w.certify(f.qualification, e)
		}
		if !e.isSoleTrader() && w.chance(70) {
			row := w.annual(e)
			f.annual.add(row...)
			f.earlier.rows = append(f.earlier.rows, w.before(e, row)...)
		}
		if e.number%9 == 4 {
			f.payments.add(w.payment(e)...)
		}
		if e.number%23 == 11 {
			f.dishonest.add(w.dishonest(e)...)
		}
		if w.chance(85) {
			f.contacts.add(w.delivered(e), e.person, w.writtenPhone())
		}
	}
	w.certify(f.qualification, w.all[newcomers]) // before its registration arrives
	f.contacts.add(w.all[newcomers].code, w.all[newcomers].person, w.phone())
	return f
}

// certify gives an enterprise one to three certificates, some of them expired.
func (w *world) certify(s *sheet, e *enterprise) {
	kinds := qualifications()
	w.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
	for _, q := range kinds[:1+w.IntN(3)] {
		if q.name == "绿色食品" && !strings.HasPrefix(e.industry, "C1") && !strings.HasPrefix(e.industry, "A") {
			continue
		}
		from := firstNight() - schemas.Date(30+w.IntN(1400))
		s.add(w.delivered(e), one(w.inventor, q.spellings), fmt.Sprintf("%s%04d%06d", q.number, year(from), w.IntN(1000000)), w.writtenDate(from), expiry(q, from))
	}
}

// expiry is the last day of a certificate; one without end has none.
func expiry(q qualification, from schemas.Date) string {
	if q.years == 0 {
		return "长期"
	}
	return (from.Add(schemas.Span{Years: q.years}) - 1).String()
}

func year(d schemas.Date) int {
	y, _, _ := d.YMD()
	return y
}

// annual is an enterprise's report of last year: head count, revenue and research in 万元, patents. Not all is filled in.
func (w *world) annual(e *enterprise) []string {
	people := 1 + int(w.Float64()*w.Float64()*300)
	revenue := people * (8 + w.IntN(60))
	row := []string{
		w.delivered(e), "2025", strconv.Itoa(people), fmt.Sprintf("%d.%02d", revenue, w.IntN(100)),
		fmt.Sprintf("%.2f", float64(revenue)*w.Float64()*0.08), strconv.Itoa(w.IntN(4) * w.IntN(4)),
	}
	for i := 2; i < len(row); i++ {
		if w.chance(12) {
			row[i] = one(w.inventor, []string{"", "N/A", "-"})
		}
	}
	for range 2 { // what was added to the form later
		row = append(row, strconv.Itoa(w.past.IntN(4)*w.past.IntN(3)))
	}
	return row
}

// before are the reports of the two years before last year, of those who made them: most have grown since, some have
// not, and the young ones have less to tell.
func (w *world) before(e *enterprise, last []string) [][]string {
	var rows [][]string
	row := append([]string(nil), last...)
	for y := 2024; y >= max(2023, year(e.founded)); y-- {
		row = append([]string(nil), row...)
		row[1] = strconv.Itoa(y)
		people, revenue, research := number(row[2]), number(row[3]), number(row[4])
		shrink := 0.7 + 0.4*w.past.Float64()
		row[2] = strconv.Itoa(int(people*(0.8+0.3*w.past.Float64())) + w.past.IntN(3))
		row[3] = fmt.Sprintf("%.2f", revenue*shrink)
		row[4] = fmt.Sprintf("%.2f", research*shrink*(0.8+0.3*w.past.Float64()))
		for i := 2; i < len(row); i++ {
			if w.past.chance(8) {
				row[i] = ""
			}
		}
		if w.past.chance(85) {
			rows = append(rows, row)
		}
	}
	return rows
}

// number reads a cell; what is not filled in is something small.
func number(cell string) float64 {
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return 10
	}
	return v
}

// payment is a benefit paid last year or this year.
func (w *world) payment(e *enterprise) []string {
	p := one(w.past, []struct{ item, amount string }{
		{"MY-2026-12-3", "8000"}, {"SC-2026-07-1", "100000"}, {"SC-2026-07-4", "52000.50"}, {"MY-2026-15-1", "5000"}, {"FC-2026-03-2", "3000"},
	})
	day := firstNight() - schemas.Date(5+w.past.IntN(400))
	return []string{w.delivered(e), fmt.Sprintf("%d-%03d", year(day), e.number), p.item, day.String(), p.amount}
}

func (w *world) dishonest(e *enterprise) []string {
	day := firstNight() - schemas.Date(10+w.IntN(700))
	return []string{w.delivered(e), fmt.Sprintf("（%d）川07示执%d号", year(day), 100+w.IntN(900)), day.String()}
}

// writtenPhone is a mobile number in the shapes met; some are landlines, some no numbers at all.
func (w *world) writtenPhone() string {
	p := w.phone()
	switch n := w.IntN(100); {
	case n < 6:
		return "+86 " + p
	case n < 12:
		return p[:3] + "-" + p[3:7] + "-" + p[7:]
	case n < 16:
		return "0816-0000" + p[8:]
	case n < 18:
		return p[:9]
	}
	return p
}

// nextFacts are the second night's: renewed certificates, a new list of dishonest debtors, corrected numbers.
func (w *world) nextFacts(before *facts) *facts {
	f := &facts{
		qualification: &sheet{header: append([]string{"操作"}, qualificationHeader...)},
		annual:        &sheet{header: annualHeader},
		dishonest:     &sheet{header: dishonestHeader},
		contacts:      &sheet{header: contactsHeader},
		payments:      &sheet{header: paymentsHeader},
	}
	today := firstNight() + 1
	renewed := 0
	for i, row := range before.qualification.rows {
		until, err := schemas.ParseDate(row[4])
		switch {
		case err == nil && until < today && renewed < 8: // expired: the same title under a new number
			years := 3
			if strings.Contains(row[1], "科技型") {
				years = 1
			}
			f.qualification.add("新增", row[0], row[1], row[2]+"X", today.String(), (today.Add(schemas.Span{Years: years}) - 1).String())
			renewed++
		case i%40 == 39: // withdrawn
			f.qualification.add("删除", row[0], row[1], row[2], "", "")
		}
	}
	for _, e := range w.all[newcomers:] {
		if e.number%2 == 0 {
			f.annual.add(w.annual(e)...)
		}
		f.contacts.add(e.code, e.person, w.phone())
	}
	for i, row := range before.annual.rows {
		if i%30 == 3 {
			row = append([]string(nil), row...)
			row[2], row[5] = "66", "6"
			f.annual.add(row...)
		}
	}
	for i, row := range before.contacts.rows {
		if i%50 == 7 {
			f.contacts.add(row[0], row[1], w.phone())
		}
	}
	f.payments.rows = append(f.payments.rows, before.payments.rows...)
	f.payments.add(w.all[10].code, "2026-900", "SC-2026-07-1", "2026-06-15", "100000")
	f.dishonest.rows = append(f.dishonest.rows, before.dishonest.rows[1:]...) // one has paid, one is new
	f.dishonest.add(w.dishonest(w.all[150])...)
	return f
}
