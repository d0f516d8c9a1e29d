package nation

// told is how many years figures are told of: the last four.
const told = 4

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
	years     [told]figures // the last is last year's
	first     int           // the first of them that there is; told: none
	inventive bool          // does research
	exporting bool
	growth    int // of revenue last year, percent
}

// last are the figures of last year, nil for the youngest.
func (c *economy) last() *figures {
	if c.first >= told {
		return nil
	}
	return &c.years[told-1]
}

// habits are what stays the same over an enterprise's years.
type habits struct {
	margin, research, abroad, imports, leverage, turnover, coal, power int
	beginner                                                           bool // exports since last year only
}

// live invents the economy of an enterprise: last year first, then back in time. Heads follow the size; revenue is
// heads times what the trade earns a head, log-normal around it; the rest follows revenue.
func (g *generator) live(e *enterprise) {
	d := stream(g.seed, e.number, matterEconomy)
	t, c := e.trade, &e.economy
	if e.kind == sole {
		t = &g.shop
	}
	c.first = max(0, told-(g.year-yearOf(e.founded)))
	c.inventive = e.isCompany() && d.below(100) < min(90, t.inventive*(6+10*e.size)/16)
	c.exporting = e.isCompany() && d.below(100) < min(80, t.exporting*(6+10*e.size)/16)
	people := g.heads(&d, e)
	h := habits{
		margin: d.in(t.margin), research: d.in(t.research), abroad: d.between(50, 600), imports: d.between(0, 100),
		leverage: d.between(20, 82), turnover: d.between(60, 170), coal: d.in(t.energy), power: d.between(8, 20), beginner: d.percent(12),
	}
	revenue := d.logNormal(g.curve, people*d.in(t.perHead)*100, 110)
	worse := 0
	for y := told - 1; y >= c.first; y-- {
		growth := d.growth()
		f := &c.years[y]
		f.people = max(1, people)
		f.revenue = revenue + d.below(100)
		g.fare(&d, c, f, &h, y, worse)
		if y == told-1 {
			c.growth = growth
		}
		worse += d.between(-3, 9) // energy for the same revenue was more before
		revenue = f.revenue * 100 / (100 + growth)
		people = max(1, people*100/(100+growth/2))
	}
	for y := c.first + 1; y < told; y++ {
		if before, now := c.years[y-1].insured, &c.years[y]; now.insured < before {
			now.laidOff = (before - now.insured) * 10000 / before
		}
	}
}

// heads is how many work there: evenly on a logarithmic scale within the size.
func (g *generator) heads(d *dice, e *enterprise) int {
	low, octaves := [...]int{100, 2000, 30000, 100000}[e.size], [...]int{850, 830, 420, 640}[e.size] // in hundredths of a head, in steps
	if e.trade.service {
		low, octaves = [...]int{100, 1000, 10000, 30000}[e.size], [...]int{700, 840, 400, 560}[e.size]
	}
	if e.kind == sole {
		return d.skewed(1, 8)
	}
	return max(1, g.curve.times(low, d.below(octaves))/100)
}

// fare works out the year's figures from its revenue and heads.
func (g *generator) fare(d *dice, c *economy, f *figures, h *habits, y, worse int) {
	f.profit = f.revenue / 1000 * (h.margin + d.between(-15, 15))
	f.assets = f.revenue / 100 * h.turnover
	f.debts = f.assets / 100 * min(105, max(5, h.leverage+d.between(-4, 4)))
	if c.inventive {
		f.research = f.revenue / 1000 * max(1, h.research+d.between(-8, 8))
	}
	if c.exporting {
		if !h.beginner || y == told-1 {
			f.exports = f.revenue / 1000 * min(900, max(1, h.abroad+d.between(-40, 40)))
		}
		f.imports = f.revenue / 1000 * max(0, h.imports+d.between(-20, 20))
	}
	f.coal = f.revenue / 100 * h.coal / 100 * (100 + worse)
	f.power = f.coal / 100 * h.power
	f.insured = max(1, f.people*d.between(80, 100)/100)
	f.vat = f.revenue / 1000 * d.between(8, 38)
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

// growth is a year's in percent: one of eight grows fast, one of five shrinks.
func (d *dice) growth() int {
	switch n := d.below(100); {
	case n < 12:
		return d.between(20, 60)
	case n < 32:
		return d.between(-35, -2)
	}
	return d.between(0, 18)
}
