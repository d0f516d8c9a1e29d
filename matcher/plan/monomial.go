package plan

// monomial is a number times powers of positive columns: what an end of an interval is for many things at once, though they have
// different values. So (x - y) / y is at least -1 wherever x is unknown from 0 up and y is positive.
type monomial struct {
	factor end
	powers [caseColumns]int8 // none if the factor is 0 or open
}

func fixedMonomial(x end) monomial { return monomial{factor: x} }

func (t monomial) isFixed() bool { return t.powers == [caseColumns]int8{} }

// plain takes the powers of what does not depend on them.
func (t monomial) plain() monomial {
	if t.factor == (end{}) || t.factor.isOpen() {
		t.powers = [caseColumns]int8{}
	}
	return t
}

// add adds two monomials, if their sum is one.
func (t monomial) add(o monomial) (sum monomial, ok bool) {
	switch {
	case t.factor.isOpen() || o.factor == (end{}):
		return t, true
	case o.factor.isOpen() || t.factor == (end{}):
		return o, true
	}
	return monomial{addEnds(t.factor, o.factor), t.powers}.plain(), t.powers == o.powers
}

func (t monomial) neg() monomial { return monomial{end{0 - t.factor.v, t.factor.e}, t.powers} }

func (t monomial) mul(o monomial) monomial {
	out := monomial{factor: mulEnds(t.factor, o.factor)}
	for i := range out.powers {
		out.powers[i] = t.powers[i] + o.powers[i]
	}
	return out.plain()
}

// quo divides by a monomial that is not 0.
func (t monomial) quo(o monomial) monomial {
	out := monomial{factor: quoEnds(t.factor, o.factor)}
	for i := range out.powers {
		out.powers[i] = t.powers[i] - o.powers[i]
	}
	return out.plain()
}

// least is the lesser of two monomials, if it is the same one whatever the columns are.
func (t monomial) least(o monomial) (lesser monomial, ok bool) {
	if t.powers == o.powers {
		return monomial{leastEnd(t.factor, o.factor), t.powers}, true
	}
	x, okx := t.factor.sign()
	y, oky := o.factor.sign()
	switch {
	case !okx || !oky:
		return monomial{}, false
	case x < y || t.factor.isOpen() && x < 0 || o.factor.isOpen() && y > 0:
		return t, true
	case y < x || o.factor.isOpen() && y < 0 || t.factor.isOpen() && x > 0:
		return o, true
	}
	return monomial{}, false
}

func (t monomial) most(o monomial) (greater monomial, ok bool) {
	lesser, ok := t.neg().least(o.neg())
	return lesser.neg(), ok
}

// monomials are the ends of an interval.
type monomials struct{ low, high monomial }

// combineMonomials is intervals for things of one case, if what comes out is the same monomials for all of them.
func combineMonomials(code opcode, x, y monomials) (out monomials, ok bool) {
	var low, high bool
	switch code {
	case opAdd:
		out.low, low = x.low.add(y.low)
		out.high, high = x.high.add(y.high)
		return out, low && high
	case opSubtract:
		return combineMonomials(opAdd, x, monomials{y.high.neg(), y.low.neg()})
	case opLeast:
		out.low, low = x.low.least(y.low)
		out.high, high = x.high.least(y.high)
		return out, low && high
	case opMost:
		out.low, low = x.low.most(y.low)
		out.high, high = x.high.most(y.high)
		return out, low && high
	case opMultiply:
		return hullOfMonomials(x.low.mul(y.low), x.low.mul(y.high), x.high.mul(y.low), x.high.mul(y.high))
	case opDivide:
		sl, okl := y.low.factor.sign()
		sh, okh := y.high.factor.sign()
		switch {
		case !okl || !okh:
			return monomials{}, false
		case sl <= 0 && sh >= 0: // the denominator may be 0
			return monomials{fixedMonomial(openOr(nil, -1)), fixedMonomial(openOr(nil, 1))}, true
		}
		return hullOfMonomials(x.low.quo(y.low), x.low.quo(y.high), x.high.quo(y.low), x.high.quo(y.high))
	}
	return monomials{}, false
}

func hullOfMonomials(first monomial, others ...monomial) (out monomials, ok bool) {
	out = monomials{first, first}
	for _, t := range others {
		var low, high bool
		out.low, low = out.low.least(t)
		out.high, high = out.high.most(t)
		if !low || !high {
			return monomials{}, false
		}
	}
	return out, true
}
