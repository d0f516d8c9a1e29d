package plan

import (
	"fmt"

	"zhida/matcher/bits"
	"zhida/matcher/profile"
	"zhida/matcher/table"
	"zhida/schemas"
)

// frame is one space of one block: the enterprises, the rows of a dataset, or the last years of each enterprise. It lends
// tests the columns they read, each prepared once per block.
type frame struct {
	in *Input
	space
	home      *frame        // of the enterprises
	rows      *profile.Rows // of the dataset; may be nil
	n         int           // things in the frame
	lent      map[lending]*column
	ids       map[string]uint32 // for dictionaries
	codes     *hierarchy
	lexicon   lexicon
	scratch   []verdict
	saidOpen  []uint32 // for memberTest.all
	cuts      []int    // for memberTest.stretches
	stretches []stretch
	fresh     bits.Set // rows within the shelf life; nil: all
	covered   bits.Set // enterprises for which the dataset's list is complete and in date
	ready     bool     // fresh and covered have been made
	ranks     *ranks   // the evaluator's
}

// column is a column as it is known today.
type column struct {
	ints  []int64
	texts []string
	known bits.Set
	coded *dictionary

	numbered *table.Coded // the texts by number, if the block has them; the values of things outside known are there too
	various  bool         // they cannot be numbered
	unknowns knownness
	signed   *[signs3]bits.Set // made when a value asks
}

// knownness says whether all of a column is known.
type knownness uint8

const (
	notCounted knownness = iota
	allKnown
	someUnknown
)

// isKnown reports whether the column is known for all n things.
func (c *column) isKnown(n int) bool {
	if c.unknowns == notCounted {
		c.unknowns = allKnown
		if c.known.Count() < n {
			c.unknowns = someUnknown
		}
	}
	return c.unknowns == allKnown
}

// lending tells the columns of a frame apart. The year is 0 for what has none.
type lending struct {
	name string
	year int
}

// reset prepares the frame for a block. home is the frame of the enterprises.
func (f *frame) reset(in *Input, of space, home *frame) {
	f.in, f.space, f.home, f.rows, f.ready = in, of, home, nil, false
	if f.lent == nil {
		f.lent, f.ids = map[lending]*column{}, map[string]uint32{}
	}
	if codes := f.codes.of(in); codes != f.codes {
		f.codes, f.lexicon = codes, lexicon{}
	}
	clear(f.lent)
	switch {
	case of.years > 0:
		f.n = in.Block.N * of.years
	case of.dataset == nil:
		f.n = in.Block.N
	default:
		f.n = 0
		if f.rows = in.Block.Rows[of.dataset.Name]; f.rows != nil {
			f.n = f.rows.Len()
		}
	}
}

// columns lends two columns.
func (f *frame) columns(left, right field) (l, r *column, err error) {
	if l, err = f.column(left); err != nil {
		return nil, nil, err
	}
	if r, err = f.column(right); err != nil {
		return nil, nil, err
	}
	return l, r, nil
}

// column lends a column: an attribute, or in a frame of rows a field.
func (f *frame) column(of field) (*column, error) {
	at := lending{name: of.name}
	if of.yearly {
		at.year = of.year.On(f.in.Today)
	}
	if c, ok := f.lent[at]; ok {
		return c, nil
	}
	c, err := f.lend(of, at.year)
	if err == nil {
		f.lent[at] = c
	}
	return c, err
}

func (f *frame) lend(of field, year int) (*column, error) {
	switch {
	case f.dataset != nil:
		return f.field(of)
	case f.years > 0:
		return f.interleaved(of)
	case of.yearly:
		return inYear(f.in, of, year)
	}
	return attribute(f.in, of)
}

// attribute is an attribute of the block as it is known today.
func attribute(in *Input, of field) (*column, error) {
	a := in.Block.Attributes[of.name]
	if a == nil {
		return nil, &MissingError{Block: in.Block.Number, Attribute: of.name}
	}
	return columnOf(in, a, of)
}

func columnOf(in *Input, a *profile.Attribute, of field) (*column, error) {
	if a.Type.Kind != of.typ.Kind || a.Type.Scale != of.typ.Scale {
		return nil, &MissingError{Block: in.Block.Number, Attribute: of.name, Reason: fmt.Sprintf(
			"is %v with %d decimals, the condition needs %v with %d", a.Type.Kind, a.Type.Scale, of.typ.Kind, of.typ.Scale)}
	}
	values, known, _ := a.On(in.Today)
	return &column{ints: values.Ints, texts: values.Texts, known: known, numbered: values.Coded}, nil
}

// field is a column of the frame's rows. What the rows do not have is unknown, and so is money in another currency.
func (f *frame) field(of field) (*column, error) {
	at := -1
	if f.rows != nil {
		at = f.rows.Table.Index(of.name)
	}
	if at < 0 {
		return &column{ints: make([]int64, f.n), texts: make([]string, f.n), known: bits.New(f.n)}, nil
	}
	stored, as := &f.rows.Table.Columns[at], f.rows.Table.Fields[at]
	if (stored.Texts != nil) != of.isText() && f.n > 0 || as.Scale != of.typ.Scale {
		return nil, &MissingError{Block: f.in.Block.Number, Dataset: f.dataset.Name, Field: of.name, Reason: fmt.Sprintf(
			"is stored as %v with %d decimals, the condition needs %v with %d", as.Kind, as.Scale, of.typ.Kind, of.typ.Scale)}
	}
	c := &column{ints: stored.Ints, texts: stored.Texts, known: stored.Known}
	if d := f.dataset.Field(of.name); d == nil || d.Type != schemas.FieldMoney {
		return c, nil
	}
	c.known = inCurrency(stored.Known, f.rows.Column(of.name+schemas.CurrencySuffix), of.typ.Unit.Currency(), f.n)
	return c, nil
}

// inCurrency are the rows whose amount is known and in a currency.
func inCurrency(amounts bits.Set, currency *table.Column, want string, n int) bits.Set {
	out := bits.New(n)
	if currency == nil {
		return out
	}
	for row := range amounts.All() {
		out.Put(row, currency.Known.Has(row) && currency.Texts[row] == want)
	}
	return out
}

// dictionary numbers the distinct values of a text column: 0 is unknown.
type dictionary struct {
	values []string // values[0] stands for unknown
	ids    []uint32 // one per thing
	words  []word   // the values for 种数; made when it asks
}

// dictionary is made once per column and block: 1.5 ms for 65,536 texts, against 0.1 ms for each test that uses it.
func (c *column) dictionary(f *frame) *dictionary {
	if c.coded != nil {
		return c.coded
	}
	d := &dictionary{values: []string{""}, ids: make([]uint32, f.n)}
	clear(f.ids)
	last, lastID := "", uint32(0)
	for i := range c.known.All() {
		text := c.texts[i]
		if lastID == 0 || text != last {
			id, ok := f.ids[text]
			if !ok {
				id = uint32(len(d.values))
				d.values = append(d.values, text)
				f.ids[text] = id
			}
			last, lastID = text, id
		}
		d.ids[i] = lastID
	}
	c.coded = d
	return d
}

// verdicts is room for one verdict per distinct value.
func (f *frame) verdicts(n int) []verdict {
	if cap(f.scratch) < n {
		f.scratch = make([]verdict, n)
	}
	return f.scratch[:n]
}
