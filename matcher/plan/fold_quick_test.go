package plan

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// TestQuickFoldsAreFolds compares folds that take the short way through the rows of most enterprises with folds that never do.
func TestQuickFoldsAreFolds(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(12, 2))
	for round := range 40 {
		n := 1 + r.IntN(200)
		var rows []listed
		for door := range n {
			for range r.IntN(4) {
				row := listed{door: door, value: r.Int64N(400) - 100, word: "甲", counts: []counting{certain, certain, certain, skipped, optional}[r.IntN(5)]}
				if round%4 == 0 {
					row.value *= 1 << 53
				}
				rows = append(rows, row)
			}
		}
		in, d := listOfRows(n, rows, func(door int) string { return []string{"5107", "5101"}[door%2] })
		value := condition.Column{Name: "值", Dataset: d, Kind: schemas.Type{Kind: schemas.KindNumber, Scale: 2}}
		where := compare(condition.Column{Name: "算", Dataset: d, Kind: schemas.Type{Kind: schemas.KindTruth}}, condition.Equal, condition.Truth{Yes: true})
		for _, op := range []condition.FoldOp{condition.FoldCount, condition.FoldSum, condition.FoldAverage, condition.FoldMin, condition.FoldMax, condition.FoldDistinct} {
			f := condition.Fold{Over: condition.Over{Dataset: d, Where: where}, Op: op}
			if op != condition.FoldCount {
				f.Of = value
			}
			b := New()
			refs := []Ref{
				b.Add(compare(f, condition.GreaterOrEqual, number(fmt.Sprint(r.IntN(4))))),
				b.Add(compare(f, condition.Equal, number("1"))), b.Add(condition.Known{X: f}),
				b.Add(compare(calc(f, condition.Divide, number("3")), condition.Less, number("1/3"))),
			}
			p := b.Plan()
			quick, slow := NewEvaluator(p), NewEvaluator(p)
			slow.apart = true
			got, want := answers(t, quick, in, refs), answers(t, slow, in, refs)
			for i := range got {
				if got[i] != want[i] {
					t.Fatalf("round %d, fold %v, question %d:\n%s, should be\n%s", round, op, i, got[i], want[i])
				}
			}
		}
	}
}
