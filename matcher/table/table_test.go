package table_test

import (
	"fmt"
	"strings"
	"testing"
	"unsafe"

	"pgregory.net/rapid"

	"zhida/matcher/table"
)

func fields() []table.Field {
	return []table.Field{
		{Name: "企业名称", Kind: table.Text},
		{Name: "注册资本", Kind: table.Decimal, Scale: 2},
		{Name: "成立日期", Kind: table.Date},
		{Name: "存续", Kind: table.Bool},
		{Name: "从业人数.1", Kind: table.Int},
	}
}

// row is a row as a map from field index to value; a field that is not there is unknown.
type row map[int]any

func build(fields []table.Field, rows []row) *table.Table {
	b := table.NewBuilder(fields)
	for _, r := range rows {
		for i, v := range r {
			switch v := v.(type) {
			case string:
				b.Text(i, v)
			case int64:
				b.Int(i, v)
			}
		}
		b.End()
	}
	return b.Table()
}

func rowsOf(t *table.Table) []row {
	out := make([]row, t.N)
	for n := range out {
		out[n] = row{}
		for i, c := range t.Columns {
			switch {
			case !c.Known.Has(n):
			case t.Fields[i].Kind == table.Text:
				out[n][i] = c.Texts[n]
			default:
				out[n][i] = c.Ints[n]
			}
		}
	}
	return out
}

// genRows draws rows for the fields above, with the extreme values of each kind among them.
func genRows(most int) *rapid.Generator[[]row] {
	texts := rapid.OneOf(rapid.SampledFrom([]string{"", "甲", "乙", "绵阳"}), rapid.String())
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) row {
		r := row{}
		known := rapid.Uint8().Draw(t, "known")
		for i, f := range fields() {
			if known&(1<<i) == 0 {
				continue
			}
			switch f.Kind {
			case table.Text:
				r[i] = texts.Draw(t, "text")
			case table.Date:
				r[i] = int64(rapid.Int32Range(1, 3_652_059).Draw(t, "date"))
			case table.Bool:
				r[i] = rapid.Int64Range(0, 1).Draw(t, "bool")
			default:
				r[i] = rapid.Int64().Draw(t, "int")
			}
		}
		return r
	}), 0, most)
}

func same(t interface{ Fatalf(string, ...any) }, what string, got *table.Table, want []row) {
	if g, w := fmt.Sprint(rowsOf(got)), fmt.Sprint(want); g != w {
		t.Fatalf("%s:\n got %s\nwant %s", what, g, w)
	}
	for i, c := range got.Columns {
		for n := range got.N {
			if !c.Known.Has(n) && (c.Texts != nil && c.Texts[n] != "" || c.Texts == nil && c.Ints[n] != 0) {
				t.Fatalf("%s: row %d of %q is not known and not zero", what, n, got.Fields[i].Name)
			}
		}
		if len(c.Texts)+len(c.Ints) != got.N {
			t.Fatalf("%s: column %q has %d values for %d rows", what, got.Fields[i].Name, len(c.Texts)+len(c.Ints), got.N)
		}
	}
}

func TestOperationsAreThoseOfRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := genRows(130).Draw(t, "a"), genRows(130).Draw(t, "b")
		ta, tb := build(fields(), a), build(fields(), b)
		same(t, "built", ta, a)

		from := rapid.IntRange(0, len(a)).Draw(t, "from")
		to := rapid.IntRange(from, len(a)).Draw(t, "to")
		same(t, "slice", ta.Slice(from, to), a[from:to])

		var perm []int
		if len(a) > 0 {
			perm = rapid.SliceOfN(rapid.IntRange(0, len(a)-1), 0, 100).Draw(t, "perm")
		}
		var taken []row
		for _, p := range perm {
			taken = append(taken, a[p])
		}
		same(t, "take", ta.Take(perm), taken)

		both := ta.Slice(0, len(a))
		both.Append(tb)
		same(t, "append", both, append(append([]row{}, a...), b...))
		for n := range b {
			both.AppendRow(tb, n)
		}
		same(t, "append rows", both, append(append(append([]row{}, a...), b...), b...))
		if both.Equal(ta) != (len(b) == 0) || !ta.Equal(ta.Slice(0, ta.N)) {
			t.Fatalf("Equal is wrong")
		}
	})
}

func TestBuilder(t *testing.T) {
	t.Parallel()
	b := table.NewBuilder(fields())
	line := strings.Repeat("x", 50) + "甲公司" + strings.Repeat("x", 50)
	for range 70 {
		b.Text(0, line[50:59])
		b.Int(3, 1)
		b.End()
	}
	b.Int(4, 1) // begun and not ended: dropped
	got := b.Table()
	if got.N != 70 {
		t.Fatalf("%d rows, want 70", got.N)
	}
	want := make([]row, 70)
	for i := range want {
		want[i] = row{0: "甲公司", 3: int64(1)}
	}
	same(t, "built", got, want)
	texts := got.Column("企业名称").Texts
	if unsafe.StringData(texts[0]) != unsafe.StringData(texts[69]) {
		t.Error("a repeated text is not shared")
	}
	if unsafe.StringData(texts[0]) == unsafe.StringData(line[50:59]) {
		t.Error("a text keeps the buffer it was cut from")
	}
	b.End()
	same(t, "second table", b.Table(), []row{{}})
	if got.Column("没有") != nil || got.Index("存续") != 3 {
		t.Error("a column is found by another name or not by its own")
	}
}

func TestKindNames(t *testing.T) {
	t.Parallel()
	for kind, want := range map[table.Kind]string{
		table.Int: "int", table.Date: "date", table.Decimal: "decimal", table.Bool: "bool", table.Text: "text", 9: "kind 9",
	} {
		if kind.String() != want {
			t.Errorf("kind %d is %q, want %q", kind, kind, want)
		}
	}
}
