package rows

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/arrow"

	"zhida/connectors/format"
)

// Scanner cuts a file of one format into its rows.
type Scanner interface {
	// Scan reads the next data row into row, io.EOF after the last one. It skips lines without content and counts them
	// and the physical lines in Stats. An error is what format.Reader.Next says, and ends the file.
	Scan(row *Row) error
	// Stats counts what was read so far: Empty, Lines, Bytes and how. Rows, Good and Broken are the Reader's.
	Stats() format.Stats
	// Release gives up the scanner's buffers. It is called once, and nothing but Stats afterwards.
	Release()
}

// Row is one data row. What it points to is valid until the next Scan.
type Row struct {
	Line   int64 // where it begins
	Base   []byte
	Fields []Field          // as many as the header has names, unless the row is broken
	Fault  *format.RowFault // not nil: the row is broken. Row and Line in it are the Reader's to fill in
}

// Field is a range of Row.Base.
type Field struct{ From, To int }

// Reader is the format.Reader over a scanner.
type Reader struct {
	name    string
	limits  format.Limits
	header  []string
	scanner Scanner
	row     Row
	batch   *batch
	faults  []format.RowFault
	stats   format.Stats
	err     error
}

var _ format.Reader = (*Reader)(nil)

// New makes a reader; the header must have been checked.
func New(name string, limits format.Limits, header []string, s Scanner) *Reader {
	return &Reader{name: name, limits: limits, header: header, scanner: s, batch: newBatch(header)}
}

// Header implements format.Reader.
func (r *Reader) Header() []string { return r.header }

// Faults implements format.Reader.
func (r *Reader) Faults() []format.RowFault { return r.faults }

// Stats implements format.Reader.
func (r *Reader) Stats() format.Stats {
	s := r.scanner.Stats()
	s.Rows, s.Good, s.Broken = r.stats.Rows, r.stats.Good, r.stats.Broken
	return s
}

// Close implements format.Reader.
func (r *Reader) Close() error {
	if r.err == nil || !errors.Is(r.err, format.ErrClosed) {
		r.err = fmt.Errorf("read %s: %w", r.name, format.ErrClosed)
	}
	if r.batch != nil {
		r.scanner.Release()
	}
	r.batch, r.row = nil, Row{}
	return nil
}

// Next implements format.Reader.
func (r *Reader) Next(ctx context.Context) (arrow.Record, error) {
	r.faults = nil
	if r.err == nil {
		r.err = r.collect(ctx)
	}
	if len(r.faults) == 0 && (r.batch == nil || len(r.batch.rows) == 0) || r.err != nil && !errors.Is(r.err, io.EOF) {
		r.faults = nil
		return nil, r.err
	}
	return r.batch.record(), nil
}

// collect reads rows until the batch is full or the file ends.
func (r *Reader) collect(ctx context.Context) error {
	kept := 0 // bytes of faults
	for n := 0; n < r.limits.BatchRows && r.batch.bytes+kept < r.limits.BatchBytes; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return fmt.Errorf("read %s: %w", r.name, context.Cause(ctx))
		}
		r.row.Fault = nil
		if err := r.scanner.Scan(&r.row); err != nil {
			return err
		}
		r.stats.Rows++
		fault := r.row.Fault
		if fault == nil {
			r.stats.Good++
			r.batch.add(r.stats.Rows, &r.row)
			continue
		}
		r.stats.Broken++
		fault.Row, fault.Line = r.stats.Rows, r.row.Line
		kept += len(fault.Raw)
		r.faults = append(r.faults, *fault)
	}
	return nil
}
