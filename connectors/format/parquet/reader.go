package parquet

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	pqformat "github.com/parquet-go/parquet-go/format"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
)

// scanner is the rows.Scanner of Parquet files.
type scanner struct {
	name    string
	limits  format.Limits
	file    *rows.File
	parquet *parquet.File
	columns []column
	group   int   // the next row group
	left    int64 // rows of the open one
	row     int64
	cells   rows.Cells
	done    bool
}

var _ rows.Scanner = (*scanner)(nil)

// Stats implements rows.Scanner.
func (s *scanner) Stats() format.Stats {
	stats := format.Stats{Lines: s.row, Bytes: s.file.Bytes()}
	if s.done {
		stats.Bytes = s.file.Size() // pages and footer; what lies between them is nothing
	}
	return stats
}

// Release implements rows.Scanner.
func (s *scanner) Release() {
	for i := range s.columns {
		s.columns[i].close()
	}
	s.columns, s.parquet, s.cells = nil, nil, rows.Cells{}
}

// Scan implements rows.Scanner.
func (s *scanner) Scan(row *rows.Row) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = s.failure(errDamaged)
		}
	}()
	for s.left == 0 {
		if s.group == len(s.parquet.RowGroups()) {
			s.done = true
			return io.EOF
		}
		if err := s.openGroup(); err != nil {
			return s.failure(err)
		}
	}
	s.left--
	s.row++
	row.Line = s.row
	s.cells.Begin(len(s.columns))
	var fault error
	var column string
	for i := range s.columns {
		c := &s.columns[i]
		v, err := c.next()
		if err != nil {
			return s.failure(err)
		}
		if v.IsNull() {
			continue
		}
		from := len(s.cells.Buf)
		buf, err := c.convert(s.cells.Buf, v)
		if err != nil {
			if fault == nil {
				fault, column = err, c.name
			}
			continue
		}
		s.cells.Buf = buf
		s.cells.Set(i, from)
	}
	if fault != nil {
		row.Fault = s.cells.Fault(format.FaultValue, column, fmt.Sprintf("column %q: %v", column, fault), s.limits.Record)
		return nil
	}
	s.cells.Finish(row, s.limits.Record)
	return nil
}

// errDamaged is what parquet-go panicked about.
var errDamaged = errors.New("its pages or its footer contradict themselves")

// openGroup begins the next row group.
func (s *scanner) openGroup() error {
	group := s.parquet.RowGroups()[s.group]
	chunks, metadata := group.ColumnChunks(), s.parquet.Metadata().RowGroups[s.group]
	if len(chunks) != len(s.columns) || len(metadata.Columns) != len(s.columns) || group.NumRows() < 0 {
		return errDamaged
	}
	for i := range chunks {
		if err := checkPages(s.file, s.file.Size(), &metadata.Columns[i].MetaData, s.limits.Block); err != nil {
			return err
		}
		s.columns[i].open(chunks[i])
	}
	s.group, s.left = s.group+1, group.NumRows()
	return nil
}

// failure tells errors of the bytes below from those of the file.
func (s *scanner) failure(err error) error {
	if s.file.Err() != nil {
		return s.file.Err()
	}
	var block *blockError
	switch {
	case errors.As(err, &block):
		return s.fatal(fmt.Sprintf("%v, more than %d", block, s.limits.Block), "write it with smaller pages: a mebibyte is usual")
	case errors.Is(err, io.EOF):
		err = errDamaged
	}
	return s.fatal("the file is damaged: "+err.Error(), "ask for it again")
}

func (s *scanner) fatal(reason, suggestion string) error {
	return &format.FatalError{File: s.name, Reason: reason, Suggestion: suggestion}
}

// schema makes the columns from the file's list of them.
func (s *scanner) schema() ([]string, error) {
	elements := s.parquet.Metadata().Schema
	leaves := s.parquet.Root().Columns()
	if len(elements) == 0 || len(elements) > 1+s.limits.Columns {
		return nil, s.fatal(fmt.Sprintf("the file has %d columns, more than %d", len(elements)-1, s.limits.Columns), "look at its schema")
	}
	for _, e := range elements[1:] {
		if !e.Type.Valid || e.RepetitionType.Valid && e.RepetitionType.V == pqformat.Repeated {
			return nil, s.fatal(fmt.Sprintf("column %q is nested: a group, list or map", e.Name), "deliver each value as a column of its own")
		}
	}
	if len(leaves) != len(elements)-1 {
		return nil, s.failure(errDamaged)
	}
	var header []string
	for _, leaf := range leaves {
		convert, err := converterOf(leaf.Type())
		if err != nil {
			return nil, s.fatal(fmt.Sprintf("column %q has %v, for which no text stands", leaf.Name(), err), "deliver it as text")
		}
		header = append(header, leaf.Name())
		s.columns = append(s.columns, column{name: leaf.Name(), convert: convert})
	}
	return header, nil
}
