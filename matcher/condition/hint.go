package condition

import "strings"

// joinMeant is 且 or 或 if officers often write the word for it.
func joinMeant(word string) string {
	switch word {
	case "并且", "而且", "同时", "和", "与", "及", "以及", "并":
		return wordAnd
	case "或者", "或是", "或者是":
		return wordOr
	}
	return ""
}

// infixMeant is the relation that officers often write the word for.
func infixMeant(word string) string {
	switch word {
	case "大于等于", "大于或等于", "不小于", "不低于", "不少于", "至少", "达到":
		return ">="
	case "小于等于", "小于或等于", "不大于", "不高于", "不超过", "不多于", "至多":
		return "<="
	case "不早于":
		return ">="
	case "不晚于":
		return "<="
	case "大于", "高于", "超过", "多于", "晚于":
		return ">"
	case "小于", "低于", "少于", "不足", "未满", "早于":
		return "<"
	case "等于", "为", wordYes:
		return "="
	case "不等于", "不为", "不是":
		return "!="
	case "介于":
		return wordDuring
	case "包含", "含有", "包括":
		return wordContains
	}
	return ""
}

// rewriteInfix reports a word that stands for a relation, and takes it as that.
func (p *parser) rewriteInfix() {
	t := p.at()
	if t.class != classWord && t.class != classKeyword {
		return
	}
	meant := infixMeant(t.text)
	if meant == "" {
		return
	}
	p.fault(t.at, "写成 "+meant, "这里不用“%s”", t.text)
	c := classSymbol
	if meant == wordDuring || meant == wordContains {
		c = classKeyword
	}
	p.tokens[p.next] = token{c, meant, t.at}
}

// prefixMeant reports a word before a name or bracket that stands for 非 or 有.
func (p *parser) prefixMeant(t token) bool {
	meant := ""
	switch t.text {
	case "没有", "无":
		meant = wordNot + " " + wordHas
	case "不", "不是", "并非":
		meant = wordNot
	case "具有", "具备", "存在", "拥有":
		meant = wordHas
	}
	if next := p.ahead(1); meant == "" || (next.class != classWord && !next.is("(") && !next.is(wordTag) && !next.is(wordHas)) {
		return false
	}
	p.fault(t.at, "写成 "+meant, "这里不用“%s”", t.text)
	return true
}

// apart separates keywords that have run into a name, "" if there are none to be sure of: 非标签 -> 非 标签, 注册地属于 ->
// 注册地 属于. It knows no names; Check, which does, looks again.
func apart(word string) string {
	for _, key := range []string{wordNotIn, wordIn, wordTag, wordKnown, wordAnd, wordOr, wordNot + wordHas, wordCap, wordFloor} {
		before, after, ok := strings.Cut(word, key)
		if !ok || before+after == "" {
			continue
		}
		if key == wordNot+wordHas {
			key = wordNot + " " + wordHas
		}
		if (key == wordOr || key == wordAnd) && before == "" {
			continue // a name may begin so
		}
		var out []string
		for _, part := range []string{before, key, after} {
			if part != "" {
				out = append(out, part)
			}
		}
		return strings.Join(out, " ")
	}
	return ""
}

// unexpected reports a token that nothing can be made of where it stands.
func (p *parser) unexpected(t token) {
	if t.class != classStray {
		p.fault(t.at, "", "这里不能用“%s”", brief(p.tree.source(t.at)))
	}
}

// missing reports that an operand or a condition is missing before the token.
func (p *parser) missing(t token) {
	p.absent++
	switch {
	case t.class == classStray:
	case t.class == classEnd:
		p.fault(t.at, "写完这一项，或删去它前面的连接词", "条件没有写完")
	case t.isAny(wordIn, wordNotIn, wordDuring, wordContains), isRelator(t):
		p.fault(t.at, "", "“%s”前面缺少指标", t.text)
	case t.isAny(wordAnd, wordOr, ")", "]", ",", ";", ":", "*", "/", "@", "+", wordCap, wordFloor):
		p.fault(t.at, "", "“%s”前面缺少条件或取值", p.tree.source(t.at))
	default:
		p.unexpected(t)
	}
}

// named reports that a name is missing behind a keyword.
func (p *parser) named(keyword, t token, what string) {
	if t.class == classStray {
		return
	}
	p.fault(keyword.at, "", "“%s”后面缺少%s", keyword.text, what)
}

// unopened reports a closing bracket without its opening one.
func (p *parser) unopened(t token) {
	open := "("
	if t.is("]") {
		open = "["
	}
	p.fault(t.at, "删去它，或补上“"+open+"”", "“%s”没有配对的“%s”", t.text, open)
}

// chained reports a < b < c, n being a < b, and reads it as a < b 且 b < c.
func (p *parser) chained(n *Relation) Node {
	parts := []Node{n}
	for last := n; isRelator(p.at()); {
		op := p.take()
		next := &Relation{Op: op.text, Left: last.Right, Right: p.operand()}
		next.place = place{p.since(last.Right.Extent())}
		parts, last = append(parts, next), next
	}
	whole := &Chain{place{p.since(n.at)}, wordAnd, parts}
	p.fault(whole.at, "写成 "+reading(whole), "比较不能连写")
	return whole
}
