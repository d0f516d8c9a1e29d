package pipeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"zhida/pipeline/report/department"
)

// TestFillHeap: of any number of rows those that most items wait for are kept, in whatever order they come.
func TestFillHeap(t *testing.T) {
	t.Parallel()
	rows := make([]fillRow, maxFill+5000)
	for i := range rows {
		rows[i] = fillRow{Enterprise: department.Enterprise{Code: fmt.Sprintf("%06d", i/2)}, year: 2024 + i%2, items: i / 2 % 50}
	}
	want := slices.Clone(rows)
	byUse := func(x, y fillRow) int { return -x.compare(y) }
	slices.SortFunc(want, byUse)
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 1))
		r.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		var top fillHeap
		for _, row := range rows {
			top.keep(row)
		}
		slices.SortFunc(top, byUse)
		if len(top) != maxFill || !slices.EqualFunc(top, want[:maxFill], func(x, y fillRow) bool { return x.compare(y) == 0 }) {
			t.Fatalf("seed %d: %d rows are kept, and they are others", seed, len(top))
		}
	}
}
