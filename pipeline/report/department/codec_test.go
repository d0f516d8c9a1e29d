package department_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"zhida/pipeline/report/department"
)

// rows are one of each kind, with texts longer than a reader's buffer.
func rows() [][]any {
	low := int64(-12345)
	m := department.Match{Enterprise: department.Enterprise{Code: "91510700MA00000001", Name: strings.Repeat("长", 5000)}, Low: &low, New: true}
	w := department.Waiting{Fact: "营业收入@2025年", Items: 70000, Alone: -1, Which: "a\x00b\n"}
	n := department.Near{Test: "营业收入 >= 2000万元", Others: 2, Share: 0.175}
	return [][]any{m.Cells(), w.Cells(), n.Cells(), (&department.Unready{}).Cells(), (&department.Change{Entered: true}).Cells(), (&department.Conflict{}).Cells()}
}

// TestRows: rows come back as they were written, also through a small buffer.
func TestRows(t *testing.T) {
	t.Parallel()
	var file []byte
	for _, row := range rows() {
		file = department.AppendRow(file, row)
	}
	r := bufio.NewReaderSize(bytes.NewReader(file), 16)
	var got []any
	for _, want := range rows() {
		var err error
		if got, err = department.ReadRow(r, got); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%v, %v, should be %v", got, err, want)
		}
	}
	if _, err := department.ReadRow(r, got); !errors.Is(err, io.EOF) {
		t.Errorf("behind the last row: %v", err)
	}
}

// TestRowsCut: a file that ends within a row, or has a wrong byte in it, is an error and neither a row nor the end.
func TestRowsCut(t *testing.T) {
	t.Parallel()
	for _, row := range rows() {
		file := department.AppendRow(nil, row)
		for _, n := range []int{1, 2, 3, len(file) / 2, len(file) - 1} {
			if _, err := department.ReadRow(bufio.NewReader(bytes.NewReader(file[:n])), nil); !errors.Is(err, department.ErrRow) {
				t.Errorf("%d of %d bytes: %v", n, len(file), err)
			}
		}
	}
	for _, bad := range []string{"\x01x", "\xff\xff\xff\xff\x0f", "\x01t\xff\xff\xff\xff\xff\x01"} {
		if _, err := department.ReadRow(bufio.NewReader(strings.NewReader(bad)), nil); !errors.Is(err, department.ErrRow) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// BenchmarkRows is the way of a row to a sheet and back.
func BenchmarkRows(b *testing.B) {
	w := department.Waiting{
		Enterprise: department.Enterprise{Code: "91510700MA00000001", Name: "绵阳某某科技有限公司", County: "涪城区"}, Fact: "营业收入@2025年",
		Items: 120, Alone: 3, Which: "P513437-2026-1-11 技术改造补助；P513437-2026-1-12 用工补贴；P513437-2026-1-13 上台阶奖励 等 120 项",
	}
	row := department.AppendRow(nil, w.Cells())
	b.Run("append", func(b *testing.B) {
		for range b.N {
			row = department.AppendRow(row[:0], w.Cells())
		}
	})
	b.Run("read", func(b *testing.B) {
		file := bytes.NewReader(row)
		r, cells := bufio.NewReader(file), []any(nil)
		for range b.N {
			file.Reset(row)
			r.Reset(file)
			var err error
			if cells, err = department.ReadRow(r, cells); err != nil {
				b.Fatal(err)
			}
		}
	})
}
