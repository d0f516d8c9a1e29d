package export

import (
	"errors"
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/decimal128"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"

	"zhida/schemas"
)

// arrowTable writes an Arrow IPC file, a record batch per batch.
type arrowTable struct {
	columns []Column
	rows    *array.RecordBuilder
	out     *ipc.FileWriter
}

func newArrow(w io.Writer, columns []Column) (*arrowTable, error) {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrowType(c), Nullable: true}
	}
	schema, allocator := arrow.NewSchema(fields, nil), memory.NewGoAllocator()
	out, err := ipc.NewFileWriter(&counted{w: w}, ipc.WithSchema(schema), ipc.WithAllocator(allocator))
	if err != nil {
		return nil, err
	}
	return &arrowTable{columns: columns, rows: array.NewRecordBuilder(allocator, schema), out: out}, nil
}

func arrowType(c Column) arrow.DataType {
	switch c.Kind {
	case Integer:
		return arrow.PrimitiveTypes.Int64
	case Decimal:
		return &arrow.Decimal128Type{Precision: 38, Scale: int32(c.Scale)}
	case Real:
		return arrow.PrimitiveTypes.Float64
	case Date:
		return arrow.FixedWidthTypes.Date32
	case Truth:
		return arrow.FixedWidthTypes.Boolean
	case Text:
	}
	return arrow.BinaryTypes.String
}

func (t *arrowTable) write(batch []values, n int) error {
	for i := range t.columns {
		b, v := t.rows.Field(i), &batch[i]
		b.Reserve(n)
		for row := range n {
			if v.known.Has(row) {
				appendTo(b, v, row)
			} else {
				b.AppendNull()
			}
		}
	}
	record := t.rows.NewRecord()
	defer record.Release()
	return t.out.Write(record)
}

func appendTo(b array.Builder, v *values, row int) {
	switch b := b.(type) {
	case *array.Int64Builder:
		b.Append(v.ints[row])
	case *array.Decimal128Builder:
		b.Append(decimal128.FromI64(v.ints[row]))
	case *array.Float64Builder:
		b.Append(v.reals[row])
	case *array.Date32Builder:
		b.Append(arrow.Date32(v.ints[row] - int64(schemas.UnixEpoch)))
	case *array.BooleanBuilder:
		b.Append(v.ints[row] != 0)
	case *array.StringBuilder:
		b.Append(v.texts[row])
	}
}

func (t *arrowTable) close() error {
	t.rows.Release()
	return t.out.Close()
}

// counted lets the Arrow writer ask how far it has come, which is all it seeks for.
type counted struct {
	w  io.Writer
	at int64
}

// Write implements io.Writer.
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.at += int64(n)
	return n, err
}

// Seek implements io.Seeker for the present place only.
func (c *counted) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekCurrent {
		return 0, errors.New("a table is written from its beginning to its end")
	}
	return c.at, nil
}
