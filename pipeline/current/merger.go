package current

import "zhida/schemas"

// Reasons for a merger not to be followed. What was said first holds.
const (
	PendingTwice  = "the enterprise was merged into another one before: ask the department which is right, and for a crosswalk that says so"
	PendingCircle = "the other enterprise was merged into this one before, and both cannot be gone: ask the department which is right, and for a crosswalk that says so"
)

// Settle looks at the mergers among links that are pending, in their order: it says whose door is closed by each, finds those that
// contradict an earlier one, and drops those that repeat one. Its arguments are those of Add, after which it is called.
func (c *Crosswalk) Settle(pending []Pending, homeOf func(string) schemas.Home, door func(schemas.Home, string) (uint32, bool)) []Pending {
	var out []Pending
	into := map[uint32]uint32{}
	for _, p := range pending {
		if p.Reason != PendingMerger {
			out = append(out, p)
			continue
		}
		from, to := c.door(c.place(p.Old, homeOf), door), c.door(c.place(p.New, homeOf), door)
		if from == nil || to == nil || *from == *to {
			continue // another link of the night has made one of them
		}
		before, merged := into[*from]
		switch {
		case merged && before == *to:
			continue
		case merged:
			p.Reason = PendingTwice
		case leads(into, *to, *from):
			p.Reason = PendingCircle
		default:
			into[*from] = *to
			p.From = from
		}
		out = append(out, p)
	}
	return out
}

// leads reports whether an enterprise has become, by one merger or several, part of another.
func leads(into map[uint32]uint32, from, to uint32) bool {
	for from != to {
		next, ok := into[from]
		if !ok {
			return false
		}
		from = next
	}
	return true
}
