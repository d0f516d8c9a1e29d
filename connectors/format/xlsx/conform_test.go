package xlsx_test

import (
	"errors"
	"io"
	"iter"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhida/connectors/conntest"
	"zhida/connectors/format/xlsx"
)

// write is a writer for conntest; texts stand in the cells.
func write(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	f := excelize.NewFile()
	defer f.Close()
	out, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	n := 0
	put := func(row []string) error {
		n++
		cells := make([]any, len(row))
		for i, text := range row {
			cells[i] = text
		}
		at, err := excelize.CoordinatesToCellName(1, n)
		return errors.Join(err, out.SetRow(at, cells))
	}
	if err := put(header); err != nil {
		return err
	}
	for row := range rows {
		if err := put(row); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// writeShared puts the texts in the table of texts, as Excel does.
func writeShared(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	f := excelize.NewFile()
	defer f.Close()
	n := 0
	put := func(row []string) error {
		n++
		var all error
		for i, text := range row {
			at, err := excelize.CoordinatesToCellName(i+1, n)
			all = errors.Join(all, err, f.SetCellStr("Sheet1", at, text))
		}
		return all
	}
	if err := put(header); err != nil {
		return err
	}
	for row := range rows {
		if err := put(row); err != nil {
			return err
		}
	}
	return f.Write(w)
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: xlsx.Open, Write: write})
}

func TestConformanceShared(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: xlsx.Open, Write: writeShared})
}

// TestFlatMemory is not parallel: it measures the heap.
func TestFlatMemory(t *testing.T) {
	conntest.FlatMemory(t, conntest.Format{Open: xlsx.Open, Write: write})
}
