package plan

import (
	"math/big"

	"zhida/matcher/condition"
)

// folded is a value without its name, and with arithmetic on constants done, exactly. Division by 0 stays: it is
// unknown.
func folded(v condition.Value) condition.Value {
	v = bare(v)
	if x, ok := constant(v); ok {
		return condition.Number{Value: x, Unit: v.Type().Unit}
	}
	return v
}

// constant is the number that a value always is, if it is one.
func constant(v condition.Value) (*big.Rat, bool) {
	switch x := bare(v).(type) {
	case condition.Number:
		return x.Value, true
	case condition.Arithmetic:
		l, ok := constant(x.Left)
		if !ok {
			return nil, false
		}
		r, ok := constant(x.Right)
		if !ok || x.Op == condition.Divide && r.Sign() == 0 {
			return nil, false
		}
		return combine(arithmetic(x.Op), exactly(l), exactly(r)).low, true
	case condition.Extreme:
		code := opLeast
		if x.Most {
			code = opMost
		}
		var out *big.Rat
		for _, p := range x.Parts {
			c, ok := constant(p)
			if !ok {
				return nil, false
			}
			if out == nil {
				out = c
			}
			out = combine(code, exactly(out), exactly(c)).low
		}
		return out, true
	}
	return nil, false
}

func arithmetic(op condition.Operator) opcode {
	switch op {
	case condition.Add:
		return opAdd
	case condition.Subtract:
		return opSubtract
	case condition.Multiply:
		return opMultiply
	}
	return opDivide
}
