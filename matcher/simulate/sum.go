package simulate

import (
	"math/big"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
)

// sum is an amount that is computed without asking the plan for each enterprise.
type sum struct {
	constant *big.Rat // the same for everybody
}

// compileSum finds the fast way to an amount; nil if there is none.
func compileSum(v condition.Value, _ func(condition.Expr) plan.Ref) *sum {
	if n, ok := named(v).(condition.Number); ok {
		return &sum{constant: n.Value}
	}
	return nil
}

// sumUp adds the amounts that need no exact evaluation, and returns the enterprises whose amount does.
func (c *Counter) sumUp() (rest bits.Set, err error) {
	s := c.sim.sum
	if s == nil {
		return c.sure, nil
	}
	one := newMoney()
	one.put(plan.Amount{Low: s.constant, High: s.constant})
	n := int64(c.sure.Count())
	m := &c.result.Money
	m.Exact += n
	m.Nothing += n * one.Nothing
	all := new(big.Int).Mul(one.Low, big.NewInt(n))
	m.Low.Add(m.Low, all)
	m.High.Add(m.High, all)
	c.one.Clear()
	return c.one, nil
}
