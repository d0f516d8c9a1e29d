package export

import (
	"fmt"
	"io"

	"zhida/schemas"
)

// batchRows is how many rows are handed to a format at a time.
const batchRows = 4096

// Options are for CSV only.
type Options struct {
	BOM bool // begin with a byte order mark, without which spreadsheets take UTF-8 for the local encoding
}

// Writer writes a table row by row: set the values that are known, by the index of their columns, then End. It belongs to
// one goroutine. After an error nothing it wrote is a table; every later call of End and Close returns the error.
type Writer struct {
	columns []Column
	batch   []values
	rows    int // in the batch
	total   int64
	format  encoder
	err     error
}

// encoder writes the batches of a format.
type encoder interface {
	// write writes the first n rows of a batch, which it does not keep.
	write(batch []values, n int) error
	// close ends the file, but not the writer below.
	close() error
}

// NewWriter begins a table on w.
func NewWriter(w io.Writer, format Format, columns []Column, options Options) (*Writer, error) {
	if err := check(columns); err != nil {
		return nil, err
	}
	wr := &Writer{columns: columns}
	var err error
	switch format {
	case CSV:
		wr.format, err = newCSV(w, columns, options)
	case Parquet:
		wr.format = newParquet(w, columns)
	case Arrow:
		wr.format, err = newArrow(w, columns)
	default:
		_, err = ParseFormat(string(format))
	}
	if err != nil {
		return nil, fmt.Errorf("begin a table: %w", err)
	}
	for _, c := range columns {
		wr.batch = append(wr.batch, newValues(c.Kind))
	}
	return wr, nil
}

// Columns are the table's. The caller must not change them.
func (wr *Writer) Columns() []Column { return wr.columns }

// Rows is the number of rows so far.
func (wr *Writer) Rows() int64 { return wr.total }

// Text sets a value of a column of Text.
func (wr *Writer) Text(column int, s string) {
	v := &wr.batch[column]
	v.texts[wr.rows] = s
	v.known.Add(wr.rows)
}

// Int sets a value of a column of Integer, Decimal (at the column's scale), Date or Truth (0 or 1).
func (wr *Writer) Int(column int, n int64) {
	v := &wr.batch[column]
	v.ints[wr.rows] = n
	v.known.Add(wr.rows)
}

// Date sets a value of a column of Date.
func (wr *Writer) Date(column int, d schemas.Date) { wr.Int(column, int64(d)) }

// Truth sets a value of a column of Truth.
func (wr *Writer) Truth(column int, yes bool) {
	if yes {
		wr.Int(column, 1)
	} else {
		wr.Int(column, 0)
	}
}

// Real sets a value of a column of Real.
func (wr *Writer) Real(column int, x float64) {
	v := &wr.batch[column]
	v.reals[wr.rows] = x
	v.known.Add(wr.rows)
}

// End ends a row. What was not set in it is unknown.
func (wr *Writer) End() error {
	wr.rows++
	wr.total++
	if wr.rows == batchRows {
		wr.flush()
	}
	return wr.err
}

// flush writes the batch and begins a new one.
func (wr *Writer) flush() {
	if wr.err == nil && wr.rows > 0 {
		if wr.err = wr.format.write(wr.batch, wr.rows); wr.err != nil {
			wr.err = fmt.Errorf("write a table: %w", wr.err)
		}
	}
	for i := range wr.batch {
		clear(wr.batch[i].texts)
		clear(wr.batch[i].ints)
		clear(wr.batch[i].reals)
		wr.batch[i].known.Clear()
	}
	wr.rows = 0
}

// Close ends the table. It does not close the writer below.
func (wr *Writer) Close() error {
	wr.flush()
	if wr.err != nil {
		return wr.err
	}
	if err := wr.format.close(); err != nil {
		wr.err = fmt.Errorf("end a table: %w", err)
	}
	return wr.err
}
