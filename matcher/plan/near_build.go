package plan

import (
	"cmp"
	"encoding/binary"
	"slices"

	"zhida/matcher/condition"
)

// AddNear adds the question for whom a condition is a near miss (差一项), statements taken as met, and returns the Ref to
// ask for: yes for these, no for all others. attainable says whether an enterprise can bring a test of an attribute
// about, tags the same of a tag. A test of neither attributes nor rows is not attainable: nobody changes a constant.
func (b *Builder) AddNear(expr condition.Expr, attainable, tags func(name string) bool) Ref {
	uses, outer := b.plan.uses, b.grant
	b.grant = GrantEverything
	defer func() { b.plan.uses, b.grant = uses, outer }()
	n := nearer{b: b, attainable: attainable, tags: tags}
	return n.root(n.part(expr, false))
}

type nearer struct {
	b                *Builder
	attainable, tags func(name string) bool
}

// nearPart is a part of a condition in negation normal form: its truth, and how it can be one.
type nearPart struct {
	truth Ref
	how   one
}

func (n *nearer) part(expr condition.Expr, negated bool) nearPart {
	switch x := expr.(type) {
	case condition.Not:
		return n.part(x.X, !negated)
	case condition.And:
		return n.of(expr, negated, len(x.Parts), x.Parts)
	case condition.Or:
		return n.of(expr, negated, 1, x.Parts)
	case condition.AtLeast:
		return n.of(expr, negated, x.N, x.Parts)
	}
	p := nearPart{truth: n.b.lower(expr, enterprises), how: never}
	if negated {
		p.truth = p.truth.Not()
	}
	if condition.Sought(expr, negated) && condition.Attainable(expr, n.attainable, n.tags) {
		p.how = byNo
	}
	return p
}

// of is 至少 least of the parts, or its negation: 非 至少 n of k is 至少 k-n+1 of what the parts deny.
func (n *nearer) of(expr condition.Expr, negated bool, least int, exprs []condition.Expr) nearPart {
	truth := n.b.lower(expr, enterprises)
	if negated {
		truth, least = truth.Not(), len(exprs)-least+1
	}
	parts := make([]nearPart, len(exprs))
	for i, e := range exprs {
		parts[i] = n.part(e, negated)
	}
	return nearPart{truth: truth, how: n.node(least, parts)}
}

// root is the node to ask for.
func (n *nearer) root(p nearPart) Ref {
	switch {
	case p.how >= nearPut:
		return Ref(p.how)
	case p.how == never:
		return n.b.truth(enterprises, false)
	}
	return n.b.sure(enterprises, p.truth.Not())
}

// node makes the node of 至少 least of the parts. That a part can never be one is not found out from its truth; a node
// none of whose parts can is never one itself. Parts are not deduplicated: two that are one are not exactly one.
func (n *nearer) node(least int, parts []nearPart) one {
	if least < 1 || least > len(parts) || !slices.ContainsFunc(parts, func(p nearPart) bool { return p.how != never }) {
		return never
	}
	cost := func(p nearPart) int {
		c := 2 * n.b.plan.Cost(p.truth)
		if p.how != never {
			c++ // of two tests of one price the one that ends more candidates goes first
		}
		return c
	}
	slices.SortStableFunc(parts, func(x, y nearPart) int {
		return cmp.Or(cost(x)-cost(y), cmp.Compare(x.truth, y.truth), cmp.Compare(x.how, y.how))
	})
	made := node{kind: kindNear, space: enterprises, least: least, cost: 1}
	key := binary.AppendUvarint(nil, uint64(least))
	var nested []Ref
	for _, p := range parts {
		made.parts, made.near = append(made.parts, p.truth), append(made.near, p.how)
		made.cost += n.b.plan.Cost(p.truth)
		key = binary.AppendVarint(binary.AppendUvarint(key, uint64(p.truth)), int64(p.how))
		if p.how >= nearPut {
			nested = append(nested, Ref(p.how))
		}
	}
	made.parts = append(made.parts, nested...)
	return one(n.b.intern(string(key), made))
}
