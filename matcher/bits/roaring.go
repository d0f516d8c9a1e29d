package bits

import "github.com/RoaringBitmap/roaring/v2"

// AppendTo adds the members, each raised by base, to rb. A block's base is block<<16; appending blocks in ascending
// order costs one copy of a container each.
func (s Set) AppendTo(rb *roaring.Bitmap, base uint32) {
	if s.IsEmpty() {
		return
	}
	rb.Or(roaring.AddOffset64(roaring.FromDense(s, false), int64(base)))
}

// FromRoaring makes s hold the members of rb from base to base+n-1, each lowered by base.
func (s Set) FromRoaring(rb *roaring.Bitmap, base uint32, n int) {
	s.Clear()
	window := roaring.New()
	window.AddRange(uint64(base), uint64(base)+uint64(n))
	window.And(rb)
	roaring.AddOffset64(window, -int64(base)).WriteDenseTo(s)
}
