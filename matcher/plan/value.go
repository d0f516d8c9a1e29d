package plan

import (
	"math"
	"math/big"
	"strconv"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/lanes"
	"zhida/schemas"
)

// A value is what an expression comes to for each thing of a frame. It is computed once per block for all relations that
// compare it with a limit: 研发费用 / 营业收入 with 3%, 5% and 10%. Limits are compared with codes, of which a few
// nanoseconds tell all but those that lie next to the limit: see lanes.Code.

// value adds the node of an expression, which is a column and no truth.
func (b *Builder) value(p program, space int) Ref {
	return b.computed(space, "value ", node{kind: kindValue, program: &p})
}

// limited adds the relation of a value with a limit.
func (b *Builder) limited(n node, of program, space int) Ref {
	value := b.value(of, space)
	n.parts = []Ref{value}
	for i := range n.asked {
		n.asked[i] = b.thresholdsOf(keyOf("=", strconv.Itoa(int(value)), strconv.Itoa(i)))
	}
	nodes := len(b.plan.nodes)
	r := b.related(n, space)
	if len(b.plan.nodes) > nodes {
		for _, t := range n.asked {
			t.even, t.of = true, append(t.of, n.against.ask)
		}
	}
	return r
}

// valueColumn holds the codes of the low and the high end of each thing.
type valueColumn struct {
	low, high []int64
	points    bool     // all ends are points: high is not filled
	rough     bits.Set // things whose codes say nothing
	gone      bits.Set // things that are absent or may be
	some      bool     // there are such

	cases   []valueCase // things for which the codes are these and those of the arrays mean nothing
	settled bits.Set    // the things of all cases
}

// fill encodes the things from from on that the machine has computed.
func (c *valueColumn) fill(v *vector, from, n int) {
	c.encode(v.lo[:n], v.le[:n], c.low[from:], from)
	switch {
	case !v.points:
		if c.points {
			copy(c.high[:from], c.low)
			c.points = false
		}
		c.encode(v.hi[:n], v.he[:n], c.high[from:], from)
	case !c.points:
		copy(c.high[from:from+n], c.low[from:])
	}
	if !v.some {
		return
	}
	for i, a := range v.gone[:n] {
		if a != present {
			c.gone.Add(from + i)
			c.some = true
		}
	}
}

func (c *valueColumn) encode(v, e []float64, codes []int64, from int) {
	for at := 0; at < len(v); at += 64 {
		w, to := (from+at)>>6, min(at+64, len(v))
		c.rough[w] |= lanes.Encode(v[at:to], e[at:to], codes[at:to]) &^ c.settled[w]
	}
}

// computeValue runs the program of a value over its frame, once for all relations that read it.
func (ev *Evaluator) computeValue(at int) error {
	if ev.values[at] != nil {
		return nil
	}
	n := &ev.plan.nodes[at]
	if err := ev.needEach(refOf(at)); err != nil {
		return err
	}
	f := ev.frame(n.space)
	if err := ev.machine.bind(n.program, f); err != nil {
		return err
	}
	c := ev.takeValue(f.n)
	ev.values[at] = c
	if err := ev.findCases(n.program, f, c); err != nil {
		return err
	}
	ev.machine.skip = c.settled
	defer func() { ev.machine.skip = nil }()
	for from := 0; from < f.n; from += chunk {
		count := min(chunk, f.n-from)
		ev.machine.run(n.program, from, count)
		c.fill(ev.machine.stack[0], from, count)
	}
	return nil
}

func (ev *Evaluator) takeValue(n int) *valueColumn {
	c := &valueColumn{}
	if last := len(ev.freed) - 1; last >= 0 {
		c, ev.freed = ev.freed[last], ev.freed[:last]
	}
	if cap(c.low) < n {
		c.low, c.high = make([]int64, n), make([]int64, n)
	}
	*c = valueColumn{
		low: c.low[:n], high: c.high[:n], points: true, rough: ev.sets.take(n), gone: ev.sets.take(n),
		cases: c.cases[:0], settled: ev.sets.take(n),
	}
	c.rough.Clear()
	c.gone.Clear()
	c.settled.Clear()
	return c
}

func (ev *Evaluator) giveValue(at int) {
	if c := ev.values[at]; c != nil {
		ev.sets.give(c.rough)
		ev.sets.give(c.gone)
		ev.sets.give(c.settled)
		for _, k := range c.cases {
			ev.sets.give(k.things)
		}
		ev.freed = append(ev.freed, c)
		ev.values[at] = nil
	}
}

