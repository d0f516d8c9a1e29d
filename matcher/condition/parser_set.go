package condition

import (
	"strings"

	"zhida/schemas"
)

// set = list ["除" list].
func (p *parser) set(n *Membership) {
	n.Members = p.list()
	if p.accept(wordExcept) {
		n.Except = p.list()
	}
}

// list = item | "[" item {"," item} "]".
func (p *parser) list() []*Item {
	open := p.at()
	if !p.accept("[") {
		return p.bareList()
	}
	var items []*Item
	comma := true // the place before the next item is in order
	nested := 0   // lists in the list, reported
	found := len(p.tree.found)
	for {
		t := p.at()
		switch {
		case t.is("["):
			p.fault(t.at, "删去里面的括号", "列表里不能再有列表")
			nested++
			p.next++
		case t.is("]") && nested > 0:
			nested--
			p.next++
		case t.is("]"):
			p.next++
			if len(items) == 0 && len(p.tree.found) == found {
				p.fault(p.since(open.at), "至少写一项", "列表是空的")
			} else if comma && len(items) > 0 {
				p.fault(p.tokens[p.next-2].at, "删去逗号", "列表最后多了一个逗号")
			}
			return items
		case t.is(","):
			if comma {
				p.fault(t.at, "删去逗号", "列表里多了一个逗号")
			}
			comma = true
			p.next++
		case t.class == classStray:
			p.next++
		case p.itemBegins(t):
			if !comma {
				p.fault(t.at, "在它前面写上“,”", "列表的各项之间要用逗号")
			}
			items, comma = append(items, p.item()), false
		case p.exceptInList(t):
			comma = false
			p.next += 2
		case p.joinInList(t):
			comma = true
			p.next++
		case p.listWord(t):
			comma = false
			p.next++
		default:
			p.fault(open.at, "在最后一项之后补上“]”", "“[”没有配对的“]”")
			return items
		}
	}
}

// exceptInList reports 除 between the items of a list that is closed.
func (p *parser) exceptInList(t token) bool {
	if !t.is(wordExcept) {
		return false
	}
	for i := p.next + 1; i < len(p.tokens); i++ {
		switch next := p.tokens[i]; {
		case next.is("]") && i > p.next+1:
			p.fault(t.at, "写在列表外面，例如 [C, I65] 除 C39", "列表里不能有“除”")
			return true
		case next.class != classWord && next.class != classNumber && next.class != classString && !next.is(",") && !next.is(".."):
			return false
		}
	}
	return false
}

// joinInList reports 且 or 或 between the items of a list that is closed.
func (p *parser) joinInList(t token) bool {
	if !t.is(wordAnd) && !t.is(wordOr) {
		return false
	}
	for i := p.next + 1; i < len(p.tokens); i++ {
		switch next := p.tokens[i]; {
		case next.is("]"):
			if i > p.next+1 {
				p.fault(t.at, "写成 ,", "列表的各项之间要用逗号，不用“%s”", p.tree.source(t.at))
			}
			return i > p.next+1
		case next.class != classWord && next.class != classNumber && next.class != classString &&
			!next.isAny(",", "..", wordAnd, wordOr, wordCatalog):
			return false
		}
	}
	return false
}

// listWord reports a token that has no place in a list but does not end it either.
func (p *parser) listWord(t token) bool {
	switch {
	case t.class == classDate:
		p.fault(t.at, "日期的区间写成 在 2025-01-01..2025-12-31", "列表里不能有日期")
	case t.class == classKeyword && !t.is(wordAnd) && !t.is(wordOr) && !t.is(wordExcept):
		p.fault(t.at, "写成 \""+p.tree.source(t.at)+"\"", "“%s”是关键字，作取值时要加引号", p.tree.source(t.at))
	default:
		return false
	}
	return true
}

// bareList reads one item without brackets. More of them with commas are taken too, and reported, but for where a comma
// may stand.
func (p *parser) bareList() []*Item {
	t := p.at()
	if !p.itemBegins(t) {
		if !p.listWord(t) && t.class != classStray {
			p.fault(t.at, "例如 属于 C39，属于 [C, I65]", "这里缺少代码或取值")
		}
		if t.class == classDate || t.class == classStray || t.class == classKeyword && !t.is(wordAnd) && !t.is(wordOr) {
			p.next++
		}
		return nil
	}
	items := []*Item{p.item()}
	for p.stops != stopsPart && p.at().is(",") && p.itemBegins(p.ahead(1)) {
		p.next++
		items = append(items, p.item())
	}
	if len(items) > 1 {
		at := p.since(t.at)
		var words []string
		for _, item := range items {
			words = append(words, item.text())
		}
		p.fault(at, "写成 ["+strings.Join(words, ", ")+"]", "多个取值要放在方括号里")
	}
	return items
}

// itemBegins reports whether an item of a list can begin with the token.
func (p *parser) itemBegins(t token) bool {
	return t.class == classWord || t.class == classNumber || t.class == classString || t.is(wordCatalog)
}

// catalog = "目录" name, the keyword taken.
func (p *parser) catalog(keyword token) *Item {
	item := &Item{At: keyword.at, Catalog: true}
	if name := p.nameBehind(keyword, "目录的名称"); name != nil {
		item.Low, item.At = name.Text, p.since(keyword.at)
	}
	return item
}

// item = code [".." code] | str | "目录" name. The current token is a word, a number, a string or 目录.
func (p *parser) item() *Item {
	t := p.take()
	if t.is(wordCatalog) {
		return p.catalog(t)
	}
	item := &Item{At: t.at, Low: t.text, Quoted: t.class == classString}
	if unit := p.at(); t.class == classNumber && unit.class == classWord && unit.at.From == t.at.To {
		p.next++ // 2025年, 30人: no code, which Check will say
		item.Low, item.At = t.text+unit.text, p.since(t.at)
	}
	if item.Quoted && schemas.Fold(t.text) == "" {
		p.fault(t.at, "写出取值", "引号里没有文字")
		item.Low = ""
	}
	if next := p.at(); next.is("-") || (next.class == classWord && (next.text == "至" || next.text == "到")) {
		p.fault(next.at, "写成 ..", "代码的区间用“..”")
		p.tokens[p.next] = token{classSymbol, "..", next.at}
	}
	if !p.accept("..") {
		return item
	}
	switch end := p.at(); {
	case end.class == classString, item.Quoted && (end.class == classWord || end.class == classNumber):
		p.next++
		p.fault(p.since(t.at), "写成 C13..C43 的样子", "区间两端是代码，不加引号")
	case end.class == classWord, end.class == classNumber:
		item.High = p.take().text
		item.At = p.since(t.at)
	case end.class != classStray:
		p.fault(end.at, "例如 C13..C43", "区间缺少末端的代码")
	}
	return item
}
