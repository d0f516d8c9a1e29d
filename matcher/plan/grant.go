package plan

import "zhida/matcher/condition"

// Grant says which statements that data cannot decide (评审, 承诺) are taken as met. What is not granted is unknown.
type Grant uint8

// The grants.
const (
	GrantNothing      Grant = iota
	GrantDeclarations       // 承诺
	GrantEverything         // 承诺 and 评审
)

// AddGranting is Add with statements taken as met. The parts without statements are the same nodes under each grant. The
// uses of tests are counted for GrantNothing only, so that an item which is asked for under all grants counts once.
func (b *Builder) AddGranting(expr condition.Expr, grant Grant) Ref {
	uses, outer := b.plan.uses, b.grant
	b.grant = grant
	r := b.lower(expr, enterprises)
	b.grant = outer
	if grant != GrantNothing {
		b.plan.uses = uses
	}
	return r
}

// stated is a statement under the grant in force.
func (b *Builder) stated(s condition.Stated, space int) Ref {
	if b.grant == GrantEverything || b.grant == GrantDeclarations && s.Declared {
		return b.yes(space)
	}
	return b.open(space)
}
