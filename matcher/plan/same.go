package plan

import (
	"slices"

	"zhida/matcher/bits"
	"zhida/schemas"
)

// sameTest asks whether two columns of texts or of truths are equal. What is unknown is any member of its closed list, if
// it has one: two lists that have no member in common are never equal.
type sameTest struct{ left, right field }

func (t sameTest) key() string { return keyOf("same", t.left.String(), t.right.String()) }

func (sameTest) cost() int { return costPair }

func (t sameTest) eval(f *frame, out bits.Truth) error {
	l, r, err := f.columns(t.left, t.right)
	if err != nil {
		return err
	}
	out.Clear()
	unknowns := sameOf(t.left.typ.Values, t.right.typ.Values)
	for i := range f.n {
		v := unknowns
		switch left, right := l.known.Has(i), r.known.Has(i); {
		case t.left.typ.Kind == schemas.KindTruth:
			v = unknown
			if left && right {
				v = sameOne(l.ints[i], r.ints[i])
			}
		case left && right:
			v = sameOne(l.texts[i], r.texts[i])
		case left:
			v = sameOf(l.texts[i:i+1], t.right.typ.Values)
		case right:
			v = sameOf(t.left.typ.Values, r.texts[i:i+1])
		}
		record(v, i, out)
	}
	return nil
}

func sameOne[T comparable](x, y T) verdict {
	if x == y {
		return yes
	}
	return no
}

// sameOf relates a member of one list to one of another; an empty list is any text.
func sameOf(left, right []string) verdict {
	switch {
	case len(left) == 0 || len(right) == 0:
		return unknown
	case len(left) == 1 && len(right) == 1:
		return sameOne(left[0], right[0])
	case !slices.ContainsFunc(left, func(w string) bool { return slices.Contains(right, w) }):
		return no
	}
	return unknown
}
