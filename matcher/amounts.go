package matcher

import (
	"fmt"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
)

// Amounts yields what the item's benefit comes to for some doors of a block, in ascending order. An item without a stated
// amount yields nothing. The block does not change from one call about it to the next.
func (m *Matcher) Amounts(in *plan.Input, item int, doors bits.Set, yield func(door int, a plan.Amount)) error {
	if m.lib.Items[item].Benefit == nil {
		return nil
	}
	return m.values(in, m.lib.Items[item].amount, doors, yield)
}

// Preference yields what the item's matches are ranked by at place k of Item.Prefer, as Amounts does.
func (m *Matcher) Preference(in *plan.Input, item, k int, doors bits.Set, yield func(door int, a plan.Amount)) error {
	return m.values(in, m.lib.Items[item].prefer[k], doors, yield)
}

func (m *Matcher) values(in *plan.Input, v plan.ValueRef, doors bits.Set, yield func(door int, a plan.Amount)) error {
	m.stay(in)
	if err := m.sums.Amounts(in, v, doors, yield); err != nil {
		return fmt.Errorf("evaluate amounts: %w", err)
	}
	return nil
}
