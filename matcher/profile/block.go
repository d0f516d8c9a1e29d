package profile

import (
	"fmt"
	"strconv"

	"zhida/matcher/bits"
	"zhida/matcher/table"
	"zhida/schemas"
)

// MaxDoors is the number of doors of a full block: one roaring container.
const MaxDoors = 1 << 16

// Block is what is known of the enterprises of a block. The doors are 0 to N-1; an enterprise's id is
// Number<<16 | door.
type Block struct {
	Number     uint16
	N          int
	Living     bits.Set
	Attributes map[string]*Attribute // by schemas.Attribute.Name
	Tags       map[string]bits.Truth // by schemas.Tag.Name
	Rows       map[string]*Rows      // by schemas.Dataset.Name
}

// Base is the id of door 0.
func (b *Block) Base() uint32 { return uint32(b.Number) << 16 }

// GroupName is the name of a block's group in a file of attributes.
func GroupName(number uint16) string { return strconv.Itoa(int(number)) }

// Build makes a block of n doors from the current rows of its datasets, by Dataset.Name. The attributes are those
// of defs; a source counts where its dataset has a row with a known value, and for money one in the currency of the
// attribute's unit. A source whose dataset is missing, or whose column is stored in another way than the attribute
// (which pipeline/workspace rejects), has no values. Of several rows for a door, which a supplement has, the last with a value counts.
// Attributes that are not stored (IsStored) are left out.
//
// The block keeps living and rows, and its attributes share memory with them; tags are left for the caller to add.
func Build(number uint16, n int, living bits.Set, rows map[string]*Rows, defs []schemas.Attribute, datasets map[string]*schemas.Dataset) *Block {
	if n > MaxDoors {
		panic(fmt.Sprintf("profile: a block of %d doors", n))
	}
	b := &Block{
		Number: number, N: n, Living: living,
		Attributes: make(map[string]*Attribute, len(defs)),
		Tags:       map[string]bits.Truth{},
		Rows:       rows,
	}
	for i := range defs {
		if d := &defs[i]; IsStored(d) {
			b.Attributes[d.Name] = buildAttribute(n, d, always, rows, datasets)
		}
	}
	return b
}

// IsStored reports whether an attribute is kept in blocks and files: one by the year is made from rows when it is asked
// for, and one derived by a rule is part of the conditions that name it.
func IsStored(def *schemas.Attribute) bool { return !def.Yearly && def.Rule.Text == "" }

// InYear makes a yearly attribute of n doors as of one calendar year, from the rows about that year. It is like a stored
// attribute in everything else: the first source that knows wins, and each value has its origin and age.
func InYear(n int, def *schemas.Attribute, year int, rows map[string]*Rows, datasets map[string]*schemas.Dataset) *Attribute {
	return buildAttribute(n, def, year, rows, datasets)
}

// always is the year of an attribute that has none.
const always = 0

func buildAttribute(n int, def *schemas.Attribute, year int, rows map[string]*Rows, datasets map[string]*schemas.Dataset) *Attribute {
	a := &Attribute{Name: def.Name, Type: def.Type, Range: def.Range}
	for i, s := range def.Sources {
		source := Source{Dataset: s.Dataset, Field: s.Field}
		dataset := datasets[s.Dataset]
		if dataset != nil {
			source.Shelf = dataset.Shelf
		}
		a.Sources = append(a.Sources, source)
		if values := newFeed(def.Type, dataset, s.Field, rows[s.Dataset]); values != nil && values.limit(dataset, year) {
			a.add(n, uint8(i), values)
		}
	}
	if len(a.Layers) == 0 {
		a.Layers = append(a.Layers, blankLayer(kindOf(def.Type), n))
	}
	return a
}

// add puts the values of a source into each door's first layer that is free.
func (a *Attribute) add(n int, source uint8, f *feed) {
	doors := f.rows.Door
	for row, next := 0, 0; row < len(doors); row = next {
		last := -1
		for next = row; next < len(doors) && doors[next] == doors[row]; next++ {
			if f.counts(next) && f.has(next) {
				last = next
			}
		}
		if last >= 0 {
			a.put(n, source, f, last)
		}
	}
}

func (a *Attribute) put(n int, source uint8, f *feed, row int) {
	door := int(f.rows.Door[row])
	k := 0
	for k < len(a.Layers) && a.Layers[k].Values.Known.Has(door) {
		k++
	}
	if k == len(a.Layers) {
		a.Layers = append(a.Layers, blankLayer(kindOf(a.Type), n))
	}
	l := &a.Layers[k]
	if f.values.Texts != nil {
		l.Values.SetText(door, f.values.Texts[row])
	} else {
		l.Values.SetInt(door, f.values.Ints[row])
	}
	l.Source[door], l.Origin[door], l.Confirmed[door] = source, f.rows.Origin[row], f.rows.Confirmed[row]
}

func blankLayer(kind table.Kind, n int) Layer {
	return Layer{
		Values: table.BlankColumn(kind, n),
		Source: make([]uint8, n), Origin: make([]int64, n), Confirmed: make([]int64, n),
	}
}

// feed is one source of an attribute in a block: a column of its dataset's rows.
type feed struct {
	rows     *Rows
	values   *table.Column
	currency *table.Column // nil: the attribute is not money
	want     string        // the currency that counts
	years    *table.Column // the years that the rows are about; nil: a row counts whatever it is about
	year     int64
}

// newFeed finds the column, or returns nil if there is none that can feed an attribute of the type.
func newFeed(t schemas.Type, dataset *schemas.Dataset, field string, rows *Rows) *feed {
	if dataset == nil || rows == nil {
		return nil
	}
	for _, p := range dataset.Physical() {
		if p.Name != field || p.Sealed {
			continue
		}
		f := &feed{rows: rows, values: rows.Column(field)}
		if f.values == nil || p.Kind != t.Kind || p.Kind == schemas.KindNumber && p.Scale != t.Scale {
			return nil
		}
		if f.want = t.Unit.Currency(); f.want != "" {
			if f.currency = rows.Column(field + schemas.CurrencySuffix); f.currency == nil {
				return nil
			}
		}
		return f
	}
	return nil
}

// limit makes only rows about the year count. It is false if the dataset's rows are not about years.
func (f *feed) limit(dataset *schemas.Dataset, year int) bool {
	if year == always {
		return true
	}
	f.years, f.year = f.rows.Column(dataset.Year), int64(year)
	return f.years != nil
}

// counts reports whether the row is about the year that is asked for.
func (f *feed) counts(row int) bool {
	return f.years == nil || f.years.Known.Has(row) && f.years.Ints[row] == f.year
}

// has reports whether the row has a value that counts.
func (f *feed) has(row int) bool {
	if !f.values.Known.Has(row) {
		return false
	}
	return f.currency == nil || f.currency.Known.Has(row) && f.currency.Texts[row] == f.want
}

// kindOf is how the values of a type are stored.
func kindOf(t schemas.Type) table.Kind {
	switch t.Kind {
	case schemas.KindNumber:
		return table.Decimal
	case schemas.KindDate:
		return table.Date
	case schemas.KindTruth:
		return table.Bool
	}
	return table.Text
}
