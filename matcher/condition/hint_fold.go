package condition

import (
	"slices"
	"strconv"
	"strings"
)

// trimYears takes 近 off the beginning of a word.
func trimYears(word string) string { return strings.TrimPrefix(word, yearsPrefix) }

// yearsMeant reports 近三年, 近3年, 近三年度 or 近3年度研发费用 where a source should be, and takes the first three as 近3年度.
func (p *parser) yearsMeant(n *Source) bool {
	t := p.at()
	count, rest, ok := leadingNumber(trimYears(t.text))
	if t.class != classWord || trimYears(t.text) == t.text || !ok {
		return false
	}
	meant := yearsPrefix + strconv.Itoa(count) + yearsSuffix
	field, whole := strings.CutPrefix(rest, yearsSuffix)
	if !whole {
		if field, whole = strings.CutPrefix(rest, "年"); !whole {
			return false
		}
	}
	n.Years = min(count, maxYearSpan)
	field = strings.TrimPrefix(field, "的")
	if field != "" {
		meant += "." + field
	}
	p.fault(t.at, "写成 "+meant, "这里不能写“%s”", brief(t.text))
	p.next++
	if field != "" { // the rest goes on as if it had been written
		at := p.last()
		p.next--
		p.tokens[p.next] = token{classWord, field, at}
		p.tokens = slices.Insert(p.tokens, p.next, token{classSymbol, ".", at})
	}
	return true
}

// unquantified reports 近3年度 where no word says what is asked of the years.
func (p *parser) unquantified(t token) {
	p.fault(t.at, "例如 求和 "+t.text+".指标，有 "+t.text+"(条件)", "“%s”前面要有“有”“每”“计数”“求和”等字", t.text)
}

// fieldAsked reports 有 资质.类型 and 计数 资质.类型.
func (p *parser) fieldAsked(keyword token, source *Source, dot token) {
	field := "字段"
	if t := p.ahead(1); t.class == classWord {
		field = brief(t.text)
	}
	text := keyword.text + " " + source.name()
	if keyword.is(wordCount) {
		p.fault(dot.at, "写成 "+text+"(条件)；要数不同的"+field+"，写 种数 "+source.name()+"."+field, "“计数”数的是行，不带字段")
		return
	}
	p.fault(dot.at, "写成 "+text+"("+field+" …)", "“%s”后面不能用“.”，字段写在括号里", text)
}

// noField reports a fold that does not say of what.
func (p *parser) noField(keyword token, source *Source) {
	text := oneLine(source)
	suggestion := "写成 " + keyword.text + " " + brief(text) + ".字段"
	if source.Where == nil && source.Dataset != nil { // it may be no dataset but a yearly attribute
		suggestion += "；分年度的指标写成 " + keyword.text + " 近3年度." + brief(text)
	}
	p.fault(p.since(keyword.at), suggestion, "“%s”后面要说明是哪个字段", keyword.text)
}

// count reads the number of 至少 with 项 behind it, and what officers write for these.
func (p *parser) count(keyword token) (int, bool) {
	t := p.at()
	n, ok := 0, false
	switch t.class {
	case classNumber:
		value, err := strconv.Atoi(t.text)
		n, ok = value, err == nil && value <= maxEntries
		p.next++
		if !ok {
			p.fault(t.at, "例如 "+countExample(keyword.text, 2), "“%s”的项数要写不超过 %d 的整数", keyword.text, maxEntries)
			return 0, false
		}
		unit := p.at()
		if !unit.is("(") && !p.ahead(1).is("(") && unit.text != wordItems {
			p.fault(keyword.at, "和数值比较写 >= 或 <=；数条件写 "+countExample(keyword.text, 2), "这里不能用“%s”", keyword.text)
			return 0, false
		}
		if unit.class == classWord && p.ahead(1).is("(") {
			p.next++
			if unit.text != wordItems {
				p.fault(p.since(keyword.at), "写成 "+keyword.text+" "+strconv.Itoa(n)+" 项", "“%s”后面数的是“项”", keyword.text)
			}
		} else if unit.class == classWord && unit.text == wordItems {
			p.next++
		}
		return n, true
	case classWord:
		if n, _, ok = leadingNumber(t.text); ok {
			p.next++
			if unit := p.at(); unit.class == classWord && p.ahead(1).is("(") {
				p.next++
			}
			said := "项数用阿拉伯数字"
			if isDigit(rune(t.text[0])) {
				said = "“" + keyword.text + t.text + "”里的关键字要用空格分开"
			}
			p.fault(p.since(keyword.at), "写成 "+keyword.text+" "+strconv.Itoa(n)+" 项", "%s", said)
			return n, true
		}
	}
	if t.class != classStray {
		p.fault(keyword.at, "例如 "+countExample(keyword.text, 2), "“%s”后面要写项数", keyword.text)
	}
	return 0, false
}

