package csv_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"io"
	"iter"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhida/connectors/conntest"
	"zhida/connectors/format/csv"
)

// write is a writer for conntest. It quotes as encoding/csv does, which leaves a quote at a field's inside alone only
// in quoted fields.
func write(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	out := stdcsv.NewWriter(w)
	_ = out.Write(header)
	for row := range rows {
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// cuts ends the file within a row, within its last field but one.
func cuts(file []byte) [][]byte {
	var out [][]byte
	for i := 1; i < 10; i++ {
		at := len(file) * i / 10
		at += bytes.IndexByte(file[at:], '\n')
		out = append(out, file[:at+1+10+i])
	}
	return out
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: csv.Open, Write: write, Cuts: cuts})
}

// TestConformanceGB18030 runs the suite once more, in the other encoding.
func TestConformanceGB18030(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, conntest.Format{Open: csv.Open, Write: writeGB18030, Cuts: cuts})
}

func writeGB18030(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	return write(simplifiedchinese.GB18030.NewEncoder().Writer(w), header, rows)
}

// TestFlatMemory is not parallel: it measures the heap.
func TestFlatMemory(t *testing.T) {
	conntest.FlatMemory(t, conntest.Format{Open: csv.Open, Write: write})
}

// TestFlatMemoryHostile reads 50 MB each of a row without end, a header without end, broken rows and stray quotes.
func TestFlatMemoryHostile(t *testing.T) {
	long := bytes.Repeat([]byte("x"), 500)
	for _, c := range []struct{ head, bytes string }{
		{"a,b\n", string(long) + ","},
		{"", string(long) + ","},
		{"a,b\n", "1,2,3" + string(long) + "\n"},
		{"a,b\n", "1,\"2" + string(long) + "\n"},
		{"a,b\n", "1,\"" + string(long) + "\n" + string(long) + "\"\n"},
	} {
		conntest.FlatBytes(t, csv.Open, []byte(c.head), []byte(c.bytes))
	}
}
