package explain

// Verdict is a truth value in the words officers use.
type Verdict string

// The verdicts.
const (
	Yes     Verdict = "符合"
	No      Verdict = "不符合"
	Unknown Verdict = "未知"
)

// not is the verdict of 非.
func (v Verdict) not() Verdict {
	switch v {
	case Yes:
		return No
	case No:
		return Yes
	}
	return v
}

// Kind says what a node is.
type Kind string

// The kinds of nodes.
const (
	KindAll     Kind = "all"     // 且: Parts must all be met
	KindAny     Kind = "any"     // 或: one of Parts must be met
	KindNot     Kind = "not"     // 非: Parts has the one part that must not be met
	KindAtLeast Kind = "atleast" // 至少 N 项 of Parts; Count says how many are met
	KindAtMost  Kind = "atmost"  // 至多 N 项 of Parts
	KindTest    Kind = "test"    // an elementary test: Values are what it read
	KindDecided Kind = "decided" // 已知 of a condition: Parts has the condition
	KindStated  Kind = "stated"  // 评审 or 承诺: the verdict takes it as met, Subject says that it is still open
	KindTag     Kind = "tag"     // a tag: Parts has its rule, if that is known and not shown Above
	KindRows    Kind = "rows"    // 有 or 每: Rows are what decided
)

// Subject says what a part that is met is still subject to.
type Subject string

// The subjects. What is subject to both is subject to SubjectReview.
const (
	SubjectNothing     Subject = ""
	SubjectReview      Subject = "须评审" // people must judge it (评审)
	SubjectDeclaration Subject = "须承诺" // the enterprise must declare it (承诺)
)

// Node is a part of a condition with its verdict for one enterprise, or within Row for one row.
type Node struct {
	Kind    Kind     `json:"kind"`
	Text    string   `json:"text"`              // the canonical text of the part
	Verdict Verdict  `json:"verdict"`           // with 评审 and 承诺 taken as met
	Subject Subject  `json:"subject,omitempty"` // what a Verdict of Yes is still subject to
	Gap     string   `json:"gap,omitempty"`     // of a test: how far the value is from what is asked, such as 差 350万元
	Count   *Count   `json:"count,omitempty"`   // 至少 and 至多
	Values  []*Value `json:"values,omitempty"`
	Parts   []*Node  `json:"parts,omitempty"`
	Above   bool     `json:"above,omitempty"` // a tag whose rule an earlier part of the explanation shows
	List    *List    `json:"list,omitempty"`  // 有 and 每

	tag        string // a tag's name
	rule       *Node  // of a tag: its rule, though it may not be shown here
	attainable bool   // of a leaf: the enterprise can bring it about
	sought     bool   // of a leaf: somebody may try to make it come out yes
	inner      *Node  // of a test that is several comparisons of one text: these
	finer      string // of a test of a code: what must be known of one that is known coarsely
	gapNot     string // Gap if the test is not to be met
}

// Count says how many of several parts are met.
type Count struct {
	N       int `json:"n"` // how many must be, or may be
	Of      int `json:"of"`
	Met     int `json:"met"`
	Unknown int `json:"unknown"`
}

// MaxRows is the number of rows of a dataset that a node shows.
const MaxRows = 5

// MaxRules is how deep the rules of tags are shown within each other.
const MaxRules = 16

// List is what 有, 每 and folds go over: the rows of a dataset, or years.
type List struct {
	Dataset  string `json:"dataset,omitempty"` // its title; "": years
	Complete bool   `json:"complete"`          // there are no other rows
	Absence  string `json:"absence,omitempty"` // what the absence of rows means
	Met      int    `json:"met"`               // rows that meet what is asked
	Open     int    `json:"open"`              // rows of which that is unknown
	Failed   int    `json:"failed"`            // rows that don't
	Rows     []Row  `json:"rows,omitempty"`    // at most MaxRows, the decisive ones first
	Hidden   int    `json:"hidden,omitempty"`  // rows beyond MaxRows

	owner Supplier // the department that delivers the dataset
	facts []Fact   // what would have to be known to know which rows there are and count
}

// Row is a row of a dataset, or a year, as 有, 每 and folds saw it.
type Row struct {
	Year      int     `json:"year,omitempty"` // 近 N 年度: the year
	Verdict   Verdict `json:"verdict"`
	Stale     bool    `json:"stale,omitempty"` // beyond its shelf life: counts as unknown
	Origin    int64   `json:"origin,omitempty"`
	Confirmed string  `json:"confirmed,omitempty"`
	Where     *Node   `json:"where,omitempty"` // what is asked of a row; nil if nothing is
	Of        *Value  `json:"of,omitempty"`    // what a fold takes of the row
}
