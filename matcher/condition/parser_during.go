package condition

import "strings"

// during reads what follows 在.
func (p *parser) during(from Extent, x Node) Node {
	p.splitUntil()
	n := &During{X: x, Low: p.operand()}
	until := p.at().class == classWord && isUntil(p.at().text)
	if until {
		p.tokens[p.next] = token{classSymbol, "..", p.at().at}
	}
	sign := p.at().at
	if p.accept("..") {
		n.High = p.operand()
	}
	n.place = place{p.since(from)}
	switch {
	case !until:
	case isBad(n.Low) || isBad(n.High):
		p.fault(sign, "写成 ..", "区间的两端之间用“..”")
	default:
		n.told = true
		p.fault(cover(n.Low.Extent(), n.High.Extent()), "写成 "+rangeMeant(n.Low, n.High), "区间的两端之间用“..”")
	}
	return n
}

// isUntil reports a word that officers write between the ends of an interval.
func isUntil(word string) bool { return word == "至" || word == "到" }

// splitUntil takes 人到 in 10人到20人 apart, whatever the number's unit.
func (p *parser) splitUntil() {
	for i := p.next; i < len(p.tokens) && p.tokens[i].class == classNumber && p.tokens[i+1].class == classWord; i += 2 {
		t := p.tokens[i+1]
		for _, until := range []string{"至", "到"} {
			unit, ok := strings.CutSuffix(t.text, until)
			if _, _, known := measure(unit); !ok || unit == "" || (!known && periodUnit(unit) == 0) {
				continue
			}
			p.split(i+1, token{class: classWord, text: unit}, until)
			return
		}
	}
}

// splitNotIn joins 不 属于, which the caller reports.
func (p *parser) splitNotIn() bool {
	t, next := p.at(), p.ahead(1)
	if t.class != classWord || t.text != "不" || !next.is(wordIn) {
		return false
	}
	p.next++
	p.tokens[p.next] = token{classKeyword, wordNotIn, cover(t.at, next.at)}
	return true
}
