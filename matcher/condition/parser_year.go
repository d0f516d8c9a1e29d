package condition

import (
	"strconv"
	"strings"
)

// Longest number of years that is added to a year or counted back from it. Check knows what years can be meant.
const maxYearSpan = 9999

// dated = atom ["@" year].
func (p *parser) dated() Node {
	from := p.at().at
	n := p.atom()
	for twice := false; p.at().is("@"); twice = true {
		sign := p.take()
		year, ok := p.year(sign)
		if !ok || isBad(n) {
			return p.skip(from)
		}
		if twice {
			p.fault(p.since(sign.at), "只写一个年份", "年份写了两次")
			return p.skip(from)
		}
		n = &InYear{place{p.since(from)}, n, year}
		p.yearOrNumber(n, sign)
	}
	return n
}

// yearOrNumber reports @2024-1, which officers mean as a year or as a subtraction.
func (p *parser) yearOrNumber(n Node, sign token) {
	op, number, next := p.at(), p.ahead(1), p.ahead(2)
	if !op.isAny("+", "-") || op.at.From != p.last().To || number.class != classNumber || number.at.From != op.at.To ||
		(next.class == classWord || next.isAny("%", "‰")) && next.at.From == number.at.To {
		return
	}
	year := strings.TrimPrefix(p.tree.source(p.since(sign.at)), "@")
	p.fault(cover(sign.at, number.at), "二选一：@("+year+op.text+number.text+")；或者 "+brief(oneLine(n))+" "+op.text+" "+number.text,
		"“%s”可能是另一年，也可能是加减一个数", brief(p.tree.source(cover(sign.at, number.at))))
}

// year = int ["年"] | "上年" | "前年" | "本年" | "(" year ("+"|"-") int ")".
func (p *parser) year(sign token) (YearText, bool) {
	switch t := p.at(); {
	case t.class == classNumber:
		return p.calendarYear(t)
	case t.isAny(wordThisYear, wordLastYear, wordYearBefore):
		p.next++
		return YearText{Word: t.text}, true
	case t.class == classWord && yearMeant(t.text) != "":
		p.fault(t.at, "写成 "+yearMeant(t.text), "这里不用“%s”", t.text)
		p.next++
		return YearText{Word: yearMeant(t.text)}, true
	case t.is("("):
		return p.yearBesides(sign)
	case t.class != classStray:
		p.fault(sign.at, "例如 @2024年，@上年，@(上年-1)", "“@”后面要写年份")
	}
	return YearText{}, false
}

// yearMeant is the year that officers often write the word for.
func yearMeant(word string) string {
	switch word {
	case "去年", "上年度", "上一年", "上一年度":
		return wordLastYear
	case "今年", "本年度", "当年度":
		return wordThisYear
	case "前年度":
		return wordYearBefore
	}
	return ""
}

// isYearWord reports 上年, 前年 and 本年.
func isYearWord(word string) bool {
	return word == wordLastYear || word == wordYearBefore || word == wordThisYear
}

// calendarYear reads 2024 or 2024年.
func (p *parser) calendarYear(t token) (YearText, bool) {
	p.next++
	if unit := p.at(); unit.class == classWord && (unit.text == "年" || unit.text == yearsSuffix) && unit.at.From == t.at.To {
		p.next++
		if unit.text == yearsSuffix {
			p.fault(p.since(t.at), "写成 "+t.text+"年", "年份不写“年度”")
		}
	}
	year, err := strconv.Atoi(t.text)
	if err != nil || len(t.text) != len("2024") {
		p.fault(p.since(t.at), "年份写四位数，例如 @2024年", "“%s”不是年份", brief(t.text))
		return YearText{}, false
	}
	return YearText{Number: year}, true
}

// yearBesides reads (上年-1). Brackets without a sum are only brackets.
func (p *parser) yearBesides(sign token) (YearText, bool) {
	defer p.leave()
	if !p.enter() {
		p.take()
		p.skip(p.at().at)
		p.accept(")")
		return YearText{}, false
	}
	open := p.take()
	year, ok := p.year(sign)
	if ok {
		year, ok = p.yearMoved(year, open)
	}
	if !ok {
		p.skip(open.at)
		p.accept(")")
		return YearText{}, false
	}
	p.closed(open)
	return year, true
}

// yearMoved reads what is added to a year.
func (p *parser) yearMoved(year YearText, open token) (YearText, bool) {
	if op := p.at(); op.isAny("+", "-") {
		p.next++
		t := p.at()
		n, err := strconv.Atoi(t.text)
		if t.class != classNumber || err != nil || n > maxYearSpan {
			p.fault(op.at, "例如 @(上年-1)", "年份只能加减整数")
			return YearText{}, false
		}
		p.next++
		if unit := p.at(); unit.class == classWord && unit.text == "年" {
			p.next++
		}
		if op.is("-") {
			n = -n
		}
		if year.Number != 0 {
			if year.Number += n; year.Number < 1000 || year.Number > 9999 {
				p.fault(p.since(open.at), "直接写出年份，例如 @2024年", "“%d”不是年份", year.Number)
				return YearText{}, false
			}
		} else {
			year.Plus += n
		}
	}
	return year, true
}

// text is the year as written after @.
func (y YearText) text() string {
	switch {
	case y.Number != 0:
		return strconv.Itoa(y.Number) + "年"
	case y.Plus > 0:
		return "(" + y.Word + "+" + strconv.Itoa(y.Plus) + ")"
	case y.Plus < 0:
		return "(" + y.Word + strconv.Itoa(y.Plus) + ")"
	}
	return y.Word
}
