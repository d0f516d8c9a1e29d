package conntest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"

	"zhida/connectors/format"
)

// Format is a file format under test, with a way to write it.
type Format struct {
	Open  format.Opener
	Write func(w io.Writer, header []string, rows iter.Seq[[]string]) error
	// Cuts gives beginnings of the file, each of which must be a FatalError. nil: every tenth of its length.
	Cuts func(file []byte) [][]byte
	// RowsTellHeader: the names stand in the rows, so a file without rows is a FatalError.
	RowsTellHeader bool
	// UniqueNames: the format has no two columns of one name, not even of none. Write need not write them.
	UniqueNames bool
}

// Formats runs the suite of format.Reader, FlatMemory apart.
func Formats(t *testing.T, f Format) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(t *testing.T, f Format)
	}{
		{"texts and positions", formatTexts},
		{"batches", formatBatches},
		{"header only", formatHeaderOnly},
		{"header", formatHeader},
		{"empty", formatEmpty},
		{"truncated", formatTruncated},
		{"read error", formatReadError},
		{"cancelled", formatCancelled},
		{"closed", formatClosed},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, f)
		})
	}
}

// texts are field values that formats tend to damage.
func texts() []string {
	return []string{
		"绵阳市驰衡小汽车修理有限公司", "", " ", "　全角　", "a,b;c\td|e", `say "yes"`, `"`, `""`, "line\nline", "\n", "0123", "1e5",
		"2026-06-15", "N/A", "TRUE", "=1+1", "𠮷野家", "é", "\uFEFFmark", "13,655.8400(万元人民币)", "'", "#", strings.Repeat("长", 3000),
	}
}

func encode(t testing.TB, f Format, header []string, rows iter.Seq[[]string]) *io.SectionReader {
	t.Helper()
	var file bytes.Buffer
	if err := f.Write(&file, header, rows); err != nil {
		t.Fatal(err)
	}
	return section(file.Bytes())
}

func section(file []byte) *io.SectionReader {
	return io.NewSectionReader(bytes.NewReader(file), 0, int64(len(file)))
}

// each calls do with every batch and checks what holds for all of them.
func each(ctx context.Context, r format.Reader, do func(record arrow.Record, faults []format.RowFault) error) error {
	var last, lastLine int64
	for {
		record, err := r.Next(ctx)
		if err != nil {
			return err
		}
		if record.NumCols() != int64(format.Positions+len(r.Header())) {
			return fmt.Errorf("%d columns for the header %q", record.NumCols(), r.Header())
		}
		seen := map[int64]bool{}
		for _, fault := range r.Faults() {
			seen[fault.Row] = true
		}
		for i := range int(record.NumRows()) {
			row, line := record.Column(0).(*array.Int64).Value(i), record.Column(1).(*array.Int64).Value(i)
			for last++; seen[last]; last++ {
			}
			if row != last || line <= lastLine {
				return fmt.Errorf("row %d on line %d comes after row %d on line %d", row, line, last-1, lastLine)
			}
			lastLine = line
		}
		for seen[last+1] {
			last++
		}
		if err := do(record, r.Faults()); err != nil {
			return err
		}
		record.Release()
		if s := r.Stats(); s.Rows != s.Good+s.Broken || s.Rows != last {
			return fmt.Errorf("stats %+v after row %d", s, last)
		}
	}
}

func formatTexts(t *testing.T, f Format) {
	header := []string{"名称", "code", "a b"}
	var want [][]string
	for i, text := range texts() {
		want = append(want, []string{text, fmt.Sprint(i), texts()[len(texts())-1-i]})
	}
	r, err := f.Open(encode(t, f, header, slices.Values(want)), "texts", format.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if !slices.Equal(r.Header(), header) {
		t.Errorf("header %q", r.Header())
	}
	var got [][]string
	err = each(t.Context(), r, func(record arrow.Record, faults []format.RowFault) error {
		for i := range int(record.NumRows()) {
			var row []string
			for j := range header {
				row = append(row, strings.Clone(record.Column(format.Positions+j).(*array.String).Value(i)))
			}
			got = append(got, row)
		}
		if len(faults) > 0 {
			t.Errorf("faults %+v", faults)
		}
		return nil
	})
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if record, err := r.Next(t.Context()); record != nil || !errors.Is(err, io.EOF) || r.Faults() != nil {
		t.Errorf("after the end: %v, %v", record, err)
	}
}

// numbered is n rows of three columns, about 100 bytes each.
func numbered(n int) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		filler := strings.Repeat("经营", 13)
		for i := range n {
			if !yield([]string{fmt.Sprintf("9151070320%08d", i), filler, "涪城区"}) {
				return
			}
		}
	}
}

func columns() []string { return []string{"代码", "范围", "地区"} }

func formatBatches(t *testing.T, f Format) {
	for _, c := range []struct {
		limits  format.Limits
		batches int
		most    int64
	}{
		{format.Limits{BatchRows: 100}, 10, 100},
		{format.Limits{BatchRows: 999}, 2, 999},
		{format.Limits{BatchBytes: 20_000}, 0, 250},
		{format.Limits{}, 1, 1000},
	} {
		r, err := f.Open(encode(t, f, columns(), numbered(1000)), "batches", format.Options{Limits: c.limits})
		if err != nil {
			t.Fatal(err)
		}
		batches, rows := 0, int64(0)
		err = each(t.Context(), r, func(record arrow.Record, _ []format.RowFault) error {
			batches++
			rows += record.NumRows()
			if record.NumRows() > c.most {
				t.Errorf("%+v: a batch of %d rows", c.limits, record.NumRows())
			}
			return nil
		})
		if !errors.Is(err, io.EOF) || rows != 1000 || c.batches > 0 && batches != c.batches {
			t.Errorf("%+v: %d rows in %d batches, %v", c.limits, rows, batches, err)
		}
		_ = r.Close()
	}
}

