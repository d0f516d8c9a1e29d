package csv_test

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhida/connectors/format"
	"zhida/connectors/format/csv"
)

// content is everything a reader gives back.
type content struct {
	header []string
	rows   [][]string
	at     []int64 // #row, #line of each row in turn
	faults []format.RowFault
	stats  format.Stats
}

func readAll(t testing.TB, text string, options format.Options) (content, error) {
	t.Helper()
	r, err := csv.New(strings.NewReader(text), "file.csv", options)
	if err != nil {
		return content{}, err
	}
	defer r.Close()
	return drain(t, r)
}

// drain reads to the end.
func drain(t testing.TB, r format.Reader) (content, error) {
	t.Helper()
	c := content{header: r.Header()}
	for {
		record, err := r.Next(t.Context())
		c.faults = append(c.faults, r.Faults()...)
		c.stats = r.Stats()
		if errors.Is(err, io.EOF) {
			return c, nil
		}
		if err != nil {
			return c, err
		}
		for i := range int(record.NumRows()) {
			c.at = append(c.at, record.Column(0).(*array.Int64).Value(i), record.Column(1).(*array.Int64).Value(i))
			row := make([]string, len(c.header))
			for j := range row {
				row[j] = strings.Clone(record.Column(format.Positions + j).(*array.String).Value(i))
			}
			c.rows = append(c.rows, row)
		}
		record.Release()
	}
}

func gb18030(t testing.TB, text string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		text string
		rows [][]string
		at   []int64
	}{
		{"plain", "a,b\n1,2\n3,4\n", [][]string{{"1", "2"}, {"3", "4"}}, []int64{1, 2, 2, 3}},
		{"no line end at the end", "a,b\n1,2", [][]string{{"1", "2"}}, []int64{1, 2}},
		{"carriage returns", "a,b\r\n1,2\r\n", [][]string{{"1", "2"}}, []int64{1, 2}},
		{"doubled carriage returns", "a,b\r\r\n1,2\r\r\n", [][]string{{"1", "2"}}, []int64{1, 2}},
		{"line end cut in two", "a,b\r\n1,2\r", [][]string{{"1", "2"}}, []int64{1, 2}},
		{"carriage returns only", "a,b\r1,\"x\ry\"\r3,4\r", [][]string{{"1", "x\ny"}, {"3", "4"}}, []int64{1, 2, 2, 4}},
		{"byte order mark", "\uFEFFa,b\n1,2\n", [][]string{{"1", "2"}}, []int64{1, 2}},
		{"byte order mark, quoted header", "\uFEFF\"a\",b\n1,2\n", [][]string{{"1", "2"}}, []int64{1, 2}},
		{"empty lines", "\n\na,b\n\n1,2\n\r\n\n3,4\n\n", [][]string{{"1", "2"}, {"3", "4"}}, []int64{1, 5, 2, 8}},
		{"empty fields", "a,b\n,\n", [][]string{{"", ""}}, []int64{1, 2}},
		{"spaces stay", " a ,b\n 1 ,\u3000\n", [][]string{{" 1 ", "\u3000"}}, []int64{1, 2}},
		{"end of file mark of DOS", "a,b\n1,2\n\x1A", [][]string{{"1", "2"}}, []int64{1, 2}},
		{"quotes", "a,b\n\"1,2\",\"x\"\"y\"\n\"\",\"\"\"\"\n", [][]string{{"1,2", `x"y`}, {"", `"`}}, []int64{1, 2, 2, 3}},
		{
			"line ends in quotes", "a,b\n\"1\n\n2\",\"x\r\ny\"\n3,4\n",
			[][]string{{"1\n\n2", "x\ny"}, {"3", "4"}},
			[]int64{1, 2, 2, 6},
		},
		{"two long fields in a row", "a,b\n\"1\n2\",\"3\n4\"\n5,6\n", [][]string{{"1\n2", "3\n4"}, {"5", "6"}}, []int64{1, 2, 2, 5}},
		{"quoted header", "\"a\nb\",\"c;d;e\"\n1,2\n", [][]string{{"1", "2"}}, []int64{1, 3}},
		{"quote inside a field", "a,b\n5\" pipe,x\"\n", [][]string{{`5" pipe`, `x"`}}, []int64{1, 2}},
		{"text after a quoted part", "a,b\n\"某\"分公司,2\n", [][]string{{`"某"分公司`, "2"}}, []int64{1, 2}},
		{"header only", "a,b\n", nil, nil},
		{"header only, no line end", "a,b", nil, nil},
		{"one column", "a\n1\n2\n", [][]string{{"1"}, {"2"}}, []int64{1, 2, 2, 3}},
		{"semicolons", "a;b\n1,5;2\n", [][]string{{"1,5", "2"}}, []int64{1, 2}},
		{"tabs", "a\tb\n1,5\t2\n", [][]string{{"1,5", "2"}}, []int64{1, 2}},
		{"bars", "a|b\n1,5|2\n", [][]string{{"1,5", "2"}}, []int64{1, 2}},
		{"empty column names", "a,,\n1,2,3\n", [][]string{{"1", "2", "3"}}, []int64{1, 2}},
		{"UTF-16", "\xFF\xFEa\x00,\x00b\x00\n\x001\x00,\x00\x2D\x4E\n\x00", [][]string{{"1", "中"}}, []int64{1, 2}},
		{"UTF-16 of the other order", "\xFE\xFF\x00a\x00,\x00b\x00\n\x001\x00,\x4E\x2D\x00\n", [][]string{{"1", "中"}}, []int64{1, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := readAll(t, c.text, format.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.rows, c.rows) || !reflect.DeepEqual(got.at, c.at) || got.faults != nil {
				t.Errorf("rows %q at %v, faults %+v; want %q at %v", got.rows, got.at, got.faults, c.rows, c.at)
			}
		})
	}
}

