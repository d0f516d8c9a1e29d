package standardise

import (
	"fmt"
	"testing"

	"zhida/schemas"
)

// amount is a value with the flags it has: "1000000 CNY +2".
func amount(v value) string {
	if !v.known {
		return shown(v)
	}
	out := fmt.Sprint(v.n)
	if v.second != "" {
		out += " " + v.second
	}
	for _, f := range v.flags {
		if f != 0 {
			out += fmt.Sprint(" +", f)
		}
	}
	return out
}

func TestMoney(t *testing.T) {
	t.Parallel()
	r := moneyReader{unit: "万元", noAmount: bad, assumed: 2, rounded: 3}
	tests := []struct{ cell, want string }{
		{"ABOURICHEH", "!"},
		{"(万元人民币)", "!"},
		{"100(万火星币)", "!"},
		{"1,00万", "!"},
		{"", ""},
		{"N/A", ""},
		{"5()", "5000000 CNY +2"},
		{"27,850.0875(万)", "27850087500 CNY +2"},
		{"50(万)", "50000000 CNY +2"},
		{"50", "50000000 CNY"}, // the document says what a bare number is: nothing is assumed
		{"-1.5", "-1500000 CNY"},
		{"0.0000001", "0 CNY +3"},
		{"10,000(万元人民币)", "10000000000 CNY"},
		{"60万人民币", "60000000 CNY"},
		{"６００（万元）", "600000000 CNY"},
		{"630(万美元)", "630000000 USD"},
		{"人民币5万元整", "5000000 CNY"},
		{"1亿元", "10000000000 CNY"},
	}
	for _, test := range tests {
		if got := amount(r.read(fold(test.cell))); got != test.want {
			t.Errorf("%q: got %q, want %q", test.cell, got, test.want)
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		cell  string
		unit  schemas.Unit
		scale int
		want  string
	}{
		{"十二", "人", 0, "!"},
		{"12吨", "人", 0, "!"},
		{"12人左右", "人", 0, "!"},
		{"1-2", "", 0, "!"},
		{"99999999999999999999", "", 0, "!"},
		{"99999999999999999", "亩", 2, "!"},
		{"", "人", 0, ""},
		{"/", "人", 0, ""},
		{"12", "人", 0, "12"},
		{"1,234", "人", 0, "1234"},
		{"12 人", "人", 0, "12"},
		{"1.2万人", "人", 0, "12000"},
		{"3户", "人", 0, "3"}, // counting words are one kind
		{"12.5", "人", 0, "13 +3"},
		{"3.5", "%", 4, "350"},
		{"3.5%", "%", 4, "350"},
		{"3.5%", "", 4, "350"},
		{"0.035", "", 4, "350"},
		{"35‰", "%", 4, "350"},
		{"1", "亩", 2, "66667 +3"},
		{"3", "亩", 2, "200000"},
		{"-3", "亩", 2, "-200000"},
		{"2000平方米", "亩", 2, "200000"},
		{"2公顷", "亩", 2, "2000000"},
		{"3万", "", 0, "30000"},
	}
	for _, test := range tests {
		unit, ok := schemas.LookupUnit(string(test.unit))
		if !ok {
			t.Fatalf("unit %q", test.unit)
		}
		r := numberReader{unit: unit, scale: test.scale, bad: bad, rounded: 3}
		if got := amount(r.read(fold(test.cell))); got != test.want {
			t.Errorf("%q in %q at %d: got %q, want %q", test.cell, test.unit, test.scale, got, test.want)
		}
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	r := bounded{next: dateReader{bad: bad}, low: limit(int64(schemas.NewDate(1949, 10, 1))), tooSmall: 4, tooBig: 5}
	tests := []struct{ cell, want string }{
		{"2025-02-29", "!"},
		{"39084", "!"},
		{"长期", "!"},
		{"", ""},
		{"--", ""},
		{"2007年1月2日", fmt.Sprint(int64(schemas.NewDate(2007, 1, 2)))},
		{"20070102", fmt.Sprint(int64(schemas.NewDate(2007, 1, 2)))},
		{"2007/1/2 15:30:00", fmt.Sprint(int64(schemas.NewDate(2007, 1, 2)))},
	}
	for _, test := range tests {
		if got := amount(r.read(fold(test.cell))); got != test.want {
			t.Errorf("%q: got %q, want %q", test.cell, got, test.want)
		}
	}
	if v := r.read("1900-01-01"); v.known || v.flags[0] != 4 {
		t.Errorf("below the bound: got %+v", v)
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	money := bounded{
		next: moneyReader{unit: "元", noAmount: bad, assumed: 2, rounded: 3}, low: limit(0), high: limit(10000),
		tooSmall: 4, tooBig: 5, currency: "CNY",
	}
	tests := []struct {
		cell  string
		known bool
		first flagID
	}{
		{"-1元", false, 4},
		{"101元", false, 5},
		{"9000000000000万元", false, 5}, // more than a column of 18 digits holds
		{"101美元", true, 0},            // bounds are amounts of the field's own currency
		{"9000000000000万美元", false, 5},
		{"100元", true, 0},
	}
	for _, test := range tests {
		if v := money.read(test.cell); v.known != test.known || v.flags[0] != test.first || !v.filled {
			t.Errorf("%q: got %+v", test.cell, v)
		}
	}
}
