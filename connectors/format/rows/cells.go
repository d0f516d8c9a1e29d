package rows

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"zhida/connectors/format"
)

// Cells collects the texts of one row. A cell that is not set is empty.
type Cells struct {
	Buf    []byte // append a cell's text here, then Set it
	fields []Field
}

// Begin starts a row of so many cells.
func (c *Cells) Begin(width int) {
	c.Buf = c.Buf[:0]
	if cap(c.fields) < width {
		c.fields = make([]Field, width)
	}
	c.fields = c.fields[:width]
	clear(c.fields)
}

// Set makes what was appended since from the text of cell i.
func (c *Cells) Set(i, from int) { c.fields[i] = Field{from, len(c.Buf)} }

// Empty reports whether no cell has text.
func (c *Cells) Empty() bool { return len(c.Buf) == 0 }

// Finish hands the cells over as a row; texts that no format may hold make it a broken one.
func (c *Cells) Finish(row *Row, limit int) {
	row.Base, row.Fields = c.Buf, c.fields
	switch {
	case len(c.Buf) > limit:
		row.Fault = c.Fault(format.FaultLength, "", fmt.Sprintf("longer than %d bytes", limit), limit)
	case bytes.IndexByte(c.Buf, 0) >= 0:
		row.Fault = c.Fault(format.FaultNUL, "", "a NUL byte", limit)
	case !utf8.Valid(c.Buf):
		row.Fault = c.Fault(format.FaultEncoding, "", "not utf-8 text", limit)
	}
}

// Fault makes a fault of the row, with the texts collected so far.
func (c *Cells) Fault(kind format.FaultKind, column, reason string, limit int) *format.RowFault {
	var raw []byte
	for i, f := range c.fields {
		if i > 0 {
			raw = append(raw, '\t')
		}
		raw = append(raw, c.Buf[f.From:f.To]...)
		if len(raw) > limit {
			break
		}
	}
	return &format.RowFault{Kind: kind, Raw: Cut(raw, limit), Column: column, Reason: reason}
}

// Cut is the beginning of a text, not within a character.
func Cut(text []byte, limit int) string {
	if len(text) > limit {
		for limit > 0 && !utf8.RuneStart(text[limit]) {
			limit--
		}
		text = text[:limit]
	}
	return string(text)
}
