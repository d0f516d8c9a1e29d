package condition

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// boundMeant is the relation that is meant by the word that officers write behind a number: 2000万元以上.
func boundMeant(word string) string {
	switch word {
	case "以上", "及以上", "以上的", "之上", "起":
		return ">="
	case "以下", "及以下", "以下的", "以内", "之内", "之下":
		return "<="
	}
	return ""
}

// bound is a word such as 以上 behind a number, which it makes one end of an interval.
type bound struct {
	op    string
	word  string
	whole Extent // the number and the word
	text  string // the number as written
}

// takeBound takes 以上 and the like from behind the number at the current token, so that the number can be read as any
// other; the caller reports it. Before a colon 以上 is the last band of 累进.
func (p *parser) takeBound() (bound, bool) {
	first := p.at()
	if first.class != classNumber {
		return bound{}, false
	}
	i := p.next + 1
	if p.tokens[i].isAny("%", "‰") {
		i++
	}
	if t := p.tokens[i]; t.class == classWord && boundMeant(t.text) == "" {
		if b, ok := p.cutBound(i); ok {
			return b, true
		}
		i++
	}
	end := i
	if p.tokens[i].is("(") && p.token(i+1).is(wordContains) && p.token(i+2).is(")") { // 2000万元（含）以上
		end = i + 3
	}
	t := p.token(end)
	op := boundMeant(t.text)
	if t.class != classWord || op == "" || t.text == wordAbove && t.at.From != p.tokens[end-1].at.To && p.token(end+1).is(":") {
		return bound{}, false
	}
	b := bound{op, t.text, cover(first.at, t.at), p.tree.source(cover(first.at, p.tokens[i-1].at))}
	p.tokens = slices.Delete(p.tokens, i, end+1)
	return b, true
}

// token is the i-th token, the end behind the last.
func (p *parser) token(i int) token { return p.tokens[min(i, len(p.tokens)-1)] }

// cutBound takes 以上 off the unit that is the i-th token.
func (p *parser) cutBound(i int) (bound, bool) {
	t := p.tokens[i]
	for at := range t.text {
		unit, word := t.text[:at], t.text[at:]
		if _, _, known := measure(unit); unit == "" || boundMeant(word) == "" || !known && periodUnit(unit) == 0 {
			continue
		}
		whole := cover(p.at().at, t.at)
		p.tokens[i].text, p.tokens[i].at.To = unit, before(t.at.To, word)
		return bound{boundMeant(word), word, whole, p.tree.source(cover(p.at().at, p.tokens[i].at))}, true
	}
	return bound{}, false
}

// before is the place that many characters before another, on its line.
func before(m Mark, text string) Mark {
	m.Offset, m.Column = m.Offset-len(text), m.Column-utf8.RuneCountInString(text)
	return m
}

// split makes two tokens of the i-th: the first, whose text it begins with, and a word.
func (p *parser) split(i int, first token, rest string) {
	t := p.tokens[i]
	middle := before(t.at.To, rest)
	first.at = Extent{t.at.From, middle}
	second := token{classWord, rest, Extent{middle, t.at.To}}
	if key, ok := keyword(rest); ok {
		second.class, second.text = classKeyword, key
	}
	p.tokens[i] = first
	p.tokens = slices.Insert(p.tokens, i+1, second)
}

// boundRelation reads 营业收入 2000万元以上, also with 为 or = before the number, as the relation that is meant, and
// reports it; nil if there is none.
func (p *parser) boundRelation(from Extent, left Node) Node {
	equal := p.at()
	skipped := equal.is("=") || (equal.class == classWord || equal.class == classKeyword) && infixMeant(equal.text) == "="
	if skipped {
		p.next++
	}
	b, ok := p.takeBound()
	if !ok {
		if skipped {
			p.next--
		}
		return nil
	}
	if skipped {
		b.whole = cover(equal.at, b.whole)
	}
	p.fault(b.whole, "写成 "+b.op+" "+brief(b.text), "“%s”要写成比较符号", b.word)
	right := p.operand()
	return &Relation{place{p.since(from)}, b.op, left, right}
}

// dropBound reports 以上 behind a number where a relation stands before it, or none can.
func (p *parser) dropBound() {
	last := token{}
	if p.next > 0 {
		last = p.tokens[p.next-1]
	}
	b, ok := p.takeBound()
	switch {
	case !ok:
	case isRelator(last):
		p.fault(b.whole, "写成 "+brief(b.text), "比较符号后面不再写“%s”", b.word)
	default:
		p.fault(b.whole, "写成 "+b.op+" "+brief(b.text), "“%s”要写成比较符号", b.word)
	}
}

// capMeant is 封顶 or 保底 if officers write the word for it.
func capMeant(word string) string {
	switch word {
	case "最高", "最多", "最高不超过", "上限", "上限为", "封顶为":
		return wordCap
	case "最低", "最少", "最低不少于", "下限", "下限为", "保底为":
		return wordFloor
	}
	return ""
}

// rewriteCap reports a word that stands for 封顶, or 封顶 that has run into its amount, and takes it as meant.
func (p *parser) rewriteCap() {
	t := p.at()
	if t.class != classWord {
		return
	}
	if meant := capMeant(t.text); meant != "" && p.ahead(1).class == classNumber {
		p.fault(t.at, "写成 "+meant, "这里不用“%s”", t.text)
		p.tokens[p.next] = token{classKeyword, meant, t.at}
		return
	}
	for at := range t.text {
		word, amount := t.text[:at], t.text[at:]
		said := word
		if word != wordCap && word != wordFloor {
			word = capMeant(word)
		}
		unit := strings.TrimLeft(amount, "0123456789")
		if word == "" || unit == amount {
			continue
		}
		if said == word {
			p.fault(t.at, "写成 "+word+" "+brief(amount), "“%s”里的关键字要用空格分开", brief(t.text))
		} else {
			p.fault(t.at, "写成 "+word+" "+brief(amount), "这里不用“%s”", said)
		}
		p.split(p.next, token{class: classKeyword, text: word}, amount)
		number := &p.tokens[p.next+1]
		if number.class = classNumber; unit != "" {
			p.split(p.next+1, token{class: classNumber, text: strings.TrimSuffix(amount, unit)}, unit)
		}
		return
	}
}
