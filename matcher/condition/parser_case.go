package condition

import "strings"

// headFollows reports whether the value that a 分档 or 累进 looks at stands before its cases. Brackets are that value if
// the brackets of the cases follow them: 分档 (营业收入 + 1万) (…), but 分档 (…).
func (p *parser) headFollows() bool {
	if !p.at().is("(") {
		return opens(p.at())
	}
	i := p.matching(p.next)
	if i < 0 {
		return false
	}
	if p.tokens[i+1].is("@") {
		i++
		if p.tokens[i+1].is("(") {
			if i = p.matching(i + 1); i < 0 {
				return false
			}
		} else if p.tokens[i+1].class != classEnd {
			i++
		}
		if next := p.tokens[i+1]; next.class == classWord {
			i++
		}
	}
	return i+1 < len(p.tokens) && p.tokens[i+1].is("(")
}

// matching is the index of the bracket that closes the one at from, -1 if there is none.
func (p *parser) matching(from int) int {
	open := 0
	for i := from; i < len(p.tokens); i++ {
		switch t := p.tokens[i]; {
		case t.is("("):
			open++
		case t.is(")"):
			if open--; open == 0 {
				return i
			}
		}
	}
	return -1
}

// opened takes the bracket that the cases of a keyword stand in, or reports that there is none.
func (p *parser) opened(keyword token, example string) bool {
	if p.accept("(") {
		return true
	}
	if p.at().class != classStray {
		p.fault(p.since(keyword.at), "写成 "+brief(p.tree.source(p.since(keyword.at)))+" "+example+" 的样子", "“%s”后面要有括号，写出各档", keyword.text)
	}
	return false
}

// cases reads what stands between brackets and semicolons, the opening bracket taken. It returns how many there were, 0 if
// none or too many.
func (p *parser) cases(open token, read func()) int {
	count := 0
	for {
		t := p.at()
		switch {
		case t.class == classEnd:
			p.closed(open)
			return count
		case t.is(")") && count == 0:
			p.next++
			p.fault(p.since(open.at), "写出各档，用“;”分开", "括号里是空的")
			return 0
		case t.is(")"):
			p.fault(p.last(), "删去它", "最后多了一个“;”")
			p.next++
			return count
		case t.isAny(";", ","):
			p.fault(t.at, "删去它", "多了一个“%s”", p.tree.source(t.at))
			p.next++
			continue
		case count == maxEntries:
			p.fault(open.at, "拆成几个指标", "档太多，最多 %d 档", maxEntries)
			p.tooMany()
			return 0
		}
		before := p.next
		read()
		count++
		if !p.separated(open, before) {
			return count
		}
	}
}

// separated takes what stands behind a case, and reports whether another may follow.
func (p *parser) separated(open token, before int) bool {
	switch t := p.at(); {
	case t.is(";"):
		p.next++
	case t.is(","):
		p.fault(t.at, "写成 ;", "各档之间用“;”，不用“%s”", p.tree.source(t.at))
		p.next++
	case t.is(")"):
		p.next++
		return false
	case t.class == classEnd || p.next == before:
		p.closed(open)
		return false
	default: // lacksSign has ended the value before it
		p.fault(t.at, "在它前面写上“;”", "“%s”前面缺少“;”", brief(p.tree.source(t.at)))
	}
	return true
}

// colonBehind reports whether the word is followed by a colon, or would be if it were not missing: 其他 3%.
func (p *parser) colonBehind() bool {
	next := p.ahead(1)
	return next.is(":") || next.is(",") || next.class == classNumber || next.class == classString
}

// valued reads the colon and the value behind a case, or reports what of it is missing.
func (p *parser) valued(when Extent) Node {
	text := brief(strings.Join(strings.Fields(p.tree.source(when)), " "))
	switch t := p.at(); {
	case t.is(":"):
		p.next++
	case t.is(","):
		p.fault(t.at, "写成 :", "条件和取值之间用“:”，不用“%s”", p.tree.source(t.at))
		p.next++
	case t.isAny(";", ")"), t.class == classEnd:
		if text != "" {
			p.fault(when, "写成 "+text+": 取值", "“%s”后面缺少“:”和取值", text)
		}
		return p.bad(t.at)
	default:
		value := t.at
		if unit := p.ahead(1); t.class == classNumber && unit.at.From == value.To && (unit.class == classWord || unit.is("%")) {
			value = cover(value, unit.at)
		}
		p.fault(when, "写成 "+text+": "+brief(p.tree.source(value)), "“%s”后面缺少“:”", text)
	}
	return p.then()
}

// then reads the value of a case. A case that begins with a relation may have run into it; its own value is read too.
func (p *parser) then() Node {
	n := p.condition(stopsThen)
	for t := p.at(); t.is(":"); t = p.at() {
		p.fault(t.at, "在前一档的取值后面写上“;”", "两档之间缺少“;”，或者多了一个“%s”", p.tree.source(t.at))
		p.next++
		p.condition(stopsThen)
	}
	return n
}

// How far ahead a colon is looked for.
const maxColon = 60

// colonAhead reports whether a colon follows before the case ends.
func (p *parser) colonAhead() bool {
	open := 0
	for i := p.next; i < min(p.next+maxColon, len(p.tokens)); i++ {
		switch t := p.tokens[i]; {
		case t.is("("), t.is("["):
			open++
		case t.is(")"), t.is("]"):
			if open--; open < 0 {
				return false
			}
		case t.is(";") && open == 0:
			return false
		case t.is(":") && open == 0:
			return true
		}
	}
	return false
}

// lacksSign reports whether the token begins what a colon or a semicolon is missing before: the value of a case if no
// colon follows, the next case if one does.
func (p *parser) lacksSign(t token) bool {
	begins := opens(t) && (t.class != classWord || joinMeant(t.text) == "" && joinBefore(t.text) == "")
	switch p.stops {
	case stopsWhen:
		return begins && !p.colonAhead()
	case stopsPart:
		return begins && (t.class == classKeyword && !t.is(wordToday) || t.class == classWord || t.is("("))
	case stopsThen:
		return (begins || isRelator(t) || t.isAny(wordIn, wordNotIn)) && p.colonAhead()
	}
	return false
}
