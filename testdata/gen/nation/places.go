package nation

import (
	"math/bits"
	"strings"

	"zhida/schemas"
)

// Shares of all codes that carry the code of a city or of the province in characters 3 to 8, of 100: 30 together, as
// measured on real ones.
const (
	cityCodes     = 24
	provinceCodes = 6
)

// county is where an enterprise is; a city without counties (东莞市) is one.
type county struct {
	code, name     string // six digits
	city, province string // names; city is "" in 重庆市 and for counties directly below a province
	cityCode       string
	short          string // how companies' names begin
	weight         uint64
}

// home is an interval of numbers whose codes have the same characters 3 to 8.
type home struct {
	code     string // six digits
	from, to uint64
	level    int      // 0 province, 1 city, 2 county
	counties []county // where those of the home are
	weights  []int    // cumulative
}

// province is an interval of homes and of numbers: one department's file each.
type province struct {
	code     string // six digits
	name     string
	homes    []home
	from, to uint64
}

// place finds the home of a number.
func (p *province) place(number uint64) *home {
	low, high := 0, len(p.homes)-1
	for low < high {
		if m := (low + high) / 2; number < p.homes[m].to {
			high = m
		} else {
			low = m + 1
		}
	}
	return &p.homes[low]
}

// layOut gives each home of the provinces its interval of the enterprises' numbers: the province's own code first, then
// city by city its own and those of its counties.
func layOut(codes *schemas.Codes, enterprises uint64, shares []provinceShare) []province {
	var all []province
	var sum uint64
	weights := [][]uint64{}
	for _, share := range shares {
		p, w := homesOf(codes, share)
		all, weights = append(all, p), append(weights, w)
		for _, one := range w {
			sum += one
		}
	}
	var before uint64
	for i := range all {
		p := &all[i]
		for k := range p.homes {
			p.homes[k].from = portion(enterprises, before, sum)
			before += weights[i][k]
			p.homes[k].to = portion(enterprises, before, sum)
		}
		p.from, p.to = p.homes[0].from, p.homes[len(p.homes)-1].to
	}
	return all
}

// portion is n·part/whole.
func portion(n, part, whole uint64) uint64 {
	high, low := bits.Mul64(n, part)
	quotient, _ := bits.Div64(high, low, whole)
	return quotient
}

// homesOf lists the homes of a province with their weights, which add up to the province's.
func homesOf(codes *schemas.Codes, share provinceShare) (province, []uint64) {
	info, _ := codes.Region(share.code)
	p := province{code: share.code + "0000", name: info.Name}
	cities := citiesOf(codes, share.code, info.Name)
	var all []county
	var people uint64
	for _, c := range cities {
		people += c.weight
	}
	total := uint64(share.people*share.density) * 10_000
	p.homes, all = []home{{code: p.code}}, nil
	weights := []uint64{total * provinceCodes / 100}
	for _, c := range cities {
		inCity := total * c.weight / people
		own := uint64(0)
		if c.own != "" {
			own = inCity * cityCodes / 100
			p.homes = append(p.homes, home{code: c.own, level: 1, counties: c.counties})
			weights = append(weights, own)
		}
		sum := uint64(0)
		for _, k := range c.counties {
			sum += k.weight
		}
		for i := range c.counties {
			k := &c.counties[i]
			k.weight = (inCity*(100-provinceCodes)/100 - own) * k.weight / sum
			p.homes = append(p.homes, home{code: k.code, level: 2, counties: c.counties[i : i+1]})
			weights = append(weights, k.weight)
		}
		all = append(all, c.counties...)
	}
	p.homes[0].counties = all
	for i := range p.homes {
		p.homes[i].weights = cumulate(p.homes[i].counties, func(c *county) int { return int(c.weight>>8) + 1 })
	}
	return p, weights
}

// cityOf is a city while the homes are listed; own is its code of six digits, "" where it has none of its own.
type cityOf struct {
	own      string
	weight   uint64
	counties []county
}

func citiesOf(codes *schemas.Codes, code, provinceName string) []cityOf {
	var out []cityOf
	for i, at := range codes.Children(schemas.SystemRegion, code) {
		info, _ := codes.Region(at)
		c := cityOf{own: at + "00", weight: uint64(cityShare(at, info.Name, i == 0))}
		name := info.Name
		if info.Name == "县" || strings.Contains(info.Name, "辖") || info.Name == "林区" {
			c.own, name = "", ""
		}
		for _, below := range codes.Children(schemas.SystemRegion, at) {
			k, _ := codes.Region(below)
			c.counties = append(c.counties, county{
				code: below, name: k.Name, city: name, province: provinceName, cityCode: c.own,
				short: shortName(k.Name, name, provinceName), weight: uint64(countyShare(below, k.Name)),
			})
		}
		if len(c.counties) == 0 && c.own == "" {
			continue
		}
		if len(c.counties) == 0 {
			c.counties = []county{{code: c.own, name: name, province: provinceName, short: shortName(name, name, provinceName), weight: 1}}
			c.own = ""
		}
		out = append(out, c)
	}
	return out
}

// shortName is the place at the front of a company's name: the city's, else the county's or the province's.
func shortName(county, city, province string) string {
	for _, name := range []string{city, province} {
		if short := strings.TrimSuffix(name, "市"); short != name {
			return short
		}
	}
	return county
}
