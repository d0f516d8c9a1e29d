package condition

import (
	"zhida/schemas"
)

// operand = sum {("封顶"|"保底") sum}.
func (p *parser) operand() Node {
	sum := func() Node {
		n := p.sum()
		p.rewriteCap()
		return n
	}
	return p.leaning(sum, func(at place, op string, left, right Node) Node { return &Cap{at, op, left, right} }, wordCap, wordFloor)
}

// sum = product {("+"|"-") product}.
func (p *parser) sum() Node {
	return p.leaning(p.product, func(at place, op string, left, right Node) Node { return &Sum{at, op, left, right} }, "+", "-")
}

// product = signed {("*"|"/") signed}.
func (p *parser) product() Node {
	return p.leaning(p.signed, func(at place, op string, left, right Node) Node { return &Product{at, op, left, right} }, "*", "/")
}

// leaning reads parts joined by signs of one rank. The tree leans to the left, so that each sign counts as depth.
func (p *parser) leaning(part func() Node, join func(at place, op string, left, right Node) Node, signs ...string) Node {
	from := p.at().at
	left := part()
	entered := 0
	defer func() { p.depth -= entered }()
	for p.at().isAny(signs...) {
		entered++
		if !p.enter() {
			return p.skip(from)
		}
		op := p.take().text
		right := part()
		if isBad(left) || isBad(right) {
			return p.skip(from)
		}
		left = join(place{p.since(from)}, op, left, right)
	}
	return left
}

// signed = "-" signed | dated.
func (p *parser) signed() Node {
	t := p.at()
	if !p.accept("-") {
		return p.dated()
	}
	if !p.enter() {
		defer p.leave()
		return p.skip(t.at)
	}
	defer p.leave()
	x := p.signed()
	if isBad(x) {
		return p.bad(t.at)
	}
	return &Minus{place{p.since(t.at)}, x}
}

func (p *parser) atom() Node {
	t := p.at()
	switch t.class {
	case classNumber:
		return p.quantity()
	case classDate:
		p.next++
		date, err := schemas.ParseDate(t.text)
		if err != nil { // the lexer has checked it
			return p.bad(t.at)
		}
		return &Calendar{place{t.at}, date}
	case classString:
		p.next++
		if schemas.Fold(t.text) == "" {
			p.fault(t.at, "要问有没有值，写 已知(…)", "引号里没有文字")
			return p.bad(t.at)
		}
		return &Quoted{place{t.at}, t.text}
	case classWord:
		if p.prefixMeant(t) {
			return p.skip(t.at)
		}
		if p.gluedCount(t) {
			return p.atom()
		}
		p.next++
		return &Name{place{t.at}, t.text}
	case classKeyword:
		return p.keyword(t)
	}
	if t.is("(") {
		return p.brackets()
	}
	p.missing(t)
	return p.skip(t.at)
}

// keyword reads what begins with a keyword.
func (p *parser) keyword(t token) Node {
	if !opens(t) || t.is(wordNot) {
		p.missing(t)
		if t.is(wordAnd) || t.is(wordOr) {
			return p.bad(Extent{t.at.From, t.at.From})
		}
		p.next++
		return p.skip(t.at)
	}
	p.next++
	switch t.text {
	case wordToday, wordWindowStart, wordWindowEnd:
		return &Now{place{t.at}, t.text}
	case wordThisYear, wordLastYear, wordYearBefore:
		return &YearWord{place{t.at}, t.text}
	case wordYes, wordNo:
		return &YesNo{place{t.at}, t.text == wordYes}
	case wordTag:
		return p.tag(t)
	case wordParam:
		return p.param(t)
	case wordJudged, wordDeclared:
		return p.statement(t)
	case wordKnown:
		return p.known(t)
	case wordHas, wordEvery, wordCount:
		return p.rows(t)
	case wordSum, wordAverage, wordEarliest, wordLatest, wordDistinct:
		return p.folding(t)
	case wordMost, wordLeast:
		if p.at().is("(") {
			return p.utmost(t)
		}
		return p.folding(t)
	case wordAtLeast, wordAtMost:
		return p.counting(t)
	case wordTiers:
		return p.tiering(t)
	case wordBands:
		return p.banding(t)
	case wordScore:
		return p.scoring(t)
	}
	p.unquantified(t)
	return p.skip(t.at)
}

// tag = 标签 name.
func (p *parser) tag(keyword token) Node {
	name := p.nameBehind(keyword, "标签名")
	if name == nil {
		return p.skip(keyword.at)
	}
	return &TagName{place{p.since(keyword.at)}, name}
}

// param = 参数 name.
func (p *parser) param(keyword token) Node {
	name := p.nameBehind(keyword, "参数名")
	if name == nil {
		return p.skip(keyword.at)
	}
	return &ParamName{place: place{p.since(keyword.at)}, Name: name}
}

// nameBehind reads the name behind a keyword; nil if there is none, or one in quotes, which it takes.
func (p *parser) nameBehind(keyword token, what string) *Name {
	t := p.at()
	switch {
	case t.class == classWord:
		p.next++
		return &Name{place{t.at}, t.text}
	case t.class == classString && IsName(t.text):
		p.fault(t.at, "写成 "+keyword.text+" "+t.text, "%s不加引号", what)
		p.next++
	default:
		p.named(keyword, t, what)
	}
	return nil
}

// statement = (评审|承诺) str.
func (p *parser) statement(keyword token) Node {
	t := p.at()
	switch {
	case t.class == classString && schemas.Fold(t.text) == "":
		p.fault(t.at, "写明要"+keyword.text+"什么", "引号里没有文字")
	case t.class == classWord:
		p.fault(t.at, "写成 "+keyword.text+" "+quote(t.text), "“%s”的内容要加引号", keyword.text)
	case t.is("(") && p.ahead(1).class == classString && p.ahead(2).is(")"):
		p.next += 2
		text := p.tokens[p.next-1].text
		p.fault(p.since(t.at), "写成 "+keyword.text+" "+quote(brief(text)), "“%s”的内容不加括号", keyword.text)
		t.text = text
	case t.class != classString:
		if t.class != classStray {
			p.fault(keyword.at, "写成 "+keyword.text+" \"…\"", "“%s”后面缺少加引号的内容", keyword.text)
		}
		return p.skip(keyword.at)
	}
	p.next++
	return &Statement{place{p.since(keyword.at)}, keyword.text, t.text}
}

// known = 已知(expr).
func (p *parser) known(keyword token) Node {
	if !p.at().is("(") {
		p.fault(keyword.at, "写成 已知(指标名)", "“已知”后面要有括号")
		return p.skip(keyword.at)
	}
	x := p.brackets()
	return &Knowing{place{p.since(keyword.at)}, x}
}

// brackets = "(" expr ")". The brackets leave no node: the tree has its shape without them.
func (p *parser) brackets() Node {
	open := p.take()
	if p.at().is(")") {
		p.fault(p.since(open.at), "删去，或在括号里写上条件", "括号里是空的")
		p.next++
		return p.bad(open.at)
	}
	stops := stopsBracket
	if p.stops == stopsWhen || p.stops == stopsThen || p.stops == stopsInCases {
		stops = stopsInCases
	}
	n := p.condition(stops)
	p.closed(open)
	return n
}

// closed takes the closing bracket of an open one, or reports that there is none.
func (p *parser) closed(open token) {
	if !p.accept(")") {
		p.fault(open.at, "在这一部分的末尾补上“)”", "“(”没有配对的“)”")
	}
}