// gluedCount takes 至少两项 and 至少2项 apart, which it reports: the keyword, and then a word such as 两项.
func (p *parser) gluedCount(t token) bool {
	for _, word := range []string{wordAtLeast, wordAtMost} {
		rest, ok := strings.CutPrefix(t.text, word)
		if !ok || !p.ahead(1).is("(") && (p.ahead(1).class != classWord || !p.ahead(2).is("(")) {
			continue
		}
		if n, unit, ok := leadingNumber(rest); !ok || n == 0 || len([]rune(unit)) > 1 {
			continue
		}
		p.split(p.next, token{class: classKeyword, text: word}, rest)
		return true
	}
	return false
}

// behindPartial reports what follows a case that begins with a sign, and goes behind it: such a case is one relation
// or one set.
func (p *parser) behindPartial(t token, head Node) {
	switch {
	case t.class == classStray:
	case t.isAny(wordAnd, wordOr):
		name := brief(oneLine(head))
		p.fault(t.at, "写出整个条件，例如 "+name+" > 1 且 "+name+" <= 2", "以符号开头的档只写一个比较，不能再用“%s”", p.tree.source(t.at))
	default:
		p.unexpected(t)
	}
	for p.at().class != classEnd && !p.stopsAt(p.at()) {
		p.next++
		p.skip(t.at)
	}
}

// wholeCase reads 在 and 含 at the beginning of a case, and reports that the whole condition must be written.
func (p *parser) wholeCase(t token, head Node) Node {
	p.next++
	var n Node
	if t.is(wordDuring) {
		n = p.during(t.at, head)
	} else {
		n = p.containing(t.at, t, head)
	}
	p.fault(t.at, "写成 "+brief(oneLine(head))+" "+t.text+" …", "以“%s”开头的档要写出整个条件", t.text)
	return n
}

// misplaced reports brackets behind what takes none: 营业收入(2024年), 求和 资质.金额(…).
func (p *parser) misplaced(open token, before Node) bool {
	last := p.tokens[p.next-1]
	fold, ok := before.(*Folding)
	switch {
	case last.class == classWord && p.ahead(1).class == classNumber && p.ahead(2).text == "年" && p.ahead(3).is(")"):
		p.fault(open.at, "写成 "+brief(last.text)+"@"+brief(p.ahead(1).text)+"年", "年份不写在括号里")
	case ok:
		p.fault(open.at, "写成 "+fold.Word+" "+brief(fold.Source.name())+"(…)."+brief(oneLine(fold.Of)), "条件要写在“.”前面")
	default:
		return false
	}
	return true
}

// foldApart separates 求和 and its like from a name they have run into, "" if there is none: 求和贷款 -> 求和 贷款.
func foldApart(word string) string {
	for _, key := range []string{
		wordSum, wordAverage, wordMost, wordLeast, wordEarliest, wordLatest, wordDistinct, wordCount, wordTiers, wordBands, wordHas, wordEvery,
	} {
		if rest, ok := strings.CutPrefix(word, key); ok && rest != "" {
			return key + " " + rest
		}
	}
	return ""
}
