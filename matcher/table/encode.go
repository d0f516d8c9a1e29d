package table

import (
	"fmt"
	"math"

	"github.com/parquet-go/parquet-go"

	"zhida/schemas"
)

// encodeRows is how many values are handed to the Parquet writer at a time: few enough to stay in cache.
const encodeRows = 1024

// encoder turns columns into Parquet values, in buffers it keeps.
type encoder struct {
	values []parquet.Value
	texts  []byte
}

// write writes the n values of a column.
func (e *encoder) write(w *parquet.ColumnWriter, f Field, c *Column, n int) error {
	for from := 0; from < n; from += encodeRows {
		to := min(from+encodeRows, n)
		e.values = e.values[:0]
		if f.Kind == Text {
			e.appendTexts(c, from, to)
		} else if err := e.appendInts(c, f.Kind, from, to); err != nil {
			return err
		}
		if _, err := w.WriteRowValues(e.values); err != nil {
			return fmt.Errorf("encode: %w", err)
		}
	}
	return nil
}

// appendTexts appends the texts of the rows from to to-1. The bytes are copied into one buffer first, because a
// parquet.Value refers to the bytes it is made from; the column writer copies them once more.
func (e *encoder) appendTexts(c *Column, from, to int) {
	e.texts = e.texts[:0]
	for row := from; row < to; row++ {
		e.texts = append(e.texts, c.Texts[row]...)
	}
	rest := e.texts
	for row := from; row < to; row++ {
		size := len(c.Texts[row])
		var value parquet.Value // unknown: null, at definition level 0
		if c.Known.Has(row) {
			value = parquet.ByteArrayValue(rest[:size:size])
			value.SetDefinitionLevel(1)
		}
		e.values = append(e.values, value)
		rest = rest[size:]
	}
}

func (e *encoder) appendInts(c *Column, kind Kind, from, to int) error {
	for row := from; row < to; row++ {
		if !c.Known.Has(row) {
			e.values = append(e.values, parquet.Value{})
			continue
		}
		v := c.Ints[row]
		var value parquet.Value
		switch kind {
		case Date:
			day := v - int64(schemas.UnixEpoch)
			if day < math.MinInt32 || day > math.MaxInt32 {
				return fmt.Errorf("row %d: %d is no date: %w", row, v, ErrField)
			}
			value = parquet.Int32Value(int32(day))
		case Bool:
			value = parquet.BooleanValue(v != 0)
		default:
			value = parquet.Int64Value(v)
		}
		value.SetDefinitionLevel(1)
		e.values = append(e.values, value)
	}
	return nil
}
