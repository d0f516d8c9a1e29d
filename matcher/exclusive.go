package matcher

import (
	"math/big"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// group is the items of an exclusive group, by their index in Library.Items: an enterprise gets one of them only.
type group struct {
	keep    schemas.Keeping
	members []int
}

// groupsOf are the groups of two or more items, in the order of their first ones.
func groupsOf(items []CompiledItem) []group {
	var out []group
	at := map[string]int{}
	for i := range items {
		x := items[i].Exclusive
		if x == nil {
			continue
		}
		k, ok := at[x.Group]
		if !ok {
			k = len(out)
			at[x.Group] = k
			out = append(out, group{keep: x.Keep})
		}
		out[k].members = append(out[k].members, i)
	}
	return out
}

// claim is what a block's enterprises may get from one item of a group.
type claim struct {
	may     bits.Set            // sure or needs-facts: the item may be the enterprise's
	amounts map[int]plan.Amount // where another member may be had too; nil: the group does not go by amounts
}

// contestedOf are the doors that two claims or more are about.
func contestedOf(n int, claims []claim) bits.Set {
	once, again := bits.New(n), bits.New(n)
	for k := range claims {
		both := once.Clone()
		both.And(claims[k].may)
		again.Or(both)
		once.Or(claims[k].may)
	}
	return again
}

// settled are the doors for which each member of a group is the one to keep, whatever becomes known of the others. It
// says nothing of doors that the member's own claim is not about.
func (g *group) settled(n int, claims []claim) []bits.Set {
	out := make([]bits.Set, len(claims))
	for k := range claims {
		out[k] = bits.New(n)
		out[k].Fill(n)
		for j := range claims {
			switch {
			case j == k, g.keep == schemas.KeepFirst && k < j:
			case g.keep == schemas.KeepFirst:
				out[k].AndNot(claims[j].may)
			default:
				both := claims[j].may.Clone()
				both.And(claims[k].may)
				both.And(out[k])
				for door := range both.All() {
					if !g.prefers(k, j, claims[k].amounts[door], claims[j].amounts[door]) {
						out[k].Remove(door)
					}
				}
			}
		}
	}
	return out
}

// prefers reports whether member k is kept where member j may be had too and the greater amount is kept.
func (g *group) prefers(k, j int, mine, theirs plan.Amount) bool {
	if c := compareEnds(mine.Low, theirs.High); c != 0 {
		return c > 0
	}
	return k < j // equally good: the one that stands first
}

// compareEnds is the sign of a low end less a high end; an open one is beyond everything.
func compareEnds(low, high *big.Rat) int {
	if low == nil || high == nil {
		return -1
	}
	return low.Cmp(high)
}
