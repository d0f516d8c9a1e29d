package table_test

import (
	"fmt"
	"slices"
	"testing"

	"zhida/matcher/table"
)

// words makes a column of so many rows with so many different texts, "" among them, and one row in seven unknown.
func words(rows, different int) *table.Table {
	b := table.NewBuilder([]table.Field{{Name: "行业", Kind: table.Text}})
	for i := range rows {
		switch k := i * 7919 % different; {
		case i%7 == 3:
		case k == 0:
			b.Text(0, "")
		default:
			b.Text(0, fmt.Sprintf("C%d", k))
		}
		b.End()
	}
	return b.Table()
}

// TestNumbersFromDictionary: what is numbered as it is read is numbered as Encode does, which hashes every text.
func TestNumbersFromDictionary(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rows, different int
		numbered        bool
	}{{1, 1, true}, {63, 5, true}, {64, 5, true}, {70_000, 300, true}, {3, 1, true}, {30_000, 29_000, false}} {
		want := words(test.rows, test.different)
		got, err := open(t, encode(t, want)).Read("group 0")
		if err != nil || !got.Equal(want) {
			t.Fatalf("%d rows: %v", test.rows, err)
		}
		have := got.Columns[0].Coded
		if (have != nil) != test.numbered {
			t.Errorf("%d rows of %d texts: numbered is %v", test.rows, test.different, have != nil)
		}
		if have == nil {
			continue
		}
		if coded := want.Columns[0].Encode(want.N); !slices.Equal(have.Words, coded.Words) || !slices.Equal(have.IDs, coded.IDs) {
			t.Errorf("%d rows of %d texts: other numbers than Encode gives", test.rows, test.different)
		}
	}
}

// TestNumbersGoWithTheTexts: a column that is written to has no numbers any more.
func TestNumbersGoWithTheTexts(t *testing.T) {
	t.Parallel()
	rows := words(100, 5)
	data := encode(t, rows)
	for name, change := range map[string]func(*table.Table){
		"set":     func(t *table.Table) { t.Columns[0].SetText(4, "新") },
		"unknown": func(t *table.Table) { t.Columns[0].SetUnknown(4) },
		"append":  func(t *table.Table) { t.Append(rows) },
		"row":     func(t *table.Table) { t.AppendRow(rows, 4) },
	} {
		got, err := open(t, data).Read("group 0")
		if err != nil || got.Columns[0].Coded == nil {
			t.Fatal("not numbered", err)
		}
		if change(got); got.Columns[0].Coded != nil {
			t.Errorf("%s: the old numbers are still there", name)
		}
	}
}
