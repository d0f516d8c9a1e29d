package jsonl_test

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"zhida/connectors/conntest"
	"zhida/connectors/format/jsonl"
)

// write is a writer for conntest.
func write(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	for row := range rows {
		var line bytes.Buffer
		for i, text := range row {
			key, _ := json.Marshal(header[i])
			value, _ := json.Marshal(text)
			line.WriteByte("{,"[min(i, 1)])
			line.Write(key)
			line.WriteByte(':')
			line.Write(value)
		}
		line.WriteString("}\n")
		if _, err := w.Write(line.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

func writeGB18030(w io.Writer, header []string, rows iter.Seq[[]string]) error {
	return write(simplifiedchinese.GB18030.NewEncoder().Writer(w), header, rows)
}

// cuts ends the file within a row.
func cuts(file []byte) [][]byte {
	var out [][]byte
	for i := 1; i < 10; i++ {
		at := len(file) * i / 10
		at += bytes.IndexByte(file[at:], '\n')
		out = append(out, file[:at+1+10*i])
	}
	return out
}

func suite(write func(io.Writer, []string, iter.Seq[[]string]) error) conntest.Format {
	return conntest.Format{Open: jsonl.Open, Write: write, Cuts: cuts, RowsTellHeader: true, UniqueNames: true}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, suite(write))
}

func TestConformanceGB18030(t *testing.T) {
	t.Parallel()
	conntest.Formats(t, suite(writeGB18030))
}

// TestFlatMemory is not parallel: it measures the heap.
func TestFlatMemory(t *testing.T) {
	conntest.FlatMemory(t, suite(write))
}

// TestFlatMemoryHostile reads 50 MB each of a line without end, broken lines, and ever new keys.
func TestFlatMemoryHostile(t *testing.T) {
	long := bytes.Repeat([]byte("x"), 500)
	for _, c := range []struct{ head, bytes string }{
		{"{\"a\":1}\n", string(long)},
		{"{\"a\":\"", string(long)},
		{"{\"a\":1}\n", "{\"b\":\"" + string(long) + "\"}\n"},
		{"{\"a\":1}\n", "{\"a\":[" + string(long) + "\n"},
	} {
		conntest.FlatBytes(t, jsonl.Open, []byte(c.head), []byte(c.bytes))
	}
}
