package explain

import (
	"math/big"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// gap notes how far a comparison is from coming out the other way.
func (w *walker) gap(n *Node, expr condition.Expr, about subject) {
	c, want := comparison(expr)
	if c == nil {
		return
	}
	t := c.Left.Type()
	if t.Kind != schemas.KindNumber && t.Kind != schemas.KindDate {
		return
	}
	m := &measure{compare: c, want: want, units: hints(expr.Node())}
	if w.brief {
		m.refs = [2]plan.ValueRef{w.plan.AddValue(c.Left), w.plan.AddValue(c.Right)}
		w.measures[n] = m
		return
	}
	w.number(c.Left, about, func(x number) { m.left = x })
	w.number(c.Right, about, func(x number) { m.right = x })
	w.then(func() {
		switch n.Verdict {
		case Yes:
			n.gapNot = m.text(want.not())
		case No:
			n.Gap = m.text(want)
		}
	})
}

// measure is the one comparison that a test consists of, with its sides.
type measure struct {
	compare     *condition.Compare
	want        Verdict // of the comparison where the test is met
	left, right number
	units       []string
	refs        [2]plan.ValueRef // brief: of the sides
	doors       bits.Set         // brief: whose distance is asked for
	sides       [2][]number      // brief: of doors, in their order
}

func (m *measure) text(want Verdict) string {
	return gapText(m.compare, want, m.left, m.right, m.units)
}

// comparison is the one comparison that a test consists of, and the verdict the test has where the comparison holds; nil if
// there is none, or more.
func comparison(expr condition.Expr) (*condition.Compare, Verdict) {
	switch x := expr.(type) {
	case condition.Compare:
		return &x, Yes
	case condition.Not:
		c, v := comparison(x.X)
		return c, v.not()
	}
	return nil, Unknown
}

// gapText says by how much, at the least, the left side would have to change for the comparison to come out as wanted.
func gapText(c *condition.Compare, want Verdict, left, right number, units []string) string {
	if c.Op == condition.Equal {
		return ""
	}
	upward := (c.Op == condition.Greater || c.Op == condition.GreaterOrEqual) == (want == Yes) // the left side is too little
	from, to := left.low, right.high
	if upward {
		from, to = left.high, right.low
	}
	if from == nil || to == nil || left.lacking || right.lacking {
		return ""
	}
	size, t := new(big.Rat).Sub(to, from), c.Left.Type()
	size.Abs(size)
	least := either(left.point() != nil && right.point() != nil, "", "至少")
	switch {
	case size.Sign() == 0:
		return "正好在界上"
	case t.Kind == schemas.KindDate:
		return least + days(c, upward) + " " + size.Num().String() + "天"
	case upward:
		return least + "差 " + gapAmount(size, t.Unit, units)
	}
	return least + "超出 " + gapAmount(size, t.Unit, units)
}

// days says whether a comparison of dates is to come yet, or is over; or, if today is not in it, in what way it fails.
func days(c *condition.Compare, upward bool) string {
	left, right := readsToday(c.Left), readsToday(c.Right)
	switch {
	case left == right && upward:
		return "早"
	case left == right:
		return "晚"
	case left == upward:
		return "还差"
	}
	return "已过"
}

func readsToday(v condition.Value) bool {
	reads := false
	condition.VisitValue(v, func(part any) bool {
		_, today := part.(condition.Today)
		reads = reads || today
		return true
	})
	return reads
}

// gapAmount writes a difference; one of percentages is in their points.
func gapAmount(r *big.Rat, unit schemas.Unit, units []string) string {
	if u := unitFor(unit, units); u != "%" {
		return amount(r, u)
	}
	return amount(r, "个百分点")
}
