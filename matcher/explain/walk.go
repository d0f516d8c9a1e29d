package explain

import (
	"strings"

	"zhida/matcher/condition"
)

// node makes the node of a part. What the plan has to say about it is filled in when the plan has answered.
func (w *walker) node(expr condition.Expr, about subject) *Node {
	n := &Node{Kind: KindTest, Text: text(expr)}
	w.verdict(expr, about, n)
	switch x := expr.(type) {
	case condition.And:
		w.group(n, KindAll, expr, x.Parts, about)
	case condition.Or:
		w.group(n, KindAny, expr, x.Parts, about)
	case condition.AtLeast:
		w.counted(n, KindAtLeast, x.N, x.Parts, about)
	case condition.Not:
		if most, ok := x.X.(condition.AtLeast); ok && isCounting(expr) {
			w.counted(n, KindAtMost, most.N-1, most.Parts, about)
		} else {
			w.group(n, KindNot, expr, []condition.Expr{x.X}, about)
		}
	case condition.Tag:
		w.tag(n, x)
	case condition.Exists:
		n.Kind = KindRows
		if !w.brief {
			n.List = w.list(&x.Over, nil, x.Every)
		}
	case condition.Stated:
		n.Kind = KindStated
	case condition.Decided:
		n.Kind = KindDecided
		if !w.brief {
			n.Parts = []*Node{w.node(x.X, about)}
		}
	default:
		w.test(n, expr, about)
	}
	if n.isLeaf() {
		n.attainable, n.sought = w.attainable(expr), condition.Sought(expr, false)
	}
	return n
}

// isLeaf reports whether a part is one test for 差一项.
func (n *Node) isLeaf() bool {
	switch n.Kind {
	case KindAll, KindAny, KindNot, KindAtLeast, KindAtMost:
		return false
	}
	return true
}

// group explains the parts, unless the checker made them of one piece of text: 不属于 is 非 属于, a date 在 a year two
// comparisons. Such a whole is shown as one test.
func (w *walker) group(n *Node, kind Kind, expr condition.Expr, parts []condition.Expr, about subject) {
	switch expr.Node().(type) {
	case nil, *condition.Chain, *condition.Negation:
	default:
		w.test(n, expr, about)
		n.inner = &Node{Kind: kind}
		w.inside(n.inner, parts, about)
		w.then(func() { n.inner.Verdict = n.Verdict })
		return
	}
	n.Kind = kind
	w.inside(n, parts, about)
}

func (w *walker) inside(n *Node, parts []condition.Expr, about subject) {
	for _, p := range parts {
		n.Parts = append(n.Parts, w.node(p, about))
	}
}

// isCounting reports whether a 非 is written as 至多.
func isCounting(expr condition.Expr) bool {
	_, ok := expr.Node().(*condition.Counting)
	return ok
}

// counted explains 至少 and 至多 number 项.
func (w *walker) counted(n *Node, kind Kind, number int, parts []condition.Expr, about subject) {
	n.Kind, n.Count = kind, &Count{N: number, Of: len(parts)}
	w.inside(n, parts, about)
	w.then(func() {
		for _, p := range n.Parts {
			switch p.Verdict {
			case Yes:
				n.Count.Met++
			case Unknown:
				n.Count.Unknown++
			}
		}
	})
}

// Text is the canonical text of a condition, or of a part of one.
func Text(expr condition.Expr) string { return text(expr) }

// text is the canonical text of a part. What was joined without a text, such as a policy's scope and an item's
// condition, is written from the texts of its parts.
func text(expr condition.Expr) string {
	if syntax := expr.Node(); syntax != nil {
		return condition.Format(syntax)
	}
	join := func(parts []condition.Expr, word string) string {
		texts := make([]string, len(parts))
		for i, p := range parts {
			texts[i] = "(" + text(p) + ")"
		}
		return strings.Join(texts, " "+word+" ")
	}
	switch x := expr.(type) {
	case condition.And:
		return join(x.Parts, "且")
	case condition.Or:
		return join(x.Parts, "或")
	case condition.Not:
		return "非 (" + text(x.X) + ")"
	case condition.Stated:
		if x.Declared {
			return "承诺 \"" + x.Text + "\""
		}
		return "评审 \"" + x.Text + "\""
	}
	return ""
}
