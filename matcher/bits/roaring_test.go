package bits_test

import (
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"zhida/matcher/bits"
)

func TestRoaringAndBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1<<16).Draw(t, "n")
		s := genSet(n).Draw(t, "set").set(n)
		block := uint32(rapid.Uint16().Draw(t, "block"))
		rb := roaring.BitmapOf(0, 70_000, math.MaxUint32) // enterprises of other blocks
		rb.RemoveRange(uint64(block)<<16, uint64(block+1)<<16)
		others := rb.GetCardinality()
		s.AppendTo(rb, block<<16)
		if got := rb.GetCardinality(); got != others+uint64(s.Count()) {
			t.Fatalf("%d members, want %d", got, others+uint64(s.Count()))
		}
		if rapid.Bool().Draw(t, "runs") {
			rb.RunOptimize()
		}
		if got := fromRoaring(rb, block<<16, n); !got.Equal(s) {
			t.Fatalf("%v, want %v", slices.Collect(got.All()), slices.Collect(s.All()))
		}
		less := rapid.IntRange(0, n).Draw(t, "less")
		got := fromRoaring(rb, block<<16, less)
		s.Truncate(less)
		if !slices.Equal(slices.Collect(got.All()), slices.Collect(s.All())) {
			t.Fatalf("of %d: %v, want %v", less, slices.Collect(got.All()), slices.Collect(s.All()))
		}
	})
}

func fromRoaring(rb *roaring.Bitmap, base uint32, n int) bits.Set {
	s := bits.New(n)
	s.Fill(n) // what was there before goes
	s.FromRoaring(rb, base, n)
	return s
}

// The bitmap keeps no memory of the set, which is recycled while the bitmap lives on.
func TestAppendToCopies(t *testing.T) {
	t.Parallel()
	for _, share := range []float64{0.01, 0.5} {
		s := random(1, block, share)
		rb := roaring.New()
		s.AppendTo(rb, 1<<16)
		want := s.Clone()
		s.Complement(block)
		if got := fromRoaring(rb, 1<<16, block); !got.Equal(want) {
			t.Errorf("share %v: the bitmap changed with the set", share)
		}
	}
}

// The sample of the roaring format specification, bitmapwithoutruns.bin, put together block by block.
func TestSampleOfTheSpecification(t *testing.T) {
	t.Parallel()
	const blocks = 13 // up to 800,000
	sets := make([]bits.Set, blocks)
	for i := range sets {
		sets[i] = bits.New(block)
	}
	add := func(v int) { sets[v>>16].Add(v & 0xffff) }
	for k := range 100 {
		add(k * 1000)
	}
	for k := 100_000; k < 200_000; k++ {
		add(3 * k)
	}
	for k := 700_000; k < 800_000; k++ {
		add(k)
	}
	rb := roaring.New()
	for i, s := range sets {
		s.AppendTo(rb, uint32(i)<<16)
	}
	data, err := rb.ToBytes()
	if err != nil {
		t.Fatal(err)
	}
	const want = "d719ae2e0150a362ef7cf51c361527585891f01460b1a92bcfb6a7257282a442"
	if got := fmt.Sprintf("%x", sha256.Sum256(data)); got != want || len(data) != 72616 {
		t.Errorf("%d bytes with sum %s, want 72,616 with %s", len(data), got, want)
	}
}
