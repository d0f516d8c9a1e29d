package pipeline

import (
	"slices"

	"zhida/matcher"
	"zhida/matcher/bits"
)

// openVerdicts are the bitmaps of the verdicts of the homes at hand, open, with the places of some items' among them. The
// homes of a group share them, and blocks are read one after the other: with ten thousand items the index has sixty thousand
// entries, which are read and searched once a group and not once a block.
type openVerdicts struct {
	of     *layers
	items  []string
	file   *layered
	places [][]int32 // by file: of item i and kind k at i*kinds+k; -1: it has none
}

// Verdicts reads the items' verdicts on a block of n doors, as the night published them. Empty sets are nil; the others
// are valid during the call of do. Blocks of one home should be read one after the other, of the same items.
func (v *View) Verdicts(h *HomeState, number uint16, n int, items []string, do func(item string, verdict matcher.Verdict) error) error {
	if err := v.openVerdicts(h, items); err != nil {
		return err
	}
	var verdict matcher.Verdict
	parts := partsOf(&verdict)
	var room [len(parts)]bits.Set
	for k := range room {
		room[k] = bits.New(n)
	}
	for i, item := range items {
		verdict = matcher.Verdict{}
		for k, part := range parts {
			some, err := v.verdicts.read(i*len(parts)+k, number, room[k])
			if err != nil {
				return err
			}
			if some && !room[k].IsEmpty() {
				*part.set = room[k]
			}
		}
		if err := do(item, verdict); err != nil {
			return err
		}
	}
	return nil
}

// openVerdicts turns to the verdicts of a home.
func (v *View) openVerdicts(h *HomeState, items []string) error {
	of := h.verdicts()
	if v.verdicts != nil && v.verdicts.of.equal(of) && slices.Equal(v.verdicts.items, items) {
		return nil
	}
	if v.verdicts != nil {
		_ = v.verdicts.file.close() // read only: nothing is lost
		v.verdicts = nil
	}
	file, err := v.night.bitmaps(of)
	if err != nil {
		return err
	}
	v.verdicts = &openVerdicts{of: of, items: items, file: file}
	v.verdicts.locate()
	return nil
}

// locate finds the places of all items in one pass through each file's index.
func (o *openVerdicts) locate() {
	parts := partsOf(&matcher.Verdict{})
	index, kinds := make(map[string]int, len(o.items)), map[string]int{}
	for i, item := range o.items {
		index[item] = i
	}
	for k, part := range parts {
		kinds[part.kind] = k
	}
	for _, file := range o.file.files {
		at := make([]int32, len(o.items)*len(parts))
		for i := range at {
			at[i] = -1
		}
		for place, key := range file.Keys() {
			i, isItem := index[key.Name]
			k, isKind := kinds[key.Kind]
			if isItem && isKind {
				at[i*len(parts)+k] = int32(place)
			}
		}
		o.places = append(o.places, at)
	}
}

// read makes set hold the doors of a block and reports whether any file has the bitmap. If none has, set is left as it is.
func (o *openVerdicts) read(at int, block uint16, set bits.Set) (bool, error) {
	some := false
	for k, file := range o.file.files {
		place := o.places[k][at]
		if place < 0 {
			continue
		}
		if !some {
			set.Clear()
			some = true
		}
		if _, err := file.Flip(int(place), block, set); err != nil {
			return false, err
		}
	}
	return some, nil
}
