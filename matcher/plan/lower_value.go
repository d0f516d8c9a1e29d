package plan

import (
	"fmt"
	"math/big"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// program turns a number or a date into instructions. Conditions inside it become nodes of the plan.
func (b *Builder) program(v condition.Value, space int) program {
	v = folded(v)
	switch x := v.(type) {
	case condition.Column:
		unit := new(big.Rat).SetFrac(big.NewInt(1), power10(x.Kind.Scale))
		return program{code: []instruction{{code: opColumn, field: fieldOf(x), within: x.Range}}, unit: unit, depth: 1}
	case condition.Number:
		unit := new(big.Rat).Abs(x.Value)
		if unit.Sign() == 0 {
			unit = whole()
		}
		return constantProgram(x.Value, unit)
	case condition.Day:
		return constantProgram(new(big.Rat).SetInt64(int64(x.Date)), whole())
	case condition.Arithmetic:
		return two(instruction{code: arithmetic(x.Op)}, b.program(x.Left, space), b.program(x.Right, space))
	case condition.Extreme:
		code := opLeast
		if x.Most {
			code = opMost
		}
		out := b.program(x.Parts[0], space)
		for _, p := range x.Parts[1:] {
			out = two(instruction{code: code}, out, b.program(p, space))
		}
		return out
	case condition.Tiers:
		out := b.program(x.Else, space)
		for i := len(x.Cases) - 1; i >= 0; i-- {
			out = two(instruction{code: opChoice, ref: b.lower(x.Cases[i].When, space)}, b.program(x.Cases[i].Then, space), out)
		}
		return out
	case condition.Score:
		return b.score(x, space)
	case condition.Bands:
		return b.bands(x, space)
	case condition.Shift:
		return b.program(x.X, space).with(instruction{code: opShift, span: x.Span})
	}
	return b.nullary(v)
}

func whole() *big.Rat { return big.NewRat(1, 1) }

func (b *Builder) nullary(v condition.Value) program {
	var i instruction
	unit := whole()
	switch x := v.(type) {
	case condition.YearNumber:
		i = instruction{code: opYear, year: x.Year}
	case condition.YearDay:
		i = instruction{code: opYearDay, day: x}
	case condition.Today:
		i = instruction{code: opToday}
	case condition.Fold:
		i.code = opFold
		i.ref, unit = b.fold(x)
	default:
		panic(fmt.Sprintf("plan: no such operand of arithmetic: %T", v))
	}
	return program{code: []instruction{i}, unit: unit, depth: 1}
}

// score is 计分: each case adds its points where it holds.
func (b *Builder) score(x condition.Score, space int) program {
	var out program
	for i, c := range x.Cases {
		nothing := constantProgram(new(big.Rat), whole())
		p := two(instruction{code: opChoice, ref: b.lower(c.When, space)}, b.program(c.Then, space), nothing)
		if i == 0 {
			out = p
		} else {
			out = two(instruction{code: opAdd}, out, p)
		}
	}
	return out
}

// bands is 累进: for each band, its rate times what of X lies in it. X is computed anew for each band, as there are few.
func (b *Builder) bands(x condition.Bands, space int) program {
	number := func(n *big.Rat) condition.Value { return condition.Number{Value: n} }
	from := new(big.Rat)
	var out condition.Value
	add := func(to, rate *big.Rat) {
		part := condition.Value(condition.Extreme{Most: true, Parts: []condition.Value{x.X, number(from)}})
		if to != nil {
			part = condition.Extreme{Parts: []condition.Value{part, number(to)}}
		}
		part = condition.Arithmetic{Op: condition.Subtract, Left: part, Right: number(from)}
		part = condition.Arithmetic{Op: condition.Multiply, Left: part, Right: number(rate)}
		if out == nil {
			out = part
		} else {
			out = condition.Arithmetic{Op: condition.Add, Left: out, Right: part}
		}
	}
	for _, s := range x.Steps {
		add(s.UpTo, s.Rate)
		from = s.UpTo
	}
	if x.Above != nil {
		add(nil, x.Above)
	}
	return b.program(out, space)
}

// relation is the general comparison of two numbers or dates.
func (b *Builder) relation(op condition.Op, left, right condition.Value, space int) Ref {
	l, r := b.program(left, space), b.program(right, space)
	p := aligned(l, r)
	b.plan.uses++
	n := node{kind: kindRelation, op: op, program: &p}
	if n.against = fixedIn(r, l.unit); n.against != nil {
		return b.limited(n, l, space)
	}
	return b.related(n, space)
}

func (b *Builder) related(n node, space int) Ref {
	return b.computed(space, fmt.Sprintf("relation %d ", n.op), n)
}

// point asks where a number or a date is known exactly.
func (b *Builder) point(v condition.Value, space int) Ref {
	p := b.program(v, space)
	return b.computed(space, "point ", node{kind: kindPoint, program: &p})
}

// computed adds a node that runs a program.
func (b *Builder) computed(space int, key string, n node) Ref {
	n.space, n.cost = space, n.program.cost()
	if n.parts == nil {
		n.parts = n.program.refs()
	}
	for _, p := range n.parts {
		n.cost += b.plan.Cost(p)
	}
	return b.intern(key+n.program.key(), n)
}

// known is 已知 of a value.
func (b *Builder) known(v condition.Value, space int) Ref {
	v = folded(v)
	if isConstant(v) {
		b.plan.uses++
		return b.yes(space)
	}
	if c, ok := columnIn(v); ok {
		return b.leaf(space, knownTest{field: fieldOf(c)})
	}
	switch v.Type().Kind {
	case schemas.KindNumber, schemas.KindDate:
		b.plan.uses++
		return b.point(v, space)
	}
	return b.knownWord(v, space)
}

// knownWord is 已知 of 分档 of words: where the case that holds is known to hold and its word is known, and where the
// cases that can hold agree.
func (b *Builder) knownWord(v condition.Value, space int) Ref {
	tiers, ok := v.(condition.Tiers)
	if !ok {
		return b.known(v, space)
	}
	otherwise, rest := b.known(tiers.Else, space), tiers.Else
	for i := len(tiers.Cases) - 1; i >= 0; i-- {
		c := tiers.Cases[i]
		when, then := b.lower(c.When, space), b.known(c.Then, space)
		agree := b.branches(c.Then, space, func(l condition.Value) Ref {
			return b.branches(rest, space, func(r condition.Value) Ref { return b.relate(condition.Equal, l, r, space) })
		})
		otherwise = b.either(space, []Ref{
			b.all(space, []Ref{b.sure(space, when), then}),
			b.all(space, []Ref{b.sure(space, when.Not()), otherwise}),
			b.all(space, []Ref{then, otherwise, b.sure(space, agree)}),
		})
		rest = condition.Tiers{Cases: tiers.Cases[i:], Else: tiers.Else}
	}
	return otherwise
}

// columnIn is the column an operand is, moved or not.
func columnIn(v condition.Value) (condition.Column, bool) {
	for {
		switch x := v.(type) {
		case condition.Column:
			return x, true
		case condition.Shift:
			v = bare(x.X)
		default:
			return condition.Column{}, false
		}
	}
}
