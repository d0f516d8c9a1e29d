package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strconv"
)

// shared is the table of texts that cells refer to by number. Excel numbers texts in the order in which it first met
// them, and refers back to any of them, so the table is held whole: its limit is the one thing that bounds a reader's
// memory beyond a batch. Pages keep it from being copied while it grows.
type shared struct {
	pages   [][]byte
	entries []entry
	bytes   int
	limit   int
}

// entry is where a text lies.
type entry struct{ page, from, to uint32 }

const (
	pageSize  = 1 << 20
	entrySize = 12
)

// errShared is a table beyond the limit.
var errShared = errors.New("more texts than the limit allows")

// add appends a text.
func (s *shared) add(text []byte) error {
	s.bytes += len(text) + entrySize
	if s.bytes > s.limit {
		return errShared
	}
	if len(s.pages) == 0 || cap(s.pages[len(s.pages)-1])-len(s.pages[len(s.pages)-1]) < len(text) {
		s.pages = append(s.pages, make([]byte, 0, max(min(pageSize, s.limit), len(text))))
	}
	last := len(s.pages) - 1
	from := len(s.pages[last])
	s.pages[last] = append(s.pages[last], text...)
	s.entries = append(s.entries, entry{uint32(last), uint32(from), uint32(len(s.pages[last]))})
	return nil
}

// get is the text of a number as written in a cell.
func (s *shared) get(number []byte) ([]byte, error) {
	n, err := strconv.Atoi(string(number))
	if err != nil || n < 0 || n >= len(s.entries) {
		return nil, errNoText
	}
	e := s.entries[n]
	return s.pages[e.page][e.from:e.to], nil
}

// read reads the part.
func (s *shared) read(src io.Reader) error {
	x := &tokens{src: src}
	var collected []byte
	var in phase
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case t.kind == opens && string(t.name) == "si":
			collected = collected[:0]
			if t.empty {
				err = s.add(nil)
			}
		case t.kind == closes && string(t.name) == "si":
			err = s.add(unescape(collected))
			in = phase{}
		default:
			collected, err = in.collect(collected, t)
		}
		if err != nil {
			return fmt.Errorf("table of texts: %w", err)
		}
	}
}

// phase follows the elements within a rich text: texts count, but not those that say how to pronounce it.
type phase struct{ inText, inPhonetic bool }

func (p *phase) collect(dst []byte, t token) ([]byte, error) {
	switch {
	case t.kind == chars:
		if p.inText && !p.inPhonetic {
			return appendXML(dst, t)
		}
	case string(t.name) == "t":
		p.inText = t.kind == opens && !t.empty
	case string(t.name) == "rPh":
		p.inPhonetic = t.kind == opens && !t.empty
	}
	return dst, nil
}

// unescape resolves _x000D_, as workbooks write characters that XML cannot hold, in place. A carriage return before a
// line end belongs to it.
func unescape(text []byte) []byte {
	out := text[:0]
	for i := 0; i < len(text); i++ {
		if text[i] == '_' && i+7 <= len(text) && text[i+1] == 'x' && text[i+6] == '_' {
			n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16)
			if err == nil && n < 0x80 {
				if n != '\r' || i+7 >= len(text) || text[i+7] != '\n' {
					out = append(out, byte(n))
				}
				i += 6
				continue
			}
		}
		out = append(out, text[i])
	}
	return out
}
