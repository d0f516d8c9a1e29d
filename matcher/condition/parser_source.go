package condition

import (
	"strconv"
)

// rows = (有|每|计数) source.
func (p *parser) rows(keyword token) Node {
	source := p.source(keyword)
	if source == nil {
		return p.skip(keyword.at)
	}
	if dot := p.at(); dot.is(".") {
		p.fieldAsked(keyword, source, dot)
		return p.skip(keyword.at)
	}
	return &Rows{place{p.since(keyword.at)}, keyword.text, source}
}

// source = (dataset | 近 int 年度) ["(" [expr] ")"]; nil if there is none.
func (p *parser) source(keyword token) *Source {
	t := p.at()
	n := &Source{}
	switch {
	case p.years(n):
	case t.class == classWord:
		p.next++
		n.Dataset = &Name{place{t.at}, t.text}
	default:
		p.named(keyword, t, "数据类的名称")
		return nil
	}
	if p.at().is("(") && p.ahead(1).is(")") {
		p.next += 2
	} else if p.at().is("(") {
		n.Where = p.brackets()
	}
	n.place = place{p.since(t.at)}
	return n
}

// years reads 近3年度, in one word or several, and what is meant by it.
func (p *parser) years(n *Source) bool {
	t := p.at()
	digits, ok := lastYears(t.text)
	ok = ok && t.class == classKeyword
	number, year := p.ahead(1), p.ahead(2)
	switch {
	case ok:
		p.next++
	case t.is(yearsPrefix) && number.class == classNumber && year.class == classWord && year.text == yearsSuffix:
		digits = number.text
		p.next += 3
	case t.class == classWord && number.class == classWord && number.text == yearsSuffix:
		count, rest, spaced := leadingNumber(trimYears(t.text))
		if !spaced || rest != "" || trimYears(t.text) == t.text {
			return p.yearsMeant(n)
		}
		digits = strconv.Itoa(count)
		p.next += 2
	default:
		return p.yearsMeant(n)
	}
	count, err := strconv.Atoi(digits)
	if err != nil || count > maxYearSpan {
		count = maxYearSpan
	}
	n.Years = count // Check says how many there can be
	return true
}

// folding = word source "." (name | "(" expr ")").
func (p *parser) folding(keyword token) Node {
	if p.at().is("(") {
		example := foldExample(keyword.text)
		if source, dot, field := p.ahead(1), p.ahead(2), p.ahead(3); dot.is(".") && field.class == classWord && p.ahead(4).is(")") {
			example = "写成 " + keyword.text + " " + brief(source.text) + "." + brief(field.text)
		}
		p.fault(keyword.at, example, "“%s”后面要先写数据类", keyword.text)
		return p.skip(keyword.at)
	}
	source := p.source(keyword)
	if source == nil {
		return p.skip(keyword.at)
	}
	if !p.at().is(".") {
		p.noField(keyword, source)
		return p.skip(keyword.at)
	}
	dot := p.take()
	n := &Folding{Word: keyword.text, Source: source}
	switch t := p.at(); {
	case t.class == classWord:
		p.next++
		n.Of = &Name{place{t.at}, t.text}
	case t.is("("):
		n.Of = p.brackets()
	default:
		if t.class != classStray {
			p.fault(dot.at, foldExample(keyword.text), "“.”后面要写字段名，或加括号的算式")
		}
		return p.skip(keyword.at)
	}
	n.place = place{p.since(keyword.at)}
	return n
}

// foldExample shows how a fold is written.
func foldExample(word string) string { return "写成 " + word + " 数据类(条件).字段 的样子" }
