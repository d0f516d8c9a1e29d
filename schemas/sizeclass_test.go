package schemas_test

import (
	"fmt"
	"strings"
	"testing"

	"zhida/schemas"
)

// figures of a test: -1 is unknown; people, revenue and assets in 万元.
func figures(people, revenue, assets int64) schemas.SizeFigures {
	known := func(n, unit int64) schemas.Figure {
		if n < 0 {
			return schemas.AnyFigure()
		}
		return schemas.Exactly(n * unit)
	}
	const wan = 10000 * 100
	return schemas.SizeFigures{People: known(people, 1), Revenue: known(revenue, wan), Assets: known(assets, wan)}
}

func words(s schemas.SizeClasses) string {
	var out []string
	for _, c := range s.List() {
		out = append(out, c.String())
	}
	return strings.Join(out, "|")
}

func TestPossibleSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		industry                string
		people, revenue, assets int64
		want                    string
	}{
		{"C3911", 1000, 40000, -1, "大型"},
		{"C3911", 999, 40000, -1, "中型"},
		{"C3911", 1000, 39999, -1, "中型"},
		{"C3911", 300, 1999, -1, "小型"},
		{"C3911", 20, 300, -1, "小型"},
		{"C3911", 19, 100000, -1, "微型"},
		{"C", -1, 100, -1, "微型"},
		{"C39", -1, 5000, -1, "中型|小型|微型"},
		{"D44", 50, -1, -1, "小型|微型"},
		{"E4710", -1, 90000, 5000, "中型"},
		{"E4710", -1, 90000, -1, "大型|中型|小型|微型"},
		{"A0111", -1, 500, -1, "中型"},
		{"F5179", 20, 5000, -1, "中型"},
		{"F5211", 20, 5000, -1, "小型"},
		{"F", 20, 5000, -1, "中型|小型"},
		{"G5320", 20, 5000, -1, "不划型"},
		{"G", 20, 5000, -1, "小型|不划型"},
		{"G5990", 100, 1000, -1, "中型"},
		{"I6513", 300, 10000, -1, "大型"},
		{"I6420", 300, 10000, -1, "中型"},
		{"I", 300, 10000, -1, "大型|中型"},
		{"K7010", -1, 200000, 10000, "大型"},
		{"K7040", 5000, 200000, 10000, "不划型"},
		{"K7030", 100, -1, -1, "中型"},
		{"L7291", 300, -1, 8000, "中型"},
		{"M7516", -1, 1, 1, "大型|中型|小型|微型"},
		{"J66", -1, -1, -1, "不划型"},
		{"Q85", 9, -1, -1, "微型"},
		{"", 9, 10, 10, "微型|不划型"},
		{"", -1, -1, -1, "大型|中型|小型|微型|不划型"},
		{"X9", 9, 10, 10, "不划型"},
	} {
		if got := words(schemas.PossibleSizes(c.industry, figures(c.people, c.revenue, c.assets))); got != c.want {
			t.Errorf("%s %d %d %d: %s, want %s", c.industry, c.people, c.revenue, c.assets, got, c.want)
		}
	}
}

// TestSizeRowsHoldEachIndustryOnce: of every class of the national table one row is sure.
func TestSizeRowsHoldEachIndustryOnce(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	outside, inside := 0, 0
	for n := range 10000 {
		code := fmt.Sprintf("%04d", n)
		normal, ok := codes.NormalIndustry(code)
		if !ok {
			continue
		}
		sizes := schemas.PossibleSizes(normal, figures(20, 700, 700))
		if len(sizes.List()) != 1 {
			t.Errorf("%s: %s", normal, words(sizes))
		}
		if _, ok := schemas.SizeBoundsOf(normal); ok == sizes.Has(schemas.SizeNone) {
			t.Errorf("%s: has bounds %t, but is %s", normal, ok, words(sizes))
		}
		if sizes.Has(schemas.SizeNone) {
			outside++
		} else {
			inside++
		}
	}
	if inside < 1000 || outside < 100 {
		t.Errorf("%d industries have bounds, %d have none", inside, outside)
	}
}
