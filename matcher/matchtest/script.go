package matchtest

import "zhida/schemas"

// Script is a .test file as read: syntax only, no name in it has been looked up.
type Script struct {
	File        string
	enterprises []enterprise // in the order of the script
	lists       []listing    // 名单 for all enterprises
	questions   []question
}

// Checks is the number of expectations, one for each enterprise named.
func (s *Script) Checks() int {
	n := 0
	for _, q := range s.questions {
		for _, x := range q.expects {
			n += len(x.names)
		}
	}
	return n
}

// enterprise is 主体 with what the script says of it.
type enterprise struct {
	name  piece
	like  *enterprise // 同: what it does not say itself is as of this one; nil: unknown
	facts []fact
	lists []listing // 名单 for this one, against those for all
}

// fact is a line of an enterprise: an attribute and its value, a tag and its truth, or a dataset and a row.
type fact struct {
	tag       bool
	name      piece // for an attribute with its year: 研发费用@2025
	value     piece
	confirmed schemas.Date // 核实; zero: on the business date
}

// state is what a script says of a list.
type state string

// The states of a list.
const (
	stateComplete state = "完整" // complete, and its last full delivery is of the business date
	stateOpen     state = "开放" // no row means unknown
	stateStale    state = "过期" // complete, but the last full delivery is too old to vouch for it
)

// listing is 名单: the state of a dataset's list.
type listing struct {
	dataset piece
	state   state
}

// kind is what a question is about.
type kind string

// The kinds of questions, by the word that begins them.
const (
	kindCondition kind = "条件"
	kindItem      kind = "事项"
	kindTag       kind = "标签"
	kindValue     kind = "指标"
)

// question is a block that asks something and says what is expected for whom.
type question struct {
	kind    kind
	head    piece // the word
	subject []piece
	today   schemas.Date // the business date in force
	expects []expectation
}

// expectation is one line of a question.
type expectation struct {
	line    piece
	names   []piece
	verdict piece // 符合, 待补充, 不符合, 差一项; of a tag 是, 否, 未知; empty: nothing is said of it
	missing []piece
	asked   bool // 缺 stands there
	near    []piece
	review  []stated
	amount  *interval
	ready   piece // 免申即享, 易申快享 or 未就绪; empty: nothing is said of it
}

// stated is 须评审 or 须承诺, with the text if one is given.
type stated struct {
	at       piece
	declared bool
	text     string // "": whatever it is
}

// interval is what is expected of a number: a value, or low..high. An empty end is open.
type interval struct {
	at        piece
	low, high piece
	point     bool
	most      bool // 最高: nothing is said of the low end
}
