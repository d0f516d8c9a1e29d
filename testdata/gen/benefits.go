package main

import (
	"fmt"
	"strconv"

	"zhida/schemas"
)

var (
	applicationHeader = []string{"统一社会信用代码", "受理号", "事项编号", "申报日期", "状态"}
	paymentsHeader    = []string{"统一社会信用代码", "批次号", "事项编号", "兑付日期", "金额"}
)

// benefit is an item that was applied for and paid: who may have had it, and the amounts.
type benefit struct {
	item    string
	may     func(*enterprise) bool
	percent int
	amounts []string
}

func benefits() []benefit {
	inventive := func(e *enterprise) bool { return e.economy.inventive }
	sole := (*enterprise).isSoleTrader
	exporting := func(e *enterprise) bool { return e.economy.exporting }
	company := (*enterprise).isCompany
	return []benefit{
		{"SC-2026-07-1", inventive, 12, []string{"100000"}},
		{"SC-2026-07-4", inventive, 8, []string{"52000.50", "31000.00", "18400.25"}},
		{"SC-2026-08-4", func(e *enterprise) bool { return listClass(e) == "规模以上工业" }, 6, []string{"100000"}},
		{"SC-2026-10-1", exporting, 15, []string{"36000.00", "120000.00", "8300.00"}},
		{"SC-2026-13-2", (*enterprise).isLiving, 1, []string{"1500.00", "6000.00"}},
		{"GJ-2026-03-1", company, 10, []string{"4200.00", "18600.50", "960.00"}},
		{"MY-2026-12-3", inventive, 7, []string{"2000", "4000", "10000"}},
		{"MY-2026-15-1", func(e *enterprise) bool { return year(e.founded) >= 2023 }, 20, []string{"5000"}},
		{"MY-2026-21-4", sole, 5, []string{"4000"}},
		{"MY-2026-27-3", func(e *enterprise) bool { return e.kind == kindCooperative }, 15, []string{"30000"}},
		{"FC-2026-03-2", func(e *enterprise) bool { return sole(e) && e.county.code == "510703" }, 14, []string{"3000"}},
	}
}

// applied makes the applications of an enterprise since last year, and what was paid of them.
func (w *city) applied(applications, payments *sheet, e *enterprise) {
	d := w.on(e, "benefits")
	for i, b := range benefits() {
		if !b.may(e) || !d.chance(b.percent) {
			continue
		}
		on := max(firstNight()-schemas.Date(d.between(3, 480)), e.founded+1)
		state := "受理"
		if on < firstNight()-60 {
			state = one(d, []string{"通过", "通过", "通过", "通过", "不予通过", "撤回"})
		}
		w.apply(applications, e, b.item, on, state, i)
		if state == "通过" {
			w.pay(payments, e, b.item, min(on+schemas.Date(d.between(20, 59)), firstNight()-1), one(d, b.amounts))
		}
	}
}

func (w *city) apply(s *sheet, e *enterprise, item string, on schemas.Date, state string, n int) {
	s.add(w.delivered(e), fmt.Sprintf("SL%d%05d%02d", year(on), e.number, n), item, on.String(), state)
}

func (w *city) pay(s *sheet, e *enterprise, item string, on schemas.Date, amount string) {
	s.add(w.delivered(e), fmt.Sprintf("%d-%05d", year(on), e.number), item, on.String(), amount)
}

// benefitsFull are all applications and payments since last year.
func (w *city) benefitsFull() (applications, payments *sheet) {
	applications, payments = newSheet(applicationHeader...), newSheet(paymentsHeader...)
	for _, e := range w.known() {
		if e.isLiving() {
			w.applied(applications, payments, e)
		}
	}
	w.put("application", applications)
	return applications, payments
}

// benefitsAppended are what came in and what was paid during the day. An application that was decided comes again with
// its new state.
func (w *city) benefitsAppended() (applications, payments *sheet) {
	applications, payments = newSheet(applicationHeader...), newSheet(paymentsHeader...)
	decided := 0
	for i, row := range w.written["application"].rows {
		e := w.byDelivered(row[0])
		if row[4] != "受理" || i%2 != w.night-16 || decided == 12 || e == nil {
			continue
		}
		applications.add(w.delivered(e), row[1], row[2], row[3], "通过")
		decided++
		for _, b := range benefits() {
			if b.item == row[2] {
				w.pay(payments, e, b.item, w.today(), b.amounts[0])
			}
		}
	}
	for _, e := range w.known() {
		d := w.on(e, "benefits"+strconv.Itoa(w.night))
		for i, b := range benefits() {
			if e.isLiving() && b.may(e) && d.rare(4) {
				w.apply(applications, e, b.item, w.today(), "受理", 40+w.night-16+2*i)
			}
		}
	}
	return applications, payments
}
