package plan

import (
	"encoding/binary"
	"slices"

	"zhida/schemas"
)

// Builder collects conditions into a Plan. Use it from one goroutine.
type Builder struct {
	plan   Plan
	byKey  map[string]int // node by what it is
	spaces map[string]int // space by dataset
}

// New returns an empty Builder.
func New() *Builder {
	return &Builder{
		plan:   Plan{spaces: []*schemas.Dataset{nil}},
		byKey:  map[string]int{},
		spaces: map[string]int{},
	}
}

// Plan is the plan of all conditions added so far. The Builder must not be used afterwards.
func (b *Builder) Plan() *Plan { return &b.plan }

// space is the number of the dataset's rows as a space.
func (b *Builder) space(d *schemas.Dataset) int {
	if s, ok := b.spaces[d.Name]; ok {
		return s
	}
	s := len(b.plan.spaces)
	b.plan.spaces = append(b.plan.spaces, d)
	b.spaces[d.Name] = s
	return s
}

// intern returns the node that is already there under this key, or adds it.
func (b *Builder) intern(key string, n node) Ref {
	key = string(binary.AppendUvarint([]byte{byte(n.kind)}, uint64(n.space))) + key
	if i, ok := b.byKey[key]; ok {
		return refOf(i)
	}
	i := len(b.plan.nodes)
	b.plan.nodes = append(b.plan.nodes, n)
	b.byKey[key] = i
	return refOf(i)
}

// yes is the constant of a space; its negation is no.
func (b *Builder) yes(space int) Ref { return b.intern("", node{kind: kindYes, space: space}) }

func (b *Builder) truth(space int, yes bool) Ref {
	if yes {
		return b.yes(space)
	}
	return b.yes(space).Not()
}

// leaf adds an elementary test.
func (b *Builder) leaf(space int, t test) Ref {
	b.plan.uses++
	return b.intern(t.key(), node{kind: kindTest, space: space, test: t, cost: t.cost()})
}

// all is 且: nested 且 is flattened, yes is dropped, no decides, a part named twice counts once. The order of the
// parts does not distinguish nodes.
func (b *Builder) all(space int, parts []Ref) Ref {
	var flat []Ref
	for _, p := range parts {
		n := &b.plan.nodes[p.node()]
		switch {
		case n.kind == kindYes && p.negated():
			return b.truth(space, false)
		case n.kind == kindYes:
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

// some reduces a condition on the rows of a space to enterprises.
func (b *Builder) some(space int, where Ref) Ref {
	key := binary.AppendUvarint(binary.AppendUvarint(nil, uint64(space)), uint64(where))
	return b.intern(string(key), node{kind: kindSome, space: enterprises, parts: []Ref{where}, cost: rowsCost + b.plan.Cost(where)})
}

// rowsCost is the price of walking the rows of a block once, against a pass over a column: it goes bit by bit.
const rowsCost = 8
