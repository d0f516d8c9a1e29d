package rows

import (
	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"zhida/connectors/format"
)

// batch collects rows as Arrow columns. The buffers are built here and not by array.StringBuilder, which took as long
// as the scanning of delimited text itself: no value is null, so offsets and bytes are all there is.
type batch struct {
	schema  *arrow.Schema
	rows    []int64
	lines   []int64
	columns []column
	bytes   int
}

// column is the content of one utf8 column.
type column struct {
	offsets []int32
	data    []byte
}

func newBatch(header []string) *batch {
	fields := []arrow.Field{
		{Name: format.RowColumn, Type: arrow.PrimitiveTypes.Int64},
		{Name: format.LineColumn, Type: arrow.PrimitiveTypes.Int64},
	}
	for _, name := range header {
		fields = append(fields, arrow.Field{Name: name, Type: arrow.BinaryTypes.String})
	}
	b := &batch{schema: arrow.NewSchema(fields, nil), columns: make([]column, len(header))}
	b.reset()
	return b
}

// reset makes room for the next batch, as large as the last one was.
func (b *batch) reset() {
	n := len(b.rows)
	b.rows = make([]int64, 0, n)
	b.lines = make([]int64, 0, n)
	b.bytes = 0
	for i := range b.columns {
		c := &b.columns[i]
		c.offsets = append(make([]int32, 0, n+1), 0)
		c.data = make([]byte, 0, len(c.data))
	}
}

// add appends one row.
func (b *batch) add(number int64, row *Row) {
	b.rows = append(b.rows, number)
	b.lines = append(b.lines, row.Line)
	for i, f := range row.Fields {
		c := &b.columns[i]
		c.data = append(c.data, row.Base[f.From:f.To]...)
		c.offsets = append(c.offsets, int32(len(c.data)))
	}
	b.bytes += 16 + 4*len(row.Fields) + len(row.Base)
}

// record hands the collected rows over; the buffers then belong to the record.
func (b *batch) record() arrow.Record {
	n := len(b.rows)
	arrays := make([]arrow.Array, 0, format.Positions+len(b.columns))
	for _, ints := range [][]int64{b.rows, b.lines} {
		arrays = append(arrays, makeArray(arrow.PrimitiveTypes.Int64, n, arrow.Int64Traits.CastToBytes(ints)))
	}
	for _, c := range b.columns {
		arrays = append(arrays, makeArray(arrow.BinaryTypes.String, n, arrow.Int32Traits.CastToBytes(c.offsets), c.data))
	}
	record := array.NewRecord(b.schema, arrays, int64(n))
	for _, a := range arrays {
		a.Release()
	}
	b.reset()
	return record
}

// makeArray wraps buffers as an array of n values without nulls.
func makeArray(t arrow.DataType, n int, buffers ...[]byte) arrow.Array {
	wrapped := []*memory.Buffer{nil}
	for _, b := range buffers {
		wrapped = append(wrapped, memory.NewBufferBytes(b))
	}
	data := array.NewData(t, n, wrapped, nil, 0, 0)
	defer data.Release()
	return array.MakeFromData(data)
}
