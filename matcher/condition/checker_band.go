package condition

import (
	"math/big"

	"zhida/schemas"
)

// banding checks 累进: steps and rates are constants, so that the whole is a sum of products.
func (c *checker) banding(n *Banding) (Value, bool) {
	x, ok := c.value(&n.X)
	if ok && x.Type().Kind != schemas.KindNumber {
		c.fault(n.X.Extent(), "", "“%s”只用于数值，%s不是", wordBands, described(n.X, x))
		ok = false
	}
	steps := []operand{{x, n.X}} // the first is what the others are steps of
	var rates []operand
	for _, step := range n.Steps {
		upTo, fine := c.constant(&step.UpTo)
		rate, also := c.constant(&step.Rate)
		ok = ok && fine && also
		steps, rates = append(steps, operand{upTo, step.UpTo}), append(rates, operand{rate, step.Rate})
	}
	if n.Above != nil {
		rate, fine := c.constant(&n.Above)
		ok = ok && fine
		rates = append(rates, operand{rate, n.Above})
	}
	if !ok || !c.agreeAll("比较", steps) || !c.agreeAll("相加", rates) {
		return nil, false
	}
	bands := Bands{Origin: Origin{n}, X: settled(steps[0].v), Steps: make([]Band, len(n.Steps))}
	for i := range n.Steps {
		bands.Steps[i] = Band{exactly(steps[i+1].v), exactly(rates[i].v)}
	}
	if n.Above != nil {
		bands.Above = exactly(rates[len(n.Steps)].v)
	}
	bands.Unit = ordinary(base(steps[0].v.Type().Unit)).Times(ordinary(rates[0].v.Type().Unit))
	return bands, c.ascending(n, bands.Steps)
}

// exactly is the value of a constant.
func exactly(v Value) *big.Rat {
	number, ok := v.(Number)
	if !ok {
		return new(big.Rat)
	}
	return number.Value
}

// constant checks a value that must be a fixed number.
func (c *checker) constant(at *Node) (Number, bool) {
	v, ok := c.value(at)
	if !ok {
		return Number{}, false
	}
	number, ok := v.(Number)
	if !ok {
		c.fault((*at).Extent(), "写出数来，或用 参数；随企业变的用 分档", "“%s”的分级和比例要是固定的数", wordBands)
	}
	return number, ok
}

// ascending reports steps that do not rise from 0 on.
func (c *checker) ascending(n *Banding, steps []Band) bool {
	last := new(big.Rat)
	for i, step := range steps {
		switch {
		case step.UpTo.Cmp(last) > 0:
			last = step.UpTo
		case i == 0:
			c.fault(n.Steps[i].UpTo.Extent(), "", "第一级要大于 0")
			return false
		default:
			c.fault(n.Steps[i].UpTo.Extent(), "各级从小到大写", "“%s”的这一级不比前一级大", wordBands)
			return false
		}
	}
	return true
}
