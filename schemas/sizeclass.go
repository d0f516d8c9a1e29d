package schemas

import (
	"math"
	"strings"
)

// SizeClass is the class of an enterprise by 统计上大中小微型企业划分办法（2017）, 国家统计局: by its industry and up to three
// figures. It is large if all figures that its industry asks for reach the first bound, else medium if all reach the
// second, else small if all reach the third, else micro. Railways, finance, the letting of one's own real estate,
// education, health and public bodies have none.
type SizeClass uint8

// The classes, small ones first.
const (
	SizeMicro SizeClass = iota
	SizeSmall
	SizeMedium
	SizeLarge
	SizeNone
)

// String is the word conditions use.
func (c SizeClass) String() string {
	return [...]string{"微型", "小型", "中型", "大型", "不划型"}[c]
}

// SizeClasses is a set of classes: those still possible, where not all is known.
type SizeClasses uint8

// SizesOf is the set of the classes.
func SizesOf(classes ...SizeClass) SizeClasses {
	var s SizeClasses
	for _, c := range classes {
		s |= 1 << c
	}
	return s
}

// Has reports whether the class is in the set.
func (s SizeClasses) Has(c SizeClass) bool { return s>>c&1 == 1 }

// List are the classes of the set, large ones first.
func (s SizeClasses) List() []SizeClass {
	var out []SizeClass
	for _, c := range []SizeClass{SizeLarge, SizeMedium, SizeSmall, SizeMicro, SizeNone} {
		if s.Has(c) {
			out = append(out, c)
		}
	}
	return out
}

// Figure is what is known of a head count or an amount: that it lies between two numbers, both possible.
type Figure struct{ Low, High int64 }

// AnyFigure is a figure of which nothing is known but that it is not negative.
func AnyFigure() Figure { return Figure{High: math.MaxInt64} }

// Exactly is a known figure.
func Exactly(n int64) Figure { return Figure{n, n} }

// SizeFigures are the figures of an enterprise: people at the end of the year, revenue of the year, and total assets,
// amounts in 分 as all stored money is.
type SizeFigures struct{ People, Revenue, Assets Figure }

// PossibleSizes are the classes that are possible of an enterprise. The industry is a code of GB/T 4754-2017 in normal
// form and may be coarse: C, C39, I; "" is an unknown one. A code that is none has no class.
func PossibleSizes(industry string, f SizeFigures) SizeClasses {
	var out SizeClasses
	for _, row := range sizeTable() {
		if row.mayHold(industry) {
			out |= row.classes(f)
		}
	}
	if out == 0 {
		return SizesOf(SizeNone)
	}
	return out
}

// SizeBounds are the lower bounds of large, medium and small enterprises of an industry: people, and amounts in 万元. A
// figure that the industry does not ask for has none.
type SizeBounds struct {
	People, Revenue, Assets [3]int64
}

// SizeBoundsOf are the bounds for an industry whose row of the table is known; false if it has none, or may be in several.
func SizeBoundsOf(industry string) (SizeBounds, bool) {
	var found SizeBounds
	rows := 0
	for _, row := range sizeTable() {
		if row.mayHold(industry) {
			found, rows = row.SizeBounds, rows+1
		}
	}
	return found, rows == 1 && found != SizeBounds{}
}

// sizeRow is a row of the table: the industries it is about, and its bounds.
type sizeRow struct {
	industries []string
	SizeBounds
}

// mayHold reports whether an enterprise of the industry, which may be coarse, can be one of the row's.
func (r *sizeRow) mayHold(industry string) bool {
	for _, i := range r.industries {
		if strings.HasPrefix(i, industry) || strings.HasPrefix(industry, i) {
			return true
		}
	}
	return false
}

// classes are the possible classes of one row. Each figure alone allows a range of classes; the class is the lowest of
// theirs, so that the lowest can be anything from the lowest low end to the lowest high end.
func (r *sizeRow) classes(f SizeFigures) SizeClasses {
	if (r.SizeBounds == SizeBounds{}) {
		return SizesOf(SizeNone)
	}
	low, high := SizeLarge, SizeLarge
	for _, x := range []struct {
		bounds [3]int64
		unit   int64
		known  Figure
	}{{r.People, 1, f.People}, {r.Revenue, wanYuan, f.Revenue}, {r.Assets, wanYuan, f.Assets}} {
		if x.bounds != [3]int64{} {
			low = min(low, reached(x.known.Low, x.bounds, x.unit))
			high = min(high, reached(x.known.High, x.bounds, x.unit))
		}
	}
	var out SizeClasses
	for c := low; c <= high; c++ {
		out |= SizesOf(c)
	}
	return out
}

// wanYuan is 万元 in 分.
const wanYuan = 10000 * 100

// reached is the class of a single figure.
func reached(n int64, bounds [3]int64, unit int64) SizeClass {
	for i, b := range bounds {
		if n >= b*unit {
			return SizeLarge - SizeClass(i)
		}
	}
	return SizeMicro
}

// sizeTable is the annex of the rules with the codes of its industries, and last what is outside of it. The rows hold
// each class of GB/T 4754-2017 once.
func sizeTable() []sizeRow {
	type triple = [3]int64
	return []sizeRow{
		{[]string{"A"}, SizeBounds{Revenue: triple{20000, 500, 50}}},                                                                // agriculture
		{[]string{"B", "C", "D"}, SizeBounds{People: triple{1000, 300, 20}, Revenue: triple{40000, 2000, 300}}},                     // industry
		{[]string{"E"}, SizeBounds{Revenue: triple{80000, 6000, 300}, Assets: triple{80000, 5000, 300}}},                            // construction
		{[]string{"F51"}, SizeBounds{People: triple{200, 20, 5}, Revenue: triple{40000, 5000, 1000}}},                               // wholesale
		{[]string{"F52"}, SizeBounds{People: triple{300, 50, 10}, Revenue: triple{20000, 500, 100}}},                                // retail
		{[]string{"G54", "G55", "G56", "G57", "G58"}, SizeBounds{People: triple{1000, 300, 20}, Revenue: triple{30000, 3000, 200}}}, // transport
		{[]string{"G59"}, SizeBounds{People: triple{200, 100, 20}, Revenue: triple{30000, 1000, 100}}},                              // warehousing
		{[]string{"G60"}, SizeBounds{People: triple{1000, 300, 20}, Revenue: triple{30000, 2000, 100}}},                             // post
		{[]string{"H"}, SizeBounds{People: triple{300, 100, 10}, Revenue: triple{10000, 2000, 100}}},                                // hotels, catering
		{[]string{"I63", "I64"}, SizeBounds{People: triple{2000, 100, 10}, Revenue: triple{100000, 1000, 100}}},                     // transmission of information
		{[]string{"I65"}, SizeBounds{People: triple{300, 100, 10}, Revenue: triple{10000, 1000, 50}}},                               // software
		{[]string{"K701"}, SizeBounds{Revenue: triple{200000, 1000, 100}, Assets: triple{10000, 5000, 2000}}},                       // real estate development
		{[]string{"K702"}, SizeBounds{People: triple{1000, 300, 100}, Revenue: triple{5000, 1000, 500}}},                            // property management
		{[]string{"L"}, SizeBounds{People: triple{300, 100, 10}, Assets: triple{120000, 8000, 100}}},                                // leasing, business services
		{[]string{"K703", "K709", "M", "N", "O", "Q85", "R"}, SizeBounds{People: triple{300, 100, 10}}},                             // others that are not listed
		{industries: []string{"G53", "J", "K704", "P", "Q84", "S", "T"}},                                                            // outside
	}
}
