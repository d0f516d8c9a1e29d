package condition

import (
	"strconv"
	"strings"

	"zhida/schemas"
)

// Longest number that is read: more digits are no amount of anything.
const maxDigits = 30

// quantity = num ["万"|"亿"] ["%"|"‰"|unit], a date 2025年1月1日, or a period 1年6月30天.
func (p *parser) quantity() Node {
	p.dropBound()
	t := p.take()
	digits := p.thousands(t)
	if len(digits) > maxDigits {
		p.fault(t.at, "", "数字太长，最多 %d 位", maxDigits)
		return p.skip(t.at)
	}
	next := p.at()
	switch {
	case next.is("%"), next.is("‰"):
		p.next++
		return &Quantity{place{p.since(t.at)}, plain(digits), "", next.text, ""}
	case next.class != classWord:
		return &Quantity{place{t.at}, plain(digits), "", "", ""}
	case periodUnit(next.text) != 0:
		return p.period(t)
	}
	scale, unit, ok := measure(next.text)
	switch {
	case ok:
		p.next++
		per := p.per(next)
		return &Quantity{place{p.since(t.at)}, plain(digits), scale, unit, per}
	case next.at.From == t.at.To && !startsAnew(next.text):
		p.next++
		p.unknownUnit(digits, next, p.since(t.at))
		return p.skip(t.at)
	}
	return &Quantity{place{t.at}, plain(digits), "", "", ""}
}

// per reads the second unit of 20万元/亩. It and the / must touch the first: 20万元 / 亩 divides by an attribute.
func (p *parser) per(unit token) string {
	sign, word := p.at(), p.ahead(1)
	if !sign.is("/") || sign.at.From != unit.at.To || word.class != classWord || word.at.From != sign.at.To {
		return ""
	}
	if _, ok := schemas.LookupUnit(word.text); !ok || periodUnit(word.text) != 0 {
		return ""
	}
	p.next += 2
	return word.text
}

// thousands joins 2,000 and reports it: the comma separates members of lists here.
func (p *parser) thousands(t token) string {
	digits, from := t.text, t.at
	for {
		comma, group := p.at(), p.ahead(1)
		if !comma.is(",") || comma.at.From != p.last().To || group.class != classNumber || group.at.From != comma.at.To ||
			len(strings.SplitN(group.text, ".", 2)[0]) != 3 || strings.Contains(digits, ".") {
			break
		}
		digits += group.text
		p.next += 2
	}
	if digits != t.text {
		p.fault(p.since(from), "写成 "+digits, "数字里不用分节的逗号")
	}
	return digits
}

// plain drops zeros that say nothing: 007 -> 7, 1.50 -> 1.5.
func plain(digits string) string {
	whole, fraction, _ := strings.Cut(digits, ".")
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// measure splits the word behind a number into scale and unit: 万元 -> 万, 元. The scale is the longest that leaves a
// unit: 千瓦 is a unit, 千万元 is not.
func measure(word string) (scale, unit string, ok bool) {
	end := 0
	for i, r := range word {
		if !strings.ContainsRune("十百千万亿", r) {
			break
		}
		end = i + len(string(r))
	}
	if _, ok := schemas.LookupUnit(word[:end]); ok {
		if _, ok := schemas.LookupUnit(word[end:]); ok && periodUnit(word[end:]) == 0 {
			return word[:end], word[end:], true
		}
	}
	_, ok = schemas.LookupUnit(word)
	return "", word, ok
}

// periodUnit tells the part of a period that a word counts: y, m, d, or 0.
func periodUnit(word string) byte {
	switch word {
	case "年":
		return 'y'
	case "月", "个月":
		return 'm'
	case "天", "日", "号":
		return 'd'
	}
	return 0
}

// period reads parts of falling size from the number's unit on. Four digits of years with 月 and 日 are a date.
func (p *parser) period(first token) Node {
	var span schemas.Span
	var words strings.Builder
	number, order := first, "ymd"
	for {
		unit := p.at()
		size := periodUnit(unit.text)
		i := strings.IndexByte(order, size)
		if i < 0 {
			p.fault(cover(number.at, unit.at), "写成 1年6月30天 的样子", "时间长度要按年、月、天的顺序写")
			return p.skip(first.at)
		}
		order = order[i+1:]
		p.next++
		n, err := strconv.Atoi(number.text)
		if err != nil || n > 9999 {
			p.fault(number.at, "一年半写成 1年6月", "“%s”不能作时间长度：要用不超过 9999 的整数", brief(number.text+unit.text))
			return p.skip(first.at)
		}
		switch size {
		case 'y':
			span.Years = n
		case 'm':
			span.Months = n
		default:
			span.Days = n
		}
		words.WriteString(unit.text)
		if p.at().class != classNumber || p.ahead(1).class != classWord || periodUnit(p.ahead(1).text) == 0 {
			break
		}
		number = p.take()
	}
	at := p.since(first.at)
	if w := words.String(); len(first.text) == 4 && (w == "年月日" || w == "年月号") {
		date, ok := schemas.ValidDate(span.Years, span.Months, span.Days)
		if !ok {
			p.fault(at, "", "日历上没有%d年%d月%d日", span.Years, span.Months, span.Days)
			return p.bad(first.at)
		}
		return &Calendar{place{at}, date}
	}
	if strings.Contains(words.String(), "号") {
		p.fault(at, "写成 30天 的样子", "“号”只用于日期")
		return p.bad(first.at)
	}
	return &Period{place{at}, span}
}

// startsAnew reports a word directly behind a number that is meant as no unit: a relation, 且, the 至 of an interval.
func startsAnew(word string) bool {
	return infixMeant(word) != "" || joinMeant(word) != "" || joinBefore(word) != "" || isUntil(word)
}

// isUnit reports a word that a number can be measured in, with 万 before it or not.
func isUnit(word string) bool {
	_, unit, ok := measure(word)
	return ok && unit != ""
}

// unknownUnit reports the word that stands directly behind a number and is no unit.
func (p *parser) unknownUnit(digits string, word token, whole Extent) {
	if spaced := apart(word.text); spaced != "" {
		p.fault(whole, "写成 "+digits+spaced, "“%s”里的关键字要用空格分开", brief(word.text))
		return
	}
	if name, ok := strings.CutPrefix(word.text, "年"); ok && len(digits) == len("2024") && IsName(name) {
		p.fault(whole, "写成 "+brief(name)+"@"+digits+"年", "年份要写在指标后面")
		return
	}
	if unit, per, ok := strings.Cut(word.text, "每"); ok && isUnit(unit) && isUnit(per) {
		p.fault(whole, "写成 "+digits+unit+"/"+per, "没有“%s”这个单位", brief(word.text))
		return
	}
	p.fault(word.at, "常用的单位：元、万元、件、项、个、人、家、平方米、%", "没有“%s”这个单位", brief(word.text))
}
