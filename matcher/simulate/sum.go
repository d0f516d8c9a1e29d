package simulate

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"

	set "zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// An amount is computed exactly by the plan at some microseconds per enterprise; a province has millions of matches. Most
// formulas are sums, products with fixed rates, limits and tiers of stored numbers, which are whole numbers over a fixed
// denominator: 研发费用 * 10% is thousandths of a yuan. They are computed here in int64, ends of intervals each, by the rules
// of the plan. What does not go so for an enterprise (an overflow, a division) is left to the plan: nothing is rounded
// before it is money.

// sum is an amount, or a part of one, in whole numbers over a fixed denominator.
type sum struct {
	op     sumOp
	parts  []*sum
	over   int64            // the denominator of the result
	column condition.Column // sumColumn
	fixed  int64            // sumFixed: the number, over the denominator
	raise  []int64          // by part: what brings it to the common denominator
	heads  []plan.Ref       // sumTiers, sumScore: beside parts; the last part of sumTiers has none
	most   bool             // sumExtreme
}

type sumOp uint8

const (
	sumNever  sumOp = iota // it does not go in whole numbers
	sumFixed               // a constant
	sumColumn              // an attribute
	sumAdd
	sumSubtract
	sumMultiply
	sumExtreme
	sumTiers
	sumScore
)

// compileSum finds the fast way to an amount; nil if there is none.
func compileSum(v condition.Value, granting func(condition.Expr) plan.Ref) *sum {
	c := sumCompiler{granting}
	if s := c.value(v); s.op != sumNever {
		return s
	}
	return nil
}

type sumCompiler struct {
	granting func(condition.Expr) plan.Ref
}

func (c sumCompiler) value(v condition.Value) *sum {
	switch x := v.(type) {
	case condition.Named:
		return c.value(x.X)
	case condition.Number:
		return fixedSum(x.Value)
	case condition.Column:
		if x.Dataset == nil && x.Within == 0 && x.Kind.Kind == schemas.KindNumber && x.Kind.Scale <= 18 {
			return &sum{op: sumColumn, column: x, over: power10(x.Kind.Scale)}
		}
	case condition.Arithmetic:
		return c.arithmetic(x)
	case condition.Extreme:
		return (&sum{op: sumExtreme, most: x.Most, parts: c.values(x.Parts)}).common()
	case condition.Tiers:
		s := c.cases(sumTiers, x.Cases)
		s.parts = append(s.parts, c.value(x.Else))
		return s.common()
	case condition.Score:
		return c.cases(sumScore, x.Cases).common()
	}
	return &sum{op: sumNever, over: 1}
}

func (c sumCompiler) values(parts []condition.Value) []*sum {
	out := make([]*sum, len(parts))
	for i, p := range parts {
		out[i] = c.value(p)
	}
	return out
}

func (c sumCompiler) cases(op sumOp, cases []condition.Case) *sum {
	s := &sum{op: op}
	for _, k := range cases {
		s.heads, s.parts = append(s.heads, c.granting(k.When)), append(s.parts, c.value(k.Then))
	}
	return s
}

func (c sumCompiler) arithmetic(x condition.Arithmetic) *sum {
	l, r := c.value(x.Left), c.value(x.Right)
	switch x.Op {
	case condition.Add:
		return (&sum{op: sumAdd, parts: []*sum{l, r}}).common()
	case condition.Subtract:
		return (&sum{op: sumSubtract, parts: []*sum{l, r}}).common()
	case condition.Divide:
		if r.op != sumFixed || r.fixed == 0 {
			return &sum{op: sumNever, over: 1}
		}
		r = fixedSum(new(big.Rat).Inv(big.NewRat(r.fixed, r.over)))
	}
	over, fits := times(l.over, r.over)
	if !fits {
		return &sum{op: sumNever, over: 1}
	}
	return &sum{op: sumMultiply, parts: []*sum{l, r}, over: over}
}

func fixedSum(x *big.Rat) *sum {
	if !x.Num().IsInt64() || !x.Denom().IsInt64() || !small(x.Num().Int64()) || !small(x.Denom().Int64()) {
		return &sum{op: sumNever, over: 1}
	}
	return &sum{op: sumFixed, fixed: x.Num().Int64(), over: x.Denom().Int64()}
}

// common finds the common denominator of the parts.
func (s *sum) common() *sum {
	s.over = 1
	for _, p := range s.parts {
		factor := p.over / divisor(s.over, p.over)
		over, fits := times(s.over, factor)
		if !fits {
			return &sum{op: sumNever, over: 1}
		}
		s.over = over
	}
	for _, p := range s.parts {
		s.raise = append(s.raise, s.over/p.over)
	}
	return s
}

func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func power10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// Numbers are kept below limit, so that none is an end that is not there, and that two can be added.
const (
	limit   = int64(1) << 62
	without = math.MaxInt64 // no upper end; -without is no lower one
)

func small(x int64) bool { return -limit < x && x < limit }

