package reference

import (
	"math/big"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// interval is all that a number can be, ends included; a nil end is none. Dates are numbers of days.
type interval struct{ low, high *big.Rat }

func point(x *big.Rat) interval { return interval{x, x} }

func (i interval) isPoint() bool { return i.low != nil && i.high != nil && i.low.Cmp(i.high) == 0 }

// hull is the least interval with both in it.
func (i interval) hull(j interval) interval {
	return interval{least(i.low, j.low), greatest(i.high, j.high)}
}

// least is the lesser of two low ends, greatest the greater of two high ends.
func least(a, b *big.Rat) *big.Rat {
	switch {
	case a == nil || b == nil:
		return nil
	case a.Cmp(b) < 0:
		return a
	}
	return b
}

func greatest(a, b *big.Rat) *big.Rat {
	switch {
	case a == nil || b == nil:
		return nil
	case a.Cmp(b) > 0:
		return a
	}
	return b
}

// operand is all that a value can be.
type operand struct {
	interval          // numbers and dates
	words    []string // texts, codes (the finest), 是 and 否
	any      bool     // any text or code
	perhaps  bool     // it may be absent
	never    bool     // it is absent for sure
}

// Amount is a number as it can be for an enterprise: nil ends are none. Absent says that it may be absent, Never that it is.
type Amount struct {
	Low, High     *big.Rat
	Absent, Never bool
}

// Amount is the value of a number or a date (in days since year 0) for an enterprise.
func (w *World) Amount(v condition.Value, who *Enterprise) Amount {
	o := scope{World: w, who: who}.operand(v)
	return Amount{o.low, o.high, o.perhaps || o.never, o.never}
}

// branches lists what each reachable branch of a 分档 can be; of anything else there is one.
func (s scope) branches(v condition.Value) []operand {
	switch v := v.(type) {
	case condition.Named:
		return s.branches(v.X)
	case condition.Tiers:
		var out []operand
		for _, c := range v.Cases {
			t := s.truth(c.When)
			if t.Yes {
				out = append(out, s.branches(c.Then)...)
			}
			if !t.No {
				return out
			}
		}
		return append(out, s.branches(v.Else)...)
	}
	return []operand{s.operand(v)}
}

// known reports whether the value is one only.
func (s scope) known(v condition.Value) bool {
	o := s.operand(v)
	switch {
	case o.perhaps || o.never:
		return false
	case v.Type().Kind == schemas.KindNumber || v.Type().Kind == schemas.KindDate:
		return o.isPoint()
	}
	switch v := v.(type) {
	case condition.Column:
		_, ok := s.cell(v) // a code known coarsely is known
		return ok
	case condition.Named:
		return s.known(v.X)
	}
	return !o.any && len(o.words) == 1
}

func (s scope) operand(v condition.Value) operand {
	switch v := v.(type) {
	case condition.Column:
		return s.column(v)
	case condition.Number:
		return number(point(v.Value))
	case condition.Day:
		return day(v.Date)
	case condition.Today:
		return day(s.Today)
	case condition.YearNumber:
		return number(point(big.NewRat(int64(v.Year.On(s.Today)), 1)))
	case condition.YearDay:
		return day(schemas.NewDate(v.Year.On(s.Today), v.Month, v.Day))
	case condition.Shift:
		return s.shift(v)
	case condition.Word:
		return operand{words: []string{v.Text}}
	case condition.Truth:
		return operand{words: []string{yesNo(v.Yes)}}
	case condition.Arithmetic:
		l, r := s.operand(v.Left), s.operand(v.Right)
		return both(l, r, calculate(v.Op, l.interval, r.interval))
	case condition.Extreme:
		out := s.operand(v.Parts[0])
		for _, part := range v.Parts[1:] {
			p := s.operand(part)
			out = both(out, p, extreme(v.Most, out.interval, p.interval))
		}
		return out
	case condition.Tiers:
		return s.tiers(v)
	case condition.Score:
		return s.score(v)
	case condition.Bands:
		return s.bands(v)
	case condition.Fold:
		return s.fold(v)
	case condition.Named:
		return s.operand(v.X)
	}
	panic("no such value")
}

func number(i interval) operand { return operand{interval: i} }

func day(d schemas.Date) operand { return number(point(big.NewRat(int64(d), 1))) }

func yesNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

// both is an operand made of two: it is absent where either is.
func both(l, r operand, i interval) operand {
	return operand{interval: i, perhaps: l.perhaps || r.perhaps, never: l.never || r.never}
}

func (s scope) column(c condition.Column) operand {
	v, ok := s.cell(c)
	switch c.Kind.Kind {
	case schemas.KindNumber, schemas.KindDate:
		if ok {
			return number(point(scaled(v.Number, c.Kind.Scale)))
		}
		var out interval
		if c.Range.Low != nil {
			out.low = scaled(*c.Range.Low, c.Kind.Scale)
		}
		if c.Range.High != nil {
			out.high = scaled(*c.Range.High, c.Kind.Scale)
		}
		return number(out)
	case schemas.KindTruth:
		if ok {
			return operand{words: []string{yesNo(v.Number == 1)}}
		}
		return operand{words: []string{"是", "否"}}
	case schemas.KindCode:
		if ok {
			return operand{words: s.below(c.Kind.System, v.Text)}
		}
		return operand{any: true}
	}
	if ok {
		return operand{words: []string{v.Text}}
	}
	return operand{words: c.Kind.Values, any: len(c.Kind.Values) == 0}
}

// shift moves both ends: a later day never goes before an earlier one.
func (s scope) shift(v condition.Shift) operand {
	o := s.operand(v.X)
	for _, end := range []**big.Rat{&o.low, &o.high} {
		if *end != nil {
			moved := move(schemas.Date((*end).Num().Int64()).Time(), v.Span)
			*end = big.NewRat(int64(schemas.NewDate(moved.Year(), int(moved.Month()), moved.Day())), 1)
		}
	}
	return o
}

// tiers is 分档 inside a calculation: anything between what its reachable branches can be.
func (s scope) tiers(v condition.Tiers) operand {
	var out operand
	out.never = true
	for _, b := range s.branches(v) {
		out.perhaps = out.perhaps || b.perhaps || b.never
		switch {
		case b.never:
			continue
		case out.never:
			out.interval, out.never = b.interval, false
		default:
			out.interval = out.hull(b.interval)
		}
		out.any = out.any || b.any
		for _, word := range b.words {
			out.words = addWord(out.words, word)
		}
	}
	return out
}

func addWord(words []string, word string) []string {
	for _, w := range words {
		if w == word {
			return words
		}
	}
	return append(words[:len(words):len(words)], word)
}

// score adds up what holds, and perhaps what may.
func (s scope) score(v condition.Score) operand {
	total := number(point(new(big.Rat)))
	for _, c := range v.Cases {
		t := s.truth(c.When)
		if !t.Yes {
			continue
		}
		p := s.operand(c.Then)
		if t.No {
			p.interval = p.hull(point(new(big.Rat)))
			p.perhaps, p.never = p.perhaps || p.never, false
		}
		total = both(total, p, calculate(condition.Add, total.interval, p.interval))
	}
	return total
}

// bands adds up the bands: of each the part of X that lies in it, at its rate.
func (s scope) bands(v condition.Bands) operand {
	x := s.operand(v.X)
	total, from := point(new(big.Rat)), new(big.Rat)
	add := func(part interval, rate *big.Rat) {
		beyond := calculate(condition.Subtract, part, point(from))
		total = calculate(condition.Add, total, calculate(condition.Multiply, beyond, point(rate)))
	}
	for _, step := range v.Steps {
		add(extreme(false, extreme(true, x.interval, point(from)), point(step.UpTo)), step.Rate)
		from = step.UpTo
	}
	if v.Above != nil {
		add(extreme(true, x.interval, point(from)), v.Above)
	}
	return both(x, x, total)
}

// extreme is the interval of the greater, or lesser, of two numbers.
func extreme(most bool, x, y interval) interval {
	if !most {
		m := extreme(true, negate(x), negate(y))
		return negate(m)
	}
	out := interval{low: x.low, high: greatest(x.high, y.high)}
	if x.low == nil || y.low != nil && y.low.Cmp(x.low) > 0 {
		out.low = y.low
	}
	return out
}

func negate(x interval) interval {
	var out interval
	if x.high != nil {
		out.low = new(big.Rat).Neg(x.high)
	}
	if x.low != nil {
		out.high = new(big.Rat).Neg(x.low)
	}
	return out
}

// calculate is the interval of all results.
func calculate(op condition.Operator, x, y interval) interval {
	switch op {
	case condition.Add:
		return interval{plus(x.low, y.low), plus(x.high, y.high)}
	case condition.Subtract:
		return calculate(condition.Add, x, negate(y))
	case condition.Multiply:
		return multiply(x, y)
	}
	if (y.low == nil || y.low.Sign() <= 0) && (y.high == nil || y.high.Sign() >= 0) {
		return interval{} // the denominator can be zero
	}
	return multiply(x, interval{reciprocal(y.high), reciprocal(y.low)})
}

// reciprocal of an end that is none is 0, which is included though it is not reached.
func reciprocal(x *big.Rat) *big.Rat {
	if x == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Inv(x)
}

func plus(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return nil
	}
	return new(big.Rat).Add(a, b)
}

