package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"zhida/pipeline/export"
	"zhida/schemas"
)

func everyKind() []export.Column {
	return []export.Column{
		{Name: "文", Kind: export.Text},
		{Name: "整", Kind: export.Integer},
		{Name: "钱", Kind: export.Decimal, Scale: 2},
		{Name: "比", Kind: export.Real},
		{Name: "日", Kind: export.Date},
		{Name: "是", Kind: export.Truth},
	}
}

// row is a row of everyKind; nil is unknown.
type row struct {
	text        *string
	n, money    *int64
	ratio       *float64
	date, truth *int64
}

func genRow() *rapid.Generator[row] {
	return rapid.Custom(func(t *rapid.T) row {
		return row{
			text:  rapid.Ptr(rapid.StringMatching("[=+@'\"\n,a中－-]{0,4}"), true).Draw(t, "text"),
			n:     rapid.Ptr(rapid.Int64(), true).Draw(t, "n"),
			money: rapid.Ptr(rapid.Int64(), true).Draw(t, "money"),
			ratio: rapid.Ptr(rapid.Float64(), true).Draw(t, "ratio"),
			date:  rapid.Ptr(rapid.Int64Range(1, 3_000_000), true).Draw(t, "date"),
			truth: rapid.Ptr(rapid.Int64Range(0, 1), true).Draw(t, "truth"),
		}
	})
}

func write(t fataler, format export.Format, rows []row) []byte {
	var out bytes.Buffer
	w, err := export.NewWriter(&out, format, everyKind(), export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.text != nil {
			w.Text(0, *r.text)
		}
		for i, n := range []*int64{1: r.n, 2: r.money, 4: r.date, 5: r.truth} {
			if n != nil {
				w.Int(i, *n)
			}
		}
		if r.ratio != nil {
			w.Real(3, *r.ratio)
		}
		if err := w.End(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type fataler interface{ Fatal(args ...any) }

// said is a row as words, the same whatever format it was read from.
func (r row) said() string {
	part := func(n *int64, format func(int64) string) string {
		if n == nil {
			return "?"
		}
		return format(*n)
	}
	whole := func(n int64) string { return strconv.FormatInt(n, 10) }
	text, ratio := "?", "?"
	if r.text != nil {
		text = strconv.Quote(*r.text)
	}
	if r.ratio != nil {
		ratio = strconv.FormatFloat(*r.ratio, 'g', -1, 64)
	}
	return strings.Join([]string{
		text, part(r.n, whole), part(r.money, func(n int64) string { return new(big.Rat).SetFrac64(n, 100).FloatString(2) }), ratio,
		part(r.date, func(n int64) string { return schemas.Date(n).String() }), part(r.truth, whole),
	}, "|")
}

func TestEveryFormatSaysTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(genRow(), 0, 20).Draw(t, "rows")
		for n := rapid.SampledFrom([]int{0, 0, 0, 1}).Draw(t, "many") * 5000; n > 0 && len(rows) > 0 && len(rows) < n; {
			rows = append(rows, rows...) // more than a batch
		}
		var want []string
		for _, r := range rows {
			want = append(want, r.said())
		}
		for name, got := range map[string][]string{
			"parquet": readParquet(t, write(t, export.Parquet, rows)),
			"arrow":   readArrow(t, write(t, export.Arrow, rows)),
			"csv":     readCSV(t, write(t, export.CSV, rows)),
		} {
			if len(got) != len(want) {
				t.Fatalf("%s: %d rows, want %d", name, len(got), len(want))
			}
			for i := range got {
				if w := want[i]; got[i] != w && !(name == "csv" && got[i] == csvOf(rows[i]).said()) {
					t.Fatalf("%s: row %d is %s, want %s", name, i, got[i], w)
				}
			}
		}
	})
}

// csvOf is what can be told from CSV: an empty text is an empty cell.
func csvOf(r row) row {
	if r.text != nil && *r.text == "" {
		r.text = nil
	}
	return r
}

