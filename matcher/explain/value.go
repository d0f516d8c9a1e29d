package explain

import "zhida/schemas"

// State says how well a value is known.
type State string

// The states of a value.
const (
	StateKnown   State = "已知"
	StateUnknown State = "未知"
	StateRange   State = "范围" // a number of which bounds are known, a word of which some are ruled out
	StateStale   State = "过期" // a value is there, but nothing confirmed it within the shelf life
	StateCoarse  State = "粗略" // a code is known, but not as finely as the test asks
	StateAbsent  State = "没有" // 最早, 最大, 平均 and the like of no row
)

// ValueKind says what a value is.
type ValueKind string

// The kinds of values.
const (
	ValueColumn   ValueKind = "column"   // an attribute, or in a Row a field
	ValueToday    ValueKind = "today"    // the business date
	ValueComputed ValueKind = "computed" // arithmetic, 最大(…), 封顶 …: Parts are the columns it read
	ValueDerived  ValueKind = "derived"  // a derived attribute: Parts has what it stands for, if that is not shown Above
	ValueTiers    ValueKind = "tiers"    // 分档: Cases
	ValueScore    ValueKind = "score"    // 计分: Cases
	ValueBands    ValueKind = "bands"    // 累进: Parts has what is divided into Bands
	ValueFold     ValueKind = "fold"     // 计数, 求和 …: List
)

// Value is what a test read. Dates have the form 2026-06-15. Low and High are exact, in the Unit that numbers of the
// kind are kept in: decimals such as 0.045, or fractions such as 1/3 where there is no such decimal; "" is no bound.
type Value struct {
	Kind      ValueKind `json:"kind"`
	Name      string    `json:"name"`           // the attribute or the field, or the canonical text of what was computed
	Year      int       `json:"year,omitempty"` // of a yearly attribute
	Text      string    `json:"text"`           // the value as an officer writes it; "" if there is none
	State     State     `json:"state"`
	Low       string    `json:"low,omitempty"` // numbers: the least it can be
	High      string    `json:"high,omitempty"`
	Possible  []string  `json:"possible,omitempty"`  // 分档 of words: those it can be, where that is more than one and not all
	Unit      string    `json:"unit,omitempty"`      // numbers: what Low and High are in
	MayLack   bool      `json:"may_lack,omitempty"`  // there may be no such value at all: 最早 of rows that may not count
	Dataset   string    `json:"dataset,omitempty"`   // the title of the dataset it came from
	Origin    int64     `json:"origin,omitempty"`    // sequence number of the delivery that last changed it
	Confirmed string    `json:"confirmed,omitempty"` // day of the delivery that last confirmed it
	Others    []Value   `json:"others,omitempty"`    // what further sources say, in their order
	Differs   bool      `json:"differs,omitempty"`   // in Others: it says something else than the value used
	Why       string    `json:"why,omitempty"`       // if sources differ: why the one used wins
	Above     bool      `json:"above,omitempty"`     // a derived attribute that an earlier part of the explanation shows
	Before    string    `json:"before,omitempty"`    // 封顶 and 保底: what the value would be without, if they make a difference
	Parts     []*Value  `json:"parts,omitempty"`
	Cases     []*Case   `json:"cases,omitempty"`
	Bands     []Band    `json:"bands,omitempty"`
	List      *List     `json:"list,omitempty"` // folds

	field     string     // of a field of a row: its dataset with a dot, 资质.
	suppliers []Supplier // of a column: who can say, in order
	rule      *Value     // of a derived attribute: what it stands for, though it may not be shown here
	cap       string     // 封顶 or 保底, of Before
	asked     number     // the plan's answer, in unit, which is to be written in one of units
	unit      schemas.Unit
	units     []string
}

// Case is a case of 分档 or 计分.
type Case struct {
	Text    string  `json:"text"`           // 其他 is the last of 分档
	Verdict Verdict `json:"verdict"`        // of the condition alone
	Applies Verdict `json:"applies"`        // 分档: whether this is the first that holds
	When    *Node   `json:"when,omitempty"` // nil: 其他
	Then    *Value  `json:"then"`
}

// Band is a band of 累进.
type Band struct {
	From   string `json:"from"`
	UpTo   string `json:"up_to,omitempty"` // "": all above
	Rate   string `json:"rate"`
	Amount string `json:"amount"` // what the band gives
}

// title is the name with its year: 营业收入@2025年.
func (v *Value) title() string { return titleOf(v.Name, v.Year) }
