package plan

import (
	"encoding/binary"
	"slices"
)

// atLeast is 至少 n 项. A constant yes is one of them in advance and a constant no is none; 1 of them is 或 and all of
// them is 且. Unlike there, a part named twice counts twice.
func (b *Builder) atLeast(space, n int, parts []Ref) Ref {
	var left []Ref
	for _, p := range parts {
		if b.plan.nodes[p.node()].kind != kindYes {
			left = append(left, p)
		} else if !p.negated() {
			n--
		}
	}
	switch {
	case n <= 0:
		return b.yes(space)
	case n > len(left):
		return b.truth(space, false)
	case n == 1:
		return b.either(space, left)
	case n == len(left):
		return b.all(space, left)
	}
	slices.Sort(left)
	key := binary.AppendUvarint(nil, uint64(n))
	cost := 1
	for _, p := range left {
		key = binary.AppendUvarint(key, uint64(p))
		cost += b.plan.Cost(p)
	}
	return b.intern(string(key), node{kind: kindAtLeast, space: space, parts: left, least: n, cost: cost})
}
