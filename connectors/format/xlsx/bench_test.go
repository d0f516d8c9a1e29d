package xlsx_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"zhida/connectors/conntest"
	"zhida/connectors/format/xlsx"
)

func BenchmarkReader(b *testing.B) {
	conntest.Benchmark(b, conntest.Format{Open: xlsx.Open, Write: write})
}

func BenchmarkReaderShared(b *testing.B) {
	conntest.Benchmark(b, conntest.Format{Open: xlsx.Open, Write: writeShared})
}

// BenchmarkExcelize is excelize's reader on the same file.
func BenchmarkExcelize(b *testing.B) {
	var file bytes.Buffer
	const rows = 20_000
	if err := write(&file, conntest.BenchmarkHeader(), conntest.BenchmarkRows(rows)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(file.Bytes()))
		if err != nil {
			b.Fatal(err)
		}
		all, err := f.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for ; all.Next(); n++ {
			if _, err := all.Columns(); err != nil {
				b.Fatal(err)
			}
		}
		if n != rows+1 {
			b.Fatal(n)
		}
		_ = f.Close()
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
