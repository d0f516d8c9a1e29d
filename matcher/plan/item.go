package plan

import (
	"cmp"
	"slices"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// item is a condition as items have it: parts joined by 且, statements taken as met. Who is sure, who needs facts and who
// is a near miss come out of one walk through the parts (items.go).
type item struct {
	parts []part
	gates []int32 // places in Plan.gates, the most telling first
	also  []Ref   // asked only where somebody is sure
}

// part is one of the conditions that must hold together.
type part struct {
	truth Ref
	how   one // how it can be what a near miss lacks
}

// gate is a part that no enterprise can bring about and whose answer depends on a column's value only: 注册地 and 行业 of
// most items. Where no value of a block passes, the item has neither matches nor near misses there.
type gate struct {
	truth Ref
	items []int32 // for which it is the first gate
}

// AddItem adds a condition as items have it and returns its number, from 0 up. attainable and tags are those of AddNear;
// also are further questions, put only where somebody meets the condition.
func (b *Builder) AddItem(expr condition.Expr, attainable, tags func(name string) bool, also ...Ref) int {
	uses, outer := b.plan.uses, b.grant
	b.grant = GrantEverything
	defer func() { b.plan.uses, b.grant = uses, outer }()
	n := nearer{b: b, attainable: attainable, tags: tags}
	it := item{also: also}
	for _, p := range n.joined(nil, expr, false) {
		if p.truth != b.yes(enterprises) {
			it.parts = append(it.parts, part(p))
		}
	}
	price := func(p part) int {
		c := 2 * b.plan.Cost(p.truth)
		if p.how != never {
			c++ // of two tests of one price the one that ends more candidates goes first
		}
		return c
	}
	slices.SortStableFunc(it.parts, func(x, y part) int {
		return cmp.Or(price(x)-price(y), cmp.Compare(x.truth, y.truth), cmp.Compare(x.how, y.how))
	})
	k := len(b.plan.items)
	b.addGates(&it, int32(k))
	b.plan.items = append(b.plan.items, it)
	return k
}

// joined are the parts that 且 joins, through all its disguises: nested, 至少 all of them, and what denies 或. A near miss
// lacks one of them and no other, wherever they stand.
func (n *nearer) joined(out []nearPart, expr condition.Expr, negated bool) []nearPart {
	all := func(least int, parts []condition.Expr) ([]nearPart, bool) {
		if negated {
			least = len(parts) - least + 1
		}
		if least != len(parts) {
			return nil, false
		}
		for _, p := range parts {
			out = n.joined(out, p, negated)
		}
		return out, true
	}
	var flat []nearPart
	var ok bool
	switch x := expr.(type) {
	case condition.Not:
		return n.joined(out, x.X, !negated)
	case condition.And:
		flat, ok = all(len(x.Parts), x.Parts)
	case condition.Or:
		flat, ok = all(1, x.Parts)
	case condition.AtLeast:
		flat, ok = all(x.N, x.Parts)
	}
	if ok {
		return flat
	}
	p := n.part(expr, negated)
	n.b.write(p.truth, expr, negated)
	return append(out, p)
}

// addGates finds the gates of an item: 注册地 before the others, as it parts items best.
func (b *Builder) addGates(it *item, k int32) {
	for _, p := range it.parts {
		n := &b.plan.nodes[p.truth.node()]
		if t, ok := n.test.(*memberTest); p.how != never || n.kind != kindTest || !ok || t.words != nil {
			continue
		}
		g, ok := b.gates[p.truth]
		if !ok {
			g = int32(len(b.plan.gates))
			b.gates[p.truth] = g
			b.plan.gates = append(b.plan.gates, gate{truth: p.truth})
		}
		it.gates = append(it.gates, g)
	}
	slices.SortStableFunc(it.gates, func(x, y int32) int { return cmp.Compare(b.rank(x), b.rank(y)) })
	if len(it.gates) == 0 {
		b.plan.open = append(b.plan.open, k)
		return
	}
	first := &b.plan.gates[it.gates[0]]
	first.items = append(first.items, k)
}

// rank is lowest for a gate of regions.
func (b *Builder) rank(g int32) int {
	t := b.plan.nodes[b.plan.gates[g].truth.node()].test.(*memberTest)
	if t.field.typ.System == schemas.SystemRegion {
		return 0
	}
	return 1
}