// times multiplies, if the product is small.
func times(x, y int64) (int64, bool) {
	if x == 0 || y == 0 {
		return 0, true
	}
	ax, ay := uint64(max(x, -x)), uint64(max(y, -y))
	high, low := bits.Mul64(ax, ay)
	if high != 0 || low >= uint64(limit) {
		return 0, false
	}
	return x * y, true
}

// span is what a number can be, over a denominator known elsewhere. If low lies above high, it was not to be computed.
type span struct{ low, high int64 }

func failed() span { return span{1, 0} }

func (s span) failed() bool { return s.low > s.high }

// summing computes amounts for the doors of a block.
type summing struct {
	*Counter
	doors []int32
	free  [][]span // room for values of as many doors
}

// sumUp adds the amounts that whole numbers can say, and returns the enterprises for which they cannot.
func (c *Counter) sumUp() (rest set.Set, err error) {
	s := c.sim.sum
	if s == nil {
		return c.sure, nil
	}
	work := &c.summing
	work.Counter, work.doors = c, work.doors[:0]
	for door := range c.sure.All() {
		work.doors = append(work.doors, int32(door))
	}
	values, err := work.values(s)
	if err != nil {
		return nil, fmt.Errorf("work out amounts: %w", err)
	}
	c.one.Clear()
	var low, high wideSum
	for i, v := range values {
		if !c.result.Money.whole(v, s.over, &low, &high) {
			c.one.Add(int(work.doors[i]))
		}
	}
	c.result.Money.Low.Add(c.result.Money.Low, low.big())
	c.result.Money.High.Add(c.result.Money.High, high.big())
	work.give(values)
	return c.one, nil
}

func (w *summing) take() []span {
	if n := len(w.free); n > 0 && cap(w.free[n-1]) >= len(w.doors) {
		out := w.free[n-1][:len(w.doors)]
		w.free = w.free[:n-1]
		return out
	}
	return make([]span, len(w.doors), max(len(w.doors), 1<<12))
}

func (w *summing) give(v []span) { w.free = append(w.free, v) }

// values computes a part for all doors.
func (w *summing) values(s *sum) ([]span, error) {
	out := w.take()
	switch s.op {
	case sumNever:
		fill(out, failed())
		return out, nil
	case sumFixed:
		fill(out, span{s.fixed, s.fixed})
		return out, nil
	case sumColumn:
		return out, w.read(s.column, out)
	case sumTiers, sumScore:
		return out, w.chosen(s, out)
	}
	for k, p := range s.parts {
		values, err := w.values(p)
		if err != nil {
			return nil, err
		}
		if s.raise != nil {
			raiseAll(values, s.raise[k])
		}
		if k == 0 {
			copy(out, values)
		} else {
			s.combine(out, values)
		}
		w.give(values)
	}
	return out, nil
}

func fill(out []span, v span) {
	for i := range out {
		out[i] = v
	}
}

// read reads an attribute as it is known today; what is not known is what its range says.
func (w *summing) read(c condition.Column, out []span) error {
	f, err := w.columnOf(c)
	if err != nil {
		return err
	}
	open := span{-without, without}
	if c.Range.Low != nil {
		open.low = *c.Range.Low
	}
	if c.Range.High != nil {
		open.high = *c.Range.High
	}
	for i, door := range w.doors {
		out[i] = open
		if f.known.Has(int(door)) {
			out[i] = failed()
			if v := f.values.Ints[door]; small(v) {
				out[i] = span{v, v}
			}
		}
	}
	return nil
}

// chosen computes 分档 and 计分.
func (w *summing) chosen(s *sum, out []span) error {
	undecided := make([]bool, len(out)) // 分档: no case has held for sure yet
	for i := range out {
		out[i], undecided[i] = span{}, true
	}
	begun := make([]bool, len(out)) // 分档: a case may have held
	for k, p := range s.parts {
		values, err := w.values(p)
		if err != nil {
			return err
		}
		raiseAll(values, s.raise[k])
		yes, no := set.Set(nil), set.Set(nil)
		if k < len(s.heads) {
			t, err := w.ev.Held(s.heads[k])
			if err != nil {
				return err
			}
			yes, no = t.Yes, t.No
		}
		for i, v := range values {
			door := int(w.doors[i])
			sure := yes == nil || yes.Has(door)
			switch {
			case !undecided[i], !sure && no.Has(door):
			case s.op == sumScore:
				if !sure && !v.failed() {
					v = span{min(v.low, 0), max(v.high, 0)}
				}
				out[i] = added(out[i], v)
			case !begun[i]:
				out[i], begun[i], undecided[i] = v, true, !sure
			case out[i].failed() || v.failed():
				out[i], undecided[i] = failed(), !sure
			default:
				out[i], undecided[i] = span{min(out[i].low, v.low), max(out[i].high, v.high)}, !sure
			}
		}
		w.give(values)
	}
	return nil
}
