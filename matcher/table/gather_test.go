package table_test

import (
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"zhida/matcher/table"
)

// TestGather: ranges of tables, gathered, are their rows taken one by one.
func TestGather(t *testing.T) {
	t.Parallel()
	fields := []table.Field{{Name: "n", Kind: table.Int}, {Name: "t", Kind: table.Text}}
	rapid.Check(t, func(t *rapid.T) {
		var tables []*table.Table
		for range rapid.IntRange(1, 3).Draw(t, "tables") {
			b := table.NewBuilder(fields)
			for i := range rapid.IntRange(1, 200).Draw(t, "rows") {
				if rapid.Bool().Draw(t, "number") {
					b.Int(0, int64(i+1))
				}
				if rapid.Bool().Draw(t, "text") {
					b.Text(1, strconv.Itoa(i))
				}
				b.End()
			}
			tables = append(tables, b.Table())
		}
		var ranges []table.Range
		want := table.New(fields)
		for range rapid.IntRange(0, 6).Draw(t, "ranges") {
			k := rapid.IntRange(0, len(tables)-1).Draw(t, "table")
			from := rapid.IntRange(0, tables[k].N).Draw(t, "from")
			r := table.Range{Table: k, From: from, To: rapid.IntRange(from, tables[k].N).Draw(t, "to")}
			ranges = append(ranges, r)
			for row := r.From; row < r.To; row++ {
				want.AppendRow(tables[k], row)
			}
		}
		if got := table.Gather(tables, ranges); !got.Equal(want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
