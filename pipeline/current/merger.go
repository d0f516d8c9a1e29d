package current

import "zhida/schemas"

// Reasons for a merger not to be followed. What was said first holds.
const (
	PendingTwice  = "the enterprise was merged into another one before: ask the department which is right, and for a crosswalk that says so"
	PendingCircle = "the other enterprise was merged into this one before, and both cannot be gone: ask the department which is right, and for a crosswalk that says so"
)

// Merger says that an enterprise is gone, and that what is known of it is known of another one. Both keep their doors.
type Merger struct {
	From     uint32       `json:"from"`
	FromHome schemas.Home `json:"from_home"`
	Into     uint32       `json:"into"` // at the end of a chain
	IntoHome schemas.Home `json:"into_home"`
}

// Settle looks at the mergers among links that are pending, in their order: it says who has become part of whom, finds those that
// contradict an earlier one, and drops those that repeat one. Its arguments are those of Add, after which it is called.
func (c *Crosswalk) Settle(pending []Pending, homeOf func(string) schemas.Home, door func(schemas.Home, string) (uint32, bool)) []Pending {
	var out []Pending
	into, homes := map[uint32]uint32{}, map[uint32]schemas.Home{}
	for _, p := range pending {
		if p.Reason != PendingMerger {
			out = append(out, p)
			continue
		}
		gone, heir := c.place(p.Old, homeOf), c.place(p.New, homeOf)
		from, to := c.door(gone, door), c.door(heir, door)
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
			into[*from], homes[*to] = *to, heir.Home
			p.Merger = &Merger{From: *from, FromHome: gone.Home}
		}
		out = append(out, p)
	}
	for _, p := range out {
		if m := p.Merger; m != nil {
			m.Into = into[m.From]
			for next, ok := into[m.Into]; ok; next, ok = into[m.Into] {
				m.Into = next
			}
			m.IntoHome = homes[m.Into]
		}
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
