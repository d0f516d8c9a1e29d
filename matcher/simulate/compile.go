package simulate

import (
	"zhida/matcher"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
)

// Simulation is a question, compiled. It is immutable and may serve several Counters at once.
type Simulation struct {
	Gates      []condition.Expr // the parts joined by 且, in the order written
	Thresholds []Threshold

	question *Question
	plan     *plan.Plan
	refs     []plan.Ref // of all below

	granted, declared, bare, near, against plan.Ref // declared and bare as in matcher.CompiledItem

	gates   []gateRefs
	curves  []curveRefs
	classes []plan.Ref
	amount  plan.ValueRef
	sum     *sum // the amount in whole numbers; nil: it is not one that can be
}

// gateRefs are a part of the condition, and the condition without it.
type gateRefs struct{ part, without plan.Ref }

// curveRefs are the condition with a test taken as yes and as no, and the test at each threshold.
type curveRefs struct {
	with, without plan.Ref
	rungs         []plan.Ref
}

// Compile makes a simulation.
func Compile(q *Question) *Simulation {
	s := &Simulation{Gates: gates(q.Expr), Thresholds: thresholds(q.Expr), question: q}
	b := plan.New()
	add := func(e condition.Expr, grant plan.Grant) plan.Ref {
		r := b.AddGranting(e, grant)
		s.refs = append(s.refs, r)
		return r
	}
	granting := func(e condition.Expr) plan.Ref { return add(e, plan.GrantEverything) }
	s.granted = granting(q.Expr)
	s.declared, s.bare = add(q.Expr, plan.GrantDeclarations), add(q.Expr, plan.GrantNothing)
	attribute, tag := matcher.Attainable(q.Attainable, q.Attributes, q.Rules)
	s.near = b.AddNear(q.Expr, attribute, tag)
	s.refs = append(s.refs, s.near)
	if q.Against != nil {
		s.against = granting(q.Against)
	}
	for i, g := range s.Gates {
		others := append(append([]condition.Expr(nil), s.Gates[:i]...), s.Gates[i+1:]...)
		s.gates = append(s.gates, gateRefs{part: granting(g), without: granting(joined(others))})
	}
	for i := range s.Thresholds {
		t := &s.Thresholds[i]
		c := curveRefs{with: granting(replaced(q.Expr, t.at, always(true))), without: granting(replaced(q.Expr, t.at, always(false)))}
		for _, r := range t.Ladder {
			c.rungs = append(c.rungs, granting(r.test))
		}
		s.curves = append(s.curves, c)
	}
	for _, c := range q.Classes {
		s.classes = append(s.classes, granting(c.Expr))
	}
	if q.Benefit != nil {
		s.amount = b.AddValue(q.Benefit)
		s.sum = compileSum(q.Benefit, granting)
	}
	s.plan = b.Plan()
	return s
}
