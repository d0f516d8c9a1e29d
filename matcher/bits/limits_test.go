package bits

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestRank compares ranks with counting, for limits and values of all sizes: far apart, close together, at both ends of
// int64.
func TestRank(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		spread := rapid.IntRange(0, 63).Draw(t, "spread")
		base := drawn(r)
		near := func() int64 {
			switch r.IntN(6) {
			case 0:
				return drawn(r)
			case 1:
				return base
			}
			return base + int64(r.Uint64()>>(63-spread)) - 1<<spread/2
		}
		var limits []int64
		for range 1 + r.IntN(MaxLimits) {
			if l := near(); l > math.MinInt64 {
				limits = append(limits, l)
			}
		}
		if len(limits) == 0 {
			limits = []int64{0}
		}
		slices.Sort(limits)
		limits = slices.Compact(limits)
		values := make([]int64, rapid.IntRange(0, 9000).Draw(t, "n"))
		for i := range values {
			values[i] = near()
			if r.IntN(3) == 0 {
				values[i] = limits[r.IntN(len(limits))] + int64(r.IntN(3)) - 1
			}
		}
		ranked(t, limits, values, false)
		ranked(t, limits, values, true)
	})
}

func ranked(t interface{ Fatalf(string, ...any) }, limits, values []int64, even bool) {
	l := NewLimits(limits, even)
	ranks := make([]uint8, len(values)+1)
	ranks[len(values)] = 77
	l.Rank(values, ranks)
	for i, v := range values {
		want := 0
		for want < len(limits) && limits[want] <= v {
			want++
		}
		if int(ranks[i]) != want || l.Reach(v) != want || v > math.MinInt64 && l.Below(v) > want {
			t.Fatalf("%d reaches %d of %v, the rank is %d", v, want, limits, ranks[i])
		}
	}
	if ranks[len(values)] != 77 {
		t.Fatalf("a rank too many")
	}
	twins := make([]uint8, len(values))
	done := make([]uint8, len(values))
	n := rank(values, done, l)
	l.plainRank(values, twins)
	if !slices.Equal(done[:n], twins[:n]) {
		t.Fatalf("the kernel's ranks are not the twin's")
	}
}

// FuzzRank ranks values around and between any limits.
func FuzzRank(f *testing.F) {
	f.Add(int64(0), int64(1), int64(1<<62), uint64(1))
	f.Add(int64(math.MinInt64+1), int64(math.MaxInt64), int64(0), uint64(2))
	f.Fuzz(func(t *testing.T, a, b, c int64, seed uint64) {
		limits := []int64{max(a, math.MinInt64+1), max(b, math.MinInt64+1), max(c, math.MinInt64+1)}
		slices.Sort(limits)
		limits = slices.Compact(limits)
		r := rand.New(rand.NewPCG(seed, 4))
		values := make([]int64, 100)
		for i := range values {
			values[i] = limits[r.IntN(len(limits))] + int64(r.Uint64()>>r.IntN(64)) - int64(r.Uint64()>>r.IntN(64))
		}
		ranked(t, limits, values, seed%2 == 0)
	})
}

// BenchmarkRank ranks a full block of money by some limits, and compares that with its twin, and with comparing the column
// with each limit.
func BenchmarkRank(b *testing.B) {
	const n = 1 << 16
	for _, k := range []int{3, 30, 200} {
		b.Run(fmt.Sprint(k), func(b *testing.B) {
			r := rand.New(rand.NewPCG(6, 6))
			values, ranks, out := make([]int64, n), make([]uint8, n), New(n)
			for i := range values {
				values[i] = int64(math.Exp(r.NormFloat64()*2+19)) / 100 * 100
			}
			limits := make([]int64, k)
			for i := range limits {
				limits[i] = int64(math.Exp(r.NormFloat64()*2+19)) / 1_000_000 * 1_000_000
			}
			slices.Sort(limits)
			limits = slices.Compact(limits)
			l := NewLimits(limits, false)
			var ours, twins, each time.Duration
			rounds := 0
			for b.Loop() {
				t0 := time.Now()
				l.Rank(values, ranks)
				t1 := time.Now()
				l.plainRank(values, ranks)
				t2 := time.Now()
				for _, limit := range limits {
					Between(values, limit, math.MaxInt64, out)
				}
				t3 := time.Now()
				ours, twins, each = ours+t1.Sub(t0), twins+t2.Sub(t1), each+t3.Sub(t2)
				rounds++
			}
			b.ReportMetric(float64(ours.Microseconds())/float64(rounds), "µs")
			b.ReportMetric(twins.Seconds()/ours.Seconds(), "go-over-kernel")
			b.ReportMetric(each.Seconds()/ours.Seconds(), "one-by-one-over-ranks")
			b.ReportMetric(0, "ns/op")
		})
	}
}
