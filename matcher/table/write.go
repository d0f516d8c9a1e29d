package table

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// Group is a named group of rows in a file: the rows of a home or of a block.
type Group struct {
	Name string `json:"name"`
	Rows int    `json:"rows"`
}

// Writer writes a file group by group. It holds one group in memory, encoded, and the footer. It belongs to one
// goroutine. After an error nothing it wrote can be read; every later call returns the same error.
type Writer struct {
	fields  []Field
	note    map[string]string
	sums    *sumWriter
	parquet *parquet.GenericWriter[any]
	encoder encoder
	groups  []Group
	named   map[string]bool
	err     error
}

// NewWriter begins a file of these fields on w. The notes are kept in the footer for Reader.Note; the writer copies
// them at Close, so that the caller may add what is known only then. An error, such as a field that is there twice
// (ErrField), is returned by Group and Close.
func NewWriter(w io.Writer, fields []Field, note map[string]string) *Writer {
	wr := &Writer{fields: slices.Clone(fields), note: note, sums: &sumWriter{w: w}, named: map[string]bool{}}
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
	if !sameFields(wr.fields, t.Fields) || len(t.Columns) != len(t.Fields) {
		return fmt.Errorf("write group %q: its fields are not the file's: %w", name, ErrField)
	}
	if wr.named[name] {
		return fmt.Errorf("write group %q a second time: %w", name, ErrGroup)
	}
	if t.N > 0 && len(wr.groups) >= parquet.MaxRowGroups {
		return fmt.Errorf("write group %q: a file holds at most %d: %w", name, parquet.MaxRowGroups, ErrGroup)
	}
	wr.named[name] = true
	wr.groups = append(wr.groups, Group{Name: name, Rows: t.N})
	if t.N == 0 {
		return nil
	}
	if wr.parquet == nil {
		if err := wr.begin(t); err != nil {
			return err
		}
	}
	for i, column := range wr.parquet.ColumnWriters() {
		if err := wr.encoder.write(column, wr.fields[i], &t.Columns[i], t.N); err != nil {
			return fmt.Errorf("write group %q, field %q: %w", name, wr.fields[i].Name, err)
		}
	}
	if err := wr.parquet.Flush(); err != nil {
		return fmt.Errorf("write group %q: %w", name, err)
	}
	return nil
}

// Close writes the footer. It does not close the underlying writer.
func (wr *Writer) Close() error {
	if wr.err == nil {
		wr.err = wr.close()
	}
	return wr.err
}

func (wr *Writer) close() error {
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