func readParquet(t fataler, file []byte) (out []string) {
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	const schema = `message zhida {
	optional binary 文 (STRING);
	optional int64 整 (INT(64,true));
	optional int64 钱 (DECIMAL(18,2));
	optional double 比;
	optional int32 日 (DATE);
	optional boolean 是;
}`
	if f.Schema().String() != schema {
		t.Fatal("schema", f.Schema().String())
	}
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buffer := make([]parquet.Row, 100)
		for {
			n, err := rows.ReadRows(buffer)
			for _, cells := range buffer[:n] {
				out = append(out, fromParquet(cells).said())
			}
			if errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func fromParquet(cells parquet.Row) (r row) {
	for i, v := range cells {
		if v.IsNull() {
			continue
		}
		n := v.Int64()
		switch i {
		case 0:
			s := string(v.ByteArray())
			r.text = &s
		case 1:
			r.n = &n
		case 2:
			r.money = &n
		case 3:
			x := v.Double()
			r.ratio = &x
		case 4:
			n = int64(v.Int32()) + int64(schemas.UnixEpoch)
			r.date = &n
		case 5:
			n = 0
			if v.Boolean() {
				n = 1
			}
			r.truth = &n
		}
	}
	return r
}

func readArrow(t fataler, file []byte) (out []string) {
	f, err := ipc.NewFileReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	for k := range f.NumRecords() {
		rec, err := f.Record(k)
		if err != nil {
			t.Fatal(err)
		}
		for i := range int(rec.NumRows()) {
			out = append(out, fromArrow(rec, i).said())
		}
	}
	return out
}

func fromArrow(rec arrow.Record, i int) (r row) {
	int64At := func(column int, value func() int64) *int64 {
		if rec.Column(column).IsNull(i) {
			return nil
		}
		n := value()
		return &n
	}
	if c := rec.Column(0).(*array.String); c.IsValid(i) {
		s := c.Value(i)
		r.text = &s
	}
	r.n = int64At(1, func() int64 { return rec.Column(1).(*array.Int64).Value(i) })
	r.money = int64At(2, func() int64 { return int64(rec.Column(2).(*array.Decimal128).Value(i).LowBits()) })
	if c := rec.Column(3).(*array.Float64); c.IsValid(i) {
		x := c.Value(i)
		r.ratio = &x
	}
	r.date = int64At(4, func() int64 { return int64(rec.Column(4).(*array.Date32).Value(i)) + int64(schemas.UnixEpoch) })
	r.truth = int64At(5, func() int64 {
		if rec.Column(5).(*array.Boolean).Value(i) {
			return 1
		}
		return 0
	})
	return r
}

// readCSV undoes the rule about formulas, and checks that it was kept.
func readCSV(t fataler, file []byte) (out []string) {
	lines, err := csv.NewReader(bytes.NewReader(file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range lines[1:] {
		if first := cells[0] + " "; strings.ContainsAny(first[:1], "=+-@\t\r\n") || strings.HasPrefix(first, "－") {
			t.Fatal("a formula: " + cells[0])
		}
		out = append(out, fromCSV(cells).said())
	}
	return out
}

func fromCSV(cells []string) (r row) {
	if cells[0] != "" {
		s := strings.TrimPrefix(cells[0], "'")
		r.text = &s
	}
	whole := func(text string, scale int) *int64 {
		if text == "" {
			return nil
		}
		x, _ := new(big.Rat).SetString(text)
		x.Mul(x, big.NewRat(int64(scale), 1))
		n := x.Num().Int64()
		return &n
	}
	r.n, r.money = whole(cells[1], 1), whole(cells[2], 100)
	if cells[3] != "" {
		x, _ := strconv.ParseFloat(cells[3], 64)
		r.ratio = &x
	}
	if cells[4] != "" {
		var y, m, d int
		_, _ = fmt.Sscanf(cells[4], "%d-%d-%d", &y, &m, &d)
		n := int64(schemas.NewDate(y, m, d))
		r.date = &n
	}
	r.truth = whole(map[string]string{"": "", "是": "1", "否": "0"}[cells[5]], 1)
	return r
}

func TestSameRowsSameBytes(t *testing.T) {
	t.Parallel()
	rows := make([]row, 9000)
	for i := range rows {
		n, s := int64(i*i%977), "x"+strconv.Itoa(i%50)
		rows[i] = row{n: &n, money: &n, text: &s}
	}
	for _, f := range []export.Format{export.CSV, export.Parquet, export.Arrow} {
		if !bytes.Equal(write(t, f, rows), write(t, f, rows)) {
			t.Errorf("%s: the same rows gave other bytes", f)
		}
	}
}

func TestByteOrderMark(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	w, err := export.NewWriter(&out, export.CSV, everyKind()[:1], export.Options{BOM: true})
	if err != nil {
		t.Fatal(err)
	}
	w.Text(0, "=1+1")
	if err := errors.Join(w.End(), w.Close()); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "\ufeff文\n'=1+1\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestColumnsThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for name, columns := range map[string][]export.Column{
		"none":   {},
		"twice":  {{Name: "a", Kind: export.Text}, {Name: "a", Kind: export.Date}},
		"noname": {{Kind: export.Text}},
		"scale":  {{Name: "a", Kind: export.Decimal, Scale: 19}},
		"kind":   {{Name: "a"}},
	} {
		if _, err := export.NewWriter(io.Discard, export.CSV, columns, export.Options{}); !errors.Is(err, export.ErrColumns) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := export.NewWriter(io.Discard, "xml", everyKind(), export.Options{}); err == nil {
		t.Error("xml is no format")
	}
}

// full fails after some bytes, as a disk does.
type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestAFullDiskIsTold(t *testing.T) {
	t.Parallel()
	for _, format := range []export.Format{export.CSV, export.Parquet, export.Arrow} {
		w, err := export.NewWriter(&full{100}, format, everyKind(), export.Options{})
		for i := 0; err == nil && i < 10_000; i++ {
			w.Int(1, int64(i))
			err = w.End()
		}
		if err == nil {
			err = w.Close()
		}
		if !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestRound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x        *big.Rat
		rounding export.Rounding
		want     int64
	}{
		{big.NewRat(1, 3), export.Down, 33},
		{big.NewRat(1, 3), export.Up, 34},
		{big.NewRat(-1, 3), export.Down, -34},
		{big.NewRat(-1, 3), export.Up, -33},
		{big.NewRat(5, 2), export.Up, 250},
		{big.NewRat(0, 1), export.Down, 0},
	} {
		if got, ok := export.Round(c.x, 2, c.rounding); got != c.want || !ok {
			t.Errorf("%v: %d, want %d", c.x, got, c.want)
		}
	}
	if _, ok := export.Round(new(big.Rat).SetFrac(new(big.Int).Lsh(big.NewInt(1), 62), big.NewInt(1)), 2, export.Up); ok {
		t.Error("what does not fit was rounded")
	}
}
