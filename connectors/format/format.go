package format

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/apache/arrow/go/v15/arrow"
)

// ErrClosed is returned by Next after Close.
var ErrClosed = errors.New("reader is closed")

// Position columns: the first two of every Record, int64, never null.
const (
	RowColumn  = "#row"  // number of the data row in the file, from 1; the header, empty lines and blank rows do not count
	LineColumn = "#line" // number of the physical line the row begins on, from 1 (workbooks: the sheet's row; Parquet: the row)
)

// Positions is the number of position columns that come before the file's own.
const Positions = 2

// Reader reads one file from its beginning to its end. It is used by one goroutine at a time.
//
// Its memory is bounded by one batch (Limits), whatever the size of the file, as long as the caller releases each
// Record before it asks for many more.
type Reader interface {
	// Header lists the file's column names as delivered, outer spaces and byte order mark removed, without the position
	// columns. A name may be empty; no other name occurs twice. The caller must not change the slice.
	Header() []string

	// Next returns the next batch: #row and #line, then one utf8 column per Header name, in file order. Columns hold
	// no nulls: an empty field is "". A record may have no rows if all rows of the batch are broken; see Faults.
	//
	// The caller owns the record and releases it; it stays valid after the next call and after Close.
	// The end of the file is io.EOF. A file that cannot be used is a *FatalError: rows already returned must then be
	// thrown away, because a truncated file is recognised only at its end. Any other error comes from reading the bytes or from
	// ctx and may be worth a new attempt from the file's beginning. After an error every call returns the same one.
	Next(ctx context.Context) (arrow.Record, error)

	// Faults lists the broken rows met while the batch returned last was read, in file order; #row numbers rows and
	// faults in one sequence. The caller owns the slice.
	Faults() []RowFault

	// Stats counts what was read so far; after io.EOF it is the whole file.
	Stats() Stats

	// Close releases the reader's buffers, not the file below, which belongs to whoever opened it. It may be called at any time
	// and more than once.
	Close() error
}

// Opener opens a file of one format. The file is read through its section only; name is for messages. A file that cannot
// be read at all (empty, unknown encoding, another format under this name) is a *FatalError here already.
type Opener func(file *io.SectionReader, name string, options Options) (Reader, error)

// Stats counts a file's content. Rows = Good + Broken.
type Stats struct {
	Rows   int64 // data rows
	Good   int64 // rows returned in records
	Broken int64 // rows returned as faults
	Empty  int64 // lines without content, skipped
	Lines  int64 // physical lines, header and empty ones included
	Bytes  int64 // bytes of the file consumed

	Encoding  Encoding  // as used; empty for formats that fix it
	Delimiter Delimiter // as used; empty for formats without
}

// Extension is the part of a file's name that chooses the format: lower case, without the dot; "" if there is none.
func Extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
}
