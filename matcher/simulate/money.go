package simulate

import (
	"math/big"

	"zhida/matcher/plan"
)

// money sums up what the benefit comes to for the sure.
func (c *Counter) money() error {
	if c.sim.question.Benefit == nil || c.sure.IsEmpty() {
		return nil
	}
	rest, err := c.sumUp()
	if err != nil {
		return err
	}
	return c.sums.Amounts(c.in, c.sim.amount, rest, func(_ int, a plan.Amount) { c.result.Money.put(a) })
}

// put adds one amount.
func (m *Money) put(a plan.Amount) {
	if a.Absent {
		a.Low, a.High = new(big.Rat), new(big.Rat)
	}
	if a.Perhaps && a.Low != nil && a.Low.Sign() > 0 {
		a.Low = new(big.Rat)
	}
	low, lowRest := cents(a.Low)
	high, highRest := cents(a.High)
	switch {
	case a.High == nil:
		m.Open++
		high = low
	case a.Low != nil && a.Low.Cmp(a.High) == 0:
		m.Exact++
		if cmpHalf(lowRest) >= 0 {
			low.Add(low, big.NewInt(1))
		}
		high = low
		if low.Sign() == 0 {
			m.Nothing++
		}
	default:
		m.Between++
		if highRest.Sign() > 0 {
			high.Add(high, big.NewInt(1))
		}
	}
	m.Low.Add(m.Low, low)
	m.High.Add(m.High, high)
}

// cents is an amount in whole 分, downwards, and what is left of the next; nothing for what is below nothing, or without
// an end.
func cents(x *big.Rat) (whole *big.Int, rest *big.Rat) {
	if x == nil || x.Sign() <= 0 {
		return new(big.Int), new(big.Rat)
	}
	scaled := new(big.Rat).Mul(x, big.NewRat(100, 1))
	whole = new(big.Int).Quo(scaled.Num(), scaled.Denom())
	return whole, scaled.Sub(scaled, new(big.Rat).SetInt(whole))
}

// cmpHalf compares with one half.
func cmpHalf(x *big.Rat) int { return x.Cmp(big.NewRat(1, 2)) }
