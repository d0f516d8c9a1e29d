package table

import (
	"errors"
	"io"
	mathbits "math/bits"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding"

	"zhida/schemas"
)

// readColumn decodes a column chunk of n rows.
func readColumn(chunk parquet.ColumnChunk, w *window, f Field, n int) (c *Column, err error) {
	defer recoverDamage(&err, w)
	file, ok := chunk.(*parquet.FileColumnChunk)
	if !ok || file.NumValues() != int64(n) {
		return nil, damaged("it has %d values for %d rows", chunk.NumValues(), n)
	}
	pages := file.PagesFrom(w)
	defer func() { _ = pages.Close() }() // it only returns buffers to a pool
	d := decoder{field: f, column: BlankColumn(f.Kind, n), rows: n}
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, damaged("%v", err)
		}
		err = d.page(page)
		parquet.Release(page)
		if err != nil {
			return nil, err
		}
	}
	if d.row != n {
		return nil, damaged("its pages hold %d rows of %d", d.row, n)
	}
	d.column.Coded = d.numbers.coded()
	return d.column, nil
}

// decoder fills a column page by page.
type decoder struct {
	field  Field
	column *Column
	rows   int
	row    int // rows decoded

	dictionary parquet.Dictionary // whose values are in ints or texts
	ints       []int64
	texts      []string
	numbers    numbers
}

// page appends the values of a page.
func (d *decoder) page(page parquet.Page) error {
	levels := page.DefinitionLevels()
	if int64(len(levels)) != page.NumValues() || d.row+len(levels) > d.rows {
		return damaged("a page has %d definition levels for %d values after row %d", len(levels), page.NumValues(), d.row)
	}
	known, err := d.known(levels)
	if err != nil {
		return err
	}
	if dictionary := page.Dictionary(); dictionary != nil {
		err = d.indexed(page, dictionary, levels, known)
	} else {
		err = d.plain(page, levels, known)
	}
	d.row += len(levels)
	return err
}

// known sets which rows of a page are known, 64 at a time where they begin a word, and counts them.
func (d *decoder) known(levels []byte) (int, error) {
	count := 0
	for at := 0; at < len(levels); {
		row := d.row + at
		upTo := min(len(levels), at+64-row%64)
		word := uint64(0)
		for i, level := range levels[at:upTo] {
			if level > 1 {
				return 0, damaged("a page has a definition level %d", level)
			}
			word |= uint64(level) << i
		}
		d.column.Known[row/64] |= word << (row % 64)
		count += mathbits.OnesCount64(word)
		at = upTo
	}
	return count, nil
}

// indexed sets the values of a page of indexes into a dictionary. A text of the dictionary becomes one string,
// however many rows have it.
func (d *decoder) indexed(page parquet.Page, dictionary parquet.Dictionary, levels []byte, known int) error {
	if d.dictionary != dictionary {
		var err error
		if d.ints, d.texts, err = d.values(dictionary.Page().Data(), dictionary.Len()); err != nil {
			return err
		}
		d.dictionary = dictionary
		d.numbers.begin(d.texts, d.row, d.rows)
	}
	data := page.Data()
	if data.Kind() != encoding.Int32 {
		return damaged("a page's dictionary indexes are of Parquet's kind %d", data.Kind())
	}
	indexes := data.Int32()
	if len(indexes) != known {
		return damaged("a page has %d dictionary indexes for %d values", len(indexes), known)
	}
	size := uint32(max(len(d.ints), len(d.texts)))
	for _, index := range indexes {
		if uint32(index) >= size {
			return damaged("a page has index %d into a dictionary of %d", index, size)
		}
	}
	if d.texts == nil {
		spread(d.column.Ints[d.row:], d.ints, indexes, levels)
		return nil
	}
	spread(d.column.Texts[d.row:], d.texts, indexes, levels)
	if d.numbers.ids != nil {
		spread(d.numbers.ids[d.row:], d.numbers.places, indexes, levels)
	}
	return nil
}

// spread puts the words of the indexes where the levels say that something is known.
func spread[T any](out, words []T, indexes []int32, levels []byte) {
	if len(indexes) == len(levels) {
		for i, index := range indexes {
			out[i] = words[index]
		}
		return
	}
	next := 0
	for i, level := range levels {
		if level != 0 {
			out[i] = words[indexes[next]]
			next++
		}
	}
}

// plain sets the values of a page that holds them itself.
func (d *decoder) plain(page parquet.Page, levels []byte, known int) error {
	ints, texts, err := d.values(page.Data(), known)
	if err != nil {
		return err
	}
	d.numbers.give()
	if texts != nil {
		fill(d.column.Texts[d.row:], texts, levels)
	} else {
		fill(d.column.Ints[d.row:], ints, levels)
	}
	return nil
}

// fill puts the values where the levels say that something is known.
func fill[T any](out, values []T, levels []byte) {
	if len(values) == len(levels) {
		copy(out, values)
		return
	}
	next := 0
	for i, level := range levels {
		if level != 0 {
			out[i] = values[next]
			next++
		}
	}
}

// values copies n values out of a page, whose buffers will be reused.
func (d *decoder) values(data encoding.Values, n int) (ints []int64, texts []string, err error) {
	kind := data.Kind()
	have := 0
	switch {
	case d.field.Kind == Text && kind == encoding.ByteArray:
		texts = copyTexts(data)
		have = len(texts)
	case d.field.Kind == Date && kind == encoding.Int32:
		days := data.Int32()
		have = len(days)
		ints = make([]int64, have)
		for i, day := range days {
			ints[i] = int64(day) + int64(schemas.UnixEpoch)
		}
	case d.field.Kind == Bool && kind == encoding.Boolean:
		packed := data.Boolean()
		have = min(n, 8*len(packed)) // the last byte may hold bits of no row
		ints = make([]int64, have)
		for i := range ints {
			ints[i] = int64(packed[i/8] >> (i % 8) & 1)
		}
	case (d.field.Kind == Int || d.field.Kind == Decimal) && kind == encoding.Int64:
		ints = append(make([]int64, 0, n), data.Int64()...)
		have = len(ints)
	default:
		return nil, nil, damaged("a page of a field of kind %v holds values of Parquet's kind %d", d.field.Kind, kind)
	}
	if have != n {
		return nil, nil, damaged("a page has %d values, not %d", have, n)
	}
	return ints, texts, nil
}

// copyTexts copies the texts of a page with two allocations: one for all their bytes, one for the strings.
func copyTexts(data encoding.Values) []string {
	bytes, offsets := data.ByteArray()
	all := string(bytes)
	texts := make([]string, max(len(offsets)-1, 0))
	for i := range texts {
		texts[i] = all[offsets[i]:offsets[i+1]]
	}
	return texts
}
