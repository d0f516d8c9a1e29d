package simulate

import "math/big"

// Counts are living enterprises by what a condition comes to for them. The others do not meet it.
type Counts struct {
	Sure  int64 // 符合, 评审 and 承诺 taken as met
	Needs int64 // 待补充
	Near  int64 // 差一项
}

func (c *Counts) add(o Counts) {
	c.Sure, c.Needs, c.Near = c.Sure+o.Sure, c.Needs+o.Needs, c.Near+o.Near
}

// Result is what a simulation came to.
type Result struct {
	Living int64 // enterprises looked at
	Counts
	Review  int64 // of Sure: subject to 评审
	Declare int64 // of Sure: subject to 承诺 and nothing else

	Regions    map[string]Counts // by the code the enterprise is known by, "" if by none
	Industries map[string]Counts // the same
	Classes    []Counts          // as in Question.Classes, and at the end those in none for sure

	Gates   []Gate
	Curves  []Curve
	Money   Money
	Against Against
}

// Gate is what one part of the condition costs.
type Gate struct {
	Sure    int64 // yes to it and to all parts before it
	Open    int64 // no to none of them, and unknown to some
	Without int64 // sure if it were not there; less Sure of the whole: what it alone keeps out
}

// Curve is what other thresholds of a test would give.
type Curve struct {
	Others  int64 // enterprises for which the test decides whether they are sure
	Unknown int64 // those of them for which it is unknown at the present threshold
	Rungs   []RungCounts
}

// RungCounts are what the condition comes to at another threshold of one of its tests.
type RungCounts struct{ Sure, Needs int64 }

// Money is what the benefit comes to for all who are sure, each amount rounded to 分: one that is not known exactly
// downwards at its low end and upwards at its high one. An amount below nothing is nothing.
type Money struct {
	Exact   int64    // enterprises whose amount is one number
	Between int64    // enterprises whose amount lies between two
	Open    int64    // enterprises whose amount has no upper end; their low end is in both sums
	Nothing int64    // enterprises that get nothing by the formula; they are among the exact ones
	Low     *big.Int // in 分
	High    *big.Int // in 分
}

// Against is how a condition differs from another, in enterprises that are sure.
type Against struct {
	Sure         int64 // by the other
	Enter, Leave int64
	NeedsInstead int64 // of Leave: they would need facts
	NeededBefore int64 // of Enter: they needed facts
}

// newResult is a result of no block.
func (s *Simulation) newResult() *Result {
	r := &Result{
		Regions: map[string]Counts{}, Industries: map[string]Counts{}, Classes: make([]Counts, len(s.classes)+1),
		Gates: make([]Gate, len(s.gates)), Curves: make([]Curve, len(s.curves)), Money: newMoney(),
	}
	for i := range r.Curves {
		r.Curves[i].Rungs = make([]RungCounts, len(s.curves[i].rungs))
	}
	return r
}

func newMoney() Money { return Money{Low: new(big.Int), High: new(big.Int)} }

// Merge adds up what several counters of one simulation have counted. The order does not matter.
func (s *Simulation) Merge(counters ...*Counter) *Result {
	out := s.newResult()
	for _, c := range counters {
		out.add(c.result)
	}
	return out
}

func (r *Result) add(o *Result) {
	r.Living += o.Living
	r.Counts.add(o.Counts)
	r.Review, r.Declare = r.Review+o.Review, r.Declare+o.Declare
	addCounts(r.Regions, o.Regions)
	addCounts(r.Industries, o.Industries)
	for i := range r.Classes {
		r.Classes[i].add(o.Classes[i])
	}
	for i, g := range o.Gates {
		mine := &r.Gates[i]
		mine.Sure, mine.Open, mine.Without = mine.Sure+g.Sure, mine.Open+g.Open, mine.Without+g.Without
	}
	for i := range r.Curves {
		r.Curves[i].add(&o.Curves[i])
	}
	r.Money.add(&o.Money)
	r.Against.add(&o.Against)
}

func addCounts(to, from map[string]Counts) {
	for code, c := range from {
		sum := to[code]
		sum.add(c)
		to[code] = sum
	}
}

func (c *Curve) add(o *Curve) {
	c.Others, c.Unknown = c.Others+o.Others, c.Unknown+o.Unknown
	for i, r := range o.Rungs {
		c.Rungs[i].Sure += r.Sure
		c.Rungs[i].Needs += r.Needs
	}
}

func (m *Money) add(o *Money) {
	m.Exact, m.Between, m.Open, m.Nothing = m.Exact+o.Exact, m.Between+o.Between, m.Open+o.Open, m.Nothing+o.Nothing
	m.Low.Add(m.Low, o.Low)
	m.High.Add(m.High, o.High)
}

func (a *Against) add(o *Against) {
	a.Sure, a.Enter, a.Leave = a.Sure+o.Sure, a.Enter+o.Enter, a.Leave+o.Leave
	a.NeedsInstead, a.NeededBefore = a.NeedsInstead+o.NeedsInstead, a.NeededBefore+o.NeededBefore
}
