package schemas

import "testing"

func TestCompoundUnits(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		word string
		want UnitInfo
	}{
		{"元/平方米", UnitInfo{"元/平方米", 1, 1}},
		{"万元/亩", UnitInfo{"元/平方米", 15, 1}},
		{"万元／亩", UnitInfo{"元/平方米", 15, 1}},
		{"万元/人", UnitInfo{"元", 10000, 1}},
		{"人/亩", UnitInfo{"1/平方米", 3, 2000}},
		{"1/平方米", UnitInfo{"1/平方米", 1, 1}},
		{"吨标准煤/万元", UnitInfo{"吨标准煤/元", 1, 10000}},
		{"元/平方米/小时", UnitInfo{"元/小时/平方米", 1, 1}},
		{"元/元", UnitInfo{"", 1, 1}},
	} {
		if got, ok := LookupUnit(tc.word); !ok || got != tc.want {
			t.Errorf("LookupUnit(%q) = %+v, %v; want %+v", tc.word, got, ok, tc.want)
		}
	}
	for _, w := range []string{"/", "元/", "元/%", "大洋/亩", "元//亩", "元/万", "千亿元/百万亿克"} {
		if got, ok := LookupUnit(w); ok {
			t.Errorf("LookupUnit(%q) = %+v", w, got)
		}
	}
}

func TestUnitAlgebra(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ a, b, times, over Unit }{
		{"", "", "", ""},
		{"元", "", "元", "元"},
		{"", "元", "元", "1/元"},
		{"元", "元", "元*元", ""},
		{"个", "个", "个", ""},
		{"个", "", "个", "个"},
		{"", "个", "个", ""},
		{"元", "个", "元", "元"},
		{"个", "元", "元", "1/元"},
		{"元/平方米", "平方米", "元", "元/平方米/平方米"},
		{"元", "元/平方米", "元*元/平方米", "平方米"},
		{"1/平方米", "个", "1/平方米", "1/平方米"},
		{"平方米", "元", "元*平方米", "平方米/元"},
	} {
		if got := tc.a.Times(tc.b); got != tc.times {
			t.Errorf("%q times %q = %q, want %q", tc.a, tc.b, got, tc.times)
		}
		if got := tc.a.Over(tc.b); got != tc.over {
			t.Errorf("%q over %q = %q, want %q", tc.a, tc.b, got, tc.over)
		}
	}
	for _, tc := range []struct {
		a, b Unit
		want bool
	}{{"万元/亩", "元/平方米", true}, {"元*平方米", "元*平方米", true}, {"元", "元/平方米", false}} {
		if got := tc.a.Comparable(tc.b); got != tc.want {
			t.Errorf("%q comparable to %q: %v", tc.a, tc.b, got)
		}
	}
}
