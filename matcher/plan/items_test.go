package plan_test

import (
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// itemText is what an item comes to for one enterprise.
func itemText(truth string, near bool) string {
	if near {
		return truth + ", near"
	}
	return truth
}

// compareItems asks for the conditions as items: all that Items says of the living must be what the reference evaluator said
// of each enterprise, and SureItems must agree with it; with the texts of the block as they are, and numbered.
func (c *comparison) compareItems(in *plan.Input, ev *plan.Evaluator, want [][]string, conditions []string, w *world) {
	c.t.Helper()
	for _, numbered := range []bool{false, true} {
		for _, a := range in.Block.Attributes {
			for _, l := range a.Layers {
				l.Values.Coded = nil
				if numbered && (a.Type.Kind == schemas.KindCode || a.Type.Kind == schemas.KindText) {
					l.Values.Coded = l.Values.Encode(in.Block.N)
				}
			}
		}
		sure := map[int]bits.Set{}
		yielded := map[int]bool{}
		about := func(k, door int, said string) {
			if want := want[k][door]; said != want && !c.seen[conditions[k]] {
				c.seen[conditions[k]] = true
				c.differ("as an item (numbered %v): %s\nis %s, should be %s, for %s", numbered, conditions[k], said, want, w.people[door])
			}
		}
		err := ev.Items(in, func(k int, got *plan.Candidates) error {
			yielded[k] = true
			if got.Needs == nil {
				sure[k] = got.Clean.Clone()
			}
			for door := range in.Block.Living.All() {
				said := "no"
				switch {
				case got.Needs != nil:
					if got.Needs.Has(door) {
						said = "unknown"
					}
					about(k, door, said)
					continue
				case got.Clean.Has(door):
					said = "yes"
				case got.May.Has(door):
					said = "unknown"
				}
				about(k, door, itemText(said, got.Found.Has(door)))
			}
			return nil
		})
		if err != nil {
			c.t.Fatal(err)
		}
		for k := range want {
			for door := range in.Block.Living.All() {
				if !yielded[k] {
					about(k, door, "no")
				}
			}
		}
		err = ev.SureItems(in, func(k int, got bits.Set) {
			if sure[k] == nil || !sure[k].Equal(got) {
				c.differ("who is sure of %s depends on the question", conditions[k])
			}
			delete(sure, k)
		})
		if err != nil {
			c.t.Fatal(err)
		}
		for k, left := range sure {
			if !left.IsEmpty() {
				c.differ("nobody is sure of %s if that is all that is asked", conditions[k])
			}
		}
	}
}