func TestBroken(t *testing.T) {
	t.Parallel()
	const utf8 = "名称,地址\n某某公司,涪城区剑南路\n某某集团公司,游仙区\n"
	limits := format.Limits{Record: 40, RowLines: 4}
	fields := func(row, line int64, raw string, n int, reason string) format.RowFault {
		return format.RowFault{Row: row, Line: line, Raw: raw, Kind: format.FaultFields, Reason: reason, Fields: n, Want: 2}
	}
	quote := func(row, line int64, raw string) format.RowFault {
		return format.RowFault{
			Row: row, Line: line, Raw: raw, Kind: format.FaultQuote,
			Reason: "a quoted field is opened and not closed within its row",
		}
	}
	for _, c := range []struct {
		name   string
		text   string
		good   int64
		faults []format.RowFault
	}{
		{"more fields", "a,b\n1,2,3\n4,5\n", 1, []format.RowFault{fields(1, 2, "1,2,3", 3, "3 fields instead of 2")}},
		{"fewer fields", "a,b\n1\n4,5\n", 1, []format.RowFault{fields(1, 2, "1", 1, "1 fields instead of 2")}},
		{"more fields at the end", "a,b\n4,5\n1,2,3", 1, []format.RowFault{fields(2, 3, "1,2,3", 3, "3 fields instead of 2")}},
		{"long row", "a,b\n1," + strings.Repeat("x", 50) + "\n4,5\n", 1, []format.RowFault{{
			Row: 1, Line: 2, Raw: "1," + strings.Repeat("x", 38), Kind: format.FaultLength, Reason: "longer than 40 bytes",
		}}},
		{"NUL", "a,b\n1,\x00\n4,5\n", 1, []format.RowFault{{
			Row: 1, Line: 2, Raw: "1,\x00", Kind: format.FaultNUL, Reason: "a NUL byte",
		}}},
		{"not UTF-8", utf8 + "甲\xFF,乙\n丙,丁\n", 3, []format.RowFault{{
			Row: 3, Line: 4, Raw: "甲\xFF,乙", Kind: format.FaultEncoding, Reason: "not utf-8 text",
		}}},
		{"not UTF-8 within a quoted field", utf8 + "甲,\"乙\n\xFF\"\n丙,丁\n", 3, []format.RowFault{
			quote(3, 4, "甲,\"乙"),
			{Row: 4, Line: 5, Raw: "\xFF\"", Kind: format.FaultEncoding, Reason: "not utf-8 text"},
		}},
		{"not GB18030", gb18030(t, utf8) + "\xBC\xD7\xFF,\xD2\xD2\n4,5\n", 3, []format.RowFault{{
			Row: 3, Line: 4, Raw: "\xBC\xD7\xFF,\xD2\xD2", Kind: format.FaultEncoding, Reason: "not gb18030 text",
		}}},
		{"GB18030 with more fields", gb18030(t, utf8+"甲,乙,丙\n丁,戊\n"), 3, []format.RowFault{
			fields(3, 4, "甲,乙,丙", 3, "3 fields instead of 2"),
		}},
		{"stray quote, more lines than a row may have", "a,b\n1,\"2\n3,4\n5,6\n7,8\n9,0\n", 4, []format.RowFault{quote(1, 2, "1,\"2")}},
		{
			"stray quote, more bytes than a row may have", "a,b\n1,\"2\n3," + strings.Repeat("x", 30) + "\n5,\"6\"\n", 2,
			[]format.RowFault{quote(1, 2, "1,\"2")},
		},
		{"stray quote near the end", "a,b\n1,\"2\n3,4\n", 1, []format.RowFault{quote(1, 2, "1,\"2")}},
		{"stray quote before a quoted field", "a,b\n1,\"2\n3,\"4\"\n", 1, []format.RowFault{quote(1, 2, "1,\"2")}},
		{"stray quote, then too many fields", "a,b\n1,\"2\nx\",3\n4,5\n", 2, []format.RowFault{quote(1, 2, "1,\"2")}},
		{"two stray quotes", "a,b\n1,\"2\n3,\"4\n5,6\n", 1, []format.RowFault{quote(1, 2, "1,\"2"), quote(2, 3, "3,\"4")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := readAll(t, c.text, format.Options{Limits: limits})
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.faults, c.faults) || got.stats.Good != c.good ||
				got.stats.Rows != c.good+int64(len(c.faults)) {
				t.Errorf("faults %+v\n want %+v\nrows %q\nstats %+v", got.faults, c.faults, got.rows, got.stats)
			}
			if lines := int64(strings.Count(c.text, "\n")); got.stats.Lines < lines || got.stats.Bytes != int64(len(c.text)) {
				t.Errorf("%d lines and %d bytes, want %d and %d", got.stats.Lines, got.stats.Bytes, lines, len(c.text))
			}
		})
	}
}

