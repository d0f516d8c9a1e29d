package plan

import (
	"encoding/binary"

	"zhida/matcher/condition"
)

// Builder collects conditions into a Plan. Use it from one goroutine.
type Builder struct {
	plan   Plan
	byKey  map[string]int // node by what it is
	spaces map[string]int // space by what it is
	gates  map[Ref]int32  // place of a gate
	grant  Grant

	thresholds map[string]*thresholds // of each column, and each value
}

// New returns an empty Builder.
func New() *Builder {
	return &Builder{
		plan:   Plan{spaces: []space{{}}},
		byKey:  map[string]int{},
		spaces: map[string]int{},
		gates:  map[Ref]int32{},

		thresholds: map[string]*thresholds{},
	}
}

// Plan is the plan of all conditions added so far. The Builder must not be used afterwards.
func (b *Builder) Plan() *Plan { return &b.plan }

// space is the number of the space of the rows that 有, 每 or a fold goes over.
func (b *Builder) space(over condition.Over) int {
	sp := space{dataset: over.Dataset}
	if sp.dataset == nil {
		sp.years = over.Years
	}
	key := sp.key()
	if s, ok := b.spaces[key]; ok {
		return s
	}
	s := len(b.plan.spaces)
	b.plan.spaces = append(b.plan.spaces, sp)
	b.spaces[key] = s
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

// open is unknown for everybody. It is its own negation.
func (b *Builder) open(space int) Ref { return b.intern("", node{kind: kindOpen, space: space}) }

// sure is yes where the condition is yes, and no where it is no or unknown.
func (b *Builder) sure(space int, r Ref) Ref {
	key := binary.AppendUvarint(nil, uint64(r))
	return b.intern(string(key), node{kind: kindSure, space: space, parts: []Ref{r}, cost: b.plan.Cost(r)})
}

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
