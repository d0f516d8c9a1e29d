package schemas

import (
	"errors"
	"testing"
)

func TestParseMoney(t *testing.T) {
	t.Parallel()
	const wan = 10000 * 100 // 分
	for _, tc := range []struct {
		text string
		want Money
	}{
		{"10,000(万元人民币)", Money{10000 * wan, "CNY", false, false}},
		{"101.2000(万元人民币)", Money{1012000 * 100, "CNY", false, false}},
		{"60万人民币", Money{60 * wan, "CNY", false, false}},
		{"630(万美元)", Money{630 * wan, "USD", false, false}},
		{"600（万元）", Money{600 * wan, "CNY", false, false}},
		{"5()", Money{5 * wan, "CNY", true, false}},
		{"5", Money{5 * wan, "CNY", true, false}},
		{"27,850.0875(万)", Money{278500875 * 100, "CNY", true, false}},
		{"100万", Money{100 * wan, "CNY", true, false}},
		{"128万人民币元", Money{128 * wan, "CNY", false, false}},
		{"100万元人民币", Money{100 * wan, "CNY", false, false}},
		{"5人民币元", Money{500, "CNY", false, false}},
		{"5元", Money{500, "CNY", false, false}},
		{"2000(万港币)", Money{2000 * wan, "HKD", false, false}},
		{"2000(万香港元)", Money{2000 * wan, "HKD", false, false}},
		{"50万欧元", Money{50 * wan, "EUR", false, false}},
		{"3(万日元)", Money{3 * wan, "JPY", false, false}},
		{"7.5(万德国马克)", Money{75000 * 100, "DEM", false, false}},
		{"8(万新加坡元)", Money{8 * wan, "SGD", false, false}},
		{"9万瑞士法郎", Money{9 * wan, "CHF", false, false}},
		{"1.5亿元", Money{15000 * wan, "CNY", false, false}},
		{"人民币5万元整", Money{5 * wan, "CNY", false, false}},
		{"(人民币)60万元", Money{60 * wan, "CNY", false, false}},
		{"人民币：60万", Money{60 * wan, "CNY", false, false}},
		{"¥1,234.56", Money{123456, "CNY", false, false}},
		{"US$1,000", Money{100000, "USD", false, false}},
		{"100 万 元", Money{100 * wan, "CNY", false, false}},
		{"100万元（人民币）", Money{100 * wan, "CNY", false, false}},
		{"-3万元", Money{-3 * wan, "CNY", false, false}},
		{"1.23456万元", Money{1234560, "CNY", false, false}},
		{"0.1234567万元", Money{123457, "CNY", false, true}},
		{"100usd", Money{10000, "USD", false, false}},
	} {
		got, err := ParseMoney(tc.text, "万元")
		if err != nil || got != tc.want {
			t.Errorf("ParseMoney(%q) = %+v, %v; want %+v", tc.text, got, err, tc.want)
		}
	}
}

func TestParseMoneyBareUnit(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		bare Unit
		want Money
	}{
		{"元", Money{500, "CNY", true, false}},
		{"万元", Money{5000000, "CNY", true, false}},
		{"亿元", Money{50000000000, "CNY", true, false}},
		{"万美元", Money{5000000, "USD", true, false}},
	} {
		if got, err := ParseMoney("5", tc.bare); err != nil || got != tc.want {
			t.Errorf("5 in %s = %+v, %v; want %+v", tc.bare, got, err, tc.want)
		}
	}
	for _, bare := range []Unit{"", "件", "亩"} {
		if got, err := ParseMoney("5", bare); !errors.Is(err, ErrMoney) {
			t.Errorf("5 in %q = %+v, %v", bare, got, err)
		}
	}
}

func TestParseMoneyRefuses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want error
	}{
		{"", ErrMoney},
		{"N/A", ErrMoney},
		{"ABOURICHEH", ErrMoney},
		{"万元", ErrMoney},
		{"约100万元", ErrMoney},
		{"100-200万元", ErrMoney},
		{"100万股", ErrMoney},
		{"100万元人民币,50万美元", ErrMoney},
		{"美元5万港元", ErrMoney},
		{"99999999999999999万元", ErrOverflow},
	} {
		if got, err := ParseMoney(tc.text, "万元"); !errors.Is(err, tc.want) {
			t.Errorf("ParseMoney(%q) = %+v, %v; want %v", tc.text, got, err, tc.want)
		}
	}
}

