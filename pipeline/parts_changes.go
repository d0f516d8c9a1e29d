package pipeline

import (
	"cmp"
	"io"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher/profile"
	"zhida/pipeline/store"
)

// bitmapPart is a file of named bitmaps in the making; a bitmap holds ids of all homes of the task.
type bitmapPart struct {
	sets  map[bitmapKey]*roaring.Bitmap
	homes []int
}

type bitmapKey struct{ name, kind string }

func (p *bitmapPart) set(name, kind string) *roaring.Bitmap {
	if p.sets == nil {
		p.sets = map[bitmapKey]*roaring.Bitmap{}
	}
	k := bitmapKey{name, kind}
	if p.sets[k] == nil {
		p.sets[k] = roaring.New()
	}
	return p.sets[k]
}

func (p *bitmapPart) of(home int) {
	if !slices.Contains(p.homes, home) {
		p.homes = append(p.homes, home)
	}
}

func (p *bitmapPart) write(s *store.Store, kind string, assign func(home int, ref store.Ref)) error {
	if len(p.homes) == 0 {
		return nil
	}
	ref, err := s.Put(kind, "bitmaps", func(w io.Writer) error { return writeBitmaps(w, p.sets) })
	if err != nil {
		return err
	}
	for _, h := range p.homes {
		assign(h, ref)
	}
	return nil
}

func writeBitmaps(w io.Writer, sets map[bitmapKey]*roaring.Bitmap) error {
	keys := make([]bitmapKey, 0, len(sets))
	for k := range sets {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b bitmapKey) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.kind, b.kind))
	})
	bw := profile.NewBitmapWriter(w)
	for _, k := range keys {
		if err := bw.Add(k.name, k.kind, sets[k]); err != nil {
			return err
		}
	}
	return bw.Close()
}