func formatHeaderOnly(t *testing.T, f Format) {
	r, err := f.Open(encode(t, f, columns(), numbered(0)), "header", format.Options{})
	if f.RowsTellHeader {
		var fatal *format.FatalError
		if r != nil || !errors.As(err, &fatal) {
			t.Errorf("got %v, %v", r, err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if !slices.Equal(r.Header(), columns()) {
		t.Errorf("header %q", r.Header())
	}
	if record, err := r.Next(t.Context()); record != nil || !errors.Is(err, io.EOF) {
		t.Errorf("got %v, %v", record, err)
	}
}

func formatHeader(t *testing.T, f Format) {
	for _, c := range []struct {
		header []string
		good   bool
	}{
		{[]string{"a", "a"}, false},
		{[]string{"a", " a"}, false},
		{[]string{"a", "b", ""}, true},
		{[]string{"a", "b", "", ""}, true},
		{[]string{"", ""}, false},
		{[]string{"a", format.RowColumn}, false},
	} {
		if f.UniqueNames && repeats(c.header) {
			continue
		}
		row := slices.Repeat([]string{"x"}, len(c.header))
		r, err := f.Open(encode(t, f, c.header, slices.Values([][]string{row})), "header", format.Options{})
		var fatal *format.FatalError
		if c.good && err != nil || !c.good && !errors.As(err, &fatal) {
			t.Errorf("%q: %v", c.header, err)
		}
		if r != nil {
			_ = r.Close()
		}
	}
}

func repeats(header []string) bool {
	sorted := slices.Sorted(slices.Values(header))
	return len(slices.Compact(sorted)) < len(header)
}

func formatEmpty(t *testing.T, f Format) {
	var fatal *format.FatalError
	if r, err := f.Open(section(nil), "empty", format.Options{}); r != nil || !errors.As(err, &fatal) || fatal.File != "empty" {
		t.Errorf("got %v, %v", r, err)
	}
}

func formatTruncated(t *testing.T, f Format) {
	var whole bytes.Buffer
	if err := f.Write(&whole, columns(), numbered(20_000)); err != nil {
		t.Fatal(err)
	}
	var cuts [][]byte
	if f.Cuts != nil {
		cuts = f.Cuts(whole.Bytes())
	} else {
		for i := 1; i < 10; i++ {
			cuts = append(cuts, whole.Bytes()[:whole.Len()*i/10])
		}
	}
	for _, cut := range cuts {
		r, err := f.Open(section(cut), "truncated", format.Options{})
		if err == nil {
			err = each(t.Context(), r, func(arrow.Record, []format.RowFault) error { return nil })
			if _, again := r.Next(t.Context()); !errors.Is(again, err) {
				t.Errorf("%v, and then %v", err, again)
			}
			_ = r.Close()
		}
		var fatal *format.FatalError
		if !errors.As(err, &fatal) || fatal.Reason == "" || fatal.Suggestion == "" {
			t.Errorf("%d bytes: %v", len(cut), err)
		}
	}
}

// breaking fails to read beyond a point.
type breaking struct {
	io.ReaderAt
	from int64
	err  error
}

func (b breaking) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > b.from {
		return 0, b.err
	}
	return b.ReaderAt.ReadAt(p, off)
}

func formatReadError(t *testing.T, f Format) {
	file := encode(t, f, columns(), numbered(40_000))
	broken := errors.New("disk unplugged")
	r, err := f.Open(io.NewSectionReader(breaking{file, file.Size() - 1000, broken}, 0, file.Size()), "broken", format.Options{})
	if err == nil {
		err = each(t.Context(), r, func(arrow.Record, []format.RowFault) error { return nil })
		_ = r.Close()
	}
	var fatal *format.FatalError
	if !errors.Is(err, broken) || errors.As(err, &fatal) {
		t.Errorf("got %v", err)
	}
}

func formatCancelled(t *testing.T, f Format) {
	r, err := f.Open(encode(t, f, columns(), numbered(1000)), "cancelled", format.Options{Limits: format.Limits{BatchRows: 10}})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := r.Next(ctx); err != nil {
		t.Fatal(err)
	}
	cancel()
	for _, c := range []context.Context{ctx, t.Context()} {
		var fatal *format.FatalError
		if record, err := r.Next(c); record != nil || !errors.Is(err, context.Canceled) || errors.As(err, &fatal) {
			t.Errorf("got %v, %v", record, err)
		}
	}
}

func formatClosed(t *testing.T, f Format) {
	r, err := f.Open(encode(t, f, columns(), numbered(100)), "closed", format.Options{Limits: format.Limits{BatchRows: 10}})
	if err != nil {
		t.Fatal(err)
	}
	record, err := r.Next(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := r.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	if got := record.Column(format.Positions).(*array.String).Value(9); got != "915107032000000009" {
		t.Errorf("the record holds %q after Close", got)
	}
	record.Release()
	if _, err := r.Next(t.Context()); !errors.Is(err, format.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if s := r.Stats(); s.Good != 10 {
		t.Errorf("stats %+v after Close", s)
	}
}
