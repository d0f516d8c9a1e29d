package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"zhida/schemas"
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
}

func (e *enterprise) isSoleTrader() bool { return schemas.IsSoleTrader(e.code) }

// inventor makes enterprises from one stream of chance.
type inventor struct {
	*rand.Rand
	codes map[string]bool
	names map[string]bool
}

func newInventor(seed uint64) *inventor {
	return &inventor{Rand: rand.New(rand.NewPCG(seed, 0x7a686964)), codes: map[string]bool{}, names: map[string]bool{}}
}

// one picks a member.
func one[T any](v *inventor, from []T) T { return from[v.IntN(len(from))] }

// chance is true in percent of cases.
func (v *inventor) chance(percent int) bool { return v.IntN(100) < percent }

// enterprise invents one: every sixth is a sole trader, every 25th a farmers' cooperative.
func (v *inventor) enterprise(number int) *enterprise {
	e := &enterprise{number: number, status: "存续", currency: "人民币", person: v.person(), county: v.county()}
	switch {
	case number%6 == 5:
		v.makeShop(e)
	case number%25 == 7:
		v.makeCooperative(e)
	default:
		v.makeCompany(e)
	}
	e.founded = firstNight() - schemas.Date(v.age())
	if number >= newcomers {
		e.founded = firstNight() - schemas.Date(v.IntN(10))
	}
	e.address = v.address(e.county)
	return e
}

func (v *inventor) makeShop(e *enterprise) {
	s := one(v, shops())
	e.code = v.code("92", e.county.code)
	e.kind, e.industry, e.scope = "个体工商户", s.industry, s.word
	e.name = v.fresh(func() string { return e.county.name + "示例" + v.invented() + s.word })
	e.capital = one(v, []int{0, 1, 2, 3, 5, 10})
}

func (v *inventor) makeCooperative(e *enterprise) {
	e.code = v.code("93", e.county.code)
	e.kind, e.industry, e.scope = "农民专业合作社", one(v, []string{"A0141", "A0151", "A0311"}), "组织成员种植、养殖、销售农产品"
	e.name = v.fresh(func() string {
		return e.county.name + "示例" + v.invented() + one(v, []string{"果蔬", "中药材", "养殖"}) + "农民专业合作社"
	})
	e.capital = one(v, []int{20, 50, 100, 200, 300})
}

func (v *inventor) makeCompany(e *enterprise) {
	t := v.trade()
	e.code = v.code("91", v.office(e.county.code))
	e.kind = "有限责任公司"
	tail := "有限公司"
	if v.chance(8) {
		e.kind, tail = "股份有限公司", "股份有限公司"
	}
	e.industry, e.scope = one(v, t.industries), t.scope
	place := one(v, []string{"绵阳", "绵阳市", "四川", strings.TrimSuffix(strings.TrimSuffix(e.county.name, "区"), "县")})
	e.name = v.fresh(func() string { return place + "示例" + v.invented() + t.word + tail })
	e.capital = one(v, []int{10, 30, 50, 100, 100, 200, 300, 500, 500, 800, 1000, 1000, 2000, 3000, 5000, 8000, 20000})
	if v.chance(3) {
		e.currency = one(v, []string{"美元", "港币"})
	}
}

// county picks a county by its share.
func (v *inventor) county() county {
	n := v.IntN(100)
	for _, c := range counties() {
		if n -= c.share; n < 0 {
			return c
		}
	}
	return counties()[0]
}

func (v *inventor) trade() trade {
	n := v.IntN(100)
	for _, t := range trades() {
		if n -= t.share; n < 0 {
			return t
		}
	}
	return trades()[0]
}

// age is days since the foundation: many young ones, few of thirty years.
func (v *inventor) age() int {
	years := v.Float64() * v.Float64() * 30
	return 20 + int(years*365)
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
	return string(one(v, []rune(firstSyllables))) + string(one(v, []rune(lastSyllables)))
}

func (v *inventor) fresh(name func() string) string {
	for {
		if n := name(); !v.names[n] {
			v.names[n] = true
			return n
		}
	}
}

func (v *inventor) person() string {
	return string(one(v, []rune(surnames))) + "某" + string(one(v, []rune(givenNames)))
}

// phone has 0000 in the middle: a block that is given to nobody.
func (v *inventor) phone() string {
	return fmt.Sprintf("1%d%d0000%04d", 3+v.IntN(7), v.IntN(10), v.IntN(10000))
}

// address names the county in most cases, in the ways people write it.
func (v *inventor) address(c county) string {
	place := one(v, c.towns) + fmt.Sprintf("示例路%d号", 1+v.IntN(300))
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
