package jsonl

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
	"zhida/connectors/format/text"
)

// Open is the format.Opener of JSON lines.
func Open(file *io.SectionReader, name string, options format.Options) (format.Reader, error) {
	if err := options.Check(); err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	s := &scanner{name: name, limits: options.Limits.WithDefaults(), columns: map[string]int{}}
	var err error
	s.file, err = text.Open(io.NewSectionReader(file, 0, file.Size()), text.Wanted{
		Name: name, Kind: "JSON lines", Deliver: "JSON lines", Encoding: options.Encoding, Limit: s.limits.Record,
	})
	if err != nil {
		return nil, err
	}
	s.stats.Encoding = s.file.Encoding
	header, err := s.readHeader()
	if err != nil {
		return nil, err
	}
	return rows.New(name, s.limits, header, s), nil
}

// headerLines is how many lines decide about the header. Programs that write JSON leave out what a row does not have,
// so the first line alone is not enough; a key that none of 1,000 rows has is told by the row that has it.
const headerLines = 1000

// readHeader collects the keys of the first lines and goes back to where it began.
func (s *scanner) readHeader() ([]string, error) {
	s.file.Begin()
	start := s.file.Here()
	var first *format.RowFault // of the first broken line
	var firstLine int64
	var good, array bool
	for n := 0; n < headerLines; {
		l, err := s.file.Next()
		if errors.Is(err, io.EOF) || err == nil && l.Cut {
			if l.Cut && !good && first == nil {
				first, firstLine = &format.RowFault{Reason: fmt.Sprintf("longer than %d bytes", s.limits.Record)}, l.Number
			}
			break
		}
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", s.name, err)
		}
		if len(bytes.TrimSpace(l.Text)) == 0 {
			continue
		}
		n++
		fault := s.collect(l)
		good = good || fault == nil
		if first == nil && fault != nil {
			first, firstLine = fault, l.Number
			array = bytes.TrimSpace(l.Text)[0] == '['
		}
	}
	s.file.Back(start)
	switch {
	case good:
		header := make([]string, len(s.keys))
		for i, key := range s.keys {
			header[i] = strings.TrimSpace(key)
		}
		s.seen = make([]int64, len(s.keys))
		return header, rows.CheckHeader(s.name, 0, header, s.limits.Columns, "look at the keys of the file's objects")
	case first == nil:
		return nil, s.fatal(0, "the file is empty", "ask for it again")
	case array:
		return nil, s.fatal(firstLine, "this is a JSON array, not JSON lines",
			"deliver one object per line, without brackets around them and commas between")
	}
	return nil, s.fatal(firstLine, "none of the first lines can be read: "+first.Reason,
		"deliver one object per line, with texts, numbers, true, false or null as values")
}

// collect adds the keys of one line to the header, if the line is in order.
func (s *scanner) collect(l text.Line) *format.RowFault {
	line, ok := s.file.Text(l.Text)
	if !ok {
		return &format.RowFault{Reason: "not " + string(s.file.Encoding) + " text"}
	}
	if err := s.object.begin(line); err != nil {
		return broken(err)
	}
	var keys []string
	seen := map[string]bool{}
	for n := 0; ; n++ {
		key, k, raw, done, err := s.object.next(n == 0)
		switch {
		case err != nil:
			return broken(err)
		case done:
			s.add(keys)
			return nil
		case seen[string(key)]:
			return keyFault(key, "a key that occurs twice: ")
		case k == nested:
			return valueFault(key, errNested)
		case k == plain:
			if _, err := appendText(nil, raw); err != nil {
				return broken(err)
			}
		}
		seen[string(key)] = true
		keys = append(keys, string(key))
	}
}

// add adds keys that are new; one column more than allowed is enough to refuse the file.
func (s *scanner) add(keys []string) {
	for _, key := range keys {
		if _, known := s.columns[key]; !known && len(s.keys) <= s.limits.Columns {
			s.columns[key] = len(s.keys)
			s.keys = append(s.keys, key)
		}
	}
}
