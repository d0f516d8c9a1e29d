package csv

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"zhida/connectors/format"
	"zhida/connectors/format/rows"
	"zhida/connectors/format/text"
)

// Open is the format.Opener of delimited text.
func Open(file *io.SectionReader, name string, options format.Options) (format.Reader, error) {
	r, err := New(io.NewSectionReader(file, 0, file.Size()), name, options)
	if err != nil {
		return nil, err
	}
	return r, nil
}

// New reads the header of src, which it never closes. name is for messages.
func New(src io.Reader, name string, options format.Options) (*rows.Reader, error) {
	if err := options.Check(); err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	s := &scanner{name: name, limits: options.Limits.WithDefaults()}
	var err error
	s.file, err = text.Open(src, text.Wanted{
		Name: name, Kind: "delimited text", Deliver: "CSV", Encoding: options.Encoding, Limit: s.limits.Record,
	})
	if err != nil {
		return nil, err
	}
	s.stats.Encoding = s.file.Encoding
	header, err := s.readHeader(options.Delimiter)
	if err != nil {
		return nil, err
	}
	return rows.New(name, s.limits, header, s), nil
}

// readHeader reads the first line that is not empty as the header.
func (s *scanner) readHeader(told format.Delimiter) ([]string, error) {
	if told == format.DelimiterDetect {
		var err error
		if told, err = s.detectDelimiter(); err != nil {
			return nil, err
		}
	}
	s.stats.Delimiter = told
	s.splitter = splitter{delimiter: told[0]}
	first, fault, err := s.row()
	switch {
	case errors.Is(err, io.EOF):
		return nil, s.fatal(0, "the file is empty", "ask for it again")
	case err != nil:
		return nil, err
	case fault != nil && fault.Kind == format.FaultEncoding:
		return nil, s.fatal(first.Number, "the header is not "+string(s.stats.Encoding)+" text",
			text.NameEncoding)
	case fault != nil && fault.Kind == format.FaultNUL:
		return nil, s.fatal(first.Number, "the header has NUL bytes: this is no text, or UTF-16 without byte order mark",
			text.NameEncoding)
	case fault != nil:
		return nil, s.fatal(first.Number, "the header cannot be read: "+fault.Reason, "look at the file's first line")
	}
	var header []string
	for _, f := range s.splitter.fields {
		header = append(header, strings.TrimSpace(string(s.splitter.base[f.From:f.To])))
	}
	s.want = len(header)
	return header, rows.CheckHeader(s.name, first.Number, header, s.limits.Columns,
		"look at the file's first line, or name the delimiter of this delivery")
}

// detectDelimiter looks at the header's lines and goes back to where it began.
func (s *scanner) detectDelimiter() (format.Delimiter, error) {
	var count delimiterCount
	s.file.Begin()
	start := s.file.Here()
	for n, open := 0, true; open && n < s.limits.RowLines; {
		l, err := s.file.Next()
		if errors.Is(err, io.EOF) || err == nil && l.Cut {
			break
		}
		if err != nil {
			return "", fmt.Errorf("open %s: %w", s.name, err)
		}
		if len(l.Text) == 0 && n == 0 {
			continue // an empty line before the header; row counts it when it comes to it
		}
		line, _ := s.file.Text(l.Text)
		open = count.add(line)
		n++
	}
	s.file.Back(start)
	return count.best(), nil
}

func (s *scanner) fatal(line int64, reason, suggestion string) error {
	return &format.FatalError{File: s.name, Line: line, Reason: reason, Suggestion: suggestion}
}