// limited is a relation with a limit, by codes. Where they do not tell, the relation's program is run.
func (ev *Evaluator) limited(n *node) (bits.Truth, error) {
	if err := ev.need(n.parts[0]); err != nil {
		return bits.Truth{}, err
	}
	c, f := ev.values[n.parts[0].node()], ev.frame(n.space)
	limit, isExact, ok := n.against.limit(f.in.Today)
	if !ok {
		return ev.unlimited(n)
	}
	out, near := ev.sets.takeTruth(f.n), ev.sets.take(f.n)
	defer ev.sets.give(near)
	c.split(limit, f.ranks, n.asked, f.n, near, out, &ev.sets)
	switch n.op {
	case condition.Less, condition.LessOrEqual:
		out.Not()
	case condition.Equal:
		out.No.Or(out.Yes)
		out.Yes.Clear()
	}
	near.AndNot(c.settled)
	out.Yes.AndNot(c.settled)
	out.No.AndNot(c.settled)
	for _, k := range c.cases {
		if v, told := tell(n.op, k.low, k.high, limit, isExact); !told {
			near.Or(k.things)
		} else if v == yes {
			out.Yes.Or(k.things)
		} else if v == no {
			out.No.Or(k.things)
		}
	}
	for i := range near.All() {
		v, told := c.tell(n.op, i, limit, isExact)
		if told {
			record(v, i, out)
			near.Remove(i)
		}
	}
	if err := ev.settle(n, f, near, out); err != nil {
		ev.sets.giveTruth(out)
		return bits.Truth{}, err
	}
	ev.drop(n.parts[0].node())
	return out, nil
}

// split is yes where the low end lies above the limit, and no where the high end lies below it, but for those near it.
func (c *valueColumn) split(limit int64, r *ranks, asked [2]*thresholds, n int, near bits.Set, out bits.Truth, sets *pool) {
	lows, highs := asked[0], asked[1]
	around := nearTo(limit)
	r.between(lows, c.low, bounds{around.high + 1, math.MaxInt64}, out.Yes)
	r.between(lows, c.low, around, near)
	if c.points {
		out.No.Fill(n)
		out.No.AndNot(out.Yes)
	} else {
		r.between(highs, c.high, bounds{math.MinInt64, around.low - 1}, out.No)
		other := sets.take(n)
		r.between(highs, c.high, around, other)
		near.Or(other)
		sets.give(other)
	}
	near.Or(c.rough)
	near.Or(c.gone)
	out.Yes.AndNot(near)
	out.No.AndNot(near)
}

// nearTo are the codes that do not tell on which side of the limit they lie.
func nearTo(limit int64) bounds { return bounds{limit - lanes.Nearby, limit + lanes.Nearby} }

// tell relates the i-th thing to the limit by its codes, if they tell.
func (c *valueColumn) tell(op condition.Op, i int, limit int64, isExact bool) (verdict, bool) {
	if c.rough.Has(i) || c.gone.Has(i) || c.settled.Has(i) {
		return unknown, false
	}
	high := c.low[i]
	if !c.points {
		high = c.high[i]
	}
	return tell(op, c.low[i], high, limit, isExact)
}

// tell relates what lies between two codes to the limit, if they tell.
func tell(op condition.Op, low, high, limit int64, isExact bool) (verdict, bool) {
	lowest, ok := order(low, limit, isExact)
	if !ok {
		return unknown, false
	}
	highest, ok := order(high, limit, isExact)
	return decide(op, lowest, highest), ok
}

// order is the sign of what one code says less what the limit's says, if it is proven.
func order(code, limit int64, isExact bool) (int, bool) {
	switch {
	case code > limit+lanes.Nearby:
		return 1, true
	case code < limit-lanes.Nearby:
		return -1, true
	}
	return 0, isExact && code == limit && code&1 == 0
}

// limit is the code of a number on a day.
func (x *fixed) limit(today schemas.Date) (code int64, isExact, ok bool) {
	y := x.on(today)
	code, ok = lanes.Code(y.v, y.e)
	return code, ok && code&1 == 0, ok
}

// ask is what a relation asks of codes.
func (x *fixed) ask(today schemas.Date) bounds {
	code, _, ok := x.limit(today)
	if !ok {
		return nothing
	}
	return nearTo(code)
}

// fixed is a number that is the same for everybody, in the unit of what is compared with it.
type fixed struct {
	instruction instruction
	unit        *big.Rat
}

// fixedIn is nil if a program depends on the thing.
func fixedIn(p program, unit *big.Rat) *fixed {
	if len(p.code) != 1 || p.code[0].code == opColumn || p.code[0].code == opFold {
		return nil
	}
	return &fixed{instruction: p.code[0], unit: unit}
}

func (x *fixed) on(today schemas.Date) end {
	number := x.instruction.number
	if x.instruction.code != opConstant {
		number = new(big.Rat).SetInt64(x.instruction.onDay(today))
	}
	return endOf(new(big.Rat).Quo(number, x.unit))
}
