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
		p.part(n.X, indent)
	case *Rows:
		p.text(n.head())
		if n.Source.Where != nil {
			p.text("(")
			p.node(n.Source.Where, indent+indentStep)
			p.text(")")
		}
	case *Membership:
		p.membership(n, indent)
	default:
		p.text(oneLine(n))
	}
}

// part writes a node in brackets if it needs them.
func (p *printer) part(n Node, indent int) {
	if !needsBrackets(n) {
		p.node(n, indent)
		return
	}
	p.text("(")
	p.node(n, indent+indentStep)
	p.text(")")
}

// chain fills lines with parts. A part in brackets has lines of its own.
func (p *printer) chain(n *Chain, indent int) {
	alone := false
	for i, part := range n.Parts {
		group := needsBrackets(part)
		if i > 0 {
			var b strings.Builder
			b.WriteString(" " + n.Join + " ")
			writePart(&b, part)
			if group || alone || !p.fits(b.String()) {
				p.line(indent + indentStep)
				p.text(n.Join + " ")
			} else {
				p.text(" " + n.Join + " ")
			}
		}
		p.part(part, indent+indentStep)
		alone = group
	}
}

// membership writes a set whose list takes several lines.
func (p *printer) membership(n *Membership, indent int) {
	var b strings.Builder
	writeOperand(&b, n.X)
	p.text(b.String() + " " + n.word() + " ")
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
