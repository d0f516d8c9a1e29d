package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
)

// maxRows and maxColumns are what a sheet can have.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
)

// What a sheet can be besides in order.
var (
	errCell  = errors.New("a cell at a place that no sheet has")
	errOrder = errors.New("rows or cells out of order")
	errEnds  = errors.New("the sheet's data has no end")
)

// sheet reads one worksheet row by row.
type sheet struct {
	book  *workbook
	part  io.ReadCloser
	xml   *tokens
	cells rows.Cells
	cell  cell
	value []byte // scratch of cell.value

	number int64 // of the row read last; 0 before the first
	extra  int   // the column of the last cell with text beyond the width, from 1; 0: none
	fault  error // the first cell of the row that is no text
	column int   // of the fault
	data   bool  // within sheetData
	ended  bool  // sheetData was left
}

// next reads the next row that the sheet has, blank or not, into cells of the width. It returns io.EOF behind the last
// row; merged then reads the rest of the part.
func (s *sheet) next(width int) error {
	for {
		t, err := s.xml.next()
		switch {
		case errors.Is(err, io.EOF):
			return errEnds
		case err != nil:
			return err
		case t.kind == opens && string(t.name) == "sheetData":
			s.data = true
			if t.empty {
				s.ended = true
				return io.EOF
			}
		case t.kind == closes && string(t.name) == "sheetData":
			s.ended = true
			return io.EOF
		case s.data && t.kind == opens && string(t.name) == "row":
			return s.row(t, width)
		}
	}
}

// row reads the cells of a row.
func (s *sheet) row(t token, width int) error {
	number := s.number + 1
	if r := t.attr("r"); r != nil {
		n, err := strconv.ParseInt(string(r), 10, 64)
		if err != nil || n > maxRows {
			return errCell
		}
		number = n
	}
	if number <= s.number {
		return errOrder
	}
	s.number, s.extra, s.fault, s.column = number, 0, nil, 0
	s.cells.Begin(width)
	if t.empty {
		return nil
	}
	for last := -1; ; {
		t, err := s.xml.next()
		switch {
		case errors.Is(err, io.EOF):
			return errEnds
		case err != nil:
			return err
		case t.kind == closes && string(t.name) == "row":
			return nil
		case t.kind == opens && string(t.name) == "c":
			if err := s.start(t, last+1); err != nil {
				return err
			}
			if s.cell.column <= last {
				return errOrder
			}
			last = s.cell.column
			if t.empty {
				continue
			}
			if err := s.content(); err != nil {
				return err
			}
			s.put(width)
		}
	}
}

// start reads a cell's attributes.
func (s *sheet) start(t token, column int) error {
	s.cell = cell{column: column}
	if r := t.attr("r"); r != nil {
		n, row := place(r)
		if n == 0 || row != s.number {
			return errCell
		}
		s.cell.column = n - 1
	}
	if s.cell.column >= maxColumns {
		return errCell
	}
	if n := t.attr("s"); n != nil {
		if i, err := strconv.Atoi(string(n)); err == nil && i >= 0 && i < len(s.book.styles) {
			s.cell.style = s.book.styles[i]
		}
	}
	switch kind := t.attr("t"); string(kind) {
	case "", "n":
	case "s":
		s.cell.kind = "s"
	case "inlineStr":
		s.cell.kind = "inlineStr"
	default:
		s.cell.kind = string(kind)
	}
	return nil
}

// place reads AB12 as column 28, row 12; 0 if it is none.
func place(r []byte) (column int, row int64) {
	for i, c := range r {
		if c >= 'a' {
			c -= 'a' - 'A'
		}
		if 'A' <= c && c <= 'Z' && column < maxColumns {
			column = column*26 + int(c-'A') + 1
			continue
		}
		row, err := strconv.ParseInt(string(r[i:]), 10, 64)
		if err != nil || column > maxColumns || row < 1 {
			return 0, 0
		}
		return column, row
	}
	return 0, 0
}

