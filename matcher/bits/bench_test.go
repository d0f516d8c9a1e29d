package bits_test

import (
	"math/rand/v2"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher/bits"
)

const block = 1 << 16

func random(seed uint64, n int, share float64) bits.Set {
	r := rand.New(rand.NewPCG(seed, 0))
	s := bits.New(n)
	for i := range n {
		if r.Float64() < share {
			s.Add(i)
		}
	}
	return s
}

func BenchmarkSet(b *testing.B) {
	x, y := random(1, block, 0.5), random(2, block, 0.5)
	ops := []struct {
		name string
		run  func()
	}{
		{"And", func() { x.And(y) }},
		{"Or", func() { x.Or(y) }},
		{"AndNot", func() { x.AndNot(y) }},
		{"Copy", func() { x.Copy(y) }},
		{"Count", func() { x.Count() }},
		{"CountAnd", func() { x.CountAnd(y) }},
		{"All", func() {
			for range y.All() {
			}
		}},
	}
	for _, op := range ops {
		b.Run(op.name, func(b *testing.B) {
			b.SetBytes(block / 8)
			b.ReportAllocs()
			for b.Loop() {
				op.run()
			}
		})
	}
}

func BenchmarkTruthAnd(b *testing.B) {
	x := bits.Truth{Yes: random(1, block, 0.4), No: bits.New(block)}
	y := bits.Truth{Yes: random(2, block, 0.4), No: bits.New(block)}
	b.ReportAllocs()
	for b.Loop() {
		x.And(y)
	}
}

func BenchmarkRoaring(b *testing.B) {
	for _, c := range []struct {
		name  string
		share float64
	}{{"sparse", 0.001}, {"dense", 0.5}} {
		s := random(1, block, c.share)
		b.Run("AppendTo/"+c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.AppendTo(roaring.New(), 7<<16)
			}
		})
		rb := roaring.New()
		for k := range uint32(150) {
			s.AppendTo(rb, k<<16)
		}
		rb.RunOptimize()
		b.Run("FromRoaring/"+c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.FromRoaring(rb, 100<<16, block)
			}
		})
	}
}
