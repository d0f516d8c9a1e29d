package explain

// Verdict is a truth value in the words officers use.
type Verdict string

// The verdicts.
const (
	Yes     Verdict = "符合"
	No      Verdict = "不符合"
	Unknown Verdict = "未知"
)

// Kind says what a node is.
type Kind string

// The kinds of nodes.
const (
	KindAll  Kind = "all"  // 且: Parts must all be met
	KindAny  Kind = "any"  // 或: one of Parts must be met
	KindNot  Kind = "not"  // 非: Parts has the one part that must not be met
	KindTest Kind = "test" // an elementary test: Values are what it read
	KindTag  Kind = "tag"  // a tag: Parts has its rule, if that is known and not shown Above
	KindRows Kind = "rows" // 有 or 每: Rows are what decided, List what the absence of rows means
)

// Node is a part of a condition with its verdict for one enterprise, or within Row for one row.
type Node struct {
	Kind    Kind    `json:"kind"`
	Text    string  `json:"text"` // the canonical text of the part
	Verdict Verdict `json:"verdict"`
	Values  []Value `json:"values,omitempty"`
	Parts   []*Node `json:"parts,omitempty"`
	Above   bool    `json:"above,omitempty"` // a tag whose rule an earlier part of the explanation shows
	List    string  `json:"list,omitempty"`
	Rows    []Row   `json:"rows,omitempty"`   // at most MaxRows, the decisive ones first
	Hidden  int     `json:"hidden,omitempty"` // rows beyond MaxRows

	tag string // a tag's name
}

// MaxRows is the number of rows of a dataset that a node shows.
const MaxRows = 5

// MaxRules is how deep the rules of tags are shown within each other.
const MaxRules = 16

// State says how well a value is known.
type State string

// The states of a value.
const (
	StateKnown   State = "已知"
	StateUnknown State = "未知"
	StateStale   State = "过期" // a value is there, but nothing confirmed it within the shelf life
	StateCoarse  State = "粗略" // a code is known, but not as finely as the test asks
)

// Value is what a test read. Dates have the form 2026-06-15.
type Value struct {
	Name      string  `json:"name"` // the attribute or the field
	Text      string  `json:"text"` // the value as an officer writes it; "" if there is none
	State     State   `json:"state"`
	Dataset   string  `json:"dataset,omitempty"`   // the title of the dataset it came from
	Origin    int64   `json:"origin,omitempty"`    // sequence number of the delivery that last changed it
	Confirmed string  `json:"confirmed,omitempty"` // day of the delivery that last confirmed it
	Others    []Value `json:"others,omitempty"`    // what further sources say, in their order
}

// Row is a row of a dataset as 有 and 每 saw it.
type Row struct {
	Verdict   Verdict `json:"verdict"`
	Stale     bool    `json:"stale,omitempty"` // beyond its shelf life: counts as unknown
	Origin    int64   `json:"origin,omitempty"`
	Confirmed string  `json:"confirmed,omitempty"`
	Where     *Node   `json:"where,omitempty"` // what is asked of a row; nil if nothing is
}
