package table_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zhida/matcher/table"
)

func TestEncode(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 200).Draw(t, "n")
		c := table.BlankColumn(table.Text, n)
		for row := range n {
			if rapid.Bool().Draw(t, "known") {
				c.SetText(row, rapid.StringMatching(`|[a-c]{1,2}`).Draw(t, "text"))
			}
		}
		coded := c.Encode(n)
		if len(coded.IDs) != n || coded.Words[0] != "" || !slices.IsSorted(coded.Words[1:]) {
			t.Fatalf("%d ids, words %q", len(coded.IDs), coded.Words)
		}
		for row, id := range coded.IDs {
			if (id > 0) != c.Known.Has(row) || coded.Words[id] != c.Texts[row] {
				t.Fatalf("row %d is %d, %q for %q", row, id, coded.Words[id], c.Texts[row])
			}
		}
	})
}

// TestEncodeTooMany has one text more than there are numbers.
func TestEncodeTooMany(t *testing.T) {
	t.Parallel()
	c := table.BlankColumn(table.Text, 1<<16)
	for row := range 1 << 16 {
		c.SetText(row, string(rune(0x10000+row)))
	}
	if c.Encode(1<<16) != nil {
		t.Error("65,536 distinct texts were numbered")
	}
}
