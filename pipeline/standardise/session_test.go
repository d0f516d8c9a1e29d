package standardise

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"zhida/schemas"
)

var taxHeader = []string{"统一社会信用代码", "年度", "营业收入"}

func TestRunErrors(t *testing.T) {
	t.Parallel()
	s := mustNew(t, taxData())
	rows := [][]string{{"9151070370000001X3", "2025", "1元"}, {"", "2025", "1元"}}
	boom := errors.New("the disk is full")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		name string
		ctx  context.Context
		src  *fakeSource
		sink *fakeSink
		want error
		text string
	}{
		{"cancelled", ctx, &fakeSource{header: taxHeader, rows: rows}, &fakeSink{}, context.Canceled, "standardise delivery.csv"},
		{"source", context.Background(), &fakeSource{header: taxHeader, rows: rows, err: boom}, &fakeSink{}, boom, "standardise delivery.csv: the disk"},
		{"reject", context.Background(), &fakeSource{header: taxHeader, rows: rows[1:]}, &fakeSink{err: boom}, boom, "write reject"},
		{"run", context.Background(), &fakeSource{header: taxHeader, rows: rows[:1]}, &fakeSink{err: boom}, boom, "write run"},
	}
	for _, test := range tests {
		_, err := s.Run(test.ctx, testDelivery(), test.src, test.sink, 10)
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.text) {
			t.Errorf("%s: got %v", test.name, err)
		}
	}
}

// oddSource yields one record as it is.
type oddSource struct {
	fakeSource
	record arrow.Record
}

func (o *oddSource) Next(context.Context) (Batch, error) { return Batch{Record: o.record}, nil }

// TestOddBatches: a source that breaks its contract is an error, not wrong rows.
func TestOddBatches(t *testing.T) {
	t.Parallel()
	number := func(name string) arrow.Field { return arrow.Field{Name: name, Type: arrow.PrimitiveTypes.Int64} }
	text := func(name string) arrow.Field { return arrow.Field{Name: name, Type: arrow.BinaryTypes.String} }
	tests := []struct {
		name   string
		fields []arrow.Field
		want   string
	}{
		{"no positions", []arrow.Field{text("统一社会信用代码"), text("年度"), text("营业收入")}, "3 columns instead of 5"},
		{"positions of text", []arrow.Field{text(RowColumn), number(LineColumn), text("a"), text("b"), text("c")}, "not the int64 column #row"},
		{"positions swapped", []arrow.Field{number(LineColumn), number(RowColumn), text("a"), text("b"), text("c")}, "not the int64 column #row"},
		{"number", []arrow.Field{number(RowColumn), number(LineColumn), text("a"), number("b"), text("c")}, "column 3 is not text"},
	}
	for _, test := range tests {
		b := array.NewRecordBuilder(memory.NewGoAllocator(), arrow.NewSchema(test.fields, nil))
		src := &oddSource{fakeSource{header: taxHeader}, b.NewRecord()}
		_, err := mustNew(t, taxData()).Run(context.Background(), testDelivery(), src, &fakeSink{}, 10)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
		b.Release()
	}
}

// TestNothing: a file with a header and no rows makes no run and an empty report.
func TestNothing(t *testing.T) {
	t.Parallel()
	sink, report := deliver(t, mustNew(t, taxData()), testDelivery(), &fakeSource{header: taxHeader, empty: 3}, 10)
	if len(sink.runs) != 0 || len(sink.rejects) != 0 || report.Read != 0 || report.EmptyLines != 3 {
		t.Errorf("got %d runs, %d rejects, %+v", len(sink.runs), len(sink.rejects), report)
	}
}

// TestReleases: batches are given back, and no text of rows, rejects or remembered cells points into them.
func TestReleases(t *testing.T) {
	t.Parallel()
	checked := memory.NewCheckedAllocator(memory.NewGoAllocator())
	defer checked.AssertSize(t, 0)
	header := []string{"代码", "企业名称", "经营地", "等级"}
	src := &spoiled{fakeSource: fakeSource{header: header, size: 1, alloc: checked, rows: [][]string{
		{"9151070370000001X3", "绵阳示例有限公司", "", "甲 级"},
		{"915107047000000447", "绵阳游仙示例有限公司", "510703", "甲 级"},
		{"915107047000000447", "绵阳游仙示例有限公司", "510703", "甲 级"},
		{"", "无码示例有限公司", "510703", "甲 级"},
	}}}
	ds := &schemas.Dataset{Name: "d", Role: schemas.RoleRegistration, Code: schemas.Code{Columns: header[:1]}, Fields: []schemas.Field{
		{Name: "企业名称", Type: schemas.FieldText},
		{Name: "经营地", Type: schemas.FieldRegion},
		{Name: "等级", Type: schemas.FieldText, Values: []schemas.Value{{Name: "甲级"}}},
	}}
	sink := &fakeSink{}
	if _, err := mustNew(t, ds).Run(context.Background(), testDelivery(), src, sink, 10); err != nil {
		t.Fatal(err)
	}
	want := "9151070370000001X3 | 0 | 1 | ? | 绵阳示例有限公司 | 510703 | 甲级\n" +
		"915107047000000447 | 0 | 2 | ? | 绵阳游仙示例有限公司 | 510703 | 甲级\n" +
		"915107047000000447 | 0 | 3 | ? | 绵阳游仙示例有限公司 | 510703 | 甲级\n"
	if got := dump(sink.runs[0].Rows); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := sink.rejects[0].Cells; !slices.Equal(got, []string{"", "无码示例有限公司", "510703", "甲 级"}) {
		t.Errorf("cells of the reject: got %q", got)
	}
}

// spoiled overwrites the texts of a batch when the next one is asked for, as an allocator may.
type spoiled struct {
	fakeSource
	last [][]byte
}

func (s *spoiled) Next(ctx context.Context) (Batch, error) {
	for _, cell := range s.last {
		for i := range cell {
			cell[i] = '#'
		}
	}
	s.last = nil
	b, err := s.fakeSource.Next(ctx)
	if err != nil {
		return b, err
	}
	for i := range s.header {
		s.last = append(s.last, b.Record.Column(i+2).(*array.String).ValueBytes())
	}
	return b, nil
}

// TestDeleteInFull: a full delivery that holds a row to delete is odd, but says what it wants.
func TestDeleteInFull(t *testing.T) {
	t.Parallel()
	src := func() *fakeSource {
		return &fakeSource{header: []string{"统一社会信用代码", "企业名称", "操作"}, rows: [][]string{{"9151070370000001X3", "", "删除"}}}
	}
	for _, test := range []struct {
		mode schemas.Mode
		want string
	}{
		{schemas.ModeFull, "9151070370000001X3 | 1 | 1 | op.in_full |"},
		{schemas.ModeIncrement, "9151070370000001X3 | 1 | 1 | ? |"},
	} {
		d := testDelivery()
		d.Mode = test.mode
		sink, _ := deliver(t, mustNew(t, registrationData()), d, src(), 10)
		if got := dump(sink.runs[0].Rows); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.mode, got, test.want)
		}
	}
}
