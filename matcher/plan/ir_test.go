package plan

import (
	"fmt"
	"math/big"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// The tests of this package's insides build conditions by hand, on blocks by hand.

const unset = -1 << 62 // an unknown number

func testDay() schemas.Date { return schemas.NewDate(2026, 6, 15) }

// blockOf is a block with columns of numbers at a scale; unset ones are unknown.
func blockOf(n, scale int, columns map[string][]int64) *Input {
	b := &profile.Block{N: n, Living: bits.New(n), Attributes: map[string]*profile.Attribute{}, Tags: map[string]bits.Truth{}, Rows: map[string]*profile.Rows{}}
	b.Living.Fill(n)
	for name, values := range columns {
		c := table.BlankColumn(table.Decimal, n)
		for i, v := range values {
			if v != unset {
				c.SetInt(i, v)
			}
		}
		b.Attributes[name] = &profile.Attribute{
			Name: name, Type: schemas.Type{Kind: schemas.KindNumber, Scale: scale}, Sources: []profile.Source{{}},
			Layers: []profile.Layer{{Values: c, Source: make([]uint8, n), Origin: make([]int64, n), Confirmed: make([]int64, n)}},
		}
	}
	return &Input{Block: b, Today: testDay(), Datasets: map[string]*schemas.Dataset{}, Coverage: map[string][]Coverage{}, Attributes: map[string]*schemas.Attribute{}}
}

func cents(name string, scale int, within ...int64) condition.Column {
	c := condition.Column{Name: name, Kind: schemas.Type{Kind: schemas.KindNumber, Scale: scale}}
	if len(within) > 0 {
		c.Range.Low = &within[0]
	}
	if len(within) > 1 {
		c.Range.High = &within[1]
	}
	return c
}

func number(text string) condition.Number {
	x, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return condition.Number{Value: x}
}

func calc(l condition.Value, op condition.Operator, r condition.Value) condition.Value {
	return condition.Arithmetic{Op: op, Left: l, Right: r}
}

func compare(l condition.Value, op condition.Op, r condition.Value) condition.Compare {
	return condition.Compare{Op: op, Left: l, Right: r}
}

// truths evaluates conditions and writes one rune per thing: 1 yes, 0 no, ? unknown.
func truths(tb testing.TB, in *Input, exprs ...condition.Expr) []string {
	tb.Helper()
	b := New()
	var refs []Ref
	for _, x := range exprs {
		refs = append(refs, b.Add(x))
	}
	return answers(tb, NewEvaluator(b.Plan()), in, refs)
}

func answers(tb testing.TB, ev *Evaluator, in *Input, refs []Ref) []string {
	tb.Helper()
	var out []string
	err := ev.Eval(in, refs, func(r Ref, t bits.Truth) { out = append(out, written(t, in.Block.N)) })
	if err != nil {
		tb.Fatal(err)
	}
	for i := range ev.left {
		if ev.left[i] != 0 || ev.done[i].Yes != nil || ev.folds[i] != nil {
			tb.Errorf("node %d of kind %d is kept after the evaluation, with %d uses to come", i, ev.plan.nodes[i].kind, ev.left[i])
		}
	}
	return out
}

func written(t bits.Truth, n int) string {
	out := make([]byte, n)
	for i := range out {
		out[i] = '?'
		switch {
		case t.Yes.Has(i) && t.No.Has(i):
			out[i] = '!'
		case t.Yes.Has(i):
			out[i] = '1'
		case t.No.Has(i):
			out[i] = '0'
		}
	}
	for w := range t.Yes {
		if (t.Yes[w]|t.No[w])&^mask(w, n) != 0 {
			return fmt.Sprintf("%s and beyond", out)
		}
	}
	return string(out)
}
