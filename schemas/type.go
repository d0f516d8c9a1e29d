package schemas

// Kind is the kind of a value: what can be compared with what.
type Kind uint8

// The kinds. Values are stored as int64 (numbers at a decimal scale, dates as day numbers, truth as 0 or 1) or as text.
const (
	KindText   Kind = iota + 1 // free text
	KindNumber                 // int64 at Type.Scale decimal digits, in Type.Unit
	KindDate                   // int64, the Date
	KindCode                   // text: a code of Type.System, normalised, a prefix of every finer code below it
	KindTruth                  // int64, 0 or 1
)

// String names the kind as an officer would: it appears in diagnostics.
func (k Kind) String() string {
	switch k {
	case KindText:
		return "文本"
	case KindNumber:
		return "数值"
	case KindDate:
		return "日期"
	case KindCode:
		return "代码"
	case KindTruth:
		return "是否"
	}
	return "未知类型"
}

// Code systems with a hierarchy. A dataset may name no other system; closed lists of words are Type.Values.
const (
	SystemRegion   = "region"   // GB/T 2260, as 2, 4 or 6 digits: 51, 5107, 510703
	SystemIndustry = "industry" // GB/T 4754-2017, section letter and 0, 2, 3 or 4 digits: C, C39, C391, C3911
)

// Type is the type of an attribute, of a dataset's field or of an expression.
type Type struct {
	Kind   Kind
	Unit   Unit     // numbers: what is counted or measured
	Scale  int      // numbers: stored value = value * 10^Scale, in the base unit of Unit
	System string   // codes: SystemRegion or SystemIndustry
	Values []string // text: the closed list of values, empty if any text may occur
}

// A Range bounds what a number can be when nothing is known of it. Low and High are at the type's scale.
// A nil bound is open: that side has no end.
type Range struct {
	Low, High *int64
}
