package main

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	"zhida/matcher/condition"
)

// question is a condition in the form in which peers are asked for whom it is surely true: no negation but at leaves.
type question struct {
	kind  kind
	parts []*question
	least int // atLeast

	column    int   // number: the stored number lies from low to high; code: the id lies in one of yes
	low, high int64 // number
	inside    bool  // number, tag: whether it is to lie inside, or to be true
	ids       []span
	tag       int
	terms     []term // sum: the terms come to 0 or more, and over is above 0
	over      int
	key       string // tells leaves apart
}

type kind int

const (
	allOf kind = iota
	anyOf
	atLeast
	number
	code
	tag
	sum
)

// span is an interval of ids of words, both included.
type span struct{ from, to uint16 }

// term is a multiple of a column.
type term struct {
	column int
	factor int64
}

// asker translates conditions.
type asker struct {
	columns map[string]int
	scale   []int
	tags    map[string]int
	words   map[int][]string // of text columns, sorted; words[0] is unknown
}

// refuse reports a construct that peers are not asked.
type refuse struct{ what string }

func (r refuse) Error() string { return "peers cannot be asked: " + r.what }

// ask translates a condition.
func (a *asker) ask(x condition.Expr) (q *question, err error) {
	defer func() {
		if r, ok := recover().(refuse); ok {
			err = r
		}
	}()
	return a.question(x, false), nil
}

func (a *asker) question(x condition.Expr, negated bool) *question {
	joined := func(least int, parts []condition.Expr) *question {
		if negated {
			least = len(parts) - least + 1
		}
		q := &question{kind: atLeast, least: least}
		switch least {
		case len(parts):
			q.kind = allOf
		case 1:
			q.kind = anyOf
		}
		for _, p := range parts {
			q.parts = append(q.parts, a.question(p, negated))
		}
		return q
	}
	switch x := x.(type) {
	case condition.Not:
		return a.question(x.X, !negated)
	case condition.And:
		return joined(len(x.Parts), x.Parts)
	case condition.Or:
		return joined(1, x.Parts)
	case condition.AtLeast:
		return joined(x.N, x.Parts)
	case condition.Tag:
		return leaf(question{kind: tag, tag: a.tags[x.Name], inside: !negated})
	case condition.Member:
		return a.member(x, negated)
	case condition.Compare:
		return a.compare(x.Op, x.Left, x.Right, negated)
	}
	panic(refuse{fmt.Sprintf("%T", x)})
}

func leaf(q question) *question {
	q.key = fmt.Sprint(q.kind, q.column, q.low, q.high, q.inside, q.ids, q.tag, q.terms, q.over)
	return &q
}

// member is asked by the ids of the words that lie inside: those that begin with a member and with no exception. Negated,
// by those that lie outside for sure, which coarser codes do not.
func (a *asker) member(x condition.Member, negated bool) *question {
	column, ok := x.X.(condition.Column)
	if !ok {
		panic(refuse{fmt.Sprintf("%T in a set", x.X)})
	}
	q := question{kind: code, column: a.columns[column.Name]}
	begins := func(word string, with []string) bool {
		return slices.ContainsFunc(with, func(w string) bool { return strings.HasPrefix(word, w) })
	}
	for id, word := range a.words[q.column] {
		if id == 0 {
			continue
		}
		coarser := slices.ContainsFunc(slices.Concat(x.Set.Members, x.Set.Except), func(w string) bool { return w != word && strings.HasPrefix(w, word) })
		in := begins(word, x.Set.Members) && !begins(word, x.Set.Except)
		if coarser || in == negated {
			continue
		}
		if n := len(q.ids); n > 0 && int(q.ids[n-1].to) == id-1 {
			q.ids[n-1].to = uint16(id)
		} else {
			q.ids = append(q.ids, span{uint16(id), uint16(id)})
		}
	}
	return leaf(q)
}

