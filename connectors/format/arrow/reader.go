package arrow

import (
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/ipc"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
)

// column is one column of the schema.
type column struct {
	name    string
	convert convert
}

// scanner is the rows.Scanner of Arrow files and streams.
type scanner struct {
	name     string
	limits   format.Limits
	file     *rows.File
	messages *messages
	ipc      *ipc.Reader
	columns  []column
	record   arrow.Record
	at       int // in record
	row      int64
	cells    rows.Cells
	done     bool
}

var _ rows.Scanner = (*scanner)(nil)

// Stats implements rows.Scanner.
func (s *scanner) Stats() format.Stats {
	stats := format.Stats{Lines: s.row, Bytes: s.file.Bytes()}
	if s.done {
		stats.Bytes = s.file.Size() // the footer says again where the batches are
	}
	return stats
}

// Release implements rows.Scanner.
func (s *scanner) Release() {
	s.ipc, s.record, s.cells = nil, nil, rows.Cells{}
}

// Scan implements rows.Scanner.
func (s *scanner) Scan(row *rows.Row) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = s.failure(errDamaged)
		}
	}()
	for s.record == nil || s.at == int(s.record.NumRows()) {
		s.record, err = s.ipc.Read() // valid until the next call
		s.at = 0
		switch {
		case errors.Is(err, io.EOF):
			s.done = true
			return io.EOF
		case err != nil:
			return s.failure(err)
		case int(s.record.NumCols()) != len(s.columns), s.record.NumRows() > int64(s.limits.Block):
			return s.failure(errDamaged) // a column of nulls has as many rows as it claims
		}
	}
	s.row++
	row.Line = s.row
	s.cells.Begin(len(s.columns))
	var fault error
	var name string
	for i := range s.columns {
		values := s.record.Column(i)
		if values.IsNull(s.at) {
			continue
		}
		from := len(s.cells.Buf)
		buf, err := s.columns[i].convert(s.cells.Buf, values, s.at)
		if err != nil {
			if fault == nil {
				fault, name = err, s.columns[i].name
			}
			continue
		}
		s.cells.Buf = buf
		s.cells.Set(i, from)
	}
	s.at++
	if fault != nil {
		row.Fault = s.cells.Fault(format.FaultValue, name, fmt.Sprintf("column %q: %v", name, fault), s.limits.Record)
		return nil
	}
	s.cells.Finish(row, s.limits.Record)
	return nil
}

// errDamaged is what the library panicked about.
var errDamaged = errors.New("its batches contradict its schema or themselves")

// failure tells errors of the bytes below from those of the file.
func (s *scanner) failure(err error) error {
	if s.file.Err() != nil {
		return s.file.Err()
	}
	var block *blockError
	var no *refused
	switch {
	case errors.As(err, &no):
		return s.fatal(no.reason, no.suggestion)
	case errors.As(err, &block):
		return s.fatal(fmt.Sprintf("%v, more than %d", block, s.limits.Block), "write it in batches: 65,536 rows are usual")
	case errors.Is(err, errCut):
		return s.fatal("the file is cut off within a batch", "ask for the whole file again")
	}
	return s.fatal("the file is damaged: "+err.Error(), "ask for it again")
}

func (s *scanner) fatal(reason, suggestion string) error {
	return &format.FatalError{File: s.name, Reason: reason, Suggestion: suggestion}
}

// schema makes the columns.
func (s *scanner) schema() ([]string, error) {
	fields := s.ipc.Schema().Fields()
	var header []string
	for _, f := range fields {
		switch f.Type.(type) {
		case arrow.NestedType, *arrow.RunEndEncodedType:
			return nil, s.failure(nested(f.Name))
		}
		convert, err := converterOf(f.Type)
		if err != nil {
			return nil, s.fatal(fmt.Sprintf("column %q has %v, for which no text stands", f.Name, err), "deliver it as text")
		}
		header = append(header, f.Name)
		s.columns = append(s.columns, column{f.Name, convert})
	}
	return header, nil
}
