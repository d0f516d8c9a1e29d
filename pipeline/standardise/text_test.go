package standardise

import (
	"regexp"
	"testing"

	"zhida/schemas"
)

const bad flagID = 1

func TestText(t *testing.T) {
	t.Parallel()
	tests := []struct{ cell, pattern, want string }{
		{"ab", "^[A-Z]+$", "!"},
		{"A1", "^[A-Z]+$", "!"},
		{"", "", ""},
		{" 　", "", ""},
		{"N/A", "", ""},
		{"n/a", "^x$", ""},
		{"无", "", ""},
		{"不详", "", ""}, // listed by the document
		{"无锡", "", "无锡"},
		{"ＡＢ（中国）", "", "AB(中国)"},
		{" 绵阳　长虹 ", "", "绵阳 长虹"},
		{"A", "^[A-Z]+$", "A"},
	}
	for _, test := range tests {
		r := textReader{blank: blank{[]string{"不详"}}, bad: bad}
		if test.pattern != "" {
			r.pattern = regexp.MustCompile(test.pattern)
		}
		if got := shown(r.read(fold(test.cell))); got != test.want {
			t.Errorf("%q with %q: got %q, want %q", test.cell, test.pattern, got, test.want)
		}
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	r := newList(&schemas.Field{Values: []schemas.Value{
		{Name: "无", Spellings: []string{"没有"}},
		{Name: "A级", Spellings: []string{"a", "Ａ 级", "无"}},
		{Name: "有限责任公司(自然人独资)"},
	}}, bad)
	tests := []struct{ cell, want string }{
		{"B", "!"},
		{"有限责任", "!"},
		{"", ""},
		{"暂无", ""},
		{"无", "无"}, // a member wins over an empty word, and a name over a spelling
		{"没有", "无"},
		{"a", "A级"},
		{"A级", "A级"},
		{"有限责任公司（ 自然人独资 ）", "有限责任公司(自然人独资)"},
	}
	for _, test := range tests {
		if got := shown(r.read(fold(test.cell))); got != test.want {
			t.Errorf("%q: got %q, want %q", test.cell, got, test.want)
		}
	}
}

// shown is a text value: ! for one that was dropped, "" for none.
func shown(v value) string {
	switch {
	case !v.known && v.flags[0] == bad:
		return "!"
	case !v.known && v.filled:
		return "filled, not known, not flagged"
	case !v.known:
		return ""
	case !v.filled:
		return "known, not filled"
	}
	return v.text
}

func TestTruth(t *testing.T) {
	t.Parallel()
	usual := newTruth(&schemas.Field{}, bad)
	listed := newTruth(&schemas.Field{Values: []schemas.Value{{Name: "是", Spellings: []string{"有"}}, {Name: "否", Spellings: []string{"无"}}}}, bad)
	tests := []struct {
		reader truthReader
		cell   string
		want   string
	}{
		{usual, "2", "!"},
		{usual, "不详", "!"},
		{usual, "有", "!"},
		{usual, "无", ""}, // nothing entered: unknown, not no
		{usual, "", ""},
		{usual, "NULL", ""},
		{usual, "是", "1"},
		{usual, " Ｙ", "1"},
		{usual, "True", "1"},
		{usual, "否", "0"},
		{usual, "0", "0"},
		{listed, "无", "0"},
		{listed, "有", "1"},
		{listed, "n", "0"},
		{listed, "-", ""},
	}
	for _, test := range tests {
		v := test.reader.read(fold(test.cell))
		if v.known {
			v.text = string(rune('0' + v.n))
		}
		if got := shown(v); got != test.want {
			t.Errorf("%q: got %q, want %q", test.cell, got, test.want)
		}
	}
}

func TestIndustry(t *testing.T) {
	t.Parallel()
	r := industryReader{codes: testCodes(), bad: bad}
	tests := []struct{ cell, want string }{
		{"9999", "!"},
		{"B39", "!"},
		{"制造", "!"},
		{"", ""},
		{"C39", "C39"},
		{"3911", "C3911"},
		{"c", "C"},
		{"０１", "A01"},
		{"制造业", "C"},
	}
	for _, test := range tests {
		if got := shown(r.read(fold(test.cell))); got != test.want {
			t.Errorf("%q: got %q, want %q", test.cell, got, test.want)
		}
	}
}

func TestSqueeze(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{" 统一社会 信用代码\u3000", "统一社会信用代码"},
		{"\ufeffＵＳＣＣ（码）", "uscc(码)"},
	} {
		if got := squeeze(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
