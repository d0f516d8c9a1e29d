package bits_test

import (
	"testing"

	"zhida/matcher/bits"
)

// value is one of Kleene's three.
type value int8

const (
	no      value = -1
	unknown value = 0
	yes     value = 1
)

// nine gives two truths of nine doors in which each pair of values occurs once.
func nine() (a, b bits.Truth, pairs [9][2]value) {
	a, b = bits.NewTruth(9), bits.NewTruth(9)
	for door := range 9 {
		x, y := value(door/3-1), value(door%3-1)
		pairs[door] = [2]value{x, y}
		set(a, door, x)
		set(b, door, y)
	}
	return a, b, pairs
}

func set(t bits.Truth, door int, v value) {
	t.Yes.Put(door, v == yes)
	t.No.Put(door, v == no)
}

func get(t bits.Truth, door int) value {
	switch {
	case t.Yes.Has(door) && t.No.Has(door):
		panic("yes and no")
	case t.Yes.Has(door):
		return yes
	case t.No.Has(door):
		return no
	}
	return unknown
}

func TestTruthIsKleenes(t *testing.T) {
	t.Parallel()
	for _, op := range []struct {
		name string
		do   func(a *bits.Truth, b bits.Truth)
		want func(x, y value) value
	}{
		{"And", func(a *bits.Truth, b bits.Truth) { a.And(b) }, func(x, y value) value { return min(x, y) }},
		{"Or", func(a *bits.Truth, b bits.Truth) { a.Or(b) }, func(x, y value) value { return max(x, y) }},
		{"Not", func(a *bits.Truth, _ bits.Truth) { a.Not() }, func(x, _ value) value { return -x }},
		{"Copy", func(a *bits.Truth, b bits.Truth) { a.Copy(b) }, func(_, y value) value { return y }},
		{"Clear", func(a *bits.Truth, _ bits.Truth) { a.Clear() }, func(_, _ value) value { return unknown }},
		{"FillYes", func(a *bits.Truth, _ bits.Truth) { a.FillYes(9) }, func(_, _ value) value { return yes }},
		{"FillNo", func(a *bits.Truth, _ bits.Truth) { a.FillNo(9) }, func(_, _ value) value { return no }},
	} {
		t.Run(op.name, func(t *testing.T) {
			t.Parallel()
			a, b, pairs := nine()
			before := a.Clone()
			op.do(&a, b)
			for door, p := range pairs {
				if got, want := get(a, door), op.want(p[0], p[1]); got != want {
					t.Errorf("%d and %d: %d, want %d", p[0], p[1], got, want)
				}
				if get(before, door) != p[0] || get(b, door) != p[1] {
					t.Error("an operand changed")
				}
			}
			open := bits.New(9)
			a.Unknown(open, 9)
			for door := range 9 {
				if open.Has(door) != (get(a, door) == unknown) {
					t.Errorf("Unknown has door %d: %v", door, open.Has(door))
				}
			}
			if open.Count() > 9 || !a.Equal(a.Clone()) || a.Equal(bits.Truth{Yes: bits.Of(9, 1, 2), No: bits.New(9)}) {
				t.Error("Unknown or Equal is wrong")
			}
		})
	}
}
