package table

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// Reader reads a file by group and column. It keeps the footer and the sums in memory, not the rows. Several
// goroutines may read at once if the underlying io.ReaderAt allows it; the reader does not close it.
type Reader struct {
	file    *summed
	parquet *parquet.File
	fields  []Field
	groups  []Group
	places  map[string]place
	note    map[string]string
	packed  packed
}

// place is where the rows of a group are: in a Parquet row group, which several may share. The row group is -1 if there are none.
type place struct {
	rowGroup, from, to int
}

// OpenReader reads and checks the footer of a file of the given size. Whatever the bytes are, it returns a reader or
// an error and never panics: ErrDamaged for a file that is cut off, altered or not ours, ErrVersion for one of a
// version it does not know; errors of r itself are wrapped as they are.
func OpenReader(r io.ReaderAt, size int64) (*Reader, error) {
	file, err := openSums(r, size)
	if err != nil {
		return nil, fmt.Errorf("open table: %w", err)
	}
	rd := &Reader{file: file}
	if err := rd.open(); err != nil {
		return nil, fmt.Errorf("open table: %w", err)
	}
	return rd, nil
}

func (rd *Reader) open() (err error) {
	w := &window{file: rd.file}
	defer recoverDamage(&err, w)
	rd.parquet, err = parquet.OpenFile(w, rd.file.size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return damaged("%v", err)
	}
	if err := rd.readNotes(); err != nil {
		return err
	}
	return rd.checkShape()
}

// readNotes reads our own part of the footer.
func (rd *Reader) readNotes() (err error) {
	version, ours := rd.parquet.Lookup(keyFormat)
	if !ours {
		return damaged("the footer has no %s", keyFormat)
	}
	if v, err := strconv.Atoi(version); err != nil || v < 1 || v > Version {
		return fmt.Errorf("version %q, not 1 to %d: %w", version, Version, ErrVersion)
	}
	text, _ := rd.parquet.Lookup(keyFields)
	if rd.fields, err = unmarshalFields(text); err != nil {
		return err
	}
	text, _ = rd.parquet.Lookup(keyGroups)
	if err := json.Unmarshal([]byte(text), &rd.groups); err != nil {
		return damaged("read %s: %v", keyGroups, err)
	}
	text, _ = rd.parquet.Lookup(keyNote)
	if err := json.Unmarshal([]byte(text), &rd.note); err != nil {
		return damaged("read %s: %v", keyNote, err)
	}
	return nil
}

// Fields returns the fields of the file in order. The caller must not change them.
func (rd *Reader) Fields() []Field { return rd.fields }

// Groups returns the groups in the order they were written. The caller must not change them.
func (rd *Reader) Groups() []Group { return rd.groups }

// Note returns the note of that key, "" if there is none.
func (rd *Reader) Note(key string) string { return rd.note[key] }

// Read returns the rows of a group, or nil without an error if the file has no such group. Errors are as those of
// OpenReader.
func (rd *Reader) Read(name string) (*Table, error) {
	all := make([]int, len(rd.fields))
	for i := range all {
		all[i] = i
	}
	return rd.read(name, all)
}

// ReadColumns is Read for some columns, in the order asked for; the table has no others, and no others are read from
// the file. A column that the file does not have is ErrField.
func (rd *Reader) ReadColumns(name string, columns ...string) (*Table, error) {
	picked := make([]int, len(columns))
	for i, column := range columns {
		picked[i] = slices.IndexFunc(rd.fields, func(f Field) bool { return f.Name == column })
		if picked[i] < 0 {
			return nil, fmt.Errorf("read column %q of group %q: %w", column, name, ErrField)
		}
	}
	return rd.read(name, picked)
}

func (rd *Reader) read(name string, picked []int) (*Table, error) {
	at, ok := rd.places[name]
	if !ok {
		return nil, nil
	}
	t := &Table{Fields: make([]Field, len(picked)), Columns: make([]Column, len(picked)), N: at.to - at.from}
	for i, p := range picked {
		t.Fields[i] = rd.fields[p]
	}
	if at.rowGroup < 0 {
		return New(t.Fields), nil
	}
	group := rd.parquet.RowGroups()[at.rowGroup]
	w := &window{file: rd.file}
	read := func(field int) (*Column, error) {
		return readColumn(group.ColumnChunks()[field], w, rd.fields[field], int(group.NumRows()))
	}
	if int64(t.N) < group.NumRows() {
		rd.packed.mu.Lock()
		defer rd.packed.mu.Unlock()
		read = rd.packed.of(at, len(rd.fields), read)
	}
	inFile := make([]int, len(picked)) // positions in picked, in file order
	for i := range inFile {
		inFile[i] = i
	}
	slices.SortFunc(inFile, func(a, b int) int { return picked[a] - picked[b] })
	for _, i := range inFile {
		column, err := read(picked[i])
		if err != nil {
			return nil, fmt.Errorf("read field %q of group %q: %w", t.Fields[i].Name, name, err)
		}
		t.Columns[i] = *column
	}
	return t, nil
}

// recoverDamage turns a panic of the Parquet decoder into an error, and puts what failed first in place of what the
// decoder made of it. The bytes were checked before they were decoded, so a panic means that a file was forged or
// written by a program with another idea of the format; it must not end the night.
func recoverDamage(err *error, w *window) {
	if p := recover(); p != nil {
		*err = damaged("the Parquet decoder stopped: %v", p)
	}
	if *err != nil && w.err != nil {
		*err = w.err
	}
}
