package jsonl_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"zhida/connectors/format"
)

// FuzzReader checks against encoding/json: what it reads as an object of texts is read alike here, and nothing else is
// read at all.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"{\"a\":\"1\",\"b\":null}\n{\"b\":\"x\"}\n", "{\"a\":1e3}\r\n\r\n{}\n", "\uFEFF{\"a\":\"\\ud842\\udfb7\"}", "{\"a\":{}}\n{\"a\":true}\n",
		"\xFF\xFE{\x00", "{\"a\":\"\xFF\"}\n", "[1]\n", "{\"a\":1",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := readAll(t, string(file), format.Options{Limits: format.Limits{Columns: 20}})
		var fatal *format.FatalError
		if err != nil {
			if !errors.As(err, &fatal) {
				t.Errorf("neither read nor fatal: %v", err)
			}
			return
		}
		if s := got.stats; s.Rows != int64(len(got.rows)+len(got.faults)) || s.Good != int64(len(got.rows)) || s.Bytes != int64(len(file)) {
			t.Errorf("stats %+v of %d rows and %d faults", s, len(got.rows), len(got.faults))
		}
		if got.stats.Encoding != format.EncodingUTF8 {
			return
		}
		lines := bytes.Split(bytes.TrimPrefix(file, []byte("\uFEFF")), []byte("\n"))
		if !bytes.Contains(file, []byte("\n")) {
			lines = bytes.Split(bytes.TrimPrefix(file, []byte("\uFEFF")), []byte("\r"))
		}
		for i, row := range got.rows {
			checkLine(t, lines[got.lines[i]-1], got.header, row)
		}
	})
}

func checkLine(t *testing.T, line []byte, header, row []string) {
	t.Helper()
	var want map[string]any
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if err := d.Decode(&want); err != nil {
		t.Errorf("%q is read, and no JSON: %v", line, err)
	}
	values := map[string]any{}
	for key, value := range want {
		values[strings.TrimSpace(key)] = value
	}
	for i, name := range header {
		if !utf8.ValidString(row[i]) || strings.Contains(row[i], "\x00") {
			t.Errorf("text %q", row[i])
		}
		switch value := values[name].(type) {
		case string:
			if row[i] != value {
				t.Errorf("%q: %q is %q", line, name, row[i])
			}
		case nil:
			if row[i] != "" {
				t.Errorf("%q: %q is %q", line, name, row[i])
			}
		case json.Number:
			if !strings.ContainsAny(value.String(), "eE") && row[i] != value.String() || strings.ContainsAny(row[i], "eE") {
				t.Errorf("%q: %q is %q", line, name, row[i])
			}
		case bool:
			if row[i] != map[bool]string{true: "true", false: "false"}[value] {
				t.Errorf("%q: %q is %q", line, name, row[i])
			}
		default:
			t.Errorf("%q: %q is read as %q", line, name, row[i])
		}
	}
}
