package simulate

import (
	"fmt"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/matcher/profile"
)

// Counter counts block after block with the same memory. It belongs to one goroutine.
type Counter struct {
	sim    *Simulation
	ev     *plan.Evaluator
	sums   *plan.Evaluator // for amounts, in the midst of an evaluation
	result *Result
	in     *plan.Input

	sure, needs, near, some bits.Set // of this block, living ones only; some is any of them
	one, two                bits.Set // scratch
	tally                   tally
	fresh                   freshColumns
	summing                 summing
}

// NewCounter returns a counter that has counted nothing.
func (s *Simulation) NewCounter() *Counter {
	return &Counter{sim: s, ev: plan.NewEvaluator(s.plan), sums: plan.NewEvaluator(s.plan), result: s.newResult()}
}

// Block counts a block, which must have what Question.Parts reads and the attributes of regions and industries. The error
// is a *plan.MissingError.
func (c *Counter) Block(in *plan.Input) error {
	c.begin(in)
	c.ev.Hold(in, c.sim.refs)
	defer c.ev.Release()
	for _, step := range []func() error{c.verdicts, c.statements, c.compare, c.funnel, c.curves, c.places, c.classes, c.money} {
		if err := step(); err != nil {
			return fmt.Errorf("simulate: %w", err)
		}
	}
	return nil
}

func (c *Counter) begin(in *plan.Input) {
	c.in, c.fresh = in, freshColumns{}
	for _, s := range []*bits.Set{&c.sure, &c.needs, &c.near, &c.some, &c.one, &c.two} {
		if cap(*s) < bits.Words(in.Block.N) {
			*s = bits.New(profile.MaxDoors)
		}
		*s = (*s)[:bits.Words(in.Block.N)]
	}
}

// verdicts counts who is sure, needs facts or narrowly misses.
func (c *Counter) verdicts() error {
	living := c.in.Block.Living
	t, err := c.ev.Held(c.sim.granted)
	if err != nil {
		return err
	}
	c.sure.Copy(t.Yes)
	c.sure.And(living)
	c.needs.Copy(living)
	c.needs.AndNot(t.Yes)
	c.needs.AndNot(t.No)
	if t, err = c.ev.Held(c.sim.near); err != nil {
		return err
	}
	c.near.Copy(t.Yes)
	c.near.And(living)
	c.some.Copy(c.sure)
	c.some.Or(c.needs)
	c.some.Or(c.near)
	c.result.Living += int64(living.Count())
	c.result.Counts.add(c.countsOf(nil))
	return nil
}

// countsOf counts the verdicts within a set; nil is everybody.
func (c *Counter) countsOf(within bits.Set) Counts {
	if within == nil {
		return Counts{int64(c.sure.Count()), int64(c.needs.Count()), int64(c.near.Count())}
	}
	return Counts{int64(c.sure.CountAnd(within)), int64(c.needs.CountAnd(within)), int64(c.near.CountAnd(within))}
}

// statements counts what is left to 评审 and 承诺 among the sure.
func (c *Counter) statements() error {
	if c.sim.bare == c.sim.granted || c.sure.IsEmpty() {
		return nil
	}
	declared, err := c.ev.Held(c.sim.declared)
	if err != nil {
		return err
	}
	bare, err := c.ev.Held(c.sim.bare)
	if err != nil {
		return err
	}
	review := int64(c.sure.Count() - c.sure.CountAnd(declared.Yes))
	c.result.Review += review
	c.result.Declare += int64(c.sure.Count()-c.sure.CountAnd(bare.Yes)) - review
	return nil
}

// compare counts who would enter and who would leave against the other condition.
func (c *Counter) compare() error {
	if c.sim.question.Against == nil {
		return nil
	}
	t, err := c.ev.Held(c.sim.against)
	if err != nil {
		return err
	}
	a, living := &c.result.Against, c.in.Block.Living
	a.Sure += int64(living.CountAnd(t.Yes))
	c.one.Copy(c.sure)
	c.one.AndNot(t.Yes)
	a.Enter += int64(c.one.Count())
	c.one.AndNot(t.No)
	a.NeededBefore += int64(c.one.Count())
	c.one.Copy(living)
	c.one.And(t.Yes)
	c.one.AndNot(c.sure)
	a.Leave += int64(c.one.Count())
	a.NeedsInstead += int64(c.one.CountAnd(c.needs))
	return nil
}

// classes counts by class of size.
func (c *Counter) classes() error {
	rest := c.two
	rest.Copy(c.some)
	for i, r := range c.sim.classes {
		if c.some.IsEmpty() {
			return nil
		}
		t, err := c.ev.Held(r)
		if err != nil {
			return err
		}
		c.result.Classes[i].add(c.countsOf(t.Yes))
		rest.AndNot(t.Yes)
	}
	c.result.Classes[len(c.sim.classes)].add(c.countsOf(rest))
	return nil
}