func (a *asker) compare(op condition.Op, left, right condition.Value, negated bool) *question {
	left, right = bare(left), bare(right)
	if t, ok := right.(condition.Tiers); ok {
		return a.tiers(op, left, t, negated)
	}
	limit, day := limitOf(right)
	switch x := left.(type) {
	case condition.Column:
		scale := a.scale[a.columns[x.Name]]
		if day {
			scale = 0
		}
		low, high := interval(op, limit, scale)
		return leaf(question{kind: number, column: a.columns[x.Name], low: low, high: high, inside: !negated})
	case condition.Arithmetic:
		if negated || x.Op != condition.Divide {
			panic(refuse{"arithmetic that is no quotient, or is denied"})
		}
		return a.quotient(op, x, limit)
	}
	panic(refuse{fmt.Sprintf("%T compared", left)})
}

// tiers is a comparison with 分档: with the first case's limit where its condition is yes, with the rest where it is no, and
// with both where that is not known.
func (a *asker) tiers(op condition.Op, left condition.Value, t condition.Tiers, negated bool) *question {
	out := a.compare(op, left, t.Else, negated)
	for i := len(t.Cases) - 1; i >= 0; i-- {
		c := t.Cases[i]
		then := a.compare(op, left, c.Then, negated)
		out = &question{kind: allOf, parts: []*question{
			{kind: anyOf, parts: []*question{a.question(c.When, true), then}},
			{kind: anyOf, parts: []*question{a.question(c.When, false), out}},
			{kind: anyOf, parts: []*question{then, out}},
		}}
	}
	return out
}

// quotient asks n/d >= p/q as q·n - p·d >= 0 and d > 0, in whole numbers. The columns are of one scale and not negative.
func (a *asker) quotient(op condition.Op, x condition.Arithmetic, limit *big.Rat) *question {
	over, ok := bare(x.Right).(condition.Column)
	if !ok {
		panic(refuse{"a divisor that is no column"})
	}
	q := question{kind: sum, over: a.columns[over.Name]}
	p, d := limit.Num().Int64(), limit.Denom().Int64()
	switch n := bare(x.Left).(type) {
	case condition.Column:
		q.terms = []term{{a.columns[n.Name], d}, {q.over, -p}}
	case condition.Arithmetic: // (n - d) / d
		first, ok := bare(n.Left).(condition.Column)
		second, same := bare(n.Right).(condition.Column)
		if !ok || !same || n.Op != condition.Subtract || second.Name != over.Name {
			panic(refuse{"a quotient of sums"})
		}
		q.terms = []term{{a.columns[first.Name], d}, {q.over, -p - d}}
	default:
		panic(refuse{fmt.Sprintf("%T divided", n)})
	}
	switch op {
	case condition.GreaterOrEqual:
	case condition.LessOrEqual:
		for i := range q.terms {
			q.terms[i].factor = -q.terms[i].factor
		}
	default:
		panic(refuse{"a quotient that is less or more"})
	}
	return leaf(q)
}

func bare(v condition.Value) condition.Value {
	for {
		n, ok := v.(condition.Named)
		if !ok {
			return v
		}
		v = n.X
	}
}

func limitOf(v condition.Value) (limit *big.Rat, day bool) {
	switch v := v.(type) {
	case condition.Number:
		return v.Value, false
	case condition.Day:
		return new(big.Rat).SetInt64(int64(v.Date)), true
	}
	panic(refuse{fmt.Sprintf("%T as a limit", v)})
}

// interval are the stored numbers in the relation to a limit; the workload's limits are whole at every scale.
func interval(op condition.Op, limit *big.Rat, scale int) (low, high int64) {
	at := new(big.Rat).Mul(limit, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
	if !at.IsInt() || !at.Num().IsInt64() {
		panic(refuse{"a limit that is not whole"})
	}
	n := at.Num().Int64()
	switch op {
	case condition.Equal:
		return n, n
	case condition.GreaterOrEqual:
		return n, math.MaxInt64
	case condition.Greater:
		return n + 1, math.MaxInt64
	case condition.LessOrEqual:
		return math.MinInt64, n
	}
	return math.MinInt64, n - 1
}

// leaves adds the leaves of a question, each once.
func (q *question) leaves(into map[string]*question) {
	if q.key != "" {
		into[q.key] = q
	}
	for _, p := range q.parts {
		p.leaves(into)
	}
}
