package main

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// parquet renders the sheet as a Parquet file: optional columns of strings, 32-bit years and counts, and doubles.
func (s *sheet) parquet() []byte {
	group := parquet.Group{}
	for _, name := range s.header {
		node := parquet.String()
		switch kindOf(name) {
		case whole:
			node = parquet.Int(32)
		case decimal:
			node = parquet.Leaf(parquet.DoubleType)
		}
		group[name] = parquet.Optional(parquet.Compressed(node, &parquet.Zstd))
	}
	schema := parquet.NewSchema("delivery", group)
	columns := make([]int, len(s.header)) // a group has its columns in the order of names
	for i, name := range s.header {
		leaf, _ := schema.Lookup(name)
		columns[i] = leaf.ColumnIndex
	}
	var b bytes.Buffer
	w := parquet.NewWriter(&b, schema, parquet.CreatedBy("zhida testdata", "1", "0"))
	var err error
	for _, cells := range s.rows {
		row := make(parquet.Row, len(cells))
		for i, cell := range cells {
			row[columns[i]] = parquetValue(cell, kindOf(s.header[i]), columns[i])
		}
		if _, err = w.WriteRows([]parquet.Row{row}); err != nil {
			break
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(fmt.Sprintf("write Parquet to memory: %v", err))
	}
	return b.Bytes()
}

func parquetValue(cell string, k kind, column int) parquet.Value {
	if cell == "" {
		return parquet.NullValue().Level(0, 0, column)
	}
	value := parquet.ByteArrayValue([]byte(cell))
	switch k {
	case whole:
		value = parquet.Int32Value(int32(toWhole(cell)))
	case decimal:
		value = parquet.DoubleValue(toDecimal(cell))
	}
	return value.Level(0, 1, column)
}

// toWhole and toDecimal read what the generator wrote itself.
func toWhole(cell string) int {
	n, err := strconv.Atoi(cell)
	if err != nil {
		panic(err)
	}
	return n
}

func toDecimal(cell string) float64 {
	v, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		panic(err)
	}
	return v
}
