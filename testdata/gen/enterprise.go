package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"zhida/schemas"
)

// Kinds of enterprises, as the registration calls them.
const (
	kindLimited     = "有限责任公司"
	kindStock       = "股份有限公司"
	kindSole        = "个体工商户"
	kindCooperative = "农民专业合作社"
)

// Status of an enterprise.
const (
	statusLiving  = "存续"
	statusClosed  = "注销"
	statusRevoked = "吊销"
)

// enterprise is an invented enterprise as its registration has it, in clean values; how they are written is decided
// when a sheet is made.
type enterprise struct {
	number   int
	code     string // valid
	name     string
	kind     string
	status   string
	founded  schemas.Date
	capital  int // 万元, 0: not known
	currency string
	county   county
	address  string
	industry string
	scope    string
	person   string
	trade    trade
	size     int // index of its size class, see headCounts
	economy  economy
}

func (e *enterprise) isSoleTrader() bool { return e.kind == kindSole }

func (e *enterprise) isCompany() bool { return e.kind == kindLimited || e.kind == kindStock }

func (e *enterprise) isLiving() bool { return e.status == statusLiving }

// isIn reports whether the industry begins with one of the codes.
func (e *enterprise) isIn(codes ...string) bool {
	for _, code := range codes {
		if strings.HasPrefix(e.industry, code) {
			return true
		}
	}
	return false
}

// inventor makes enterprises from one stream of chance.
type inventor struct {
	dice
	codes map[string]bool
	names map[string]bool
}

func newInventor(seed uint64) *inventor {
	return &inventor{dice: dice{rand.New(rand.NewPCG(seed, 0x7a686964))}, codes: map[string]bool{}, names: map[string]bool{}}
}

// enterprise invents one: three of ten are sole traders, every 25th is a farmers' cooperative. Some trades are often
// those of shops, whatever the size.
func (v *inventor) enterprise(number int) *enterprise {
	e := &enterprise{number: number, status: statusLiving, currency: "人民币", person: v.person()}
	e.county = shared(v.dice, counties(), func(c county) int { return c.share })
	switch {
	case isShop(number):
		v.makeShop(e)
	case number%25 == 19:
		v.makeCooperative(e)
	default:
		v.makeCompany(e)
	}
	e.founded = firstNight() - schemas.Date(v.age(e.size))
	if e.kind == kindCooperative && v.chance(20) {
		e.founded = firstNight() - schemas.Date(v.between(20, 360))
	}
	e.address = v.address(e.county)
	return e
}

// isShop reports whether the enterprise of that number is a sole trader.
func isShop(number int) bool { return number%10 == 2 || number%10 == 5 || number%10 == 8 }

func (v *inventor) makeShop(e *enterprise) {
	s := one(v.dice, shops())
	e.code = v.code("92", e.county.code)
	e.kind, e.industry, e.scope, e.trade = kindSole, s.industry, s.word, shopTrade()
	e.name = v.fresh(func() string { return e.county.name + "示例" + v.invented() + s.word })
	e.capital = one(v.dice, []int{0, 1, 2, 3, 5, 10})
}

func (v *inventor) makeCooperative(e *enterprise) {
	e.code = v.code("93", e.county.code)
	e.kind, e.industry, e.scope, e.trade = kindCooperative, one(v.dice, []string{"A0141", "A0151", "A0311"}), "组织成员种植、养殖、销售农产品", farming()
	e.name = v.fresh(func() string {
		return e.county.name + "示例" + v.invented() + one(v.dice, []string{"果蔬", "中药材", "养殖"}) + kindCooperative
	})
	e.capital = one(v.dice, []int{20, 50, 100, 200, 300})
	e.size = one(v.dice, []int{0, 0, 0, 1})
}

func (v *inventor) makeCompany(e *enterprise) {
	t := shared(v.dice, trades(), func(t trade) int { return t.share })
	e.trade = t
	e.code = v.code("91", v.office(e.county.code))
	switch n := v.IntN(100); {
	case n < 4:
		e.size = 3
	case n < 16:
		e.size = 2
	case n < 48:
		e.size = 1
	}
	e.kind = kindLimited
	tail := "有限公司"
	if v.chance(4 + 6*e.size) {
		e.kind, tail = kindStock, kindStock
	}
	e.industry, e.scope = one(v.dice, t.industries), t.scope
	place := one(v.dice, []string{"绵阳", "绵阳市", "四川", strings.TrimSuffix(strings.TrimSuffix(e.county.name, "区"), "县")})
	e.name = v.fresh(func() string { return place + "示例" + v.invented() + t.word + tail })
	e.capital = one(v.dice, [][]int{{10, 30, 50, 100, 100, 200, 300, 500}, {100, 200, 500, 500, 800, 1000, 2000}, {1000, 2000, 3000, 5000, 8000}, {5000, 10000, 20000, 50000}}[e.size])
	if v.chance(3) {
		e.currency = one(v.dice, []string{"美元", "港币"})
	}
}

// age is days since the foundation: many young ones, few of thirty years; what is large took its time.
func (v *inventor) age(size int) int {
	least := 20 + max(0, size-1)*1800
	return least + v.skewed(0, 30*365-least)
}

// office is the registering region: for companies, 40% carry the city's or the province's code.
func (v *inventor) office(county string) string {
	switch n := v.IntN(100); {
	case n < 32:
		return "510700"
	case n < 40:
		return "510000"
	case county == "510705" && n < 70:
		return "510724" // registered before 安县 became 安州区
	}
	return county
}

// code makes a valid code that was not used before. The organisation code begins with MA00, which was given out in
// Beijing only, so with a region of Sichuan it belongs to nobody.
func (v *inventor) code(kind, region string) string {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for {
		body := "MA00"
		for range 4 {
			body += string(alphabet[v.IntN(len(alphabet))])
		}
		for _, check := range "0123456789X" {
			if schemas.ClassifyCode(body+string(check)) != schemas.CodeOldOrganisation {
				continue
			}
			first := kind + region + body + string(check)
			last, _ := schemas.CheckDigit(first)
			if code := first + string(last); !v.codes[code] {
				v.codes[code] = true
				return code
			}
		}
	}
}

// oldNumber is a registration number of 15 digits as they were before 2015.
func (v *inventor) oldNumber(region string) string {
	return fmt.Sprintf("%s000%06d", region, v.IntN(1000000))
}

func (v *inventor) invented() string {
	return string(one(v.dice, []rune(firstSyllables))) + string(one(v.dice, []rune(lastSyllables)))
}

// fresh makes names until one is new; where all of a kind are taken, a third syllable is added.
func (v *inventor) fresh(name func() string) string {
	for range 20 {
		if n := name(); !v.names[n] {
			v.names[n] = true
			return n
		}
	}
	return v.fresh(func() string {
		return strings.Replace(name(), "示例", "示例"+string(one(v.dice, []rune(firstSyllables))), 1)
	})
}

func (v *inventor) person() string {
	return string(one(v.dice, []rune(surnames))) + "某" + string(one(v.dice, []rune(givenNames)))
}

// address names the county in most cases, in the ways people write it.
func (v *inventor) address(c county) string {
	place := one(v.dice, c.towns) + fmt.Sprintf("示例路%d号", 1+v.IntN(300))
	switch n := v.IntN(100); {
	case n < 40:
		return "四川省绵阳市" + c.name + place
	case n < 75:
		return "绵阳市" + c.name + place
	case n < 85:
		return c.name + place
	case n < 90 && c.code == "510705":
		return "绵阳市安县" + place
	default:
		return fmt.Sprintf("绵阳市示例路%d号", 1+v.IntN(300))
	}
}
