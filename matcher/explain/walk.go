package explain

import (
	"cmp"
	"slices"
	"strings"

	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// node makes the node of a part. Its verdict, and the order of its rows, are filled in when the plan has answered.
func (w *walker) node(expr condition.Expr, about subject) *Node {
	n := &Node{Kind: KindTest, Text: text(expr)}
	w.verdict(expr, about, &n.Verdict)
	switch x := expr.(type) {
	case condition.And:
		w.parts(n, KindAll, expr, x.Parts, about)
	case condition.Or:
		w.parts(n, KindAny, expr, x.Parts, about)
	case condition.Not:
		w.parts(n, KindNot, expr, []condition.Expr{x.X}, about)
	case condition.Tag:
		w.tag(n, x)
	case condition.Exists:
		w.rows(n, x)
	default:
		w.values(n, expr, about)
	}
	return n
}

// parts explains the parts, unless the checker made them of one piece of text: 不属于 is 非 属于, a date 在 a year two
// comparisons. Such a whole is shown as one test.
func (w *walker) parts(n *Node, kind Kind, expr condition.Expr, parts []condition.Expr, about subject) {
	switch expr.Node().(type) {
	case nil, *condition.Chain, *condition.Negation:
	default:
		w.values(n, expr, about)
		return
	}
	n.Kind = kind
	for _, p := range parts {
		n.Parts = append(n.Parts, w.node(p, about))
	}
}

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
	}
	return ""
}

// rows explains 有 and 每 by the rows, those that decided first.
func (w *walker) rows(n *Node, x condition.Exists) {
	n.Kind = KindRows
	list := x.Dataset
	if tonight := w.in.Datasets[list.Name]; tonight != nil {
		list = tonight
	}
	rows := w.in.Block.Rows[x.Dataset.Name]
	if rows != nil {
		fresh := plan.Fresh(rows, list, w.in.Today)
		n.Rows = make([]Row, rows.Len())
		for i := range n.Rows {
			n.Rows[i] = Row{
				Verdict: Yes, Stale: !fresh.Has(i),
				Origin: rows.Origin[i], Confirmed: schemas.Date(rows.Confirmed[i]).String(),
			}
			if x.Where != nil {
				n.Rows[i].Where = w.node(x.Where, subject{dataset: x.Dataset, row: i})
			}
		}
	}
	w.after = append(w.after, func() error {
		n.settle(x.Every)
		covered, err := plan.Covered(w.in, list)
		n.List = listText(list, err == nil && covered.Has(0))
		return err
	})
}

// settle gives the rows their verdicts, brings them into order and keeps the first.
func (n *Node) settle(every bool) {
	for i := range n.Rows {
		r := &n.Rows[i]
		if r.Where != nil {
			r.Verdict = r.Where.Verdict
		}
		if r.Stale {
			r.Verdict = Unknown
		}
	}
	decisive := Yes
	if every {
		decisive = No
	}
	slices.SortStableFunc(n.Rows, func(a, b Row) int {
		return cmp.Or(rank(a.Verdict, decisive)-rank(b.Verdict, decisive), b.met()-a.met())
	})
	if len(n.Rows) > MaxRows {
		n.Hidden = len(n.Rows) - MaxRows
		n.Rows = n.Rows[:MaxRows:MaxRows]
	}
}

// rank orders verdicts: the decisive one, unknown, the other.
func rank(v, decisive Verdict) int {
	switch v {
	case decisive:
		return 0
	case Unknown:
		return 1
	}
	return 2
}

// met counts the parts that a row meets: of the rows that fail, those that nearly don't come first.
func (r Row) met() int {
	if r.Where == nil {
		return 0
	}
	count := 0
	for _, p := range r.Where.Parts {
		if p.Verdict == Yes {
			count++
		}
	}
	return count
}

// listText says what the absence of a row means for the enterprise.
func listText(d *schemas.Dataset, covered bool) string {
	switch {
	case d.List != schemas.ListComplete:
		return "名单不保证完整，没有记录不等于没有"
	case covered:
		return "名单完整且在有效期内，没有记录即为没有"
	}
	return "名单未覆盖该主体或已过期，没有记录不等于没有"
}
