package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
	"zhida/connectors/format/text"
)

// scanner is the rows.Scanner of JSON lines.
type scanner struct {
	name    string
	limits  format.Limits
	file    *text.File
	object  object
	keys    []string       // as written, in the header's order
	columns map[string]int // of keys
	seen    []int64        // by column: the row that had the key last
	row     int64
	cells   rows.Cells
	stats   format.Stats
}

var _ rows.Scanner = (*scanner)(nil)

// Stats implements rows.Scanner.
func (s *scanner) Stats() format.Stats {
	stats := s.stats
	stats.Bytes = s.file.Bytes()
	return stats
}

// Release implements rows.Scanner.
func (s *scanner) Release() {
	s.file.Release()
	s.object, s.cells = object{}, rows.Cells{}
}

// Scan implements rows.Scanner.
func (s *scanner) Scan(row *rows.Row) error {
	l, err := s.line()
	if err != nil {
		return err
	}
	row.Line = l.Number
	if l.Cut {
		return s.tooLong(l, row)
	}
	line, ok := s.file.Text(l.Text)
	if !ok {
		if !l.Ended && s.file.EndsInside(l.Text) {
			return s.truncated(l.Number, "the last line ends within a character")
		}
		row.Fault = &format.RowFault{
			Kind: format.FaultEncoding, Raw: string(l.Text), Reason: "not " + string(s.file.Encoding) + " text",
		}
		return nil
	}
	if fault := s.members(line); fault != nil {
		if !l.Ended && !json.Valid(line) {
			return s.truncated(l.Number, "the last line has no line end and is not whole JSON")
		}
		fault.Raw = rows.Cut(line, s.limits.Record)
		row.Fault = fault
		return nil
	}
	s.cells.Finish(row, maxText)
	if row.Fault != nil {
		row.Fault.Raw = rows.Cut(line, s.limits.Record)
	}
	return nil
}

// maxText does not bound a row: its line is bounded, and an exponent adds hundreds of digits to a literal at most.
const maxText = 1 << 30

// line returns the next line with content.
func (s *scanner) line() (text.Line, error) {
	for {
		s.file.Begin()
		l, err := s.file.Next()
		if errors.Is(err, io.EOF) {
			return l, io.EOF
		}
		if err != nil {
			return l, fmt.Errorf("read %s: %w", s.name, err)
		}
		s.stats.Lines++
		if len(bytes.TrimSpace(l.Text)) > 0 {
			return l, nil
		}
		s.stats.Empty++
	}
}

// members reads an object into the cells, or says why it is broken.
func (s *scanner) members(line []byte) *format.RowFault {
	s.row++
	s.cells.Begin(len(s.keys))
	if err := s.object.begin(line); err != nil {
		return broken(err)
	}
	for n := 0; ; n++ {
		key, k, raw, done, err := s.object.next(n == 0)
		if err != nil {
			return broken(err)
		}
		if done {
			return nil
		}
		column, known := n, n < len(s.keys) && string(key) == s.keys[n]
		if !known {
			column, known = s.columns[string(key)]
		}
		switch {
		case !known:
			return keyFault(key, "a key that none of the first lines has: ")
		case s.seen[column] == s.row:
			return keyFault(key, "a key that occurs twice: ")
		}
		s.seen[column] = s.row
		if err := s.cell(column, k, raw); err != nil {
			return valueFault(key, err)
		}
	}
}

// errNested is a value that is no text.
var errNested = errors.New("an object or array as a value")

// cell writes a value as text.
func (s *scanner) cell(column int, k kind, raw []byte) error {
	from, err := len(s.cells.Buf), error(nil)
	switch k {
	case plain:
		s.cells.Buf, err = appendText(s.cells.Buf, raw)
	case number:
		s.cells.Buf, err = rows.AppendLiteral(s.cells.Buf, raw)
	case word:
		s.cells.Buf = append(s.cells.Buf, raw...)
	case nested:
		return errNested
	case null:
	}
	s.cells.Set(column, from)
	return err
}

func broken(err error) *format.RowFault {
	if errors.Is(err, errSurrogate) {
		return &format.RowFault{Kind: format.FaultEncoding, Reason: err.Error()}
	}
	return &format.RowFault{Kind: format.FaultSyntax, Reason: err.Error()}
}

func keyFault(key []byte, reason string) *format.RowFault {
	name := rows.Cut(key, maxKey)
	return &format.RowFault{Kind: format.FaultKeys, Column: name, Reason: fmt.Sprintf("%s%q", reason, name)}
}

func valueFault(key []byte, err error) *format.RowFault {
	if errors.Is(err, errSyntax) || errors.Is(err, errSurrogate) {
		return broken(err)
	}
	name := rows.Cut(key, maxKey)
	return &format.RowFault{Kind: format.FaultValue, Column: name, Reason: fmt.Sprintf("key %q: %v", name, err)}
}

// maxKey is how much of a key a message shows.
const maxKey = 60

// tooLong passes over a line longer than the limit.
func (s *scanner) tooLong(l text.Line, row *rows.Row) error {
	row.Fault = &format.RowFault{
		Kind: format.FaultLength, Raw: string(l.Text), Reason: fmt.Sprintf("longer than %d bytes", s.limits.Record),
	}
	if line, ok := s.file.Text(l.Text); ok {
		row.Fault.Raw = string(line)
	}
	ended, err := s.file.Skip()
	if err != nil {
		return fmt.Errorf("read %s: %w", s.name, err)
	}
	if !ended {
		return s.truncated(l.Number, fmt.Sprintf("the last line has no end within %d bytes", s.limits.Record))
	}
	return nil
}

func (s *scanner) truncated(line int64, reason string) error {
	return s.fatal(line, "the file is cut off: "+reason, "ask for the whole file again")
}

func (s *scanner) fatal(line int64, reason, suggestion string) error {
	return &format.FatalError{File: s.name, Line: line, Reason: reason, Suggestion: suggestion}
}
