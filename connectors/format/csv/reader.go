package csv

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
	"zhida/connectors/format/text"
)

// scanner is the rows.Scanner of delimited text.
type scanner struct {
	name     string
	limits   format.Limits
	file     *text.File
	splitter splitter
	want     int // fields of the header; 0 while the header itself is read
	stats    format.Stats
}

var _ rows.Scanner = (*scanner)(nil)

// Scan implements rows.Scanner.
func (s *scanner) Scan(row *rows.Row) error {
	first, fault, err := s.row()
	if err != nil {
		return err
	}
	row.Line, row.Base, row.Fields, row.Fault = first.Number, s.splitter.base, s.splitter.fields, fault
	return nil
}

// Stats implements rows.Scanner.
func (s *scanner) Stats() format.Stats {
	stats := s.stats
	stats.Bytes = s.file.Bytes()
	return stats
}

// Release implements rows.Scanner.
func (s *scanner) Release() {
	s.file.Release()
	s.splitter = splitter{}
}

// row reads the next row into the splitter, or says why it is broken. Only first.Number may be used afterwards.
func (s *scanner) row() (first text.Line, fault *format.RowFault, err error) {
	for {
		s.file.Begin()
		first, err = s.file.Next()
		if err != nil {
			return first, nil, s.readError(err)
		}
		s.stats.Lines++
		if len(first.Text) == 0 || !first.Ended && string(first.Text) == dosEnd {
			s.stats.Empty++
			continue
		}
		break
	}
	if first.Cut {
		fault, err = s.tooLong(first)
		return first, fault, err
	}
	line, fault := s.decode(first.Text)
	if fault != nil {
		if !first.Ended && fault.Kind == format.FaultEncoding && s.file.EndsInside(first.Text) {
			return first, nil, s.truncated(first.Number, "the last line ends within a character")
		}
		return first, fault, nil
	}
	if bytes.IndexByte(line, '"') < 0 {
		s.splitter.plain(line)
	} else if s.splitter.start(line) == open {
		fault, err = s.follow(first)
		return first, fault, err
	}
	have := len(s.splitter.fields)
	if have == s.want || s.want == 0 {
		return first, nil, nil
	}
	if !first.Ended && have < s.want {
		return first, nil, s.truncated(first.Number,
			fmt.Sprintf("the last line has no line end and %d of %d fields", have, s.want))
	}
	return first, &format.RowFault{
		Kind: format.FaultFields, Raw: string(line), Fields: have, Want: s.want,
		Reason: fmt.Sprintf("%d fields instead of %d", have, s.want),
	}, nil
}

// dosEnd is the end-of-file character that programs of DOS's time write after the last line.
const dosEnd = "\x1A"

// decode decodes a line.
func (s *scanner) decode(raw []byte) ([]byte, *format.RowFault) {
	line, ok := s.file.Text(raw)
	switch {
	case !ok:
		return nil, &format.RowFault{
			Kind: format.FaultEncoding, Raw: string(raw), Reason: "not " + string(s.stats.Encoding) + " text",
		}
	case bytes.IndexByte(line, 0) >= 0:
		return nil, &format.RowFault{Kind: format.FaultNUL, Raw: string(line), Reason: "a NUL byte"}
	}
	return line, nil
}

// tooLong passes over a line longer than the limit.
func (s *scanner) tooLong(first text.Line) (*format.RowFault, error) {
	fault := &format.RowFault{
		Kind: format.FaultLength, Raw: string(first.Text),
		Reason: fmt.Sprintf("longer than %d bytes", s.limits.Record),
	}
	if text, ok := s.file.Text(first.Text); ok {
		fault.Raw = string(text)
	}
	ended, err := s.file.Skip()
	if err != nil {
		return nil, s.readError(err)
	}
	if !ended {
		return nil, s.truncated(first.Number, fmt.Sprintf("the last line has no end within %d bytes", s.limits.Record))
	}
	return fault, nil
}

// follow reads on while a quoted field is open. If the row does not come out in order, its first line alone is broken
// and the lines after it are read again.
func (s *scanner) follow(first text.Line) (*format.RowFault, error) {
	second := s.file.Here()
	for n := 2; n <= s.limits.RowLines; n++ {
		l, err := s.file.Next()
		if errors.Is(err, io.EOF) {
			if err := s.openAtEnd(first, second); err != nil {
				return nil, err
			}
			break
		}
		if err != nil {
			return nil, s.readError(err)
		}
		if l.Cut {
			break
		}
		line, fault := s.decode(l.Text)
		if fault != nil {
			break
		}
		p, have := s.splitter.follow(line), len(s.splitter.fields)
		if p == whole && (have == s.want || s.want == 0) {
			s.stats.Lines += int64(n - 1)
			return nil, nil // no fault and no error: the row is good
		}
		if p != open || have >= s.want && s.want > 0 {
			break
		}
	}
	raw, _ := s.file.Text(s.file.First(second))
	fault := &format.RowFault{
		Kind: format.FaultQuote, Raw: string(raw), Reason: "a quoted field is opened and not closed within its row",
	}
	s.file.Back(second)
	return fault, nil
}

// openAtEnd tells half a file from a stray quote near its end: after a stray quote the next line is a row of its own.
func (s *scanner) openAtEnd(first text.Line, second text.Place) error {
	s.file.Back(second)
	if l, err := s.file.Next(); err == nil && s.want > 1 {
		if line, fault := s.decode(l.Text); fault == nil &&
			s.splitter.start(line) == whole && len(s.splitter.fields) == s.want {
			return nil
		}
	}
	return s.truncated(first.Number, "a quoted field is opened here and still open at the end of the file")
}

func (s *scanner) truncated(line int64, reason string) error {
	return s.fatal(line, "the file is cut off: "+reason, "ask for the whole file again")
}

// readError passes io.EOF and wraps what came from the bytes below.
func (s *scanner) readError(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return fmt.Errorf("read %s: %w", s.name, err)
}
