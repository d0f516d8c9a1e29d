package standardise

import "testing"

func TestPhone(t *testing.T) {
	t.Parallel()
	r := phoneReader{reference: reference, bad: bad, notMobile: 2, several: 3}
	tests := []struct {
		cell, want, reference string
		flags                 [3]flagID
	}{
		{cell: "138****1234", want: "!"},
		{cell: "1381234567", want: "!"},
		{cell: "138123456789", want: "!"},
		{cell: "12012345678", want: "!"},
		{cell: "1.38123E+10", want: "!"},
		{cell: "张三13812345678", want: "!"},
		{cell: "510702197001011234", want: "!"},
		{cell: "123456", want: "!"},
		{cell: "86", want: "!"},
		{cell: "-", want: ""},
		{cell: "无", want: ""},
		{cell: "13812345678", want: "13812345678", reference: "ref78"},
		{cell: " １３８１２３４５６７８", want: "13812345678", reference: "ref78"},
		{cell: "+86 138-1234-5678", want: "13812345678", reference: "ref78"},
		{cell: "+86-13812345678", want: "13812345678", reference: "ref78"},
		{cell: "008613812345678", want: "13812345678", reference: "ref78"},
		{cell: "8613812345678", want: "13812345678", reference: "ref78"},
		{cell: "138 1234 5678", want: "13812345678", reference: "ref78"},
		{cell: "13812345678.0", want: "13812345678", reference: "ref78"},
		{cell: "0816-2345678", want: "0816-2345678", flags: [3]flagID{0, 2}},
		{cell: "(0816)2345678", want: "0816-2345678", flags: [3]flagID{0, 2}},
		{cell: "0816-2345678-801", want: "0816-2345678-801", flags: [3]flagID{0, 2}},
		{cell: "028 85123456转8", want: "02885123456转8", flags: [3]flagID{0, 2}},
		{cell: "+86 816 2345678", want: "08162345678", flags: [3]flagID{0, 2}},
		{cell: "2345678", want: "2345678", flags: [3]flagID{0, 2}},
		{cell: "86123456", want: "86123456", flags: [3]flagID{0, 2}},
		{cell: "400-812-3456", want: "400-812-3456", flags: [3]flagID{0, 2}},
		{cell: "0816-2345678;13812345678", want: "13812345678", reference: "ref78", flags: [3]flagID{3}},
		{cell: "13812345678、13912345679", want: "13812345678", reference: "ref78", flags: [3]flagID{3}},
		{cell: "13812345678 13912345679", want: "13812345678", reference: "ref78", flags: [3]flagID{3}},
		{cell: "0816-2345678/0816-2345679", want: "0816-2345678", flags: [3]flagID{3, 2}},
	}
	for _, test := range tests {
		v := r.read(fold(test.cell))
		if got := shown(v); got != test.want || v.second != test.reference || v.known && v.flags != test.flags {
			t.Errorf("%q: got %q, reference %q, flags %v; want %q, %q, %v", test.cell, got, v.second, v.flags, test.want, test.reference, test.flags)
		}
	}
}

func TestCode(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ cell, want string }{
		{"", ""},
		{"  ", ""},
		{"'91510703205451059P", "91510703205451059P"},
		{"9151 0703 2054 51059p", "91510703205451059P"},
		{"９１５１０７０３２０５４５１０５９Ｐ\t", "91510703205451059P"},
		{"企合苏锡总字第0001", "企合苏锡总字第0001"},
	} {
		if got := cleanCode(test.cell); got != test.want {
			t.Errorf("%q: got %q, want %q", test.cell, got, test.want)
		}
	}
}
