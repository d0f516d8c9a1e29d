package plan

import "zhida/matcher/condition"

// branches makes a condition on a value. 分档 directly under it is lifted out: the condition is made for the value of
// each case, and the reachable ones must agree. For one case "c: t; 其他: e" that is, in Kleene's logic,
// (非c 或 t) 且 (c 或 e) 且 (t 或 e); the last part decides where c is unknown.
func (b *Builder) branches(v condition.Value, space int, of func(condition.Value) Ref) Ref {
	tiers, ok := bare(v).(condition.Tiers)
	if !ok {
		return of(bare(v))
	}
	out := b.branches(tiers.Else, space, of)
	for i := len(tiers.Cases) - 1; i >= 0; i-- {
		c := tiers.Cases[i]
		out = b.choose(space, b.lower(c.When, space), b.branches(c.Then, space, of), out)
	}
	return out
}

// choose is then where the condition is yes, otherwise where it is no, and where it is unknown what both agree on.
func (b *Builder) choose(space int, c, then, otherwise Ref) Ref {
	if then == otherwise {
		return then
	}
	return b.all(space, []Ref{
		b.either(space, []Ref{c.Not(), then}),
		b.either(space, []Ref{c, otherwise}),
		b.either(space, []Ref{then, otherwise}),
	})
}

// bare is a value without the names of derived attributes around it.
func bare(v condition.Value) condition.Value {
	for {
		named, ok := v.(condition.Named)
		if !ok {
			return v
		}
		v = named.X
	}
}
