package condition

import (
	"strings"

	"zhida/schemas"
)

// Limits of one text. A condition of a policy item has some hundred characters; these only keep a damaged or hostile
// file from costing memory or stack.
const (
	maxBytes = 64 << 10
	maxDepth = 200
)

// Parse reads a text into its tree. With faults the tree is what could be read of it: it may only be given to Check,
// which then reports what else is wrong.
func Parse(text schemas.Text) (*Tree, schemas.Faults) {
	tree := parse(text)
	tree.parsed = len(tree.found)
	return tree, sorted(tree.found)
}

func parse(text schemas.Text) *Tree {
	tree := &Tree{Text: text}
	if len(text.Text) > maxBytes {
		tree.fault(Extent{}, "拆成几个事项，或把共同的部分写成标签", "条件太长：%d 字节，最多 %d 字节", len(text.Text), maxBytes)
		tree.Root = &Bad{}
		return tree
	}
	p := &parser{tree: tree, tokens: scan(tree)}
	if p.at().class == classEnd {
		p.fault(p.at().at, "写出条件；没有条件就删去这一项", "条件是空的")
		tree.Root = p.bad(p.at().at)
		return tree
	}
	tree.Root = p.condition("")
	return tree
}

// parser is a recursive descent over the grammar of LANGUAGE.md, one function per rule. Each returns a node, never
// nil; where a rule is broken it reports one fault, skips to the next 且, 或 or bracket, and returns *Bad.
type parser struct {
	tree   *Tree
	tokens []token
	next   int
	stops  string // the signs at which the condition being read ends
	depth  int
	deep   bool // the limit of depth has been reported
	absent int  // how many operands and conditions were missing
	heads  int  // how many heads of 分档 are being read
}

func (p *parser) at() token { return p.tokens[p.next] }

// ahead is the token n places on, the end behind the last.
func (p *parser) ahead(n int) token { return p.tokens[min(p.next+n, len(p.tokens)-1)] }

// take returns the token and goes to the next; the end is never passed.
func (p *parser) take() token {
	t := p.tokens[p.next]
	if t.class != classEnd {
		p.next++
	}
	return t
}

// accept takes the token if it is that keyword or symbol.
func (p *parser) accept(text string) bool {
	if p.at().is(text) {
		p.next++
		return true
	}
	return false
}

func (p *parser) fault(at Extent, suggestion, format string, args ...any) {
	p.tree.fault(at, suggestion, format, args...)
}

// last is the extent of the token before the current one.
func (p *parser) last() Extent { return p.tokens[max(p.next-1, 0)].at }

// since is the extent from the node or token at from up to the last token taken.
func (p *parser) since(from Extent) Extent {
	if last := p.last(); last.To.Offset > from.From.Offset {
		return cover(from, last)
	}
	return from
}

func (p *parser) bad(from Extent) Node {
	at := p.since(from)
	return &Bad{place{at}, p.tree.source(at)}
}

// skip goes to the next 且, 或, closing bracket, sign of the enclosing list or end that belongs to the level it begins
// at, and returns what it passed as bad syntax.
func (p *parser) skip(from Extent) Node {
	open := 0
	for {
		t := p.at()
		switch {
		case t.class == classEnd:
			return p.bad(from)
		case t.is("("), t.is("["):
			open++
		case t.is(")"), t.is("]"):
			if open == 0 {
				return p.bad(from)
			}
			open--
		case open == 0 && (t.is(wordAnd) || t.is(wordOr) || p.stopsAt(t)):
			return p.bad(from)
		}
		p.next++
	}
}

// enter counts a level of nesting; beyond the limit it reports once and the caller gives up its part.
func (p *parser) enter() bool {
	p.depth++
	if p.depth <= maxDepth {
		return true
	}
	if !p.deep {
		p.deep = true
		p.fault(p.at().at, "拆成几个标签", "条件套得太深，最多 %d 层", maxDepth)
	}
	return false
}

func (p *parser) leave() { p.depth-- }

// Where the conditions of a list, and those and the values of cases, end. What belongs to none of these places ends
// them too, so that it is reported there and the rest is read.
const (
	stopsBracket = ")"
	stopsInCases = "):;" // brackets inside a case: an unclosed one does not swallow the cases behind it
	stopsPart    = ",;)"
	stopsWhen    = ":;,)"
	stopsThen    = ";,:)"
)

// stopsAt reports a sign at which the condition being read ends.
func (p *parser) stopsAt(t token) bool {
	return t.class == classSymbol && len(t.text) == 1 && strings.Contains(p.stops, t.text)
}

// condition = and {"或" and}, and = not {"且" not}, read as one chain so that a mix can show both its readings. It
// ends at one of the signs given, not taken, or at the end.
func (p *parser) condition(stops string) Node {
	outer := p.stops
	p.stops = stops
	defer func() { p.stops = outer }()
	if !p.enter() {
		defer p.leave()
		return p.skip(p.at().at)
	}
	defer p.leave()
	from := p.at().at
	c := chain{absent: p.absent}
	c.add("", p.not())
	for {
		t := p.at()
		switch {
		case t.class == classEnd || p.stopsAt(t) || p.lacksSign(t):
			return p.joined(from, c)
		case t.is(wordAnd) || t.is(wordOr):
			p.next++
			c.add(t.text, p.not())
		case t.is(")") || t.is("]"):
			p.unopened(t)
			p.next++
		default:
			p.junction(&c)
		}
	}
}

// not = "非" not | rel.
func (p *parser) not() Node {
	t := p.at()
	if !p.accept(wordNot) {
		return p.relation()
	}
	if !p.enter() {
		defer p.leave()
		return p.skip(t.at)
	}
	defer p.leave()
	x := p.not()
	return &Negation{place{p.since(t.at)}, x}
}

// relation = operand [cmp operand | 属于 set | 在 operand [.. operand] | 含 words].
func (p *parser) relation() Node {
	from := p.at().at
	left := p.operand()
	if isBad(left) {
		return p.skip(from)
	}
	if n := p.boundRelation(from, left); n != nil {
		return n
	}
	p.rewriteInfix()
	split := p.splitNotIn()
	switch t := p.at(); {
	case isRelator(t):
		p.next++
		right := p.operand()
		n := &Relation{place{p.since(from)}, t.text, left, right}
		if isRelator(p.at()) {
			return p.chained(n)
		}
		return n
	case t.is(wordIn), t.is(wordNotIn):
		n := p.membership(from, left)
		if n == nil {
			return p.skip(from)
		}
		if split {
			p.fault(n.at, "写成 "+reading(n), "“不属于”要连写")
		}
		return n
	case t.is(wordDuring):
		p.next++
		return p.during(from, left)
	case t.is(wordContains):
		p.next++
		return p.containing(from, t, left)
	case t.class == classWord && (t.text == "不含" || t.text == "不包含"):
		p.next++
		n := p.containing(from, t, left)
		p.fault(t.at, "写成 "+wordNot+" "+reading(n), "这里不用“%s”", t.text)
		return &Negation{place{n.Extent()}, n}
	}
	return left
}

// membership reads 属于 or 不属于 with its set; nil if there is no set.
func (p *parser) membership(from Extent, x Node) *Membership {
	n := &Membership{X: x, Outside: p.take().text == wordNotIn}
	p.set(n)
	if len(n.Members) == 0 {
		return nil
	}
	n.place = place{p.since(from)}
	return n
}

func isRelator(t token) bool {
	return t.class == classSymbol && t.isAny(">=", "<=", ">", "<", "=", "!=")
}

func isBad(n Node) bool {
	_, bad := n.(*Bad)
	return bad
}