func TestLookupUnit(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		word string
		want UnitInfo
	}{
		{"", UnitInfo{"", 1, 1}},
		{"元", UnitInfo{"元", 1, 1}},
		{"万元", UnitInfo{"元", 10000, 1}},
		{"亿元", UnitInfo{"元", 100000000, 1}},
		{"百万元", UnitInfo{"元", 1000000, 1}},
		{"万美元", UnitInfo{"美元", 10000, 1}},
		{"港币", UnitInfo{"港元", 1, 1}},
		{"件", UnitInfo{"个", 1, 1}},
		{"万人", UnitInfo{"个", 10000, 1}},
		{"分", UnitInfo{"个", 1, 1}},
		{"%", UnitInfo{"", 1, 100}},
		{"％", UnitInfo{"", 1, 100}},
		{"‰", UnitInfo{"", 1, 1000}},
		{"亩", UnitInfo{"平方米", 2000, 3}},
		{"万平方米", UnitInfo{"平方米", 10000, 1}},
		{"公斤", UnitInfo{"吨", 1, 1000}},
		{"万公斤", UnitInfo{"吨", 10, 1}},
		{"千克", UnitInfo{"吨", 1, 1000}},
		{"千瓦", UnitInfo{"千瓦", 1, 1}},
		{"千瓦时", UnitInfo{"千瓦时", 1, 1}},
		{"万千瓦时", UnitInfo{"千瓦时", 10000, 1}},
		{"万", UnitInfo{"", 10000, 1}},
	} {
		if got, ok := LookupUnit(tc.word); !ok || got != tc.want {
			t.Errorf("LookupUnit(%q) = %+v, %v; want %+v", tc.word, got, ok, tc.want)
		}
	}
	for _, w := range []string{"万%", "大洋", "元件", "亿亿元"} {
		if got, ok := LookupUnit(w); ok {
			t.Errorf("LookupUnit(%q) = %+v", w, got)
		}
	}
}

func TestUnitComparable(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		a, b Unit
		want bool
	}{
		{"元", "万元", true},
		{"元", "美元", false},
		{"件", "人", true},
		{"件", "", false},
		{"亩", "平方米", true},
		{"大洋", "大洋", true},
		{"大洋", "元", false},
	} {
		if got := tc.a.Comparable(tc.b); got != tc.want {
			t.Errorf("%q comparable to %q: %v", tc.a, tc.b, got)
		}
	}
	for u, want := range map[Unit]string{"元": "CNY", "万元": "CNY", "美元": "USD", "德国马克": "DEM", "件": "", "": ""} {
		if got := u.Currency(); got != want {
			t.Errorf("currency of %q = %q, want %q", u, got, want)
		}
	}
}

// TestEveryCurrencyIsAUnit: the base unit of a currency names that currency again.
func TestEveryCurrencyIsAUnit(t *testing.T) {
	t.Parallel()
	for _, word := range []string{
		"元", "美元", "港币", "澳门元", "新台币", "欧元", "日元", "英镑", "德国马克", "法国法郎", "瑞士法郎", "新加坡元", "韩元",
		"加拿大元", "澳元", "新西兰元", "卢布", "泰铢", "林吉特", "卢比", "印尼盾", "越南盾", "瑞典克朗", "南非兰特", "里拉",
	} {
		info, ok := LookupUnit(word)
		iso, known := currencyWord(word)
		if !ok || !known || info.Base.Currency() != iso {
			t.Errorf("%s: %+v, %v, currency %q, want %q", word, info, ok, info.Base.Currency(), iso)
		}
	}
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"10,000(万元人民币)", "630(万美元)", "5()", "人民币5万元整", "((", "¥", "1e9亿亿元", "（）"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ParseMoney(s, "万元")
		if err == nil && (len(m.Currency) != 3 || Unit(m.Currency).Currency() != m.Currency) {
			t.Errorf("ParseMoney(%q) = %+v", s, m)
		}
	})
}
