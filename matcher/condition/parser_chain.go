package condition

import (
	"fmt"
	"strings"
)

// chain is a run of parts as written, joins[i] standing before parts[i].
type chain struct {
	parts  []Node
	joins  []string
	absent int // the parser's count before the first part
}

func (c *chain) add(join string, part Node) {
	c.parts, c.joins = append(c.parts, part), append(c.joins, join)
}

// mixed returns the index of the first join that differs from the first one, 0 if none does.
func (c *chain) mixed() int {
	for i := 2; i < len(c.joins); i++ {
		if c.joins[i] != c.joins[1] {
			return i
		}
	}
	return 0
}

// joined makes the node of a chain. A mix of 且 and 或 is a fault, and goes on as if 且 were the tighter one.
func (p *parser) joined(from Extent, c chain) Node {
	if len(c.parts) == 1 {
		return c.parts[0]
	}
	if i := c.mixed(); i != 0 {
		tight, loose := c.group(wordAnd), c.group(wordOr)
		if p.absent > c.absent { // a part is missing: which, the officer must say first
			return tight
		}
		at := cover(c.parts[i-1].Extent(), c.parts[i].Extent())
		p.fault(at, fmt.Sprintf("二选一：%s；或者 %s", reading(tight), reading(loose)),
			"“且”和“或”混用，要加括号说明先后")
		return tight
	}
	return flat(c.joins[1], c.parts)
}

// group joins by the tight word first, then the groups by the other word.
func (c *chain) group(tight string) Node {
	other := wordOr
	if tight == wordOr {
		other = wordAnd
	}
	var groups []Node
	from := 0
	for i := 1; i <= len(c.parts); i++ {
		if i < len(c.parts) && c.joins[i] == tight {
			continue
		}
		if i-from == 1 {
			groups = append(groups, c.parts[from])
		} else {
			groups = append(groups, flat(tight, c.parts[from:i]))
		}
		from = i
	}
	return flat(other, groups)
}

// flat joins parts, taking in those that are chains of the same word: a 且 (b 且 c) is a 且 b 且 c.
func flat(join string, parts []Node) Node {
	var out []Node
	for _, part := range parts {
		if inner, ok := part.(*Chain); ok && inner.Join == join {
			out = append(out, inner.Parts...)
			continue
		}
		out = append(out, part)
	}
	return &Chain{place{cover(parts[0].Extent(), parts[len(parts)-1].Extent())}, join, out}
}

// junction is reached where a condition has been read and neither 且, 或 nor its end follows. It reports what is
// wrong and goes on: with another part if one seems to begin here, else behind what cannot be read.
func (p *parser) junction(c *chain) {
	t, before := p.at(), c.parts[len(c.parts)-1]
	if t.class == classWord {
		if meant := joinMeant(t.text); meant != "" {
			p.fault(t.at, "写成 "+meant, "条件之间用“且”或“或”连接，不用“%s”", t.text)
			p.next++
			c.add(meant, p.not())
			return
		}
	}
	if p.gluedJoin(t, c) {
		return
	}
	if t.is("(") && p.misplaced(t, before) {
		p.skip(t.at)
		return
	}
	if name, ok := before.(*Name); ok && p.behindName(name, t) {
		c.parts[len(c.parts)-1] = p.skip(name.at)
		return
	}
	if p.tokens[p.next-1].class == classString && p.last().To == t.at.From {
		p.fault(t.at, "检查这一行的引号", "这里的引号没有配对")
		p.skip(t.at)
		return
	}
	switch {
	case t.isAny(",", ";"):
		p.fault(t.at, "写成 且 或者 或", "条件之间用“且”或“或”连接，不用“%s”", p.tree.source(t.at))
		p.next++
		p.part(c)
	case t.class == classStray:
		p.skip(t.at)
	case isBad(before):
		p.skip(t.at)
	case opens(t):
		p.fault(t.at, "在它前面写上“且”或“或”", "“%s”前面缺少“且”或“或”", brief(p.tree.source(t.at)))
		p.part(c)
	default:
		p.unexpected(t)
		p.skip(t.at)
	}
}

// behindName reports what stands behind a name where a relation should, if it can tell what was meant.
func (p *parser) behindName(name *Name, t token) bool {
	text, next := brief(name.Text), brief(p.tree.source(t.at))
	spaced := apart(name.Text)
	switch {
	case spaced != "":
		p.fault(name.at, "写成 "+spaced, "“%s”里的关键字要用空格分开", text)
	case t.is("["):
		p.fault(t.at, "写成 "+text+" 属于 […]", "列表前面缺少“属于”")
	case t.isAny(".", "(") && foldApart(name.Text) != "":
		p.fault(name.at, "写成 "+foldApart(name.Text), "“%s”里的关键字要用空格分开", text)
	case t.class == classString && strings.HasSuffix(name.Text, wordContains):
		before := strings.TrimSuffix(strings.TrimSuffix(name.Text, wordContains), "包")
		p.fault(name.at, "写成 "+brief(before)+" "+wordContains+" "+next, "“%s”里的关键字要用空格分开", text)
	case t.is(".") && p.ahead(1).class == classWord:
		p.fault(t.at, "要问某一行的字段，写 有 "+text+"("+brief(p.ahead(1).text)+" …)", "这里不能用“.”")
	case t.is("."):
		p.fault(t.at, "要问某一行的字段，写 有 数据类(字段 …)", "这里不能用“.”")
	case t.class == classNumber, t.class == classDate, t.class == classString, t.is(wordToday), t.isAny(wordLastYear, wordThisYear):
		p.fault(t.at, "例如 "+text+" >= …", "“%s”和“%s”之间缺少比较符号", text, next)
	default:
		return false
	}
	return true
}

// part reads one more part behind a fault. It is joined by the word already in use, so that the fault does not also
// make a mix.
func (p *parser) part(c *chain) {
	join := wordAnd
	if len(c.joins) > 1 {
		join = c.joins[1]
	}
	if opens(p.at()) {
		c.add(join, p.not())
	}
}

// opens reports whether an operand or a condition can begin with the token.
func opens(t token) bool {
	switch t.class {
	case classWord, classNumber, classDate, classString:
		return true
	case classKeyword:
		return !t.isAny(wordAnd, wordOr, wordIn, wordNotIn, wordExcept, wordDuring, wordContains, wordCap, wordFloor, wordCatalog)
	}
	return t.is("(")
}

// joinBefore returns 且 or 或 if a word begins with it and goes on.
func joinBefore(word string) string {
	for _, join := range []string{wordAnd, wordOr} {
		if rest, ok := strings.CutPrefix(word, join); ok && rest != "" {
			return join
		}
	}
	return ""
}

// gluedJoin reports 且 or 或 that has run into the word behind it, and goes on with the next part.
func (p *parser) gluedJoin(t token, c *chain) bool {
	join := joinBefore(t.text)
	if t.class != classWord || join == "" {
		return false
	}
	rest := strings.TrimPrefix(t.text, join)
	p.fault(t.at, "写成 "+join+" "+rest, "“%s”里的关键字要用空格分开", brief(t.text))
	from := t.at.From
	from.Offset, from.Column = from.Offset+len(join), from.Column+1
	next := token{classWord, rest, Extent{from, t.at.To}}
	if key, ok := keyword(rest); ok {
		next.class, next.text = classKeyword, key
	}
	p.tokens[p.next] = next
	c.add(join, p.not())
	return true
}