// end is an end of an interval with its sign of infinity.
type end struct {
	x        *big.Rat
	infinite int // -1, 0, 1
}

// multiply takes the extremes of the four products of ends. 0 times no end is 0: an unknown is some number.
func multiply(x, y interval) interval {
	ends := func(i interval) [2]end {
		out := [2]end{{x: i.low}, {x: i.high}}
		if i.low == nil {
			out[0].infinite = -1
		}
		if i.high == nil {
			out[1].infinite = 1
		}
		return out
	}
	var low, high *end
	for _, a := range ends(x) {
		for _, b := range ends(y) {
			p := product(a, b)
			if low == nil || p.before(*low) {
				low = &p
			}
			if high == nil || high.before(p) {
				high = &p
			}
		}
	}
	return interval{low.x, high.x}
}

func (e end) sign() int {
	if e.infinite != 0 {
		return e.infinite
	}
	return e.x.Sign()
}

func (e end) before(f end) bool {
	if e.infinite != 0 || f.infinite != 0 {
		return e.infinite < f.infinite
	}
	return e.x.Cmp(f.x) < 0
}

func product(a, b end) end {
	switch {
	case a.sign() == 0 || b.sign() == 0:
		return end{x: new(big.Rat)}
	case a.infinite != 0 || b.infinite != 0:
		return end{infinite: a.sign() * b.sign()}
	}
	return end{x: new(big.Rat).Mul(a.x, b.x)}
}
