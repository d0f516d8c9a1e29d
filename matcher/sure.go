package matcher

import (
	"fmt"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
)

// Sure yields the doors of a block that are sure of each of some items, by their index in Library.Items, in the order given.
// It evaluates what these items ask for and nothing else. A set is valid during the call of yield only.
func (m *Matcher) Sure(in *plan.Input, items []int, yield func(item int, sure bits.Set)) error {
	want := make([]plan.Ref, len(items))
	for k, i := range items {
		want[k] = m.lib.Items[i].granted
	}
	sure, next := bits.New(in.Block.N), 0
	err := m.items.Eval(in, want, func(_ plan.Ref, t bits.Truth) {
		sure.Copy(t.Yes)
		sure.And(in.Block.Living)
		yield(items[next], sure)
		next++
	})
	if err != nil {
		return fmt.Errorf("match some items: %w", err)
	}
	return nil
}
