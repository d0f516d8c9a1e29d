package table

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"zhida/matcher/bits"
)

// Group is a named group of rows in a file: the rows of a home or of a block.
type Group struct {
	Name string `json:"name"`
	Rows int    `json:"rows"`
}

// packedRows is how many rows small groups have together in a Parquet row group. What a night brings to a home is a few dozen
// rows, and a column chunk costs 40 us to write, 30 us to open and read and 100 bytes of footer however few values it has.
const packedRows = 4096

// Writer writes a file group by group. It holds one group in memory, encoded, small ones that wait to be packed, and the
// footer. It belongs to one goroutine. After an error nothing it wrote can be read; every later call returns the same error.
type Writer struct {
	fields    []Field
	note      map[string]string
	sums      *sumWriter
	parquet   *parquet.GenericWriter[any]
	encoder   encoder
	groups    []Group
	named     map[string]bool
	rowGroups int
	small     *Table // groups that wait to be written as one row group
	err       error
}

// NewWriter begins a file of these fields on w. The notes are kept in the footer for Reader.Note; the writer copies
// them at Close, so that the caller may add what is known only then. An error, such as a field that is there twice
// (ErrField), is returned by Group and Close.
func NewWriter(w io.Writer, fields []Field, note map[string]string) *Writer {
	wr := &Writer{fields: slices.Clone(fields), note: note, sums: &sumWriter{w: w}, named: map[string]bool{}, small: New(fields)}
	_, wr.err = newSchema(wr.fields, nil)
	return wr
}

// begin begins the Parquet file when its first rows are there: they tell how columns are best encoded.
//
// Nobody of ours reads the bounds of pages, and in a file of many small groups they are a good part of the footer; the bounds
// of whole column chunks, which DuckDB uses to skip groups, come from them, so they stay. The fastest level of compression: in
// BenchmarkWrite it takes a tenth off what the default level costs, sums and dictionaries included, and the files are no
// larger.
func (wr *Writer) begin(first *Table) error {
	schema, err := newSchema(wr.fields, various(first))
	if err != nil {
		return err
	}
	wr.parquet = parquet.NewGenericWriter[any](wr.sums, schema,
		parquet.CreatedBy("zhida", versionText(), "parquet-go"),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest, Concurrency: 1}),
		parquet.DataPageStatistics(false),
	)
	return nil
}

// Group writes the rows of t as the next group. The fields of t must be those of the file (ErrField) and the name
// new (ErrGroup). A group may have no rows: Reader.Read then returns an empty table. t is not kept.
func (wr *Writer) Group(name string, t *Table) error {
	if wr.err == nil {
		wr.err = wr.group(name, t)
	}
	return wr.err
}

func (wr *Writer) group(name string, t *Table) error {
	if err := wr.fits(t); err != nil {
		return fmt.Errorf("write group %q: %w", name, err)
	}
	if wr.named[name] {
		return fmt.Errorf("write group %q a second time: %w", name, ErrGroup)
	}
	wr.named[name] = true
	wr.groups = append(wr.groups, Group{Name: name, Rows: t.N})
	if wr.small.N > 0 && wr.small.N+t.N > packedRows {
		if err := wr.pack(); err != nil {
			return err
		}
	}
	if t.N < packedRows {
		wr.small.Append(t)
		return nil
	}
	if err := wr.rowGroup(t); err != nil {
		return fmt.Errorf("write group %q: %w", name, err)
	}
	return nil
}

// fits refuses a table of other fields than the file's, and one whose columns are not of its length.
func (wr *Writer) fits(t *Table) error {
	if !sameFields(wr.fields, t.Fields) || len(t.Columns) != len(t.Fields) {
		return fmt.Errorf("its fields are not the file's: %w", ErrField)
	}
	for i, f := range t.Fields {
		c := &t.Columns[i]
		have := len(c.Ints)
		if f.Kind == Text {
			have = len(c.Texts)
		}
		if have != t.N || len(c.Known) < bits.Words(t.N) {
			return fmt.Errorf("field %q has %d values of kind %v, the table %d rows: %w", f.Name, have, f.Kind, t.N, ErrField)
		}
	}
	return nil
}

// pack writes the small groups that wait.
func (wr *Writer) pack() error {
	if wr.small.N == 0 {
		return nil
	}
	if err := wr.rowGroup(wr.small); err != nil {
		return fmt.Errorf("write small groups: %w", err)
	}
	wr.small = New(wr.fields)
	return nil
}

func (wr *Writer) rowGroup(t *Table) error {
	if wr.rowGroups == parquet.MaxRowGroups {
		return fmt.Errorf("a file holds at most %d row groups: %w", parquet.MaxRowGroups, ErrGroup)
	}
	wr.rowGroups++
	if wr.parquet == nil {
		if err := wr.begin(t); err != nil {
			return err
		}
	}
	for i, column := range wr.parquet.ColumnWriters() {
		if err := wr.encoder.write(column, wr.fields[i], &t.Columns[i], t.N); err != nil {
			return fmt.Errorf("field %q: %w", wr.fields[i].Name, err)
		}
	}
	return wr.parquet.Flush()
}

// Close writes the footer. It does not close the underlying writer.
func (wr *Writer) Close() error {
	if wr.err == nil {
		wr.err = wr.close()
	}
	return wr.err
}

func (wr *Writer) close() error {
	if err := wr.pack(); err != nil {
		return err
	}
	fields, err := marshalFields(wr.fields)
	if err != nil {
		return err
	}
	groups, err := marshal(append([]Group{}, wr.groups...))
	if err != nil {
		return err
	}
	note, err := marshal(maps.Clone(wr.note))
	if err != nil {
		return err
	}
	if wr.parquet == nil {
		if err := wr.begin(New(wr.fields)); err != nil {
			return err
		}
	}
	wr.parquet.SetKeyValueMetadata(keyFormat, versionText())
	wr.parquet.SetKeyValueMetadata(keyFields, fields)
	wr.parquet.SetKeyValueMetadata(keyGroups, groups)
	wr.parquet.SetKeyValueMetadata(keyNote, note)
	wr.sums.hold()
	if err := wr.parquet.Close(); err != nil {
		return fmt.Errorf("write footer: %w", err)
	}
	if err := wr.sums.close(); err != nil {
		return fmt.Errorf("write footer: %w", err)
	}
	return nil
}

// Fields returns the fields of the file in order. The caller must not change them.
func (wr *Writer) Fields() []Field { return wr.fields }
