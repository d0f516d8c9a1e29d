package export

import (
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"zhida/schemas"
)

// groupRows is how many rows a Parquet row group has: as many as a block of enterprises.
const groupRows = 16 * batchRows

// parquetTable writes a Parquet file. It holds one row group, encoded, and the footer.
type parquetTable struct {
	columns []Column
	out     *parquet.GenericWriter[any]
	cells   []parquet.Value
	texts   []byte
	rows    int // in the row group
}

func newParquet(w io.Writer, columns []Column) *parquetTable {
	return &parquetTable{columns: columns, out: parquet.NewGenericWriter[any](w, schemaOf(columns),
		parquet.CreatedBy("zhida", "1", "parquet-go"),
		parquet.Compression(&zstd.Codec{Level: zstd.DefaultLevel, Concurrency: 1}),
	)}
}

// inOrder is a group whose fields stand as the columns do; parquet.Group sorts them by name.
type inOrder struct {
	parquet.Group
	fields []parquet.Field
}

// Fields implements parquet.Node.
func (g inOrder) Fields() []parquet.Field { return g.fields }

func schemaOf(columns []Column) *parquet.Schema {
	group := parquet.Group{}
	for _, c := range columns {
		group[c.Name] = parquet.Optional(nodeOf(c))
	}
	byName := map[string]parquet.Field{}
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	ordered := inOrder{Group: group}
	for _, c := range columns {
		ordered.fields = append(ordered.fields, byName[c.Name])
	}
	return parquet.NewSchema("zhida", ordered)
}

func nodeOf(c Column) parquet.Node {
	switch c.Kind {
	case Integer:
		return parquet.Encoded(parquet.Int(64), &parquet.RLEDictionary)
	case Decimal:
		return parquet.Encoded(parquet.Decimal(c.Scale, MaxScale, parquet.Int64Type), &parquet.RLEDictionary)
	case Real:
		return parquet.Leaf(parquet.DoubleType)
	case Date:
		return parquet.Encoded(parquet.Date(), &parquet.RLEDictionary)
	case Truth:
		return parquet.Leaf(parquet.BooleanType)
	case Text:
	}
	return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
}

func (t *parquetTable) write(batch []values, n int) error {
	for i, column := range t.out.ColumnWriters() {
		t.cells = t.cells[:0]
		if t.columns[i].Kind == Text {
			t.addTexts(&batch[i], n)
		} else {
			t.addNumbers(t.columns[i].Kind, &batch[i], n)
		}
		if _, err := column.WriteRowValues(t.cells); err != nil {
			return err
		}
	}
	t.rows += n
	if t.rows >= groupRows {
		t.rows = 0
		return t.out.Flush()
	}
	return nil
}

func (t *parquetTable) close() error { return t.out.Close() }

// addTexts copies the texts into one buffer, to which the values refer until they are written.
func (t *parquetTable) addTexts(v *values, n int) {
	t.texts = t.texts[:0]
	for _, text := range v.texts[:n] {
		t.texts = append(t.texts, text...)
	}
	rest := t.texts
	for row, text := range v.texts[:n] {
		var x parquet.Value
		if v.known.Has(row) {
			x = parquet.ByteArrayValue(rest[:len(text):len(text)])
			x.SetDefinitionLevel(1)
		}
		rest = rest[len(text):]
		t.cells = append(t.cells, x)
	}
}

func (t *parquetTable) addNumbers(kind Kind, v *values, n int) {
	for row := range n {
		if !v.known.Has(row) {
			t.cells = append(t.cells, parquet.Value{})
			continue
		}
		var x parquet.Value
		switch kind {
		case Real:
			x = parquet.DoubleValue(v.reals[row])
		case Date:
			x = parquet.Int32Value(int32(v.ints[row] - int64(schemas.UnixEpoch)))
		case Truth:
			x = parquet.BooleanValue(v.ints[row] != 0)
		default:
			x = parquet.Int64Value(v.ints[row])
		}
		x.SetDefinitionLevel(1)
		t.cells = append(t.cells, x)
	}
}
