package condition

import "strings"

// Format writes syntax in its canonical form: Chinese keywords, ASCII signs, no brackets but those that are needed,
// one line if it fits, else broken before 且 and 或 and between cases. A Tree's Root and an Expr's Node are syntax. After
// Check codes and names are canonical too; numbers keep the scale and the unit they were written in.
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
		if rankOf(part) < rankNot {
			text = "(" + text + ")"
		}
		parts = append(parts, text)
	}
	return cut(strings.Join(parts, " "+c.Join+" "), 8*readingRunes)
}

// rank orders syntax by how tightly it holds together. 且 and 或 are one rank: each needs brackets in the other.
type rank uint8

const (
	rankChain rank = iota
	rankNot
	rankRelation
	rankCap
	rankSum
	rankProduct
	rankMinus
	rankYear
	rankAtom
)

func rankOf(n Node) rank {
	switch n.(type) {
	case *Chain:
		return rankChain
	case *Negation:
		return rankNot
	case *Relation, *Membership, *During, *Containing:
		return rankRelation
	case *Cap:
		return rankCap
	case *Sum:
		return rankSum
	case *Product:
		return rankProduct
	case *Minus:
		return rankMinus
	case *InYear:
		return rankYear
	}
	return rankAtom
}

// writeAt writes syntax in brackets if it holds less tightly than its place asks for.
func writeAt(b *strings.Builder, n Node, least rank) { bracketed(b, n, rankOf(n) < least) }

func bracketed(b *strings.Builder, n Node, brackets bool) {
	if brackets {
		b.WriteByte('(')
	}
	write(b, n)
	if brackets {
		b.WriteByte(')')
	}
}

// infix writes two parts and the word between them; the tree of equal ranks leans to the left.
func infix(b *strings.Builder, left Node, word string, right Node, own rank) {
	writeAt(b, left, own)
	b.WriteString(" " + word + " ")
	writeAt(b, right, own+1)
}

func write(b *strings.Builder, n Node) {
	switch n := n.(type) {
	case *Chain:
		for i, part := range n.Parts {
			if i > 0 {
				b.WriteString(" " + n.Join + " ")
			}
			writeAt(b, part, rankNot)
		}
	case *Negation:
		b.WriteString(wordNot + " ")
		writeAt(b, n.X, rankNot)
	case *Relation:
		writeAt(b, n.Left, rankCap)
		b.WriteByte(' ')
		writeRelation(b, n)
	case *Membership:
		writeAt(b, n.X, rankCap)
		b.WriteByte(' ')
		writeMembership(b, n)
	case *During:
		writeAt(b, n.X, rankCap)
		b.WriteString(" " + wordDuring + " ")
		writeAt(b, n.Low, rankCap)
		if n.High != nil {
			b.WriteString("..")
			writeAt(b, n.High, rankCap)
		}
	case *Containing:
		writeAt(b, n.X, rankCap)
		b.WriteString(" " + wordContains + " " + wordsText(n.Words))
	default:
		writeValue(b, n)
	}
}

// writeRelation and writeMembership write what stands behind the left side.
func writeRelation(b *strings.Builder, n *Relation) {
	b.WriteString(n.Op + " ")
	writeAt(b, n.Right, rankCap)
}

func writeMembership(b *strings.Builder, n *Membership) {
	b.WriteString(n.word() + " " + listText(n.Members))
	if len(n.Except) > 0 {
		b.WriteString(" " + wordExcept + " " + listText(n.Except))
	}
}

// writeValue writes arithmetic and what is made of other syntax by a keyword.
func writeValue(b *strings.Builder, n Node) {
	switch n := n.(type) {
	case *Cap:
		infix(b, n.Left, n.Op, n.Right, rankCap)
	case *Sum:
		infix(b, n.Left, n.Op, n.Right, rankSum)
	case *Product:
		infix(b, n.Left, n.Op, n.Right, rankProduct)
	case *Minus:
		b.WriteByte('-')
		writeAt(b, n.X, rankMinus)
	case *InYear:
		writeAt(b, n.X, rankAtom)
		b.WriteString("@" + n.Year.text())
	case *Knowing:
		b.WriteString(wordKnown)
		bracketed(b, n.X, true)
	case *Rows:
		b.WriteString(n.Word + " ")
		write(b, n.Source)
	case *Source:
		b.WriteString(n.name())
		if n.Where != nil {
			bracketed(b, n.Where, true)
		}
	case *Folding:
		b.WriteString(n.Word + " ")
		write(b, n.Source)
		_, name := n.Of.(*Name)
		b.WriteByte('.')
		bracketed(b, n.Of, !name)
	case *Counting, *Utmost, *Tiering, *Banding, *Scoring:
		writeListed(b, n)
	default:
		writeAtom(b, n)
	}
}

// writeListed writes what has a list of parts or cases.
func writeListed(b *strings.Builder, n Node) {
	l := listOf(n)
	b.WriteString(l.head + "(")
	for i, e := range l.entries {
		if i > 0 {
			b.WriteString(l.separator + " ")
		}
		switch {
		case e.isWhole():
			bracketed(b, e.when, e.brackets)
			b.WriteString(": ")
		case e.word != "" || e.partial:
			b.WriteString(e.sign() + ": ")
		}
		write(b, e.then)
	}
	b.WriteByte(')')
}

// writeAtom writes what has no parts.
func writeAtom(b *strings.Builder, n Node) {
	switch n := n.(type) {
	case *TagName:
		b.WriteString(wordTag + " " + n.Name.Text)
	case *ParamName:
		b.WriteString(wordParam + " " + n.Name.Text)
	case *Statement:
		b.WriteString(n.Word + " " + quote(n.Text))
	case *Name:
		b.WriteString(n.Text)
	case *Quantity:
		b.WriteString(n.Digits + n.Scale + n.Unit)
		if n.Per != "" {
			b.WriteString("/" + n.Per)
		}
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
	case *YearWord:
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

// quote writes a string with \ before quotes and itself.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
