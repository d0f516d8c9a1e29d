package table

import (
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// checkShape checks that the Parquet file has the columns and row groups that our part of the footer names.
func (rd *Reader) checkShape() error {
	want, err := newSchema(rd.fields, nil)
	if err != nil {
		return damaged("%v", err)
	}
	if got := rd.parquet.Schema(); !parquet.EqualNodes(want, got) {
		return damaged("its Parquet columns are not those its fields name")
	}
	for i, c := range rd.parquet.Root().Columns() {
		if c.Name() != rd.fields[i].Name || c.Index() != i {
			return damaged("its Parquet column %d is %q, not %q", i, c.Name(), rd.fields[i].Name)
		}
	}
	if err := rd.placeGroups(); err != nil {
		return err
	}
	return rd.checkChunks()
}

// placeGroups finds where each group is: groups fill the row groups one after the other, and none goes over two.
func (rd *Reader) placeGroups() error {
	rd.places = make(map[string]place, len(rd.groups))
	next, used := 0, 0
	rowGroups := rd.parquet.RowGroups()
	for _, g := range rd.groups {
		if _, twice := rd.places[g.Name]; twice {
			return damaged("group %q is there twice", g.Name)
		}
		if g.Rows == 0 {
			rd.places[g.Name] = place{rowGroup: -1}
			continue
		}
		if g.Rows < 0 || next == len(rowGroups) || int64(g.Rows) > rowGroups[next].NumRows()-int64(used) {
			return damaged("group %q has not the %d rows it should have", g.Name, g.Rows)
		}
		rd.places[g.Name] = place{rowGroup: next, from: used, to: used + g.Rows}
		if used += g.Rows; int64(used) == rowGroups[next].NumRows() {
			next, used = next+1, 0
		}
	}
	if used > 0 || next != len(rowGroups) {
		return damaged("it has %d row groups, of which the groups it names fill %d", len(rowGroups), next)
	}
	return nil
}

// checkChunks checks that every column chunk is compressed and encoded as the writer does it and lies among the summed
// bytes. The sums leave no room for accidents here: what this keeps from the decoder are files made by something else
// that took over our sums, such as codecs that ask for memory before they look at their input.
func (rd *Reader) checkChunks() error {
	for i, g := range rd.parquet.Metadata().RowGroups {
		for j := range g.Columns {
			m := &g.Columns[j].MetaData
			if m.Codec != format.Zstd {
				return damaged("column %d of row group %d is compressed by %v", j, i, m.Codec)
			}
			for _, e := range m.Encoding {
				if e != format.Plain && e != format.RLE && e != format.RLEDictionary {
					return damaged("column %d of row group %d is encoded by %v", j, i, e)
				}
			}
			from := m.DataPageOffset
			if m.DictionaryPageOffset != 0 {
				from = m.DictionaryPageOffset
			}
			if from < int64(len(magicEnd)) || m.TotalCompressedSize < 0 || m.TotalCompressedSize > rd.file.data-from {
				return damaged("column %d of row group %d would lie outside the file's data", j, i)
			}
			if m.DataPageOffset < from || m.DataPageOffset > from+m.TotalCompressedSize {
				return damaged("column %d of row group %d has its pages outside its bytes", j, i)
			}
		}
	}
	return nil
}
