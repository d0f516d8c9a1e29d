package plan

import (
	"encoding/binary"
	"slices"
)

// all is 且: nested 且 is flattened, yes is dropped, no decides, a part named twice counts once. The order of the
// parts does not distinguish nodes; they are kept cheapest first.
func (b *Builder) all(space int, parts []Ref) Ref {
	var flat []Ref
	for _, p := range parts {
		n := &b.plan.nodes[p.node()]
		switch {
		case n.kind == kindYes && p.negated():
			return b.truth(space, false)
		case n.kind == kindYes:
		case n.kind == kindOpen:
			flat = append(flat, b.open(space))
		case n.kind == kindAll && !p.negated():
			flat = append(flat, n.parts...)
		default:
			flat = append(flat, p)
		}
	}
	slices.Sort(flat)
	flat = slices.Compact(flat)
	switch len(flat) {
	case 0:
		return b.yes(space)
	case 1:
		return flat[0]
	}
	var key []byte
	cost := 0
	for _, p := range flat {
		key = binary.AppendUvarint(key, uint64(p))
		cost += b.plan.Cost(p)
	}
	slices.SortStableFunc(flat, func(x, y Ref) int { return b.plan.Cost(x) - b.plan.Cost(y) })
	return b.intern(string(key), node{kind: kindAll, space: space, parts: flat, cost: cost + 1})
}

// either is 或: what is left when not all are no.
func (b *Builder) either(space int, parts []Ref) Ref {
	denied := make([]Ref, len(parts))
	for i, p := range parts {
		denied[i] = p.Not()
	}
	return b.all(space, denied).Not()
}
