package table

import (
	"strings"

	"zhida/matcher/bits"
)

// internLimit is how many distinct texts of a column a Builder remembers to share them. Closed lists, regions and
// industries stay far below it; in a column of names it is soon full and only costs the look-up.
const internLimit = 4096

// Builder makes a table row by row: set the values that are known by the field's index, then End. A value that is
// not set is unknown. It belongs to one goroutine.
type Builder struct {
	table *Table
	seen  []map[string]string // per text column: the texts met, to share repeated ones
}

// NewBuilder returns a builder of a table without rows.
func NewBuilder(fields []Field) *Builder {
	b := &Builder{table: New(fields), seen: make([]map[string]string, len(fields))}
	for i, f := range fields {
		if f.Kind == Text {
			b.seen[i] = map[string]string{}
		}
	}
	return b
}

// Int sets the value of field i in the row being made. The field must not be of kind Text.
func (b *Builder) Int(i int, v int64) {
	c := b.open(i)
	c.Ints[b.table.N] = v
	c.Known.Add(b.table.N)
}

// Text sets the value of field i, of kind Text, in the row being made. The text is copied, so s may be part of a
// large buffer.
func (b *Builder) Text(i int, s string) {
	c := b.open(i)
	shared, ok := b.seen[i][s]
	if !ok {
		shared = strings.Clone(s)
		if len(b.seen[i]) < internLimit {
			b.seen[i][shared] = shared
		}
	}
	c.Texts[b.table.N] = shared
	c.Known.Add(b.table.N)
}

// End ends the row.
func (b *Builder) End() {
	for i := range b.table.Columns {
		b.open(i)
	}
	b.table.N++
}

// Table returns the rows ended so far and starts a new table of the same fields.
func (b *Builder) Table() *Table {
	t := b.table
	b.table = New(t.Fields)
	for i := range t.Columns { // cut off a row begun but not ended
		c := &t.Columns[i]
		if len(c.Ints) > t.N || len(c.Texts) > t.N {
			c.SetUnknown(t.N)
			c.Ints, c.Texts = c.Ints[:min(t.N, len(c.Ints))], c.Texts[:min(t.N, len(c.Texts))]
			c.Known = c.Known[:bits.Words(t.N)]
		}
	}
	return t
}

// open returns column i with room for the row being made.
func (b *Builder) open(i int) *Column {
	c, n := &b.table.Columns[i], b.table.N
	if b.seen[i] != nil {
		if len(c.Texts) == n {
			c.Texts = append(c.Texts, "")
			c.growKnown(n + 1)
		}
	} else if len(c.Ints) == n {
		c.Ints = append(c.Ints, 0)
		c.growKnown(n + 1)
	}
	return c
}
