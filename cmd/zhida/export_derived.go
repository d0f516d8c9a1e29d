package main

import (
	"math/big"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/pipeline/export"
	"zhida/schemas"
)

// derivedScale is the greatest scale a derived attribute is written at as a decimal; int64 then holds 9 hundred million
// million.
const derivedScale = 4

// derived is the column of a derived attribute.
func (p *profileExport) derived(at *schemas.Attribute, v condition.Value, b *plan.Builder) profileColumn {
	name := at.Name
	if at.Yearly {
		this, _, _ := p.date.YMD()
		name = inYear(at, this-1)
	}
	c := profileColumn{Column: export.Column{Name: name}, attribute: at}
	switch v.Type().Kind {
	case schemas.KindNumber:
		c.value, c.Kind = b.AddValue(v), export.Real
		if scale, ok := decimals(v); ok && scale <= derivedScale {
			c.Kind, c.Scale = export.Decimal, scale
		}
	case schemas.KindDate:
		c.value, c.Kind = b.AddValue(v), export.Date
	default:
		c.Kind = export.Text
		c.words, _ = b.AddWords(v)
	}
	return c
}

// amounts are the values of a derived attribute in a block, as its column has them.
type amounts struct {
	column *profileColumn
	ints   []int64
	reals  []float64
	known  bits.Set
}

func newAmounts(c *profileColumn, n int) *amounts {
	a := &amounts{column: c, known: bits.New(n)}
	if c.Kind == export.Real {
		a.reals = make([]float64, n)
	} else {
		a.ints = make([]int64, n)
	}
	return a
}

// add keeps what is one value. What its column cannot hold is left out: that is twice the digits of any amount there is.
func (a *amounts) add(door int, x plan.Amount) {
	ok := x.IsPoint()
	switch {
	case !ok:
	case a.reals != nil:
		a.reals[door], _ = x.Low.Float64()
	case a.column.Kind == export.Date:
		a.ints[door] = x.Low.Num().Int64()
	default:
		a.ints[door], ok = export.Round(x.Low, a.column.Scale, export.Down)
	}
	a.known.Put(door, ok)
}

func (a *amounts) put(w *export.Writer, column, door int) {
	switch {
	case !a.known.Has(door):
	case a.reals != nil:
		w.Real(column, a.reals[door])
	default:
		w.Int(column, a.ints[door])
	}
}

// decimals is how many decimals a number can have, if it is certain to have finitely many: there is no quotient in it.
func decimals(v condition.Value) (scale int, finite bool) {
	switch v := v.(type) {
	case condition.Column:
		return v.Kind.Scale, true
	case condition.Number:
		return v.Value.FloatPrec()
	case condition.YearNumber:
		return 0, true
	case condition.Named:
		return decimals(v.X)
	case condition.Extreme:
		return widest(v.Parts...)
	case condition.Score:
		return widest(thens(v.Cases)...)
	case condition.Tiers:
		return widest(append(thens(v.Cases), v.Else)...)
	case condition.Arithmetic:
		return decimalsOf(v)
	case condition.Bands:
		return decimalsOfBands(v)
	case condition.Fold:
		switch v.Op {
		case condition.FoldCount, condition.FoldDistinct:
			return 0, true
		case condition.FoldAverage:
			return 0, false
		}
		return decimals(v.Of)
	}
	return 0, false
}

func thens(cases []condition.Case) []condition.Value {
	var out []condition.Value
	for _, c := range cases {
		out = append(out, c.Then)
	}
	return out
}

// widest is enough for each of the values.
func widest(values ...condition.Value) (scale int, finite bool) {
	for _, v := range values {
		s, ok := decimals(v)
		if !ok {
			return 0, false
		}
		scale = max(scale, s)
	}
	return scale, true
}

func decimalsOf(v condition.Arithmetic) (scale int, finite bool) {
	left, ok := decimals(v.Left)
	right, also := decimals(v.Right)
	switch {
	case !ok || !also:
		return 0, false
	case v.Op == condition.Divide:
		n, constant := v.Right.(condition.Number)
		if !constant || n.Value.Sign() == 0 {
			return 0, false
		}
		right, finite = new(big.Rat).Inv(n.Value).FloatPrec()
		return left + right, finite
	case v.Op == condition.Multiply:
		return left + right, true
	}
	return max(left, right), true
}

func decimalsOfBands(v condition.Bands) (scale int, finite bool) {
	x, finite := decimals(v.X)
	rates := []*big.Rat{}
	for _, s := range v.Steps {
		n, ok := s.UpTo.FloatPrec()
		x, finite = max(x, n), finite && ok
		rates = append(rates, s.Rate)
	}
	if v.Above != nil {
		rates = append(rates, v.Above)
	}
	for _, r := range rates {
		n, ok := r.FloatPrec()
		scale, finite = max(scale, n), finite && ok
	}
	return x + scale, finite
}
