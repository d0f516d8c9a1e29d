package condition

import (
	"strings"

	"golang.org/x/text/width"
)

// Widest line, in columns of which a Chinese character takes two, and the indent of each level.
const (
	lineColumns = 80
	indentStep  = 2
)

// printer lays syntax out over lines.
type printer struct {
	b      strings.Builder
	column int
}

// columns is the width of a text on a terminal.
func columns(text string) int {
	n := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

func (p *printer) text(text string) {
	p.b.WriteString(text)
	p.column += columns(text)
}

func (p *printer) line(indent int) {
	p.b.WriteByte('\n')
	p.b.WriteString(strings.Repeat(" ", indent))
	p.column = indent
}

// fits reports whether a text can stand on this line.
func (p *printer) fits(text string) bool { return p.column+columns(text) <= lineColumns }

// node writes syntax from the current column on, in one line if it fits, else broken; lines after the first are
// indented one step beyond indent.
func (p *printer) node(n Node, indent int) {
	if text := oneLine(n); p.fits(text) {
		p.text(text)
		return
	}
	switch n := n.(type) {
	case *Chain:
		p.chain(n, indent)
	case *Negation:
		p.text(wordNot + " ")
		p.at(n.X, rankNot, indent)
	case *Rows:
		p.text(n.Word + " ")
		p.source(n.Source, indent)
	case *Folding:
		p.text(n.Word + " ")
		p.source(n.Source, indent)
		p.text(".")
		if _, name := n.Of.(*Name); name {
			p.node(n.Of, indent)
		} else {
			p.bracketed(n.Of, indent)
		}
	case *Knowing:
		p.text(wordKnown)
		p.bracketed(n.X, indent)
	case *Counting, *Utmost, *Tiering, *Banding, *Scoring:
		p.listed(listOf(n), indent)
	case *Membership:
		p.at(n.X, rankCap, indent)
		p.text(" ")
		p.membership(n, indent)
	default:
		p.operands(n, indent)
	}
}

// operands writes a relation or arithmetic that is too long for its line: only what is in brackets is broken.
func (p *printer) operands(n Node, indent int) {
	switch n := n.(type) {
	case *Relation:
		p.at(n.Left, rankCap, indent)
		p.text(" " + n.Op + " ")
		p.at(n.Right, rankCap, indent)
	case *Cap:
		p.infix(n.Left, n.Op, n.Right, rankCap, indent)
	case *Sum:
		p.infix(n.Left, n.Op, n.Right, rankSum, indent)
	case *Product:
		p.infix(n.Left, n.Op, n.Right, rankProduct, indent)
	default:
		p.text(oneLine(n))
	}
}

// infix writes arithmetic, broken before the sign if what follows it does not fit but would on a line of its own.
func (p *printer) infix(left Node, sign string, right Node, own rank, indent int) {
	p.at(left, own, indent)
	var b strings.Builder
	writeAt(&b, right, own+1)
	text := sign + " " + b.String()
	if !p.fits(" "+text) && p.column > indent+indentStep && columns(text)+indent+indentStep <= lineColumns {
		p.line(indent + indentStep)
	} else {
		p.text(" ")
	}
	p.text(sign + " ")
	p.at(right, own+1, indent+indentStep)
}

func (p *printer) source(n *Source, indent int) {
	p.text(n.name())
	if n.Where != nil {
		p.bracketed(n.Where, indent)
	}
}

// at writes syntax in brackets if it holds less tightly than its place asks for.
func (p *printer) at(n Node, least rank, indent int) {
	if rankOf(n) < least {
		p.bracketed(n, indent)
		return
	}
	p.node(n, indent)
}

func (p *printer) bracketed(n Node, indent int) {
	p.text("(")
	p.node(n, indent+indentStep)
	p.text(")")
}

// chain fills lines with parts. A part that takes several lines has them for itself.
func (p *printer) chain(n *Chain, indent int) {
	alone := false
	for i, part := range n.Parts {
		group := rankOf(part) < rankNot || p.isLong(part, indent)
		if i > 0 {
			var b strings.Builder
			b.WriteString(" " + n.Join + " ")
			writeAt(&b, part, rankNot)
			if group || alone || !p.fits(b.String()) {
				p.line(indent + indentStep)
				p.text(n.Join + " ")
			} else {
				p.text(" " + n.Join + " ")
			}
		}
		p.at(part, rankNot, indent+indentStep)
		alone = group
	}
}

// isLong reports a part with cases that a line of its own is too short for.
func (p *printer) isLong(n Node, indent int) bool {
	return indent+2*indentStep+columns(oneLine(n)) > lineColumns && hasList(n)
}

// hasList reports whether a list that has a line for each entry stands in the node.
func hasList(n Node) bool {
	switch n := n.(type) {
	case *Counting, *Tiering, *Banding, *Scoring:
		return true
	case *Relation:
		return hasList(n.Left) || hasList(n.Right)
	case *Negation:
		return hasList(n.X)
	case *Cap:
		return hasList(n.Left) || hasList(n.Right)
	case *Sum:
		return hasList(n.Left) || hasList(n.Right)
	case *Product:
		return hasList(n.Left) || hasList(n.Right)
	}
	return false
}

// listed writes a list with a line for each entry.
func (p *printer) listed(l listed, indent int) {
	p.text(l.head + "(")
	for i, e := range l.entries {
		p.line(indent + indentStep)
		switch {
		case e.isWhole() && e.brackets:
			p.bracketed(e.when, indent+indentStep)
			p.text(": ")
		case e.isWhole():
			p.node(e.when, indent+indentStep)
			p.text(": ")
		case e.word != "" || e.partial:
			p.text(e.sign() + ": ")
		}
		p.node(e.then, indent+indentStep)
		if i < len(l.entries)-1 {
			p.text(l.separator)
		}
	}
	p.text(")")
}

// membership writes a set whose list takes several lines, its left side written.
func (p *printer) membership(n *Membership, indent int) {
	p.text(n.word() + " ")
	p.list(n.Members, indent+indentStep)
	if len(n.Except) > 0 {
		if !p.fits(" " + wordExcept + " " + listText(n.Except)) {
			p.line(indent + indentStep)
		} else {
			p.text(" ")
		}
		p.text(wordExcept + " ")
		p.list(n.Except, indent+indentStep)
	}
}

func (p *printer) list(items []*Item, indent int) {
	if text := listText(items); p.fits(text) || len(items) == 1 {
		p.text(text)
		return
	}
	p.text("[")
	for i, item := range items {
		text := item.text()
		if i < len(items)-1 {
			text += ","
		}
		switch {
		case i == 0:
		case p.fits(" " + text):
			p.text(" ")
		default:
			p.line(indent)
		}
		p.text(text)
	}
	p.text("]")
}