func TestFatal(t *testing.T) {
	t.Parallel()
	const again = "; ask for the whole file again"
	const encoding = "; deliver it in UTF-8, or name the encoding of this delivery in the source's configuration"
	for _, c := range []struct {
		name, text, want string
	}{
		{"empty", "", "file.csv: the file is empty; ask for it again"},
		{"byte order mark only", "\uFEFF", "file.csv: the file is empty; ask for it again"},
		{"empty lines only", "\n\n", "file.csv: the file is empty; ask for it again"},
		{"quote open at the end", "a,b\n1,\"2\n", "file.csv:2: the file is cut off: a quoted field is opened here and still open at the end of the file" + again},
		{"cut in a long field", "a,b\n1,2\n1,\"2\nx", "file.csv:3: the file is cut off: a quoted field is opened here and still open at the end of the file" + again},
		{"cut after a long field", "a,b,c\n1,2,3\n1,\"2\nx\"", "file.csv:4: the file is cut off: the last line has no line end and 1 of 3 fields" + again},
		{"cut in the last line", "a,b\n1,2\n3", "file.csv:3: the file is cut off: the last line has no line end and 1 of 2 fields" + again},
		{"cut in a character", "甲,乙\n丙,丁\n戊,\xE5\xB7", "file.csv:3: the file is cut off: the last line ends within a character" + again},
		{"long line at the end", "a,b\n" + strings.Repeat("x", 2000), "file.csv:2: the file is cut off: the last line has no end within 1000 bytes" + again},
		{"header open", "a,\"b\n1,2\n", "file.csv:1: the file is cut off: a quoted field is opened here and still open at the end of the file" + again},
		{"header long", strings.Repeat("x", 2000) + "\n", "file.csv:1: the header cannot be read: longer than 1000 bytes; look at the file's first line"},
		{"header without names", ", ,\n1,2,3\n", "file.csv:1: the header has no names; the first line must name the columns"},
		{"header with a name twice", "a,b, a\n1,2,3\n", `file.csv:1: columns 1 and 3 of the header have the same name; rename one of them in the delivery; if the file begins with data, put the names of the columns first`},
		{"header with a reserved name", "a,#line\n1,2\n", `file.csv:1: the header has a column "#line", a name used for positions; rename it in the delivery`},
		{"header too wide", strings.Repeat(",", 100) + "\n", "file.csv:1: the header has 101 columns, more than 50; look at the file's first line, or name the delimiter of this delivery"},
		{"UTF-16 without mark", "a\x00,\x00b\x00\n\x00", "file.csv:1: the header has NUL bytes: this is no text, or UTF-16 without byte order mark" + encoding},
		{"no known encoding", "caf\xE9,\xE8\n1,2\n", "file.csv: the encoding is neither UTF-8 nor GB18030" + encoding},
		{"header not text", "甲\xFF,乙\n" + strings.Repeat("丙,丁\n", 20), "file.csv:1: the header is not utf-8 text" + encoding},
		{"workbook", "PK\x03\x04\x14\x00", "file.csv: this is an Excel workbook (xlsx) or zip archive, not delimited text; give it its own extension or deliver it as CSV"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := readAll(t, c.text, format.Options{Limits: format.Limits{Record: 1000, Columns: 50}})
			var fatal *format.FatalError
			if !errors.As(err, &fatal) || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	got, err := readAll(t, gb18030(t, "甲,a;乙\n丙,b;丁\n"), format.Options{Encoding: "GBK", Delimiter: ";"})
	if err != nil || !reflect.DeepEqual(got.rows, [][]string{{"丙,b", "丁"}}) {
		t.Errorf("rows %q, %v", got.rows, err)
	}
	if got.stats.Encoding != format.EncodingGB18030 || got.stats.Delimiter != format.DelimiterSemicolon {
		t.Errorf("stats %+v", got.stats)
	}
	for _, bad := range []format.Options{
		{Encoding: "latin-1"},
		{Delimiter: ";;"},
		{Delimiter: "\""},
		{Delimiter: "a"},
		{Limits: format.Limits{Record: -1}},
		{Limits: format.Limits{BatchBytes: 1 << 30}},
	} {
		if _, err := readAll(t, "a,b\n", bad); err == nil {
			t.Errorf("%+v is accepted", bad)
		}
	}
}

func TestReadErrorsAreNotFatal(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection reset")
	src := io.MultiReader(strings.NewReader("a,b\n1,2\n"), &failing{err: broken})
	_, err := csv.New(src, "file.csv", format.Options{})
	var fatal *format.FatalError
	if !errors.Is(err, broken) || errors.As(err, &fatal) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }
