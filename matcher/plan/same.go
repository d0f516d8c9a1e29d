package plan

import (
	"zhida/matcher/bits"
	"zhida/schemas"
)

// sameTest asks whether two columns of texts or of truths are equal. It is unknown where either is.
type sameTest struct{ left, right field }

func (t sameTest) key() string { return keyOf("same", t.left.String(), t.right.String()) }

func (sameTest) cost() int { return costPair }

func (t sameTest) eval(f *frame, out bits.Truth) error {
	l, r, err := f.columns(t.left, t.right)
	if err != nil {
		return err
	}
	out.Clear()
	for i := range f.n {
		if !l.known.Has(i) || !r.known.Has(i) {
			continue
		}
		same := false
		if t.left.typ.Kind == schemas.KindTruth {
			same = l.ints[i] == r.ints[i]
		} else {
			same = l.texts[i] == r.texts[i]
		}
		out.Yes.Put(i, same)
		out.No.Put(i, !same)
	}
	return nil
}
