package condition

import "strings"

// Format writes syntax in its canonical form: Chinese keywords, ASCII signs, no brackets but those that are needed,
// one line if it fits, else broken before 且 and 或. A Tree's Root and an Expr's Node are syntax. After Check codes and
// names are canonical too; numbers keep the scale and the unit they were written in.
//
// Format of what Parse reads from Format's text is that text again.
func Format(n Node) string {
	p := &printer{}
	p.node(n, 0)
	return p.b.String()
}

// oneLine writes syntax without breaks.
func oneLine(n Node) string {
	var b strings.Builder
	write(&b, n)
	return b.String()
}

// reading is oneLine with long parts cut, for messages.
func reading(n Node) string {
	c, ok := n.(*Chain)
	if !ok {
		return cut(oneLine(n), readingRunes)
	}
	var parts []string
	for _, part := range c.Parts {
		text := reading(part)
		if needsBrackets(part) {
			text = "(" + text + ")"
		}
		parts = append(parts, text)
	}
	return cut(strings.Join(parts, " "+c.Join+" "), 8*readingRunes)
}

// needsBrackets reports whether a part of a chain, or what 非 stands before, must stand in brackets.
func needsBrackets(n Node) bool {
	_, chain := n.(*Chain)
	return chain
}

func write(b *strings.Builder, n Node) {
	switch n := n.(type) {
	case *Chain:
		for i, part := range n.Parts {
			if i > 0 {
				b.WriteString(" " + n.Join + " ")
			}
			writePart(b, part)
		}
	case *Negation:
		b.WriteString(wordNot + " ")
		writePart(b, n.X)
	case *Relation:
		writeOperand(b, n.Left)
		b.WriteString(" " + n.Op + " ")
		writeOperand(b, n.Right)
	case *Membership:
		writeOperand(b, n.X)
		b.WriteString(" " + n.word() + " " + listText(n.Members))
		if len(n.Except) > 0 {
			b.WriteString(" " + wordExcept + " " + listText(n.Except))
		}
	case *During:
		writeOperand(b, n.X)
		b.WriteString(" " + wordDuring + " ")
		writeOperand(b, n.Low)
		if n.High != nil {
			b.WriteString("..")
			writeOperand(b, n.High)
		}
	case *Rows:
		b.WriteString(n.head())
		if n.Source.Where != nil {
			b.WriteByte('(')
			write(b, n.Source.Where)
			b.WriteByte(')')
		}
	default:
		writeAtom(b, n)
	}
}

// writeAtom writes what never needs brackets, and sums.
func writeAtom(b *strings.Builder, n Node) {
	switch n := n.(type) {
	case *TagName:
		b.WriteString(wordTag + " " + n.Name.Text)
	case *Knowing:
		b.WriteString(wordKnown + "(")
		write(b, n.X)
		b.WriteByte(')')
	case *Sum:
		if _, nested := n.Left.(*Sum); nested {
			write(b, n.Left)
		} else {
			writeOperand(b, n.Left)
		}
		b.WriteString(" " + n.Op + " ")
		writeTerm(b, n.Right)
	case *Minus:
		b.WriteByte('-')
		writeTerm(b, n.X)
	case *Name:
		b.WriteString(n.Text)
	case *Quantity:
		b.WriteString(n.Digits + n.Scale + n.Unit)
	case *Period:
		b.WriteString(n.Span.String())
	case *Calendar:
		b.WriteString(n.Date.String())
	case *Quoted:
		b.WriteString(quote(n.Text))
	case *YesNo:
		b.WriteString(yesNo(n.Yes))
	case *Now:
		b.WriteString(n.Word)
	case *Bad:
		b.WriteString(strings.Join(strings.Fields(n.Text), " "))
	}
}

func yesNo(yes bool) string {
	if yes {
		return wordYes
	}
	return wordNo
}

func writePart(b *strings.Builder, n Node) { bracketed(b, n, needsBrackets(n)) }

// writeOperand writes one side of a relation.
func writeOperand(b *strings.Builder, n Node) {
	switch n.(type) {
	case *Chain, *Negation, *Relation, *Membership, *During:
		bracketed(b, n, true)
	default:
		write(b, n)
	}
}

// writeTerm writes the right side of a sum, or what a minus stands before.
func writeTerm(b *strings.Builder, n Node) {
	if _, sum := n.(*Sum); sum {
		bracketed(b, n, true)
		return
	}
	writeOperand(b, n)
}

func bracketed(b *strings.Builder, n Node, brackets bool) {
	if brackets {
		b.WriteByte('(')
	}
	write(b, n)
	if brackets {
		b.WriteByte(')')
	}
}

// quote writes a string with \ before quotes and itself.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// text is the item as written in a list.
func (i *Item) text() string {
	if i.Quoted {
		return quote(i.Low)
	}
	if i.High != "" {
		return i.Low + ".." + i.High
	}
	return i.Low
}

func listText(items []*Item) string {
	if len(items) == 1 {
		return items[0].text()
	}
	var words []string
	for _, item := range items {
		words = append(words, item.text())
	}
	return "[" + strings.Join(words, ", ") + "]"
}

func (n *Membership) word() string {
	if n.Outside {
		return wordNotIn
	}
	return wordIn
}

// head is 有 or 每 with the dataset.
func (n *Rows) head() string { return n.Word + " " + n.Source.Dataset.Text }
