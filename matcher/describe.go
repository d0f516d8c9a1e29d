package matcher

import "zhida/matcher/plan"

// Describe says how an item is matched, by its index in Items. The library must have been compiled to be described.
func (l *Library) Describe(item int) plan.Described { return l.items.Describe(item) }

// Total is what the items' plan comes to.
func (l *Library) Total() plan.Total { return l.items.Total() }
