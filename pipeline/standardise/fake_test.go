package standardise

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"zhida/matcher/table"
	"zhida/schemas"
)

// testCodes are the built-in codes; they are read only, and making them takes longer than most tests.
var testCodes = sync.OnceValue(schemas.NewCodes)

// fakeSource yields rows in batches of a size. A row of another length than the header is a broken one.
type fakeSource struct {
	header []string
	rows   [][]string
	size   int
	next   int
	empty  int64
	err    error            // instead of io.EOF
	alloc  memory.Allocator // nil: the usual one
}

func (f *fakeSource) Header() []string { return f.header }
func (f *fakeSource) Empty() int64     { return f.empty }

func (f *fakeSource) Next(context.Context) (Batch, error) {
	if f.next >= len(f.rows) {
		if f.err != nil {
			return Batch{}, f.err
		}
		return Batch{}, io.EOF
	}
	fields := []arrow.Field{{Name: RowColumn, Type: arrow.PrimitiveTypes.Int64}, {Name: LineColumn, Type: arrow.PrimitiveTypes.Int64}}
	for _, name := range f.header {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String})
	}
	if f.alloc == nil {
		f.alloc = memory.NewGoAllocator()
	}
	b := array.NewRecordBuilder(f.alloc, arrow.NewSchema(fields, nil))
	defer b.Release()
	var out Batch
	for range max(f.size, 1) {
		if f.next == len(f.rows) {
			break
		}
		row := f.rows[f.next]
		f.next++
		if len(row) != len(f.header) {
			out.Broken = append(out.Broken, Broken{
				Row: int64(f.next), Line: int64(f.next + 1), Raw: strings.Join(row, ","), Kind: BrokenFields, Fields: len(row),
			})
			continue
		}
		b.Field(0).(*array.Int64Builder).Append(int64(f.next))
		b.Field(1).(*array.Int64Builder).Append(int64(f.next + 1))
		for i, cell := range row {
			b.Field(i + 2).(*array.StringBuilder).Append(cell)
		}
	}
	out.Record = b.NewRecord()
	return out, nil
}

// fakeSink keeps what it gets.
type fakeSink struct {
	runs    []*Run
	rejects []Reject
	doubts  []Doubt
	err     error
}

func (f *fakeSink) Run(run *Run) error {
	f.runs = append(f.runs, run)
	return f.err
}

func (f *fakeSink) Reject(reject Reject) error {
	f.rejects = append(f.rejects, reject)
	return f.err
}

func (f *fakeSink) Doubt(doubt Doubt) error {
	f.doubts = append(f.doubts, doubt)
	return f.err
}

// reference marks that a number went through the reference function without showing it.
func reference(number string) string { return fmt.Sprintf("ref%02d", decimal(number[len(number)-2:])) }

func mustNew(t testing.TB, ds *schemas.Dataset) *Standardiser {
	t.Helper()
	s, err := New(ds, testCodes(), map[string]int{"510100": 3}, reference)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// deliver standardises rows and returns all of it.
func deliver(t testing.TB, s *Standardiser, d Delivery, src *fakeSource, limit int) (*fakeSink, Report) {
	t.Helper()
	sink := &fakeSink{}
	report, err := s.Run(context.Background(), d, src, sink, limit)
	if err != nil {
		t.Fatal(err)
	}
	return sink, report
}

// testDelivery is a full delivery of Sichuan.
func testDelivery() Delivery {
	return Delivery{Seq: 7, Date: schemas.NewDate(2026, 6, 15), Mode: schemas.ModeFull, Scope: "510000", File: "delivery.csv"}
}

// dump writes a table as people read it, unknown values as ?.
func dump(t *table.Table) string {
	if t == nil {
		return ""
	}
	var out strings.Builder
	for i := range t.N {
		for c, f := range t.Fields {
			if c > 0 {
				out.WriteString(" | ")
			}
			column := &t.Columns[c]
			switch {
			case !column.Known.Has(i):
				out.WriteString("?")
			case f.Kind == table.Text:
				out.WriteString(column.Texts[i])
			case f.Kind == table.Date:
				out.WriteString(schemas.Date(column.Ints[i]).String())
			default:
				fmt.Fprint(&out, column.Ints[i])
			}
		}
		out.WriteString("\n")
	}
	return out.String()
}

// lines encodes values as JSON lines without escaping.
func lines[T any](t testing.TB, values ...T) string {
	t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	for _, v := range values {
		if err := encoder.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}
