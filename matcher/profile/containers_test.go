package profile_test

import (
	"bytes"
	"errors"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"zhida/matcher/bits"
	"zhida/matcher/profile"
)

// TestContainersAreRoarings: a bitmap made from sets is written in the bytes that roaring writes, and read back by flipping.
func TestContainersAreRoarings(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{1, 63, 64, 65, 5000, 65536}).Draw(t, "doors")
		want, made := roaring.New(), &profile.Containers{}
		members := map[uint16]bits.Set{}
		for _, block := range rapid.SliceOfNDistinct(rapid.Uint16(), 1, 6, rapid.ID).Draw(t, "blocks") {
			set := drawSet(t, n)
			members[block] = set
			made.Add(block, set)
			set.AppendTo(want, uint32(block)<<16)
		}
		if made.IsEmpty() != want.IsEmpty() {
			t.Fatalf("empty: %v, want %v", made.IsEmpty(), want.IsEmpty())
		}
		if want.IsEmpty() {
			return
		}
		got, expected := written(t, func(w *profile.BitmapWriter) error { return w.AddContainers("a", "b", made) }),
			written(t, func(w *profile.BitmapWriter) error { return w.Add("a", "b", want) })
		if !bytes.Equal(got, expected) {
			t.Fatal("the bytes are others than roaring's")
		}
		file, err := profile.OpenBitmaps(bytes.NewReader(got), int64(len(got)))
		if err != nil {
			t.Fatal(err)
		}
		if rapid.Bool().Draw(t, "whole") {
			if err := file.Whole(); err != nil {
				t.Fatal(err)
			}
		}
		for block, set := range members {
			again := set.Clone()
			if count, err := file.Flip(0, block, again); err != nil || count != set.Count() || !again.IsEmpty() {
				t.Fatalf("block %d: %d of %d members, %v; left over: %v", block, count, set.Count(), err, again)
			}
		}
	})
}

// drawSet draws sets that become lists, runs, dense and empty containers.
func drawSet(t *rapid.T, n int) bits.Set {
	set := bits.New(n)
	switch rapid.SampledFrom([]string{"none", "runs", "every", "some"}).Draw(t, "shape") {
	case "runs":
		for range rapid.IntRange(1, 5).Draw(t, "runs") {
			from := rapid.IntRange(0, n-1).Draw(t, "from")
			set.AddRange(from, min(n, from+rapid.IntRange(1, n).Draw(t, "length")))
		}
	case "every":
		for i, step := 0, rapid.IntRange(2, 20).Draw(t, "step"); i < n; i += step {
			set.Add(i)
		}
	case "some":
		for range rapid.IntRange(1, 100).Draw(t, "count") {
			set.Add(rapid.IntRange(0, n-1).Draw(t, "door"))
		}
	}
	return set
}

func written(t *rapid.T, add func(w *profile.BitmapWriter) error) []byte {
	var b bytes.Buffer
	w := profile.NewBitmapWriter(&b)
	if err := add(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestFlipRefusesDamage: bytes that are no bitmap give an error or other members, and never a panic.
func TestFlipRefusesDamage(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		made := &profile.Containers{}
		made.Add(3, drawSet(t, 5000))
		if made.IsEmpty() {
			return
		}
		data := profile.Portable(made)
		data[rapid.IntRange(0, len(data)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		data = data[:rapid.IntRange(0, len(data)).Draw(t, "length")]
		_, err := profile.Flip(data, 3, bits.New(5000))
		if err != nil && !errors.Is(err, profile.ErrDamaged) {
			t.Fatal(err)
		}
	})
}
