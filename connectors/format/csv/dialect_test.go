package csv_test

import (
	"fmt"
	"strings"
	"testing"

	"zhida/connectors/format"
)

// TestEncodingOfLargeFiles moves a character over the end of the sample, byte by byte.
func TestEncodingOfLargeFiles(t *testing.T) {
	t.Parallel()
	const sample = 1 << 20
	const rows = 1000
	row := "统一社会信用代码," + strings.Repeat("绵阳市涪城区长虹大道南段106号", 40) + "\n"
	for _, want := range []format.Encoding{format.EncodingUTF8, format.EncodingGB18030} {
		for shift := range 4 {
			text := "a" + strings.Repeat("b", shift) + ",c\n" + strings.Repeat(row, rows)
			if want == format.EncodingGB18030 {
				text = gb18030(t, text)
			}
			if len(text) <= sample {
				t.Fatal("the file is all sample")
			}
			got, err := readAll(t, text, format.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got.stats.Encoding != want || got.stats.Good != rows || got.rows[rows-1][0] != "统一社会信用代码" {
				t.Errorf("%s, shifted by %d: %+v", want, shift, got.stats)
			}
		}
	}
}

// TestFaultBehindTheSample finds the exact line of an encoding fault that detection did not see.
func TestFaultBehindTheSample(t *testing.T) {
	t.Parallel()
	const rows = 1000
	row := "统一社会信用代码," + strings.Repeat("绵阳市涪城区长虹大道南段106号", 40) + "\n"
	for _, c := range []struct{ text, bad string }{
		{"a,b\n" + strings.Repeat(row, rows), "\xFF"},
		{gb18030(t, "a,b\n"+strings.Repeat(row, rows)), "\xFF"},
	} {
		got, err := readAll(t, c.text+c.bad+",x\n"+c.text[4:], format.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.faults) != 1 || got.faults[0].Line != rows+2 || got.faults[0].Row != rows+1 || got.faults[0].Raw != c.bad+",x" {
			t.Errorf("%s: faults %+v", got.stats.Encoding, got.faults)
		}
		if got.stats.Good != 2*rows {
			t.Errorf("stats %+v", got.stats)
		}
	}
}

// TestBarInGB18030 uses characters whose second byte is the delimiter: 閨 is E97C and 葇 C87C.
func TestBarInGB18030(t *testing.T) {
	t.Parallel()
	text := gb18030(t, "甲|乙\n閨|葇葇\n")
	if strings.Count(text, "|") < 4 {
		t.Fatalf("%q holds no such character", text)
	}
	got, err := readAll(t, text, format.Options{})
	if err != nil || fmt.Sprint(got.rows) != "[[閨 葇葇]]" {
		t.Errorf("rows %q, %v", got.rows, err)
	}
}
