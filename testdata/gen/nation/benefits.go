package nation

import "zhida/schemas"

// applications name items of the library as an enterprise's county or city has them, see paidItem.
func applications() department {
	return department{
		name: "application", appended: true, columns: texts(code, "受理号", "事项编号", "申报日期", "状态"),
		count: func(c *clerk, e *enterprise, d dice) int { return c.applied(e, d) },
		write: func(c *clerk, b *batch, e *enterprise, r *row) {
			on := max(c.dates[0]-schemas.Date(r.between(3, 480)), e.founded+1)
			b.bytes(e.delivered)
			b.data = appendPadded(append(b.data, "SL"...), yearOf(on), 4)
			b.data = appendInt(b.data, int(e.number&(1<<40-1)))
			b.data = appendPadded(b.data, r.index, 2)
			b.end()
			b.text(c.paidItem(e, r.index))
			b.date(on)
			states, n := [...]string{"受理", "通过", "不予通过", "撤回"}, 0
			if on < c.dates[0]-60 {
				n = one(&r.dice, []int{1, 1, 1, 1, 2, 3})
			}
			b.text(states[r.turned(n, len(states))])
		},
	}
}

// applied is how many items an enterprise applied for.
func (c *clerk) applied(e *enterprise, d dice) int {
	likely := 2
	switch {
	case e.closed || len(c.paid) == 0:
		return 0
	case e.economy.inventive:
		likely = 22
	case e.isCompany():
		likely = 5 + 4*e.size
	}
	if !d.percent(likely) {
		return 0
	}
	return d.skewed(1, 3)
}

// paidItem is the item of an enterprise's n-th payment.
func (c *clerk) paidItem(e *enterprise, n int) string {
	return c.paid[int((mix(e.number)+uint64(n)*7)%uint64(len(c.paid)))]
}

// payments are one for each item applied for, in two of three cases; each of a later night is another one.
func payments() department {
	return department{
		name: "payments", appended: true, columns: texts(code, "批次号", "事项编号", "兑付日期", "金额"),
		count: func(c *clerk, e *enterprise, d dice) int {
			if n := c.applied(e, d); n > 0 && d.percent(66) {
				return n
			}
			return 0
		},
		write: func(c *clerk, b *batch, e *enterprise, r *row) {
			on := min(max(c.dates[0]-schemas.Date(r.between(3, 400)), e.founded+1), c.dates[0]-1)
			if r.since > 0 {
				on = c.dates[r.since]
			}
			b.bytes(e.delivered)
			b.data = append(appendPadded(b.data, yearOf(on), 4), '-')
			b.data = append(appendInt(b.data, int(e.number&(1<<40-1))), '-')
			b.data = appendInt(b.data, r.since)
			b.end()
			b.text(c.paidItem(e, r.index))
			b.date(on)
			b.hundredths(r.between(1, 60) * [...]int{50_000, 100_000, 500_000, 2_000_000}[e.size])
		},
	}
}