// content reads up to the end of the cell.
func (s *sheet) content() error {
	s.value = s.value[:0]
	var inValue, inInline bool
	var in phase
	for {
		t, err := s.xml.next()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return errEnds
			}
			return err
		}
		name := string(t.name)
		switch {
		case t.kind == closes && name == "c":
			s.cell.value = s.value
			return nil
		case t.kind == chars && inValue:
			if s.value, err = appendXML(s.value, t); err != nil {
				return err
			}
		case inInline && name != "is":
			if s.value, err = in.collect(s.value, t); err != nil {
				return err
			}
		case t.kind == chars:
		case name == "v":
			inValue = t.kind == opens && !t.empty
			s.cell.has = true
		case name == "is":
			inInline = t.kind == opens && !t.empty
			s.cell.has = true
		case name == "f":
			s.cell.computed = true
		}
		if len(s.value) > maxToken {
			return errLong
		}
	}
}

// put writes the cell's text into its place.
func (s *sheet) put(width int) {
	from := len(s.cells.Buf)
	buf, err := s.cell.append(s.cells.Buf, s.book.shared, s.book.from1904)
	switch {
	case err != nil && s.fault == nil:
		s.fault, s.column = err, s.cell.column
	case err != nil:
	case s.cell.column < width:
		s.cells.Buf = buf
		s.cells.Set(s.cell.column, from)
	case len(buf) > from:
		s.extra = s.cell.column + 1
	}
}

// blank reports whether the row has no content.
func (s *sheet) blank() bool { return s.cells.Empty() && s.extra == 0 && s.fault == nil }

// merged reads what follows the data: it checks that no merged cells reach into the table, and the part's checksum.
func (s *sheet) merged(header, last int64, width int) error {
	for {
		t, err := s.xml.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if t.kind != opens || string(t.name) != "mergeCell" {
			continue
		}
		ref := t.attr("ref")
		begin, end, found := bytes.Cut(ref, []byte(":"))
		column, row := place(begin)
		_, endRow := place(end)
		if !found || column == 0 || column > width || endRow < header || row > last {
			continue
		}
		where := "rows of the table"
		if row <= header {
			where = "the header"
		}
		return &mergedError{row, fmt.Sprintf("the cells %s are merged, in %s: only the first of them has the value",
			rows.Cut(ref, 40), where)}
	}
}

// mergedError is merged cells within the table.
type mergedError struct {
	row    int64
	reason string
}

func (e *mergedError) Error() string { return e.reason }

func (s *sheet) close() {
	if s.part != nil {
		_ = s.part.Close()
	}
	s.part, s.xml, s.cells, s.value = nil, nil, rows.Cells{}, nil
}

// scanner is the rows.Scanner of a workbook.
type scanner struct {
	book   *workbook
	sheet  *sheet
	header []string
	at     int64 // the header's row
	last   int64 // the last row with content
	stats  format.Stats
}

var _ rows.Scanner = (*scanner)(nil)

// Scan implements rows.Scanner.
func (s *scanner) Scan(row *rows.Row) error {
	for {
		before := s.sheet.number
		err := s.sheet.next(len(s.header))
		if errors.Is(err, io.EOF) {
			if err = s.sheet.merged(s.at, s.last, len(s.header)); err == nil {
				return io.EOF
			}
		}
		if err != nil {
			return s.book.failure(err, s.sheet.number)
		}
		s.stats.Lines = s.sheet.number
		s.stats.Empty += s.sheet.number - before - 1
		if !s.sheet.blank() {
			break
		}
		s.stats.Empty++
	}
	s.last = s.sheet.number
	row.Line = s.sheet.number
	limit, cells := s.book.limits.Record, &s.sheet.cells
	switch {
	case s.sheet.fault != nil:
		column := ""
		if s.sheet.column < len(s.header) {
			column = s.header[s.sheet.column]
		}
		reason := fmt.Sprintf("column %d: %v", s.sheet.column+1, s.sheet.fault)
		row.Fault = cells.Fault(format.FaultValue, column, reason, limit)
	case s.sheet.extra > 0:
		row.Fault = cells.Fault(format.FaultFields, "",
			fmt.Sprintf("%d fields instead of %d", s.sheet.extra, len(s.header)), limit)
		row.Fault.Fields, row.Fault.Want = s.sheet.extra, len(s.header)
	default:
		cells.Finish(row, limit)
	}
	return nil
}

// Stats implements rows.Scanner.
func (s *scanner) Stats() format.Stats {
	stats := s.stats
	stats.Bytes = s.book.file.Bytes()
	return stats
}

// Release implements rows.Scanner.
func (s *scanner) Release() {
	s.sheet.close()
	s.book.shared, s.book.styles = nil, nil
}
