package csv_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"zhida/connectors/format"
	"zhida/connectors/format/csv"
)

// FuzzReader checks that no bytes break the reader: it ends, what it counts adds up, its texts are UTF-8, and it
// gives the same whatever the sizes of reads and batches.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,2\n", "a,b\r1,\"x\ry\"\r", "\uFEFFa|b\n1|\"2\n3|4\n", "a,b\n\"某\"x,\"\n\"\n\"\"\n", "\xFF\xFEa\x00,\x00b\x00\n\x00\x00\xD8",
		"\xC3\xFB,\xB5\xD8\n\xBC\xD7\xFF,\xD2\xD2\n", "a,b\n1,2\n\x1A", "a,b\n1,\"\"\"2\n\n\n3,4\n", "a\n" + strings.Repeat("x", 300),
	} {
		f.Add([]byte(seed))
	}
	limits := format.Limits{Record: 200, RowLines: 5, Columns: 20}
	f.Fuzz(func(t *testing.T, file []byte) {
		whole, err := collect(t, bytes.NewReader(file), limits)
		limits := limits
		limits.BatchRows = 2
		pieces, again := collect(t, iotest.OneByteReader(bytes.NewReader(file)), limits)
		if !reflect.DeepEqual(whole, pieces) || (err == nil) != (again == nil) || err != nil && err.Error() != again.Error() {
			t.Errorf("%+v, %v\nby pieces %+v, %v", whole, err, pieces, again)
		}
		var fatal *format.FatalError
		if err != nil && !errors.As(err, &fatal) {
			t.Errorf("neither read nor fatal: %v", err)
		}
		if s := whole.stats; err == nil && (s.Bytes != int64(len(file)) || s.Good != int64(len(whole.rows)) || s.Broken != int64(len(whole.faults)) ||
			s.Rows != s.Good+s.Broken || s.Lines < s.Rows+s.Empty+1) {
			t.Errorf("stats %+v of %d rows and %d faults in %d bytes", s, len(whole.rows), len(whole.faults), len(file))
		}
	})
}

func collect(t *testing.T, src io.Reader, limits format.Limits) (content, error) {
	t.Helper()
	r, err := csv.New(src, "fuzz", format.Options{Limits: limits})
	if err != nil {
		return content{}, err
	}
	defer r.Close()
	c, err := drain(t, r)
	if err != nil {
		return content{}, err // how many rows come before a fatal fault depends on the batches
	}
	for _, fault := range c.faults {
		if len(fault.Raw) > 3*limits.Record || fault.Reason == "" || fault.Kind != format.FaultEncoding &&
			fault.Kind != format.FaultLength && fault.Kind != format.FaultQuote && !utf8.ValidString(fault.Raw) {
			t.Errorf("fault %+v", fault)
		}
	}
	for _, row := range c.rows {
		for _, text := range row {
			if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
				t.Errorf("text %q", text)
			}
		}
	}
	return c, nil
}

// FuzzAgainstStandard writes rows by encoding/csv and checks that they come back as it reads them itself.
func FuzzAgainstStandard(f *testing.F) {
	f.Add("甲,乙\x1f\"丙\"\x1f\x1e\n\x1f,\x1f;", byte(','), false)
	f.Add("a\x1fb\x1fc", byte('\t'), true)
	f.Fuzz(func(t *testing.T, text string, delimiter byte, crlf bool) {
		options := format.Options{Encoding: format.EncodingUTF8, Delimiter: format.Delimiter(delimiter)}
		options.Limits.RowLines = 1 << 20
		if options.Check() != nil || !utf8.ValidString(text) || strings.ContainsAny(text, "\r\x00") {
			return
		}
		var file bytes.Buffer
		w := stdcsv.NewWriter(&file)
		w.Comma, w.UseCRLF = rune(delimiter), crlf
		rows := [][]string{{"one", "two"}}
		fields := strings.Split(text, "\x1f")
		for i := 0; i+1 < len(fields); i += 2 {
			rows = append(rows, fields[i:i+2])
		}
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		standard := stdcsv.NewReader(bytes.NewReader(file.Bytes()))
		standard.Comma = rune(delimiter)
		want, err := standard.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		got, err := readAll(t, file.String(), options)
		if err != nil || len(got.faults) > 0 {
			t.Fatalf("%q: faults %+v, %v", file.String(), got.faults, err)
		}
		if all := append([][]string{got.header}, got.rows...); !reflect.DeepEqual(all, want) {
			t.Errorf("%q:\n got %q\nwant %q", file.String(), all, want)
		}
	})
}
