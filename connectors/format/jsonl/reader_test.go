package jsonl_test

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	"golang.org/x/text/encoding/simplifiedchinese"

	"zhida/connectors/format"
	"zhida/connectors/format/jsonl"
)

// content is a whole file.
type content struct {
	header []string
	rows   [][]string
	lines  []int64
	faults []format.RowFault
	stats  format.Stats
}

func readAll(t testing.TB, text string, options format.Options) (content, error) {
	t.Helper()
	r, err := jsonl.Open(io.NewSectionReader(strings.NewReader(text), 0, int64(len(text))), "file.jsonl", options)
	if err != nil {
		return content{}, err
	}
	defer r.Close()
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
			c.lines = append(c.lines, record.Column(1).(*array.Int64).Value(i))
			row := make([]string, len(c.header))
			for j := range row {
				row[j] = strings.Clone(record.Column(format.Positions + j).(*array.String).Value(i))
			}
			c.rows = append(c.rows, row)
		}
		record.Release()
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("{\"名称\":\"绵阳\"}\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		header     []string
		rows       [][]string
		lines      []int64
	}{
		{"plain", "{\"a\":\"1\",\"b\":\"2\"}\n", []string{"a", "b"}, [][]string{{"1", "2"}}, []int64{1}},
		{"no line end at the end", `{"a":"1"}`, []string{"a"}, [][]string{{"1"}}, []int64{1}},
		{"carriage returns", "{\"a\":1}\r\n{\"a\":2}\r\n", []string{"a"}, [][]string{{"1"}, {"2"}}, []int64{1, 2}},
		{"byte order mark", "\uFEFF{\"a\":1}\n", []string{"a"}, [][]string{{"1"}}, []int64{1}},
		{"empty lines", "\n{\"a\":1}\n \t\n\n{\"a\":2}\n\n", []string{"a"}, [][]string{{"1"}, {"2"}}, []int64{2, 5}},
		{"keys that come and go", "{\"a\":1}\n{\"b\":2,\"a\":3}\n{}\n", []string{"a", "b"}, [][]string{{"1", ""}, {"3", "2"}, {"", ""}}, []int64{1, 2, 3}},
		{"spaces", " { \"a\" : 1 , \"b\" : null } \n", []string{"a", "b"}, [][]string{{"1", ""}}, []int64{1}},
		{"spaces in keys", "{\" a \":1}\n", []string{"a"}, [][]string{{"1"}}, []int64{1}},
		{"escaped keys", "{\"\\u4e2d\":1}\n{\"中\":2}\n", []string{"中"}, [][]string{{"1"}, {"2"}}, []int64{1, 2}},
		{"escapes", `{"a":"\"\\\/\b\f\n\r\t\u4e2d\uD842\uDFB7é"}`, []string{"a"}, [][]string{{"\"\\/\b\f\n\r\t中𠮷é"}}, []int64{1}},
		{"words", `{"a":true,"b":false,"c":null}`, []string{"a", "b", "c"}, [][]string{{"true", "false", ""}}, []int64{1}},
		{
			"numbers as written", `{"a":915107032000000009,"b":0.10,"c":-1.50,"d":123456789012345678901234567890.5}`,
			[]string{"a", "b", "c", "d"},
			[][]string{{"915107032000000009", "0.10", "-1.50", "123456789012345678901234567890.5"}},
			[]int64{1},
		},
		{
			"exponents", `{"a":1e5,"b":1.25E+1,"c":-12.5e-3,"d":0e9,"e":1E-2,"f":0.015e1,"g":100e-2}`,
			[]string{"a", "b", "c", "d", "e", "f", "g"},
			[][]string{{"100000", "12.5", "-0.0125", "0", "0.01", "0.15", "1.00"}},
			[]int64{1},
		},
		{"GB18030", gb, []string{"名称"}, [][]string{{"绵阳"}}, []int64{1}},
		{"UTF-16", "\xFF\xFE{\x00\"\x00a\x00\"\x00:\x001\x00}\x00\n\x00", []string{"a"}, [][]string{{"1"}}, []int64{1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := readAll(t, c.text, format.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.header, c.header) || !reflect.DeepEqual(got.rows, c.rows) ||
				!reflect.DeepEqual(got.lines, c.lines) || got.faults != nil {
				t.Errorf("header %q, rows %q on %v, faults %+v", got.header, got.rows, got.lines, got.faults)
			}
		})
	}
}

func TestBroken(t *testing.T) {
	t.Parallel()
	// A thousand good lines, so that the broken one is beyond what tells the header.
	head := strings.Repeat("{\"a\":1,\"b\":\"绵阳\"}\n", 1000)
	for _, c := range []struct {
		line         string
		kind         format.FaultKind
		column, want string
	}{
		{`{"a":1,"c":2}`, format.FaultKeys, "c", `a key that none of the first lines has: "c"`},
		{`{"a":1,"a":1}`, format.FaultKeys, "a", `a key that occurs twice: "a"`},
		{`{"a":1,"\u0061":1}`, format.FaultKeys, "a", `a key that occurs twice: "a"`},
		{`{"a":[1]}`, format.FaultValue, "a", `key "a": an object or array as a value`},
		{`{"b":{}}`, format.FaultValue, "b", `key "b": an object or array as a value`},
		{`{"b":1e999}`, format.FaultValue, "b", `key "b": a number with an exponent beyond 400`},
		{`{"a":"\ud800"}`, format.FaultEncoding, "", "half a surrogate pair in a text"},
		{`{"a":"\ud800\u0061"}`, format.FaultEncoding, "", "half a surrogate pair in a text"},
		{`{"a":"\u0000"}`, format.FaultNUL, "", "a NUL byte"},
		{"{\"a\":\"\xFF\"}", format.FaultEncoding, "", "not utf-8 text"},
		{`{"a":01}`, format.FaultSyntax, "", "not one JSON object"},
		{`{"a":1.}`, format.FaultSyntax, "", "not one JSON object"},
		{`{"a":+1}`, format.FaultSyntax, "", "not one JSON object"},
		{`{"a":NaN}`, format.FaultSyntax, "", "not one JSON object"},
		{`{"a":1,}`, format.FaultSyntax, "", "not one JSON object"},
		{`{"a":1}{"a":2}`, format.FaultSyntax, "", "not one JSON object"},
		{`{"a":1},`, format.FaultSyntax, "", "not one JSON object"},
		{`{'a':1}`, format.FaultSyntax, "", "not one JSON object"},
		{`{"a":"\x"}`, format.FaultSyntax, "", "not one JSON object"},
		{`{"a":"`, format.FaultSyntax, "", "not one JSON object"},
		{"{\"a\":\"\t\"}", format.FaultSyntax, "", "not one JSON object"},
		{`[1,2]`, format.FaultSyntax, "", "not one JSON object"},
		{`null`, format.FaultSyntax, "", "not one JSON object"},
		{`{"a":"` + strings.Repeat("x", 40_000) + `"}`, format.FaultLength, "", "longer than 30000 bytes"},
	} {
		got, err := readAll(t, head+c.line+"\n{\"a\":3}\n", format.Options{Limits: format.Limits{Record: 30_000}})
		if err != nil || len(got.faults) != 1 || got.stats.Good != 1001 || got.stats.Rows != 1002 {
			t.Errorf("%s: %v, faults %+v, stats %+v", c.line, err, got.faults, got.stats)
			continue
		}
		fault := got.faults[0]
		raw := c.line[:min(len(c.line), 30_000)]
		if fault.Kind != c.kind || fault.Column != c.column || fault.Reason != c.want || fault.Row != 1001 || fault.Line != 1001 ||
			fault.Raw != raw {
			t.Errorf("%s: %+v", c.line, fault)
		}
	}
}

// TestHeaderOfManyLines: the thousandth line may bring a key, the next one may not.
func TestHeaderOfManyLines(t *testing.T) {
	t.Parallel()
	lines := slicesOf("{\"a\":1}\n", 1002)
	lines[999] = "{\"b\":1}\n"
	lines[1000] = "{\"c\":1}\n"
	got, err := readAll(t, strings.Join(lines, ""), format.Options{})
	if err != nil || !reflect.DeepEqual(got.header, []string{"a", "b"}) || len(got.faults) != 1 || got.faults[0].Row != 1001 {
		t.Errorf("header %q, faults %+v, %v", got.header, got.faults, err)
	}
}

func slicesOf(text string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = text
	}
	return out
}

func TestFatal(t *testing.T) {
	t.Parallel()
	const again = "; ask for the whole file again"
	const own = ", not JSON lines; give it its own extension or deliver it as JSON lines"
	const oneByOne = "; deliver one object per line, with texts, numbers, true, false or null as values"
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "file.jsonl: the file is empty; ask for it again"},
		{"empty lines", "\n\n", "file.jsonl: the file is empty; ask for it again"},
		{"cut in a text", "{\"a\":1}\n{\"a\":\"x", "file.jsonl:2: the file is cut off: the last line has no line end and is not whole JSON" + again},
		{"cut in a nested value", "{\"a\":1}\n{\"a\":[", "file.jsonl:2: the file is cut off: the last line has no line end and is not whole JSON" + again},
		{"cut in a character", "{\"a\":\"绵阳市涪城区\"}\n{\"a\":\"\xE5\xB7", "file.jsonl:2: the file is cut off: the last line ends within a character" + again},
		{"array", "[{\"a\":1},\n{\"a\":2}]\n", "file.jsonl:1: this is a JSON array, not JSON lines; deliver one object per line, without brackets around them and commas between"},
		{"pretty", "{\n\"a\": 1\n}\n", "file.jsonl:1: none of the first lines can be read: not one JSON object" + oneByOne},
		{"csv", "a,b\n1,2\n", "file.jsonl:1: none of the first lines can be read: not one JSON object" + oneByOne},
		{"nested only", "{\"a\":{}}\n", "file.jsonl:1: none of the first lines can be read: key \"a\": an object or array as a value" + oneByOne},
		{"no keys", "{}\n", "file.jsonl: the header has no names; the first line must name the columns"},
		{"reserved", "{\"#row\":1}\n", "file.jsonl: the header has a column \"#row\", a name used for positions; rename it in the delivery"},
		{"two keys alike", "{\"a\":1,\"a \":2}\n", "file.jsonl: columns 1 and 2 of the header have the same name; rename one of them in the delivery; if the file begins with data, put the names of the columns first"},
		{"wide", `{"a":1,"b":2,"c":3,"d":4}`, "file.jsonl: the header has 4 columns, more than 3; look at the keys of the file's objects"},
		{"workbook", "PK\x03\x04\x14\x00", "file.jsonl: this is an Excel workbook (xlsx) or zip archive" + own},
		{"parquet", "PAR1\x15\x00", "file.jsonl: this is a Parquet file" + own},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := readAll(t, c.text, format.Options{Limits: format.Limits{Columns: 3}})
			var fatal *format.FatalError
			if !errors.As(err, &fatal) || err.Error() != c.want {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
		})
	}
}
