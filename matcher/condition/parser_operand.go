package condition

import (
	"zhida/schemas"
)

// operand = term {("+"|"-") term}. The terms count as depth: the tree leans to the left.
func (p *parser) operand() Node {
	from := p.at().at
	left := p.term()
	entered := 0
	defer func() { p.depth -= entered }()
	for p.at().is("+") || p.at().is("-") {
		entered++
		if !p.enter() {
			return p.skip(from)
		}
		op := p.take().text
		right := p.term()
		if isBad(left) || isBad(right) {
			return p.skip(from)
		}
		left = &Sum{place{p.since(from)}, op, left, right}
	}
	return left
}

// term = atom; products and years are not supported yet.
func (p *parser) term() Node {
	from := p.at().at
	n := p.signed()
	if t := p.at(); t.is("*") || t.is("/") || t.is("@") {
		if !isBad(n) {
			p.unsupported(t)
		}
		return p.skip(from)
	}
	return n
}

// signed = "-" signed | atom.
func (p *parser) signed() Node {
	t := p.at()
	if !p.accept("-") {
		return p.atom()
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
	switch t.text {
	case wordToday:
		p.next++
		return &Now{place{t.at}, wordToday}
	case wordYes, wordNo:
		p.next++
		return &YesNo{place{t.at}, t.text == wordYes}
	case wordTag:
		p.next++
		return p.tag(t)
	case wordKnown:
		p.next++
		return p.known(t)
	case wordHas, wordEvery:
		p.next++
		return p.rows(t)
	}
	if unsupported(t.text) {
		p.unsupported(t)
	} else {
		p.missing(t)
		if t.is(wordAnd) || t.is(wordOr) {
			return p.bad(Extent{t.at.From, t.at.From})
		}
		p.next++
	}
	return p.skip(t.at)
}

// tag = 标签 name.
func (p *parser) tag(keyword token) Node {
	t := p.at()
	if t.class == classString && IsName(t.text) {
		p.fault(t.at, "写成 标签 "+t.text, "标签名不加引号")
		p.next++
		return p.bad(keyword.at)
	}
	if t.class != classWord {
		p.named(keyword, t, "标签名")
		return p.skip(keyword.at)
	}
	p.next++
	return &TagName{place{p.since(keyword.at)}, &Name{place{t.at}, t.text}}
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

// rows = (有|每) dataset ["(" [expr] ")"].
func (p *parser) rows(keyword token) Node {
	t := p.at()
	if t.class == classKeyword && unsupported(t.text) {
		p.unsupported(t)
		return p.skip(keyword.at)
	}
	if t.class != classWord {
		p.named(keyword, t, "数据类的名称")
		return p.skip(keyword.at)
	}
	p.next++
	source := &Source{Dataset: &Name{place{t.at}, t.text}}
	if p.at().is("(") && p.ahead(1).is(")") {
		p.next += 2
	} else if p.at().is("(") {
		source.Where = p.brackets()
	}
	source.place = place{p.since(t.at)}
	return &Rows{place{p.since(keyword.at)}, keyword.text, source}
}

// brackets = "(" expr ")". The brackets leave no node: the tree has its shape without them.
func (p *parser) brackets() Node {
	open := p.take()
	if p.at().is(")") {
		p.fault(p.since(open.at), "删去，或在括号里写上条件", "括号里是空的")
		p.next++
		return p.bad(open.at)
	}
	n := p.condition(")")
	if !p.accept(")") {
		p.fault(open.at, "在这一部分的末尾补上“)”", "“(”没有配对的“)”")
	}
	return n
}
