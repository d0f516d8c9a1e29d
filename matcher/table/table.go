package table

import (
	"fmt"

	"zhida/matcher/bits"
)

// Kind is how the values of a column are stored.
type Kind uint8

// The kinds. All but Text live in Column.Ints.
const (
	Int     Kind = iota + 1 // int64; Parquet INT64
	Date                    // a schemas.Date; Parquet DATE, days since 1970-01-01
	Decimal                 // int64 at Field.Scale decimal digits; Parquet DECIMAL(18, scale), though 19 digits are kept too
	Bool                    // 0 or 1; Parquet BOOLEAN
	Text                    // UTF-8; Parquet STRING; in Column.Texts
)

// String is the kind's name in files and messages.
func (k Kind) String() string {
	switch k {
	case Int:
		return "int"
	case Date:
		return "date"
	case Decimal:
		return "decimal"
	case Bool:
		return "bool"
	case Text:
		return "text"
	}
	return fmt.Sprintf("kind %d", uint8(k))
}

// Field names a column and says how it is stored. Scale counts the decimal digits of a Decimal, 0 to 18.
type Field struct {
	Name  string
	Kind  Kind
	Scale int
}

// Table is a list of columns, all of N rows. Columns[i] belongs to Fields[i].
type Table struct {
	Fields  []Field
	Columns []Column
	N       int
}

// New returns a table without rows.
func New(fields []Field) *Table { return Blank(fields, 0) }

// Blank returns a table of n rows in which nothing is known. It is filled by Column.SetInt and Column.SetText.
func Blank(fields []Field, n int) *Table {
	t := &Table{Fields: fields, Columns: make([]Column, len(fields)), N: n}
	for i, f := range fields {
		t.Columns[i] = *BlankColumn(f.Kind, n)
	}
	return t
}

// Index is the position of the field of that name, or -1.
func (t *Table) Index(name string) int {
	for i := range t.Fields {
		if t.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

// Column returns the column of that name, or nil. It shares memory with the table.
func (t *Table) Column(name string) *Column {
	if i := t.Index(name); i >= 0 {
		return &t.Columns[i]
	}
	return nil
}

// AppendRow appends a row of src, a table of the same fields. Texts are shared, not copied.
func (t *Table) AppendRow(src *Table, row int) {
	for i := range t.Columns {
		t.Columns[i].appendFrom(t.N, &src.Columns[i], row)
	}
	t.N++
}

// Append appends all rows of o, a table of the same fields. Texts are shared, not copied.
func (t *Table) Append(o *Table) {
	for i := range t.Columns {
		c, d := &t.Columns[i], &o.Columns[i]
		c.Coded = nil
		c.growKnown(t.N + o.N)
		copyBits(c.Known, t.N, d.Known, 0, o.N)
		c.Ints = append(c.Ints, d.Ints...)
		c.Texts = append(c.Texts, d.Texts...)
	}
	t.N += o.N
}

// Take returns a new table whose row i is row perm[i] of t. A row may be taken several times or not at all.
func (t *Table) Take(perm []int) *Table {
	out := Blank(t.Fields, len(perm))
	for i := range out.Columns {
		c, d := &out.Columns[i], &t.Columns[i]
		for row, from := range perm {
			c.copyFrom(row, d, from)
		}
	}
	return out
}

// Slice returns a copy of the rows from to to-1.
func (t *Table) Slice(from, to int) *Table {
	out := Blank(t.Fields, to-from)
	for i := range out.Columns {
		c, d := &out.Columns[i], &t.Columns[i]
		copy(c.Ints, d.Ints[min(from, len(d.Ints)):])
		copy(c.Texts, d.Texts[min(from, len(d.Texts)):])
		copyBits(c.Known, 0, d.Known, from, out.N)
	}
	return out
}

// Equal reports whether both tables have the same fields and rows.
func (t *Table) Equal(o *Table) bool {
	if t.N != o.N || !sameFields(t.Fields, o.Fields) {
		return false
	}
	for i := range t.Columns {
		if !t.Columns[i].Equal(&o.Columns[i], t.N) {
			return false
		}
	}
	return true
}

func sameFields(a, b []Field) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Column holds the values of one field. Known covers all rows of the table; Ints or Texts has one element per row, by
// the field's kind, and the other is nil. A value that is not known is 0 or "".
type Column struct {
	Ints  []int64
	Texts []string
	Known bits.Set
	Coded *Coded `json:"-"` // the texts by number, for who asks the same of many of them; nil: nobody has numbered them
}

// BlankColumn returns a column of n rows in which nothing is known.
func BlankColumn(kind Kind, n int) *Column {
	c := &Column{Known: bits.New(n)}
	if kind == Text {
		c.Texts = make([]string, n)
	} else {
		c.Ints = make([]int64, n)
	}
	return c
}

// SetInt makes the row's value known. The column must not be of kind Text.
func (c *Column) SetInt(row int, v int64) {
	c.Ints[row] = v
	c.Known.Add(row)
}

// SetText makes the row's value known. The column must be of kind Text.
func (c *Column) SetText(row int, s string) {
	c.Texts[row] = s
	c.Known.Add(row)
	c.Coded = nil
}

// SetUnknown makes the row's value unknown.
func (c *Column) SetUnknown(row int) {
	if c.Texts != nil {
		c.Texts[row], c.Coded = "", nil
	} else {
		c.Ints[row] = 0
	}
	c.Known.Remove(row)
}

// Equal reports whether two columns of n rows have the same known values.
func (c *Column) Equal(o *Column, n int) bool {
	for row := range n {
		known := c.Known.Has(row)
		if known != o.Known.Has(row) {
			return false
		}
		if !known {
			continue
		}
		if (c.Texts != nil) != (o.Texts != nil) || c.Texts != nil && c.Texts[row] != o.Texts[row] ||
			c.Texts == nil && c.Ints[row] != o.Ints[row] {
			return false
		}
	}
	return true
}

// copyFrom makes the value of row what it is in row from of o.
func (c *Column) copyFrom(row int, o *Column, from int) {
	if !o.Known.Has(from) {
		c.SetUnknown(row)
		return
	}
	if c.Texts != nil {
		c.SetText(row, o.Texts[from])
	} else {
		c.SetInt(row, o.Ints[from])
	}
}

// appendFrom appends row from of o to a column of n rows.
func (c *Column) appendFrom(n int, o *Column, from int) {
	c.growKnown(n + 1)
	if c.Texts != nil {
		c.Texts = append(c.Texts, o.Texts[from])
	} else {
		c.Ints = append(c.Ints, o.Ints[from])
	}
	if o.Known.Has(from) {
		c.Known.Add(n)
	}
}

// growKnown makes Known cover n rows, of which not all are numbered.
func (c *Column) growKnown(n int) {
	c.Coded = nil
	for len(c.Known) < bits.Words(n) {
		c.Known = append(c.Known, 0)
	}
}
