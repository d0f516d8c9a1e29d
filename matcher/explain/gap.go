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
	if low, high := interval(expr); low != nil {
		w.gapOfInterval(n, low, high, hints(expr.Node()), about)
		return
	}
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
	upper       *measure         // of an interval: the comparison with its upper bound; this one is with the lower
}

// gapOfInterval notes how far a value is from an interval (在) that it is not in.
func (w *walker) gapOfInterval(n *Node, low, high *condition.Compare, units []string, about subject) {
	if kind := low.Left.Type().Kind; kind != schemas.KindNumber && kind != schemas.KindDate {
		return
	}
	m := &measure{compare: low, want: Yes, units: units, upper: &measure{compare: high, want: Yes, units: units}}
	if w.brief {
		left := w.plan.AddValue(low.Left)
		m.refs = [2]plan.ValueRef{left, w.plan.AddValue(low.Right)}
		m.upper.refs = [2]plan.ValueRef{left, w.plan.AddValue(high.Right)}
		w.measures[n] = m
		return
	}
	w.number(low.Left, about, func(x number) { m.left, m.upper.left = x, x })
	w.number(low.Right, about, func(x number) { m.right = x })
	w.number(high.Right, about, func(x number) { m.upper.right = x })
	w.then(func() {
		if n.Verdict == No {
			n.Gap = m.failing().text(Yes)
		}
	})
}

// interval is what 在 stands for: a value is at least one bound and at most another.
func interval(expr condition.Expr) (low, high *condition.Compare) {
	and, ok := expr.(condition.And)
	if !ok || len(and.Parts) != 2 {
		return nil, nil
	}
	x, isLow := and.Parts[0].(condition.Compare)
	y, isHigh := and.Parts[1].(condition.Compare)
	if !isLow || !isHigh || x.Op != condition.GreaterOrEqual || y.Op != condition.LessOrEqual ||
		condition.ValueKey(x.Left) != condition.ValueKey(y.Left) {
		return nil, nil
	}
	return &x, &y
}

// failing is the comparison that fails: of an interval, the one with the bound that the value is beyond.
func (m *measure) failing() *measure {
	if m.upper != nil && m.left.low != nil && m.upper.right.high != nil && m.left.low.Cmp(m.upper.right.high) > 0 {
		return m.upper
	}
	return m
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
