package nation

import (
	"strings"

	"zhida/schemas"
)

// writtenCapital is the registered capital in one of the shapes met in real registrations. One that was changed is known.
func writtenCapital(b *batch, d *dice, e *enterprise, capital int, changed bool) {
	if n := d.below(100); capital == 0 || n < 6 && !changed { // with those of shops that have none, 23% in all
		b.text(one(d, []string{"N/A", "N/A", "N/A", "", "-"}))
		return
	}
	if e.foreign != "" {
		b.data = append(appendInt(b.data, capital), "(万"...)
		b.text(e.foreign, ")")
		return
	}
	at, tail := len(b.data), ""
	b.data = appendInt(b.data, capital)
	switch n := d.below(800); {
	case n < 8:
		tail = "()"
	case n < 300:
		group(b, at)
		tail = "(万元人民币)"
	case n < 400:
		tail = "万人民币"
	case n < 500:
		tail = "（万元）"
	case n < 600:
		group(b, at)
		tail = ".0000(万)"
	case n < 700:
		tail = "万元人民币"
	}
	b.text(tail)
}

// group sets the thousands apart of the number that begins at a place and ends where data ends, as workbooks do.
func group(b *batch, at int) {
	if at < len(b.data) && b.data[at] == '-' {
		at++
	}
	end := len(b.data)
	for i := at; i < end; i++ {
		if b.data[i] == '.' {
			end = i
		}
	}
	for i := end - 3; i > at; i -= 3 {
		b.data = append(b.data, 0)
		copy(b.data[i+1:], b.data[i:])
		b.data[i] = ','
	}
}

// writtenDate is a date in one of the shapes met.
func writtenDate(b *batch, d *dice, on schemas.Date) {
	y, m, day := on.YMD()
	switch d.below(10) {
	case 0:
		b.data = append(appendInt(b.data, y), '/')
		b.data = append(appendInt(b.data, m), '/')
		b.number(day)
	case 1:
		b.data = append(appendInt(b.data, y), "年"...)
		b.data = append(appendInt(b.data, m), "月"...)
		b.data = appendInt(b.data, day)
		b.text("日")
	case 2:
		b.data = appendPadded(appendPadded(b.data, y, 4), m, 2)
		b.data = appendPadded(b.data, day, 2)
		b.end()
	case 3:
		b.data = appendDate(b.data, on)
		b.text(" 00:00:00")
	default:
		b.date(on)
	}
}

// writtenRegion is the region column: at the level of the county or of the city, as name or as code. Where a county's name
// may mean others in the country, the city stands before it.
func writtenRegion(b *batch, d *dice, k *county) {
	city, cityCode := k.city, k.cityCode
	if city == "" {
		city, cityCode = k.province, k.code[:2]+"0000"
	}
	switch n := d.below(100); {
	case n < 35:
		if city != k.name {
			b.text(city, k.name)
		} else {
			b.text(city)
		}
	case n < 55:
		b.text(k.code)
	case n < 75:
		b.text(city)
	case n < 95:
		b.text(cityCode)
	default:
		b.text("")
	}
}

// writtenAddress names the county in most cases, in the ways people write it.
func writtenAddress(b *batch, d *dice, k *county, wide bool) {
	city, name := k.city, k.name
	if city == "" {
		city = k.province
	}
	if city == name {
		name = ""
	}
	switch n := d.below(100); {
	case n < 45:
		b.data = append(b.data, k.province...)
		if city != k.province {
			b.data = append(b.data, city...)
		}
	case n < 88:
		b.data = append(b.data, city...)
	default:
		b.data, name = append(b.data, city...), ""
	}
	b.data = append(b.data, name...)
	b.data = append(b.data, "示例路"...)
	n := 1 + d.below(300)
	if wide {
		b.text(fullWidth(string(appendInt(nil, n))), "号")
		return
	}
	b.data = appendInt(b.data, n)
	b.text("号")
}

// fullWidth writes ASCII as full-width characters.
func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + 0xFEE0
		}
		return r
	}, s)
}

// mobile has 0000 in the middle: a block that is given to nobody.
func mobile(b *batch, d *dice) {
	b.data = append(b.data, '1', byte('3'+d.below(7)), byte('0'+d.below(10)))
	b.data = append(b.data, "0000"...)
	b.data = appendPadded(b.data, d.below(10000), 4)
}

// writtenPhone is a mobile number in the shapes met; some are landlines, some no numbers at all.
func writtenPhone(b *batch, d *dice) {
	at := len(b.data)
	switch n := d.below(100); {
	case n < 6:
		b.data = append(b.data, "+86 "...)
		mobile(b, d)
	case n < 12:
		b.data = append(b.data, '1', byte('3'+d.below(7)), byte('0'+d.below(10)))
		b.data = append(b.data, "-0000-"...)
		b.data = appendPadded(b.data, d.below(10000), 4)
	case n < 32:
		b.data = append(b.data, "028-0000"...)
		b.data = appendPadded(b.data, d.below(10000), 4)
	case n < 35:
		mobile(b, d)
		b.data = b.data[:at+9]
	default:
		mobile(b, d)
	}
	b.end()
}

// Names are made of these.
func syllables() (first, last, surnames, given []string) {
	split := func(s string) []string { return strings.Split(s, "") }
	return split("云岫栎棠澄砚霁禾芷珩疏桐汀漪翊筠峤湛珺楹"), split("川岚舟原屿笙陌钧澜弈竹渡垣晖隽彦帆朔峰宁"),
		split("张李王刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"), split("甲乙丙丁戊己庚辛壬癸")
}

func (g *generator) writtenPerson(b *batch, d *dice) {
	b.text(one(d, g.surnames), "某", one(d, g.given))
}

// invented is the invented part of a name, two syllables or three.
func (g *generator) invented(b *batch, d *dice) {
	b.data = append(b.data, one(d, g.first)...)
	if d.percent(55) {
		b.data = append(b.data, one(d, g.first)...)
	}
	b.data = append(b.data, one(d, g.ends)...)
}
