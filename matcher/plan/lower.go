package plan

import (
	"encoding/binary"
	"fmt"
	"slices"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// Add adds a condition on enterprises and returns the Ref to ask for. Statements (评审, 承诺) are unknown.
func (b *Builder) Add(expr condition.Expr) Ref { return b.AddGranting(expr, GrantNothing) }

// AddRows is AddOver for the rows of a dataset.
func (b *Builder) AddRows(d *schemas.Dataset, where condition.Expr) Ref {
	return b.AddOver(condition.Over{Dataset: d, Where: where})
}

// AddOver adds a condition on rows, as it stands inside 有, 每 and folds. Its truth has one place per row of the block; for
// years, place door*Years+k is the k-th of them, the last of which is the one before today's. A nil condition holds
// for every row.
func (b *Builder) AddOver(over condition.Over) Ref {
	space := b.space(over)
	if over.Where == nil {
		return b.yes(space)
	}
	return b.lower(over.Where, space)
}

// lower turns a condition into nodes of a space. The checker lets a row's condition read nothing but fields of the row.
func (b *Builder) lower(expr condition.Expr, space int) Ref {
	switch expr.(type) {
	case condition.Tag, condition.Exists, condition.Stated:
		if space != enterprises {
			panic(fmt.Sprintf("plan: %T in a condition on rows", expr))
		}
	}
	switch x := expr.(type) {
	case condition.And:
		return b.all(space, b.lowerEach(x.Parts, space))
	case condition.Or:
		return b.either(space, b.lowerEach(x.Parts, space))
	case condition.AtLeast:
		return b.atLeast(space, x.N, b.lowerEach(x.Parts, space))
	case condition.Not:
		return b.lower(x.X, space).Not()
	case condition.Decided:
		r := b.lower(x.X, space)
		return b.either(space, []Ref{b.sure(space, r), b.sure(space, r.Not())})
	case condition.Stated:
		return b.stated(x, space)
	case condition.Exists:
		return b.exists(x)
	}
	return b.lowerTest(expr, space)
}

// lowerTest is lower for what reads a value.
func (b *Builder) lowerTest(expr condition.Expr, space int) Ref {
	switch x := expr.(type) {
	case condition.Compare:
		return b.lowerCompare(x, space)
	case condition.Member:
		return b.branches(x.X, space, func(v condition.Value) Ref { return b.member(v, x.Set, space) })
	case condition.Contains:
		return b.branches(x.X, space, func(v condition.Value) Ref { return b.contains(v, x.Words, space) })
	case condition.Tag:
		return b.leaf(space, tagTest{name: x.Name})
	case condition.Known:
		return b.known(x.X, space)
	}
	panic(fmt.Sprintf("plan: no such expression: %T", expr)) // the set of implementations is closed
}

func (b *Builder) lowerEach(parts []condition.Expr, space int) []Ref {
	out := make([]Ref, len(parts))
	for i, p := range parts {
		out[i] = b.lower(p, space)
	}
	return out
}

// exists is 有, or 每 as what 有 does not find.
func (b *Builder) exists(x condition.Exists) Ref {
	where := b.AddOver(x.Over)
	if x.Every {
		return b.some(where.Not()).Not()
	}
	return b.some(where)
}

// some reduces a condition on rows to enterprises.
func (b *Builder) some(where Ref) Ref {
	key := binary.AppendUvarint(nil, uint64(where))
	return b.intern(string(key), node{kind: kindSome, space: enterprises, parts: []Ref{where}, cost: rowsCost + b.plan.Cost(where)})
}

// rowsCost is the price of walking the rows of a block once, against a pass over a column: it goes bit by bit.
const rowsCost = 8

func (b *Builder) member(v condition.Value, set condition.Set, space int) Ref {
	if w, ok := v.(condition.Word); ok {
		return b.truth(space, slices.Contains(set.Members, w.Text) && !slices.Contains(set.Except, w.Text))
	}
	return b.leaf(space, memberOf(v.(condition.Column), set))
}

func (b *Builder) contains(v condition.Value, words []string, space int) Ref {
	if w, ok := v.(condition.Word); ok {
		return b.truth(space, containsTest{words: words}.has(w.Text))
	}
	return b.leaf(space, containsOf(v.(condition.Column), words))
}
