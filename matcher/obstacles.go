package matcher

import (
	"fmt"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// Obstacle is why a match is not ready for 免申即享.
type Obstacle uint8

// The obstacles, in the order in which they are told.
const (
	NeedsReview      Obstacle = iota + 1 // something is left to 评审
	NeedsDeclaration                     // something is left to 承诺, and nothing to 评审; 易申快享 can do with it
	NoAmount                             // the benefit is money, and no amount is stated
	AmountOpen                           // the amount is not one number
	ListOpen                             // a list it rests on may lack rows
	NoPayments                           // there are no payment records to look it up in
	AlreadyPaid                          // it was paid in this period, or one that excludes it was
	PaymentOpen                          // that is not known
	Excluded                             // another item of its exclusive group comes first, or may
)

// Hindrance is an obstacle with the enterprises it is one for.
type Hindrance struct {
	Obstacle Obstacle
	List     *schemas.Dataset // of ListOpen
	Doors    bits.Set
}

// Obstacles says why the matches of an item, as Each said, are not ready for 免申即享: whoever of v.Sure is in no set is.
// An enterprise may have several obstacles. Sets are never empty, and the caller's.
func (m *Matcher) Obstacles(in *plan.Input, item int, v Verdict) ([]Hindrance, error) {
	if v.Sure == nil {
		return nil, nil
	}
	if m.settled != in {
		m.begin(in)
		if err := m.settle(in); err != nil {
			return nil, fmt.Errorf("settle exclusive groups: %w", err)
		}
		m.settled = in
	}
	o := obstacles{sure: v.Sure}
	it := &m.lib.Items[item]
	o.add(NeedsReview, v.Review)
	o.add(NeedsDeclaration, v.Declare)
	if err := m.sumObstacles(in, it, &o); err != nil {
		return nil, fmt.Errorf("look for obstacles: %w", err)
	}
	for _, d := range it.lists {
		covered, err := m.covered(in, d.Name)
		if err != nil {
			return nil, fmt.Errorf("look for obstacles: %w", err)
		}
		o.list = d
		o.addOutside(ListOpen, covered)
	}
	o.list = nil
	if kept, ok := m.kept[item]; ok {
		o.addOutside(Excluded, kept)
	}
	return o.found, nil
}

// sumObstacles are those of the amount and of payments.
func (m *Matcher) sumObstacles(in *plan.Input, it *CompiledItem, o *obstacles) error {
	if it.Benefit == nil && it.NeedsSum {
		o.add(NoAmount, o.sure)
	}
	if it.Paid == nil {
		o.add(NoPayments, o.sure)
	}
	var want []plan.Ref
	var take []func(bits.Truth)
	if it.Benefit != nil {
		want = append(want, it.amount.Point())
		take = append(take, func(t bits.Truth) { o.addOutside(AmountOpen, t.Yes) })
	}
	if it.Paid != nil {
		want = append(want, it.paid)
		take = append(take, func(t bits.Truth) {
			o.add(AlreadyPaid, t.Yes)
			open := bits.New(in.Block.N)
			t.Unknown(open, in.Block.N)
			o.add(PaymentOpen, open)
		})
	}
	next := 0
	return m.sums.Eval(in, want, func(_ plan.Ref, t bits.Truth) {
		take[next](t)
		next++
	})
}

// obstacles gathers the obstacles of the matches of an item.
type obstacles struct {
	sure  bits.Set
	list  *schemas.Dataset
	found []Hindrance
}

// add adds an obstacle for the matches in a set; nil is none.
func (o *obstacles) add(what Obstacle, set bits.Set) {
	if set == nil || !o.sure.Intersects(set) {
		return
	}
	doors := o.sure.Clone()
	doors.And(set)
	o.found = append(o.found, Hindrance{Obstacle: what, List: o.list, Doors: doors})
}

// addOutside adds an obstacle for the matches outside a set.
func (o *obstacles) addOutside(what Obstacle, set bits.Set) {
	if o.sure.Within(set) {
		return
	}
	doors := o.sure.Clone()
	doors.AndNot(set)
	o.found = append(o.found, Hindrance{Obstacle: what, List: o.list, Doors: doors})
}
