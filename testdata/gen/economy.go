package main

import "strconv"

// The years of which figures are told: every enterprise's last three, as far as it is that old; of few also the one
// before.
const (
	firstYear = 2022
	lastYear  = 2025
)

// figures are those of one year. Amounts of money are in hundredths of 万元.
type figures struct {
	people, insured, laidOff            int // laidOff in hundredths of a percent
	revenue, profit, net, assets, debts int
	research                            int
	vat, incomeTax, tax                 int
	exports, imports                    int
	coal, power                         int // hundredths of tons of standard coal, and of 万千瓦时
}

// economy is how an enterprise fares.
type economy struct {
	first     int // the first year of which there are figures; later than lastYear: none
	years     [lastYear - firstYear + 1]figures
	inventive bool // does research
	exporting bool
	growth    int // of revenue last year, percent
}

// of are the figures of a year, nil where there are none.
func (c *economy) of(year int) *figures {
	if year < c.first || year < firstYear || year > lastYear {
		return nil
	}
	return &c.years[year-firstYear]
}

// last are the figures of last year, nil for the youngest.
func (c *economy) last() *figures { return c.of(lastYear) }

// headCounts are the heads an enterprise of a size class has, in industry and in services.
func headCounts(service bool) []span {
	if service {
		return []span{{1, 9}, {10, 80}, {100, 280}, {300, 900}}
	}
	return []span{{2, 18}, {20, 180}, {300, 800}, {1000, 2600}}
}

// live invents the economy of an enterprise: last year first, then back in time.
func live(d dice, e *enterprise) economy {
	t := e.trade
	c := economy{first: max(firstYear, year(e.founded))}
	c.inventive = d.chance(min(95, t.inventive*(70+20*e.size)/100))
	c.exporting = d.chance(min(90, t.exporting*(50+40*e.size)/100))
	heads := headCounts(t.service)[e.size]
	people := d.skewed(heads.low, heads.high)
	if e.isSoleTrader() {
		people = d.skewed(1, 9)
	}
	perHead, margin := d.in(t.perHead), d.in(t.margin)
	research, abroad := d.in(t.research), d.between(50, 600)
	leverage, turnover, coal := d.between(20, 82), d.between(60, 170), d.in(t.energy)
	power, worse, beginner := d.between(8, 20), 0, d.chance(12) // beginners export since last year only
	revenue := people * perHead * 100
	for y := lastYear; y >= c.first; y-- {
		growth := d.growth()
		f := &c.years[y-firstYear]
		f.people = max(1, people)
		f.revenue = revenue + d.IntN(100)
		f.profit = f.revenue / 1000 * (margin + d.between(-15, 15))
		f.assets = f.revenue / 100 * turnover
		f.debts = f.assets / 100 * min(105, max(5, leverage+d.between(-4, 4)))
		if c.inventive {
			f.research = f.revenue / 1000 * max(1, research+d.between(-8, 8))
		}
		if c.exporting {
			if !beginner || y == lastYear {
				f.exports = f.revenue / 1000 * min(900, abroad+d.between(-40, 40))
			}
			f.imports = f.revenue / 1000 * d.between(0, 120)
		}
		f.coal = f.revenue / 100 * coal * (100 + worse) / 100
		f.power = f.coal / 100 * power
		f.settle(d)
		if y == lastYear {
			c.growth = growth
		}
		worse += d.between(-3, 9) // energy for the same revenue was more before
		revenue = f.revenue / (100 + growth) * 100
		people = max(1, people*100/(100+growth/2))
	}
	for y := max(c.first, firstYear) + 1; y <= lastYear; y++ {
		before, now := c.of(y-1).insured, c.of(y)
		if now.insured < before {
			now.laidOff = (before - now.insured) * 10000 / before
		}
	}
	return c
}

// growth is a year's in percent: one of eight grows fast, one of five shrinks.
func (d dice) growth() int {
	switch n := d.IntN(100); {
	case n < 12:
		return d.between(20, 60)
	case n < 32:
		return d.between(-35, -2)
	}
	return d.between(0, 18)
}

// settle works out what follows from revenue, profit and heads: taxes and insurance.
func (f *figures) settle(d dice) {
	f.insured = max(1, f.people*d.between(80, 100)/100)
	f.vat = f.revenue / 1000 * d.between(8, 38)
	f.incomeTax = 0
	if f.profit > 0 {
		rate := 25
		if f.research > 0 {
			rate = 15
		}
		if f.profit < 30000 { // small and thin of profit, 300万元: 5%
			rate = 5
		}
		f.incomeTax = f.profit / 100 * rate
	}
	f.net = f.profit - f.incomeTax
	f.tax = f.vat + f.incomeTax + f.revenue/1000*d.between(1, 8)
}

// scale changes last year's figures by percent: what an amended report says.
func (c *economy) scale(d dice, percent int) {
	f := c.last()
	if f == nil {
		return
	}
	f.revenue = f.revenue / 100 * percent
	f.profit = f.profit/100*percent + f.revenue/100
	f.research = f.research / 100 * percent
	f.people = max(1, f.people*(50+percent/2)/100)
	f.exports = f.exports / 100 * percent
	f.settle(d)
}

// hundredths writes a number of hundredths.
func hundredths(n int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	tail := strconv.Itoa(n % 100)
	if len(tail) == 1 {
		tail = "0" + tail
	}
	return sign + strconv.Itoa(n/100) + "." + tail
}
