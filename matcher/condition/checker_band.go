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
	var steps []Band
	var rates []operand
	for _, step := range n.Steps {
		upTo, fine := c.constant(&step.UpTo)
		rate, also := c.constant(&step.Rate)
		if !fine || !also || !ok {
			ok = false
			continue
		}
		_, v, agreed := c.agree(step.UpTo.Extent(), "比较", operand{x, n.X}, operand{upTo, step.UpTo})
		if !agreed {
			ok = false
			continue
		}
		steps = append(steps, Band{UpTo: v.(Number).Value}) //nolint:forcetypeassert // a Number adopts a unit as one
		rates = append(rates, operand{rate, step.Rate})
	}
	if n.Above != nil {
		rate, fine := c.constant(&n.Above)
		ok = ok && fine
		rates = append(rates, operand{rate, n.Above})
	}
	if !ok || !c.ascending(n, steps) || !c.agreeAll("相加", rates) {
		return nil, false
	}
	var above *big.Rat
	for i, rate := range rates {
		value := rate.v.(Number).Value //nolint:forcetypeassert // constant has made it one
		if i < len(steps) {
			steps[i].Rate = value
		} else {
			above = value
		}
	}
	unit := ordinary(base(x.Type().Unit)).Times(ordinary(rates[0].v.Type().Unit))
	return Bands{Origin{n}, settled(x), steps, above, unit}, true
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
