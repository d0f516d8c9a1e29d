package condition

import (
	"strconv"

	"zhida/schemas"
)

// containing = 含 (str | "[" str {"," str} "]"), the keyword taken.
func (p *parser) containing(from Extent, keyword token, x Node) Node {
	n := &Containing{X: x}
	found := len(p.tree.found)
	open := p.at()
	if !p.accept("[") {
		p.word(n)
		for p.stops != stopsPart && p.at().is(",") && p.ahead(1).class == classString {
			p.next++
			p.word(n)
		}
		if len(n.Words) > 1 {
			p.fault(p.since(open.at), "写成 "+wordsText(n.Words), "多个词要放在方括号里")
		}
	} else {
		p.words(n, open)
	}
	if len(n.Words) == 0 {
		if len(p.tree.found) == found && p.at().class != classStray {
			p.fault(keyword.at, "例如 含 \"科技\"，含 [\"科技\", \"技术\"]", "“含”后面缺少加引号的词")
		}
		return p.skip(from)
	}
	n.place = place{p.since(from)}
	return n
}

// words reads a list of words behind its opening bracket.
func (p *parser) words(n *Containing, open token) {
	for {
		switch {
		case p.word(n):
		case p.at().class == classStray:
			p.next++
		default:
			p.fault(p.at().at, "写成 [\"科技\", \"技术\"] 的样子", "列表里缺少加引号的词")
			for p.at().class != classEnd && !p.at().isAny("]", ")", ";", wordAnd, wordOr) {
				p.next++
			}
		}
		if p.accept("]") {
			return
		}
		if t := p.at(); t.class == classString || t.class == classWord {
			p.fault(t.at, "在它前面写上“,”", "列表的各项之间要用逗号")
			continue
		}
		if !p.accept(",") {
			p.fault(open.at, "在最后一项之后补上“]”", "“[”没有配对的“]”")
			return
		}
	}
}

// word takes a word of 含. One without quotes is reported.
func (p *parser) word(n *Containing) bool {
	t := p.at()
	switch {
	case t.class == classString && schemas.Fold(t.text) == "":
		p.fault(t.at, "写出要找的词", "引号里没有文字")
	case t.class == classString:
	case t.class == classWord:
		p.fault(t.at, "写成 "+quote(t.text), "文字要加引号")
	default:
		return false
	}
	p.next++
	n.Words = append(n.Words, &Quoted{place{t.at}, t.text})
	return true
}

// utmost = (最大|最小) "(" expr {"," expr} ")".
func (p *parser) utmost(keyword token) Node {
	parts := p.parts()
	if len(parts) == 0 {
		return p.skip(keyword.at)
	}
	return &Utmost{place{p.since(keyword.at)}, keyword.text, parts}
}

// counting = (至少|至多) int ["项"] "(" expr {"," expr} ")".
func (p *parser) counting(keyword token) Node {
	count, ok := p.count(keyword)
	if !ok {
		return p.skip(keyword.at)
	}
	if !p.at().is("(") {
		p.fault(p.since(keyword.at), "写成 "+countExample(keyword.text, count), "“%s %d 项”后面要有括号", keyword.text, count)
		return p.skip(keyword.at)
	}
	parts := p.parts()
	if len(parts) == 0 {
		return p.skip(keyword.at)
	}
	return &Counting{place{p.since(keyword.at)}, keyword.text, count, parts}
}

func countExample(word string, count int) string {
	return word + " " + strconv.Itoa(count) + " 项 (条件, 条件, 条件)"
}

// Longest list of parts or cases that is read.
const maxEntries = 200

// parts = "(" expr {"," expr} ")". It returns nil, having reported it, if there are none.
func (p *parser) parts() []Node {
	open := p.take()
	var parts []Node
	for {
		t := p.at()
		switch {
		case t.class == classEnd:
			p.closed(open)
			return parts
		case t.is(")") && len(parts) == 0:
			p.next++
			p.fault(p.since(open.at), "写出各项，用逗号分开", "括号里是空的")
			return nil
		case t.is(")"):
			p.fault(p.last(), "删去逗号", "最后多了一个逗号")
		case t.isAny(",", ";"):
			p.fault(t.at, "删去逗号", "多了一个逗号")
			p.next++
			continue
		default:
			parts = append(parts, p.condition(stopsPart))
		}
		if len(parts) > maxEntries {
			p.fault(open.at, "拆成几个标签", "括号里的项太多，最多 %d 项", maxEntries)
			p.tooMany()
			return nil
		}
		switch t := p.at(); {
		case t.is(","):
			p.next++
		case t.is(";"):
			p.fault(t.at, "写成 ,", "各项之间用逗号，不用“%s”", p.tree.source(t.at))
			p.next++
		case opens(t): // lacksSign has ended the part before it
			p.fault(t.at, "在它前面写上“,”", "“%s”前面缺少“,”", brief(p.tree.source(t.at)))
		default:
			p.closed(open)
			return parts
		}
	}
}

// tooMany goes behind the closing bracket of the list being read.
func (p *parser) tooMany() {
	for open := 0; p.at().class != classEnd; {
		t := p.take()
		switch {
		case t.is("("):
			open++
		case t.is(")") && open == 0:
			return
		case t.is(")"):
			open--
		}
	}
}
