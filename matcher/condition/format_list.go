package condition

import (
	"strconv"
	"strings"
)

// listed is syntax that is a list in brackets, for both ways of writing it.
type listed struct {
	head      string // what stands before the bracket
	separator string
	entries   []entry
}

// entry is a part or a case of a list: when is nil if there is no colon.
type entry struct {
	word     string // 其他, 以上; "" if when says it
	when     Node
	partial  bool
	brackets bool // when would be read as 其他 or 以上 without them
	then     Node
}

// sign is what stands before the value of an entry if it is no whole condition: 其他, <= 1亿.
func (e entry) sign() string {
	if e.word != "" {
		return e.word
	}
	var b strings.Builder
	writePartial(&b, e.when)
	return b.String()
}

// isWhole reports a case that is a whole condition.
func (e entry) isWhole() bool { return e.when != nil && !e.partial }

// isLastWord reports a name that would be read as 其他 or 以上 at the beginning of a case.
func isLastWord(n Node) bool {
	name, ok := n.(*Name)
	if !ok {
		return false
	}
	t := token{class: classWord, text: name.Text}
	return isElse(t) || isAbove(t)
}

// writePartial writes a relation or a set without its left side.
func writePartial(b *strings.Builder, n Node) {
	switch n := n.(type) {
	case *Relation:
		writeRelation(b, n)
	case *Membership:
		writeMembership(b, n)
	default:
		write(b, n)
	}
}

// listOf takes the parts of a list in brackets.
func listOf(n Node) listed {
	switch n := n.(type) {
	case *Counting:
		return listed{n.Word + " " + strconv.Itoa(n.N) + " " + wordItems + " ", ",", partEntries(n.Parts)}
	case *Utmost:
		return listed{n.Word, ",", partEntries(n.Parts)}
	case *Tiering:
		l := listed{wordTiers, ";", branchEntries(n.Branches, true)}
		if n.Head != nil {
			l.head += " " + headText(n.Head) + " "
		}
		l.entries = append(l.entries, entry{word: wordElse, then: n.Else})
		return l
	case *Banding:
		l := listed{head: wordBands + " " + headText(n.X) + " ", separator: ";"}
		for _, step := range n.Steps {
			l.entries = append(l.entries, entry{when: step.UpTo, brackets: isLastWord(step.UpTo), then: step.Rate})
		}
		if n.Above != nil {
			l.entries = append(l.entries, entry{word: wordAbove, then: n.Above})
		}
		return l
	case *Scoring:
		return listed{wordScore, ";", branchEntries(n.Branches, false)}
	}
	return listed{}
}

func partEntries(parts []Node) []entry {
	var out []entry
	for _, part := range parts {
		out = append(out, entry{then: part})
	}
	return out
}

func branchEntries(branches []*Branch, last bool) []entry {
	var out []entry
	for _, b := range branches {
		out = append(out, entry{when: b.When, partial: b.Partial, brackets: last && isLastWord(b.When), then: b.Then})
	}
	return out
}

// headText writes the value that 分档 or 累进 looks at. What may end with a name that takes brackets, or begins with
// brackets of its own, stands in brackets: those behind it are of the cases.
func headText(n Node) string {
	inner := n
	if year, ok := n.(*InYear); ok {
		inner = year.X
	}
	brackets := rankOf(inner) < rankAtom
	switch inner.(type) {
	case *Rows, *Knowing, *Counting, *Utmost, *Tiering, *Banding, *Scoring:
		brackets = true
	}
	var b strings.Builder
	if inner == n {
		bracketed(&b, n, brackets)
		return b.String()
	}
	bracketed(&b, n, brackets && rankOf(inner) == rankAtom)
	return b.String()
}

// text is the item as written in a list.
func (i *Item) text() string {
	switch {
	case i.Catalog:
		return wordCatalog + " " + i.Low
	case i.Quoted:
		return quote(i.Low)
	case i.High != "":
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

// wordsText is the words of 含.
func wordsText(words []*Quoted) string {
	if len(words) == 1 {
		return quote(words[0].Text)
	}
	var out []string
	for _, w := range words {
		out = append(out, quote(w.Text))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func (n *Membership) word() string {
	if n.Outside {
		return wordNotIn
	}
	return wordIn
}

// name is the dataset, or 近3年度.
func (n *Source) name() string {
	if n.Dataset == nil {
		return yearsPrefix + strconv.Itoa(n.Years) + yearsSuffix
	}
	return n.Dataset.Text
}
