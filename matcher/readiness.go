package matcher

import (
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// Readiness of a pair for 免申即享: sure with neither 评审 nor 承诺 left, the amount a point, the lists it rests on complete
// and in date, not yet paid in this period, exclusions settled. With nothing but 承诺 left it is ready for 易申快享.

// narrow takes out of a set of sure enterprises those that are not ready, whatever people or they themselves still have
// to say. payment says for whom the benefit was paid, and where the amount is a point.
func (m *Matcher) narrow(in *plan.Input, item int, set bits.Set, payment []bits.Truth) error {
	it := &m.lib.Items[item]
	if it.Paid == nil || it.Benefit == nil && it.NeedsSum {
		set.Clear()
		return nil
	}
	set.And(payment[0].No)
	if it.Benefit != nil {
		set.And(payment[1].Yes)
	}
	if kept, ok := m.kept[item]; ok {
		set.And(kept)
	}
	for _, d := range it.lists {
		if set.IsEmpty() {
			return nil
		}
		covered, err := m.covered(in, d.Name)
		if err != nil {
			return err
		}
		set.And(covered)
	}
	return nil
}

// settle works out, for the items of exclusive groups, where each is the one to keep. Amounts are exact and dear: they are
// asked for only where two members may be had and the greater one is kept. On a city's sample that was a third of a
// night's reduce when it was asked of everybody.
func (m *Matcher) settle(in *plan.Input) error {
	n := in.Block.N
	for _, g := range m.lib.groups {
		if len(g.members) < 2 {
			continue
		}
		claims := make([]claim, len(g.members))
		for k, i := range g.members {
			claims[k].may = bits.New(n)
			err := m.sums.Eval(in, []plan.Ref{m.lib.Items[i].granted}, func(_ plan.Ref, t bits.Truth) {
				claims[k].may.Copy(in.Block.Living)
				claims[k].may.AndNot(t.No)
			})
			if err != nil {
				return err
			}
		}
		if g.keep != schemas.KeepFirst {
			if err := m.weigh(in, &g, claims); err != nil {
				return err
			}
		}
		for k, kept := range g.settled(n, claims) {
			m.kept[g.members[k]] = kept
		}
	}
	return nil
}

// weigh finds the amounts of a group's members where more than one of them may be had.
func (m *Matcher) weigh(in *plan.Input, g *group, claims []claim) error {
	contested := contestedOf(in.Block.N, claims)
	for k, i := range g.members {
		claims[k].amounts = map[int]plan.Amount{}
		asked := claims[k].may.Clone()
		asked.And(contested)
		if it := &m.lib.Items[i]; it.Benefit == nil || asked.IsEmpty() {
			continue
		}
		err := m.sums.Amounts(in, m.lib.Items[i].amount, asked, func(door int, a plan.Amount) { claims[k].amounts[door] = a })
		if err != nil {
			return err
		}
	}
	return nil
}

// covered are the enterprises for which a list is complete and in date; worked out once per block.
func (m *Matcher) covered(in *plan.Input, name string) (bits.Set, error) {
	if s, ok := m.lists[name]; ok {
		return s, nil
	}
	d := in.Datasets[name]
	if d == nil {
		return bits.New(in.Block.N), nil
	}
	s, err := plan.Covered(in, d)
	if err == nil {
		m.lists[name] = s
	}
	return s, err
}
