package schemas

import (
	"math/bits"
	"slices"
	"strings"
)

// Units multiply and divide: 元/平方米 is what 20万元/亩 is counted in. A compound unit is written with its base units in
// order, the multiplied ones joined by * (1 if there are none), then each divisor behind a /. Counting units say what is
// counted, not in what: they vanish in products and quotients with other units, so that 人数 * 500元 is 元 and
// 营业收入 / 从业人数 is 元 too.

// Times is the unit of a product of two numbers.
func (u Unit) Times(v Unit) Unit {
	switch {
	case v == UnitNone, v == UnitCount && u != UnitNone:
		return u
	case u == UnitNone, u == UnitCount:
		return v
	}
	over, under := u.factors()
	more, below := v.factors()
	return compound(append(over, more...), append(under, below...))
}

// Over is the unit of a quotient of two numbers.
func (u Unit) Over(v Unit) Unit {
	switch {
	case u == v:
		return UnitNone
	case v == UnitNone, v == UnitCount:
		return u
	case u == UnitCount:
		u = UnitNone
	}
	over, under := u.factors()
	more, below := v.factors()
	return compound(append(over, below...), append(under, more...))
}

// factors takes a base unit apart into what it multiplies and what it divides by.
func (u Unit) factors() (over, under []string) {
	parts := strings.Split(string(u), "/")
	if parts[0] != "" && parts[0] != "1" {
		over = strings.Split(parts[0], "*")
	}
	return over, parts[1:]
}

// compound cancels what stands on both sides and writes the rest.
func compound(over, under []string) Unit {
	over, under = slices.Clone(over), slices.Clone(under)
	for i := 0; i < len(over); i++ {
		if j := slices.Index(under, over[i]); j >= 0 {
			over, under = slices.Delete(over, i, i+1), slices.Delete(under, j, j+1)
			i--
		}
	}
	slices.Sort(over)
	slices.Sort(under)
	if len(over)+len(under) == 0 {
		return UnitNone
	}
	text := strings.Join(over, "*")
	if text == "" {
		text = "1"
	}
	for _, divisor := range under {
		text += "/" + divisor
	}
	return Unit(text)
}

// lookupQuotient reads a unit word such as 万元/亩.
func lookupQuotient(word string) (UnitInfo, bool) {
	parts := strings.Split(word, "/")
	if parts[0] == "1" {
		parts[0] = ""
	}
	whole, ok := LookupUnit(parts[0])
	for _, part := range parts[1:] {
		divisor, known := LookupUnit(part)
		if !ok || !known || divisor.Base == UnitNone {
			return UnitInfo{}, false
		}
		whole, ok = whole.over(divisor)
	}
	return whole, ok
}

// over is one unit divided by another; false if its factor does not fit.
func (u UnitInfo) over(v UnitInfo) (UnitInfo, bool) {
	high, num := bits.Mul64(uint64(u.Num), uint64(v.Den))
	more, den := bits.Mul64(uint64(u.Den), uint64(v.Num))
	d := divisor(num, den)
	num, den = num/d, den/d
	return UnitInfo{u.Base.Over(v.Base), int64(num), int64(den)}, high+more == 0 && int64(num) > 0 && int64(den) > 0
}

// divisor is the greatest common one, at least 1.
func divisor(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, 1)
}
