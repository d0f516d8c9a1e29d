package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/ipc"
	"github.com/apache/arrow/go/v15/arrow/memory"
)

// arrow renders the sheet as an Arrow IPC file of record batches of 500 rows.
func (s *sheet) arrow() []byte {
	fields := make([]arrow.Field, len(s.header))
	for i, name := range s.header {
		var kind arrow.DataType = arrow.BinaryTypes.String
		switch kindOf(name) {
		case whole:
			kind = arrow.PrimitiveTypes.Int32
		case decimal:
			kind = arrow.PrimitiveTypes.Float64
		}
		fields[i] = arrow.Field{Name: name, Type: kind, Nullable: true}
	}
	schema := arrow.NewSchema(fields, nil)
	var b bytes.Buffer
	w, err := ipc.NewFileWriter(growing{&b}, ipc.WithSchema(schema))
	for from := 0; err == nil && from < len(s.rows); from += 500 {
		err = s.writeBatch(w, schema, s.rows[from:min(from+500, len(s.rows))])
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(fmt.Sprintf("write Arrow to memory: %v", err))
	}
	return b.Bytes()
}

// growing is a buffer that tells its end: all the writer seeks for.
type growing struct{ *bytes.Buffer }

func (g growing) Seek(offset int64, whence int) (int64, error) {
	if offset != 0 || whence != io.SeekCurrent {
		return 0, errors.New("a buffer that is being written only tells its end")
	}
	return int64(g.Len()), nil
}

func (s *sheet) writeBatch(w *ipc.FileWriter, schema *arrow.Schema, rows [][]string) error {
	batch := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer batch.Release()
	for _, row := range rows {
		for i, cell := range row {
			if cell == "" {
				batch.Field(i).AppendNull()
				continue
			}
			switch column := batch.Field(i).(type) {
			case *array.StringBuilder:
				column.Append(cell)
			case *array.Int32Builder:
				column.Append(int32(toWhole(cell)))
			case *array.Float64Builder:
				column.Append(toDecimal(cell))
			}
		}
	}
	record := batch.NewRecord()
	defer record.Release()
	if err := w.Write(record); err != nil {
		return fmt.Errorf("write record batch: %w", err)
	}
	return nil
}
