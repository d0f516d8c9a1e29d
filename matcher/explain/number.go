package explain

import (
	"math/big"

	"zhida/schemas"
)

// number is what the plan says a value is: an interval, whose ends are nil where it has none, of numbers, or of days.
type number struct {
	low, high *big.Rat
	mayLack   bool // there may be no such value
	lacking   bool // there is none
}

// point is the one number that it is, or nil.
func (n number) point() *big.Rat {
	if n.lacking || n.mayLack || n.low == nil || n.high == nil || n.low.Cmp(n.high) != 0 {
		return nil
	}
	return n.low
}

// fill writes a number, or a date, into a value.
func (v *Value) fill(n number, t schemas.Type, units []string) {
	v.asked, v.unit, v.units, v.MayLack = n, t.Unit, units, n.mayLack
	write := func(r *big.Rat) string { return amount(r, unitFor(t.Unit, units)) }
	if t.Kind == schemas.KindDate {
		write = dayText
	} else {
		v.Unit = string(t.Unit)
		if n.low != nil {
			v.Low = precise(n.low)
		}
		if n.high != nil {
			v.High = precise(n.high)
		}
	}
	switch {
	case n.lacking:
		v.State, v.Low, v.High = StateAbsent, "", ""
		return
	case n.low != nil && n.high != nil && n.low.Cmp(n.high) == 0:
		v.State, v.Text = StateKnown, write(n.low)
	case n.low != nil && n.high != nil:
		v.State, v.Text = StateRange, write(n.low)+" 至 "+write(n.high)
	case n.low != nil:
		v.State, v.Text = StateRange, "至少 "+write(n.low)
	case n.high != nil:
		v.State, v.Text = StateRange, "至多 "+write(n.high)
	default:
		v.State = StateUnknown
	}
	if n.mayLack && v.State == StateKnown {
		v.State = StateRange
	}
}

func dayText(r *big.Rat) string { return dayOf(r).String() }

func dayOf(r *big.Rat) schemas.Date { return schemas.Date(r.Num().Int64()) }

// unitFor is the unit to write a number in: the first that measures the same thing, money aside, which is written by
// its size.
func unitFor(unit schemas.Unit, units []string) schemas.Unit {
	info, ok := schemas.LookupUnit(string(unit))
	if !ok || unit.IsMoney() || info.Base != unit {
		return unit
	}
	for _, u := range units {
		if other, ok := schemas.LookupUnit(u); ok && other.Base == info.Base {
			return schemas.Unit(u)
		}
	}
	return unit
}
