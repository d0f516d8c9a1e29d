package arrow_test

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"testing"

	arr "github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"zhida/connectors/conntest"
	"zhida/connectors/format/arrow"
)

// seekable is a buffer as the library's writer wants one; it only asks where it is.
type seekable struct {
	io.Writer

	n int64
}

func (s *seekable) Write(p []byte) (int, error) {
	n, err := s.Writer.Write(p)
	s.n += int64(n)
	return n, err
}

func (s *seekable) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekCurrent {
		return 0, errors.ErrUnsupported
	}
	return s.n, nil
}

// writer is what the library's writers of files and streams share.
type writer interface {
	Write(record arr.Record) error
	Close() error
}

func newFile(w io.Writer, options ...ipc.Option) (writer, error) {
	return ipc.NewFileWriter(&seekable{Writer: w}, options...)
}

func newStream(w io.Writer, options ...ipc.Option) (writer, error) {
	return ipc.NewWriter(w, options...), nil
}

// writerOf is a writer for conntest: texts, a batch for 8,192 rows.
func writerOf(open func(io.Writer, ...ipc.Option) (writer, error), options ...ipc.Option) func(io.Writer, []string, iter.Seq[[]string]) error {
	return func(w io.Writer, header []string, rows iter.Seq[[]string]) error {
		var fields []arr.Field
		for _, name := range header {
			fields = append(fields, arr.Field{Name: name, Type: arr.BinaryTypes.String, Nullable: true})
		}
		schema := arr.NewSchema(fields, nil)
		out, err := open(w, append(options, ipc.WithSchema(schema))...)
		if err != nil {
			return err
		}
		builder := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		n := 0
		flush := func() error {
			record := builder.NewRecord()
			defer record.Release()
			n = 0
			return out.Write(record)
		}
		for row := range rows {
			for i, text := range row {
				builder.Field(i).(*array.StringBuilder).Append(text)
			}
			if n++; n == 8192 {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		if n > 0 {
			if err := flush(); err != nil {
				return err
			}
		}
		return out.Close()
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: arrow.Open, Write: writerOf(newFile)})
}

func TestConformanceStream(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: arrow.Open, Write: writerOf(newStream)})
}

func TestConformanceZstd(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: arrow.Open, Write: writerOf(newFile, ipc.WithZstd())})
}

func TestConformanceLZ4(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: arrow.Open, Write: writerOf(newStream, ipc.WithLZ4())})
}

// TestFlatMemory is not parallel: it measures the heap.
func TestFlatMemory(t *testing.T) {
	conntest.FlatMemory(t, conntest.Format{Open: arrow.Open, Write: writerOf(newFile)})
}

// TestCutBetweenBatches: a stream that ends after a batch in order is half a stream all the same.
func TestCutBetweenBatches(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	if err := writerOf(newStream)(&file, []string{"a"}, func(yield func([]string) bool) { yield([]string{"x"}) }); err != nil {
		t.Fatal(err)
	}
	_, _, err := readAll(t, file.Bytes()[:file.Len()-8])
	isFatal(t, "cut", err, "the stream is cut off: it does not say that it ends")
}

func BenchmarkReader(b *testing.B) {
	conntest.Benchmark(b, conntest.Format{Open: arrow.Open, Write: writerOf(newFile)})
}
