package format_test

import (
	"testing"

	"zhida/connectors/format"
)

func TestParseDelimiter(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]format.Delimiter{
		"": format.DelimiterDetect, ",": ",", ";": ";", "|": "|", "tab": "\t", `\t`: "\t", "\t": "\t", "^": "^",
	} {
		if got, err := format.ParseDelimiter(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for _, text := range []string{"，", ",,", `"`, "a", "0", " ", "\n"} {
		if got, err := format.ParseDelimiter(text); err == nil {
			t.Errorf("%q is accepted as %q", text, got)
		}
	}
}

func TestParseEncoding(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]format.Encoding{
		"": format.EncodingDetect, "UTF8": format.EncodingUTF8, " utf-8 ": format.EncodingUTF8,
		"GBK": format.EncodingGB18030, "gb2312": format.EncodingGB18030, "UTF-16LE": format.EncodingUTF16LE,
	} {
		if got, err := format.ParseEncoding(text); err != nil || got != want {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	if _, err := format.ParseEncoding("latin-1"); err == nil {
		t.Error("latin-1 is accepted")
	}
}

func TestExtension(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"a.CSV": "csv", "b/a.tar.gz": "gz", "b.csv/a": "", "": ""} {
		if got := format.Extension(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestFatalError(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]format.FatalError{
		"a.csv: empty":            {File: "a.csv", Reason: "empty"},
		"a.csv:3: cut off; again": {File: "a.csv", Line: 3, Reason: "cut off", Suggestion: "again"},
	} {
		if got := e.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
