package nation

import (
	"strings"

	"zhida/schemas"
)

// kind is what an enterprise is registered as.
type kind int

const (
	limited kind = iota
	stock
	sole
	cooperative
)

// Matters of an enterprise that have a stream of chance of their own; each dataset has one too, see department.
const (
	matterIdentity uint32 = iota + 1000
	matterEconomy
	matterWriting
	matterCode
	matterArrival
	matterPolicy
)

// enterprise is an invented enterprise in clean values; how they are written is decided when a row is made.
type enterprise struct {
	number    uint64
	home      *home
	county    *county
	code      [18]byte // valid
	delivered []byte   // as departments write it
	old       bool     // delivered is a registration number of 15 digits
	wrong     bool     // delivered has a wrong check character
	night     int      // it registers on, 0 the first
	kind      kind
	trade     *trade
	industry  string
	size      int // 0 micro, 1 small, 2 medium, 3 large
	closed    bool
	founded   schemas.Date
	capital   int    // 万元, 0: not known
	foreign   string // currency other than yuan
	economy   economy

	room [18]byte // of delivered
}

func (e *enterprise) isCompany() bool { return e.kind <= stock }

// isIn reports whether the industry begins with one of the codes.
func (e *enterprise) isIn(codes ...string) bool {
	for _, code := range codes {
		if strings.HasPrefix(e.industry, code) {
			return true
		}
	}
	return false
}

// Shares of enterprises in 1,000: in homes of counties most are sole traders; codes of cities and provinces are those of
// companies. Together: sole traders 64%, cooperatives 1.4%.
const (
	soleInCounty, soleElsewhere = 850, 150
	cooperativeInCounty         = 20
)

// Codes that departments deliver otherwise than they were given out, of a million; see DOMAIN's measured shares.
const (
	wrongChecks = 3000
	oldNumbers  = 2500
)

// enter invents the enterprise of a number of the province; on a later night it is one that arrives then.
func (g *generator) enter(e *enterprise, p *province, number uint64, night int) {
	*e = enterprise{number: number, home: p.place(number), night: night}
	if night > 0 {
		e.number = number<<6 | uint64(night) | 1<<63
	}
	d := stream(g.seed, e.number, matterIdentity)
	e.county = &e.home.counties[d.weighted(e.home.weights)]
	g.settle(e, &d)
	e.closed = night == 0 && d.below(1000) < 62
	class := 2
	switch {
	case e.isCompany():
		class = 1
	case e.kind == cooperative:
		class = 3
	}
	local := number - e.home.from
	writeCode(&e.code, class, e.home.code, local, mix(g.seed+hashed(e.home.code)), night)
	e.founded = g.foundation(&d, e)
	g.codeDelivered(e)
}

// settle chooses what the enterprise is and lives from.
func (g *generator) settle(e *enterprise, d *dice) {
	sole1000, coop1000 := soleElsewhere, 0
	if e.home.level == 2 {
		sole1000, coop1000 = soleInCounty, cooperativeInCounty
	}
	switch n := d.below(1000); {
	case n < sole1000:
		e.kind, e.trade = sole, &g.trades[d.weighted(g.shopShares)]
		e.capital = one(d, []int{0, 0, 1, 2, 3, 5, 10})
	case n < sole1000+coop1000:
		e.kind, e.trade, e.size = cooperative, &g.farming, one(d, []int{0, 0, 0, 0, 0, 1})
		e.capital = one(d, []int{20, 50, 100, 200, 300})
	default:
		g.settleCompany(e, d)
	}
	e.industry = one(d, e.trade.classes)
	if d.percent(25) { // many cluster in the first classes of their trade
		e.industry = e.trade.classes[d.below(1+len(e.trade.classes)/8)]
	}
}

func (g *generator) settleCompany(e *enterprise, d *dice) {
	e.kind, e.trade = limited, &g.trades[d.weighted(g.companyShares)]
	switch n := d.below(10_000); {
	case n < 30:
		e.size = 3
	case n < 260:
		e.size = 2
	case n < 1900:
		e.size = 1
	}
	if d.below(100) < 1+5*e.size {
		e.kind = stock
	}
	e.capital = one(d, g.capitals[e.size])
	if d.below(1000) < 12 {
		e.foreign = one(d, []string{"美元", "港币"})
	}
}

// foundation is a day: many young ones, few of thirty years; what is large took its time.
func (g *generator) foundation(d *dice, e *enterprise) schemas.Date {
	if e.night > 0 {
		return g.dates[e.night] - schemas.Date(d.below(10))
	}
	least := 20 + max(0, e.size-1)*1800
	return g.dates[0] - schemas.Date(least+d.skewed(0, 30*365-least))
}

// codeDelivered is the code as departments write it: of few with a wrong check character, of few the number of old.
func (g *generator) codeDelivered(e *enterprise) {
	e.delivered = e.code[:]
	if e.night > 0 {
		return
	}
	d := stream(g.seed, e.number, matterCode)
	switch n := d.below(1_000_000); {
	case n < wrongChecks:
		e.wrong = true
		e.delivered = append(e.room[:0], e.code[:]...)
		e.delivered[17] = '1'
		if e.code[17] == '1' {
			e.delivered[17] = '2'
		}
	case n < wrongChecks+oldNumbers:
		e.old = true
		e.delivered = append(e.room[:0], e.county.code...)
		for n, i := (e.number-e.home.from)%1_000_000_000, 0; i < 9; i++ {
			e.delivered = append(e.delivered, byte('0'+n/pow10[8-i]%10))
		}
	}
}
