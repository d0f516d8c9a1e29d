package csv

import (
	"bytes"

	"zhida/connectors/format/rows"
)

// splitter cuts the lines of one row into fields. A row without quotes is cut in place; any other is copied to scratch,
// because its fields differ from the bytes of the file.
type splitter struct {
	delimiter byte
	base      []byte // what fields point into
	fields    []rows.Field
	scratch   []byte
	inside    int // where the open quoted field begins in scratch; -1: none is open
}

// progress is what a line did to its row.
type progress uint8

const (
	whole progress = iota // the row is complete
	open                  // a quoted field goes on in the next line
	stray                 // the quoted field that came from an earlier line is closed, and followed by more text
)

// plain cuts a line that holds no quote.
func (s *splitter) plain(text []byte) {
	s.base, s.fields = text, s.fields[:0]
	from := 0
	for {
		i := bytes.IndexByte(text[from:], s.delimiter)
		if i < 0 {
			s.fields = append(s.fields, rows.Field{From: from, To: len(text)})
			return
		}
		s.fields = append(s.fields, rows.Field{From: from, To: from + i})
		from += i + 1
	}
}

// start begins a row with its first line.
func (s *splitter) start(text []byte) progress {
	s.scratch, s.fields, s.inside = s.scratch[:0], s.fields[:0], -1
	return s.cut(text, 0)
}

// follow goes on with the next line of a row whose quoted field is open.
func (s *splitter) follow(text []byte) progress {
	s.scratch = append(s.scratch, '\n')
	at, p := s.quoted(text, 0)
	if p != whole {
		return p
	}
	s.fields = append(s.fields, rows.Field{From: s.inside, To: len(s.scratch)})
	s.inside = -1
	if at == len(text) {
		s.base = s.scratch
		return whole
	}
	return s.cut(text, at+1)
}

// cut cuts text from the beginning of a field.
func (s *splitter) cut(text []byte, at int) progress {
	for {
		from, next, done := len(s.scratch), 0, false
		if at < len(text) && text[at] == '"' {
			var p progress
			next, p = s.quoted(text, at+1)
			switch p {
			case open:
				s.inside = from
				return open
			case stray:
				s.scratch = s.scratch[:from] // not a quoted field: take it as it stands
			case whole:
				done = true
			}
		}
		if !done {
			next = len(text)
			if i := bytes.IndexByte(text[at:], s.delimiter); i >= 0 {
				next = at + i
			}
			s.scratch = append(s.scratch, text[at:next]...)
		}
		s.fields = append(s.fields, rows.Field{From: from, To: len(s.scratch)})
		if next == len(text) {
			s.base = s.scratch
			return whole
		}
		at = next + 1
	}
}

// quoted copies the inside of a quoted field from at on. It is whole if the field ends, at the delimiter or the end of
// text returned.
func (s *splitter) quoted(text []byte, at int) (int, progress) {
	for {
		i := bytes.IndexByte(text[at:], '"')
		if i < 0 {
			s.scratch = append(s.scratch, text[at:]...)
			return len(text), open
		}
		s.scratch = append(s.scratch, text[at:at+i]...)
		at += i + 1
		switch {
		case at == len(text) || text[at] == s.delimiter:
			return at, whole
		case text[at] != '"':
			return at, stray
		}
		s.scratch = append(s.scratch, '"')
		at++
	}
}
