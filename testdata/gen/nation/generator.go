package nation

import (
	"slices"

	"zhida/schemas"
)

// generator is what all chunks share; it is only read.
type generator struct {
	Options
	seed        uint64
	dates       []schemas.Date // by night
	year        int            // of the first date: figures are told of those before it
	curve       *curve
	departments []department
	provinces   []province

	trades                    []trade
	shop, farming             trade
	companyShares, shopShares []int
	capitals                  [4][]int
	titles                    []title
	paid                      []string // items that applications and payments name

	first, ends, surnames, given []string
}

// registrationMatter is the matter of the registration, the first department.
const registrationMatter = 0

func newGenerator(o Options, codes *schemas.Codes) *generator {
	g := &generator{
		Options: o, seed: o.Seed, dates: o.dates(), year: yearOf(o.Date), curve: newCurve(), departments: departments(),
		trades: trades(), shop: shopTrade(), farming: farming(), titles: titles(),
		capitals: [4][]int{
			{10, 30, 50, 50, 100, 100, 200, 300, 500},
			{100, 200, 500, 500, 800, 1000, 2000},
			{1000, 2000, 3000, 5000, 8000},
			{5000, 10000, 20000, 50000},
		},
	}
	shares := provinces()
	if !o.Nation {
		shares = slices.DeleteFunc(shares, func(p provinceShare) bool { return p.code != "51" })
	}
	g.provinces = layOut(codes, uint64(o.Enterprises), shares)
	for _, t := range append([]*trade{&g.farming}, pointers(g.trades)...) {
		for _, c := range t.codes {
			t.classes = append(t.classes, classes(codes, c)...)
		}
	}
	g.companyShares = cumulate(g.trades, func(t *trade) int { return t.share })
	g.shopShares = cumulate(g.trades, func(t *trade) int { return t.shop })
	g.first, g.ends, g.surnames, g.given = syllables()
	return g
}

func pointers[T any](list []T) []*T {
	var out []*T
	for i := range list {
		out = append(out, &list[i])
	}
	return out
}

// classes are the codes of four digits at and below a code.
func classes(codes *schemas.Codes, code string) []string {
	below := codes.Children(schemas.SystemIndustry, code)
	if len(below) == 0 {
		return []string{code}
	}
	var out []string
	for _, b := range below {
		out = append(out, classes(codes, b)...)
	}
	return out
}
