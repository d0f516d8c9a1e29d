package nation

import (
	"fmt"
	"io"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// groupRows is the number of rows of a row group, whatever the chunks rows come in.
const groupRows = 1 << 16

// parquetFile writes optional columns of strings, 32-bit numbers and doubles. It holds one row group.
type parquetFile struct {
	columns []column
	out     *parquet.GenericWriter[any]
	writers []*parquet.ColumnWriter
	cells   []parquet.Value
	rows    int // of the row group
}

// inOrder is a group whose fields stand as the columns do; parquet.Group sorts them by name.
type inOrder struct {
	parquet.Group
	fields []parquet.Field
}

// Fields implements parquet.Node.
func (g inOrder) Fields() []parquet.Field { return g.fields }

func newParquetFile(w io.Writer, columns []column) *parquetFile {
	group := parquet.Group{}
	for _, c := range columns {
		node := parquet.Encoded(parquet.String(), &parquet.Plain)
		switch c.kind {
		case whole:
			node = parquet.Encoded(parquet.Int(32), &parquet.RLEDictionary)
		case decimal:
			node = parquet.Leaf(parquet.DoubleType)
		case text:
			if repeats(c.name) {
				node = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
			}
		}
		group[c.name] = parquet.Optional(node)
	}
	byName := map[string]parquet.Field{}
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	ordered := inOrder{Group: group}
	for _, c := range columns {
		ordered.fields = append(ordered.fields, byName[c.name])
	}
	f := &parquetFile{columns: columns, out: parquet.NewGenericWriter[any](w, parquet.NewSchema("delivery", ordered),
		parquet.CreatedBy("zhida testdata", "1", "0"),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest, Concurrency: 1}),
	)}
	f.writers = f.out.ColumnWriters()
	return f
}

// repeats reports whether a column of texts has few different ones.
func repeats(name string) bool {
	switch name {
	case "操作", "企业类型", "登记状态", "行政区划", "经营范围", "法定代表人", "联系人", "类型", "状态", "资质类型", "知识产权类型", "证照名称", "等级", "信用等级",
		"类别", "程度", "事项编号", "环境信用等级", "重污染天气绩效分级", "是否通过清洁生产审核", "标准化等级", "最近事故日期", "层级", "学历":
		return true
	}
	return false
}

// write adds rows, each with as many cells as there are columns. Row groups are cut by the number of rows alone.
func (f *parquetFile) write(b *batch) error {
	for from := 0; from < len(b.rows); {
		n := min(len(b.rows)-from, groupRows-f.rows)
		for i := range f.columns {
			if err := f.writeColumn(b, i, from, n); err != nil {
				return err
			}
		}
		from += n
		if f.rows += n; f.rows == groupRows {
			f.rows = 0
			if err := f.out.Flush(); err != nil {
				return fmt.Errorf("write Parquet row group: %w", err)
			}
		}
	}
	return nil
}

func (f *parquetFile) writeColumn(b *batch, i, from, n int) error {
	f.cells = f.cells[:0]
	for row := from; row < from+n; row++ {
		v, err := value(b.cell(row*len(f.columns)+i), f.columns[i].kind)
		if err != nil {
			return fmt.Errorf("write column %s: %w", f.columns[i].name, err)
		}
		f.cells = append(f.cells, v)
	}
	if _, err := f.writers[i].WriteRowValues(f.cells); err != nil {
		return fmt.Errorf("write column %s: %w", f.columns[i].name, err)
	}
	return nil
}

// value reads what was written by number and hundredths; an empty cell is no value.
func value(cell []byte, kind cellKind) (parquet.Value, error) {
	if len(cell) == 0 {
		return parquet.Value{}, nil
	}
	var v parquet.Value
	switch kind {
	case whole:
		n, err := strconv.ParseInt(string(cell), 10, 32)
		if err != nil {
			return v, fmt.Errorf("read number: %w", err)
		}
		v = parquet.Int32Value(int32(n))
	case decimal:
		x, err := strconv.ParseFloat(string(cell), 64)
		if err != nil {
			return v, fmt.Errorf("read number: %w", err)
		}
		v = parquet.DoubleValue(x)
	default:
		v = parquet.ByteArrayValue(cell)
	}
	v.SetDefinitionLevel(1)
	return v, nil
}

func (f *parquetFile) close() error {
	if err := f.out.Close(); err != nil {
		return fmt.Errorf("end Parquet file: %w", err)
	}
	return nil
}
