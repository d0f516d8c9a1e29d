package plan

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
)

// BenchmarkLimits asks thirty thresholds of one column, and of one ratio, of a full block. apart-over-together says how
// many times longer the same takes if nothing is shared between the thresholds.
func BenchmarkLimits(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 5))
	for _, unknown := range []int{0, 2} {
		columns := map[string][]int64{"a": make([]int64, full), "b": make([]int64, full)}
		for i := range full {
			columns["b"][i] = r.Int64N(1e11)
			columns["a"][i] = int64(float64(columns["b"][i]) * r.Float64() / 10)
			if unknown > 0 && r.IntN(unknown) == 0 {
				columns["a"][i] = unset
			}
		}
		in := blockOf(full, 2, columns)
		for _, c := range []struct {
			name string
			x    condition.Value
			step string
		}{
			{"column", cents("a", 2), "20000000"},
			{"ratio", calc(cents("a", 2, 0), condition.Divide, cents("b", 2, 0)), "0.003"},
		} {
			b.Run(fmt.Sprintf("%s/unknown=1:%d", c.name, unknown), func(b *testing.B) { limits(b, in, c.x, c.step) })
		}
	}
}

func limits(b *testing.B, in *Input, x condition.Value, step string) {
	builder := New()
	var refs []Ref
	for k := range 30 {
		limit := number(step)
		limit.Value.Mul(limit.Value, number(fmt.Sprint(k+1)).Value)
		refs = append(refs, builder.Add(compare(x, condition.GreaterOrEqual, limit)))
	}
	p := builder.Plan()
	together, apart := NewEvaluator(p), NewEvaluator(p)
	apart.apart = true
	run(b, together, in, refs)
	run(b, apart, in, refs)
	before := together.Stats().Exact
	run(b, together, in, refs)
	b.ReportMetric(float64(together.Stats().Exact-before), "exact/block")
	var one, other time.Duration
	for b.Loop() {
		began := time.Now()
		run(b, together, in, refs)
		half := time.Now()
		run(b, apart, in, refs)
		one, other = one+half.Sub(began), other+time.Since(half)
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(one.Microseconds())/float64(b.N*len(refs)), "µs/limit")
	b.ReportMetric(float64(other.Microseconds())/float64(b.N*len(refs)), "µs/limit-apart")
	b.ReportMetric(other.Seconds()/one.Seconds(), "apart-over-together")
}

// TestLimitsAreTheSameApart compares thresholds evaluated together with each on its own.
func TestLimitsAreTheSameApart(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(6, 6))
	for round := range 60 {
		n := []int{1, 64, 700, 5000}[round%4]
		spread := []int64{3, 100, 1 << 20, 1 << 62}[r.IntN(4)]
		columns := map[string][]int64{"a": make([]int64, n), "b": make([]int64, n), "c": make([]int64, n), "d": make([]int64, n)}
		for _, values := range columns {
			for i := range values {
				values[i] = r.Int64N(spread) - spread/4
				if r.IntN(4) == 0 && round%3 > 0 {
					values[i] = unset
				}
			}
		}
		in := blockOf(n, 2, columns)
		for _, name := range []string{"t", "u"} {
			truth := bits.NewTruth(n)
			for i := range n {
				record([]verdict{yesIs, noIs, unknown}[r.IntN(3)], i, truth)
			}
			in.Block.Tags[name] = truth
		}
		x := author{r}.value(1 + r.IntN(2))
		if r.IntN(3) == 0 {
			x = cents("a", 2)
		}
		builder := New()
		var refs []Ref
		for range 1 + r.IntN(40) {
			limit := number(fmt.Sprintf("%d.%02d", r.Int64N(spread)/100-spread/200, r.IntN(100)))
			op := []condition.Op{condition.Equal, condition.Greater, condition.GreaterOrEqual, condition.Less, condition.LessOrEqual}[r.IntN(5)]
			refs = append(refs, builder.Add(compare(x, op, limit)))
		}
		p := builder.Plan()
		together, apart := NewEvaluator(p), NewEvaluator(p)
		apart.apart = true
		want := answers(t, apart, in, refs)
		for range 2 { // the second block knows how many were asked for in the first
			got := answers(t, together, in, refs)
			for i := range got {
				if got[i] != want[i] {
					t.Fatalf("round %d, %d things: %+v, limit %d:\n%s, should be\n%s", round, n, x, i, got[i], want[i])
				}
			}
		}
	}
}

// TestRankingIsTriedAgain wants a column whose values lay on the limits in one block to be ranked again some blocks later.
func TestRankingIsTriedAgain(t *testing.T) {
	t.Parallel()
	on, off := make([]int64, 640), make([]int64, 640)
	builder := New()
	var refs []Ref
	for k := range 20 {
		refs = append(refs, builder.Add(compare(cents("a", 2), condition.GreaterOrEqual, number(fmt.Sprint(1000000*(k+1))))))
	}
	for i := range on {
		on[i], off[i] = 1e8*int64(i%20+1), int64(i)*3e6+77
	}
	ev := NewEvaluator(builder.Plan())
	ask := func(values []int64) bool {
		answers(t, ev, blockOf(len(values), 2, map[string][]int64{"a": values}), refs)
		return ev.ranks.all[0].pages[0].ranked == ev.ranks.block
	}
	ask(on)
	if ask(off) {
		t.Error("what did not pay is done again at once")
	}
	for range poorFor {
		ask(off)
	}
	if !ask(off) {
		t.Error("it is never tried again")
	}
}
