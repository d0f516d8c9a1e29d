package plan

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/schemas"
)

const full = 1 << 16

// BenchmarkRelation compares 研发费用 / 营业收入 with thresholds on a full block: everything known, then half unknown with
// a range. times-rational says how many times longer the same takes in rational numbers throughout.
func BenchmarkRelation(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, unknown := range []int{0, 2} {
		columns := map[string][]int64{"a": make([]int64, full), "b": make([]int64, full)}
		for i := range full {
			columns["b"][i] = r.Int64N(1e11)
			columns["a"][i] = columns["b"][i] * r.Int64N(100) / 1000
			if unknown > 0 && r.IntN(unknown) == 0 {
				columns["a"][i] = unset
			}
		}
		in := blockOf(full, 2, columns)
		for name, x := range map[string]condition.Expr{
			"ratio":   compare(calc(cents("a", 2, 0), condition.Divide, cents("b", 2, 0)), condition.GreaterOrEqual, number("0.03")),
			"product": compare(cents("a", 2, 0), condition.GreaterOrEqual, calc(cents("b", 2, 0), condition.Multiply, number("0.03"))),
		} {
			b.Run(fmt.Sprintf("%s/unknown=1:%d", name, unknown), func(b *testing.B) {
				builder := New()
				refs := []Ref{builder.Add(x)}
				ev, exact := NewEvaluator(builder.Plan()), NewEvaluator(builder.Plan())
				exact.rational = true
				began := time.Now()
				run(b, exact, in, refs)
				slow := time.Since(began)
				run(b, ev, in, refs)
				before := ev.Stats().Exact
				run(b, ev, in, refs)
				b.ReportMetric(float64(ev.Stats().Exact-before), "exact/block")
				for b.Loop() {
					run(b, ev, in, refs)
				}
				b.ReportMetric(slow.Seconds()/(b.Elapsed().Seconds()/float64(b.N)), "times-rational")
			})
		}
	}
}

func run(b *testing.B, ev *Evaluator, in *Input, refs []Ref) {
	if err := ev.Eval(in, refs, func(Ref, bits.Truth) {}); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkFold folds three rows per enterprise of a full block; a tenth of them may or may not count.
func BenchmarkFold(b *testing.B) {
	r := rand.New(rand.NewPCG(2, 2))
	rows := make([]listed, 3*full)
	for i := range rows {
		rows[i] = listed{door: i / 3, value: r.Int64N(1e9), word: "甲", counts: certain}
		if r.IntN(10) == 0 {
			rows[i].counts = optional
		}
	}
	in, d := listOfRows(full, rows, func(int) string { return "5107" })
	value := condition.Column{Name: "值", Dataset: d, Kind: schemas.Type{Kind: schemas.KindNumber, Scale: 2}}
	where := compare(condition.Column{Name: "算", Dataset: d, Kind: schemas.Type{Kind: schemas.KindTruth}}, condition.Equal, condition.Truth{Yes: true})
	for name, op := range map[string]condition.FoldOp{"计数": condition.FoldCount, "求和": condition.FoldSum, "平均": condition.FoldAverage, "最大": condition.FoldMax, "种数": condition.FoldDistinct} {
		b.Run(name, func(b *testing.B) {
			builder := New()
			f := condition.Fold{Over: condition.Over{Dataset: d, Where: where}, Op: op}
			if op != condition.FoldCount {
				f.Of = value
			}
			refs := []Ref{builder.Add(compare(f, condition.GreaterOrEqual, number("2")))}
			ev, apart := NewEvaluator(builder.Plan()), NewEvaluator(builder.Plan())
			apart.apart = true
			began := time.Now()
			run(b, apart, in, refs)
			long := time.Since(began)
			for b.Loop() {
				run(b, ev, in, refs)
			}
			b.ReportMetric(long.Seconds()/(b.Elapsed().Seconds()/float64(b.N)), "long-over-short-way")
		})
	}
}

// BenchmarkYears makes three years' columns of a full block from rows, and sums them.
func BenchmarkYears(b *testing.B) {
	in := yearly(b, full, func(door, year int) (int64, bool) { return int64(door * (year - 2020)), door%5 > 0 })
	builder := New()
	of := condition.Column{Name: "收入", Within: 3, Yearly: true, Kind: schemas.Type{Kind: schemas.KindNumber}}
	sum := condition.Fold{Over: condition.Over{Years: 3}, Op: condition.FoldSum, Of: of}
	refs := []Ref{builder.Add(compare(sum, condition.GreaterOrEqual, number("200000")))}
	ev := NewEvaluator(builder.Plan())
	for b.Loop() {
		run(b, ev, in, refs)
	}
}

// BenchmarkNear asks near misses of 1,000 items of six tests out of forty, in two counties, on a block of the one, against the
// verdicts alone.
func BenchmarkNear(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 3))
	columns := map[string][]int64{}
	for k := range 40 {
		values := make([]int64, full)
		for i := range values {
			values[i] = r.Int64N(100)
		}
		columns[fmt.Sprint("a", k)] = values
	}
	columns["place"] = make([]int64, full)
	in := blockOf(full, 0, columns)
	builder := New()
	var verdicts, near []Ref
	for i := range 1000 {
		parts := []condition.Expr{compare(cents("place", 0), condition.Equal, number(fmt.Sprint(i%2)))}
		for range 6 {
			parts = append(parts, compare(cents(fmt.Sprint("a", r.IntN(40)), 0), condition.GreaterOrEqual, number(fmt.Sprint(20*r.IntN(3)))))
		}
		x := condition.And{Parts: parts}
		verdicts = append(verdicts, builder.Add(x))
		near = append(near, builder.AddNear(x, func(name string) bool { return name != "place" }, nil))
	}
	for _, c := range []struct {
		name string
		refs []Ref
	}{{"verdicts", verdicts}, {"near", near}, {"both", append(verdicts, near...)}} {
		b.Run(c.name, func(b *testing.B) {
			ev := NewEvaluator(builder.Plan())
			for b.Loop() {
				run(b, ev, in, c.refs)
			}
		})
	}
}
