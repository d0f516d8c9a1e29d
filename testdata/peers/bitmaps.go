package main

import (
	"cmp"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// bitmaps answers with plain roaring: a bitmap per elementary test, made from the columns once, and FastAnd and FastOr for the
// rest. Two goroutines share the tests, and then the items.
type bitmaps struct {
	w      *workload
	leaves map[string]*roaring.Bitmap
	living *roaring.Bitmap
}

func (w *workload) roaring() []answer {
	b := &bitmaps{w: w, leaves: map[string]*roaring.Bitmap{}}
	distinct := map[string]*question{}
	for _, q := range w.questions {
		q.leaves(distinct)
	}
	var list []*question
	for _, q := range distinct {
		list = append(list, q)
	}
	var lock sync.Mutex
	parallel(len(list)+1, func(i int) {
		if i == len(list) {
			b.living = b.collect(func(k, door int) bool { return b.w.inputs[k].Block.Living.Has(door) })
			return
		}
		made := b.leaf(list[i])
		lock.Lock()
		b.leaves[list[i].key] = made
		lock.Unlock()
	})
	out := make([]answer, len(w.questions))
	parallel(len(out), func(i int) {
		for it := roaring.FastAnd(b.living, b.eval(w.questions[i])).Iterator(); it.HasNext(); {
			id := it.Next()
			out[i].count++
			out[i].hash ^= hashOf(id)
		}
	})
	return out
}

// collect makes the bitmap of those that are kept, block by block in order.
func (b *bitmaps) collect(keep func(k, door int) bool) *roaring.Bitmap {
	out := roaring.New()
	ids := make([]uint32, 0, 1<<16)
	for k := range b.w.raw {
		ids = ids[:0]
		base := uint32(k) << 16
		for door := range b.w.inputs[k].Block.N {
			if keep(k, door) {
				ids = append(ids, base|uint32(door))
			}
		}
		out.AddMany(ids)
	}
	return out
}

func (b *bitmaps) leaf(q *question) *roaring.Bitmap {
	switch q.kind {
	case number:
		return b.collect(func(k, door int) bool {
			c := b.w.raw[k].columns[q.column]
			v := c.Ints[door]
			return c.Known.Has(door) && (v >= q.low && v <= q.high) == q.inside
		})
	case code:
		inside := make([]bool, len(b.w.ask.words[q.column]))
		for _, s := range q.ids {
			for id := s.from; id <= s.to; id++ {
				inside[id] = true
			}
		}
		return b.collect(func(k, door int) bool {
			r := &b.w.raw[k]
			return inside[r.global(q.column, r.columns[q.column].Coded.IDs[door])]
		})
	case tag:
		return b.collect(func(k, door int) bool {
			if t := b.w.raw[k].tags[q.tag]; q.inside {
				return t.Yes.Has(door)
			}
			return b.w.raw[k].tags[q.tag].No.Has(door)
		})
	}
	return b.collect(func(k, door int) bool {
		r := &b.w.raw[k]
		total := int64(0)
		for _, t := range q.terms {
			if !r.columns[t.column].Known.Has(door) {
				return false
			}
			total += t.factor * r.columns[t.column].Ints[door]
		}
		return total >= 0 && r.columns[q.over].Ints[door] > 0
	})
}

func (b *bitmaps) eval(q *question) *roaring.Bitmap {
	if q.key != "" {
		return b.leaves[q.key]
	}
	parts := make([]*roaring.Bitmap, len(q.parts))
	for i, p := range q.parts {
		parts[i] = b.eval(p)
	}
	switch q.kind {
	case allOf: // the smallest first, as whoever uses roaring soon learns
		slices.SortFunc(parts, func(x, y *roaring.Bitmap) int { return cmp.Compare(x.GetCardinality(), y.GetCardinality()) })
		return roaring.FastAnd(parts...)
	case anyOf:
		return roaring.FastOr(parts...)
	}
	var ways []*roaring.Bitmap
	chosen := make([]*roaring.Bitmap, 0, q.least)
	var choose func(from int)
	choose = func(from int) {
		if len(chosen) == q.least {
			ways = append(ways, roaring.FastAnd(chosen...))
			return
		}
		for i := from; i < len(parts); i++ {
			chosen = append(chosen, parts[i])
			choose(i + 1)
			chosen = chosen[:len(chosen)-1]
		}
	}
	choose(0)
	return roaring.FastOr(ways...)
}
