package plan

import (
	"math/big"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
)

// ValueRef names a value in a plan.
type ValueRef struct{ point Ref }

// Point is the question where the value is known exactly; it is yes or no for everybody.
func (v ValueRef) Point() Ref { return v.point }

// AddValue adds a number or a date about enterprises, such as a benefit. The tests in it do not count as uses.
func (b *Builder) AddValue(v condition.Value) ValueRef { return b.addValue(v, enterprises) }

// AddOverValue is AddValue for a number or a date about rows or years, as it stands in a fold. Its places are those of
// AddOver, and doors are such places then.
func (b *Builder) AddOverValue(over condition.Over, v condition.Value) ValueRef {
	return b.addValue(v, b.space(over))
}

func (b *Builder) addValue(v condition.Value, space int) ValueRef {
	uses := b.plan.uses
	r := b.point(v, space)
	b.plan.uses = uses
	return ValueRef{point: r}
}

// Amount is what a value can be for an enterprise: from Low to High, where nil is without end. A date is its day number.
type Amount struct {
	Low, High *big.Rat
	Absent    bool // there is none, as of 最新 over no row; the ends mean nothing then
	Perhaps   bool // there may be none
}

// IsPoint reports whether the amount is known exactly.
func (a Amount) IsPoint() bool {
	return !a.Absent && !a.Perhaps && a.Low != nil && a.High != nil && a.Low.Cmp(a.High) == 0
}

// Amounts yields what a value can be for some doors of a block, exactly and in ascending order. It is an evaluation of
// its own, at some microseconds per door: what only asks whether amounts are points asks for ValueRef.Point along with
// other conditions, which takes nanoseconds. The error is a *MissingError.
func (ev *Evaluator) Amounts(in *Input, v ValueRef, doors bits.Set, yield func(door int, a Amount)) error {
	if doors.IsEmpty() {
		return nil
	}
	ev.begin(in, []Ref{v.point})
	defer ev.end()
	n := &ev.plan.nodes[v.point.node()]
	for _, p := range n.parts {
		if err := ev.need(p); err != nil {
			return err
		}
	}
	f := ev.frame(n.space)
	for door := range doors.All() {
		x, err := ev.exactly(n.program, f, door)
		if err != nil {
			return err
		}
		yield(door, Amount{
			Low: x[0].low, High: x[0].high,
			Absent: x[0].absence == absent, Perhaps: x[0].absence == perhaps,
		})
	}
	return nil
}
