package schemas

// Level is the level of government that issued a policy.
type Level string

// The levels.
const (
	LevelNation   Level = "国家"
	LevelProvince Level = "省"
	LevelCity     Level = "市"
	LevelCounty   Level = "县"
)

// Status is the status of a policy or an item. Only 有效 is pushed; verdicts are made whatever the status.
type Status string

// The statuses.
const (
	StatusDraft     Status = "草案"
	StatusPending   Status = "待生效"
	StatusEffective Status = "有效"
	StatusSuspended Status = "暂停"
	StatusExpired   Status = "到期"
	StatusRevoked   Status = "废止"
)

// ItemMode is the way a benefit reaches the enterprise (兑现方式).
type ItemMode string

// The modes.
const (
	ModeNoApplication    ItemMode = "免申即享"
	ModeLightApplication ItemMode = "易申快享"
	ModeOrdinary         ItemMode = "普通"
)

// BenefitKind is the kind of benefit (惠及方式).
type BenefitKind string

// The kinds of benefit.
const (
	BenefitRelief BenefitKind = "减免"
	BenefitReward BenefitKind = "奖补"
	BenefitRight  BenefitKind = "权益"
	BenefitTitle  BenefitKind = "资质"
)

// Policy is a policy document: policies/*.yaml.
type Policy struct {
	ID         string // unique in the workspace
	Title      string
	Number     string // 文号
	Level      Level
	Department string // issuing department
	Status     Status
	From, To   Date // validity; zero: no such bound
	Theme      string
	Scope      Text // joined by 且 to each of the items' conditions; may be empty
	Params     []Param
	Items      []Item
}

// Item is one benefit split out of a policy (事项).
type Item struct {
	ID         string // unique in the workspace
	Title      string
	Department string // accepts applications
	Mode       ItemMode
	Kind       BenefitKind
	Status     Status
	Revision   int // raised by the officer when a change is material: matches are told again
	Window     Window
	Condition  Text   // the whole condition, or else Gates
	Gates      []Gate // joined by 且
	Benefit    Text   // the amount, a value of the condition language; may be empty
	Prefer     []Preference
	Exclusive  *Exclusive // nil: goes with every other benefit
	Once       Once
	Attainable map[string]bool // attributes that are attainable, or not, for this item, against what they themselves say
	Review     Review
	Guide      Guide
}

// Gate is one requirement (硬条件) of an item: the clause of the document, the condition that encodes it, or both. A
// clause without a condition has been encoded by nobody and stands as 评审 "clause".
type Gate struct {
	Clause    string
	Condition Text
}

// OpenClauses counts the gates that nobody has encoded.
func (it *Item) OpenClauses() int {
	n := 0
	for _, g := range it.Gates {
		if g.Condition.Text == "" {
			n++
		}
	}
	return n
}

// Preference ranks the matches of an item (择优); it decides nothing. Unknown values come last.
type Preference struct {
	By    Text // a value
	Order Order
}

// Order is a direction of ranking.
type Order string

// The directions.
const (
	Descending Order = "降序"
	Ascending  Order = "升序"
)

// Exclusive says that an enterprise gets only one of the items of a group.
type Exclusive struct {
	Group  string // workspace-wide
	Within Period
	Keep   Keeping
}

// Period is how long a payment counts.
type Period string

// The periods: the calendar year of the business date, or for ever.
const (
	PeriodYear Period = "year"
	PeriodEver Period = "ever"
)

// Keeping says which of the items of an exclusive group an enterprise is told of.
type Keeping string

// The choices: the one with the greater benefit, or the one that stands first in the workspace.
const (
	KeepBetter Keeping = "better"
	KeepFirst  Keeping = "first"
)

// Once says how often an enterprise can get the benefit.
type Once string

// The choices; OnceNone is no limit.
const (
	OnceNone    Once = ""
	OncePerYear Once = "per year"
	OnceEver    Once = "ever"
)

// Review says whether a match that is sure but for what people must judge (评审) is pushed.
type Review string

// The choices.
const (
	ReviewHold Review = "不推送" // the default
	ReviewPush Review = "推送"
)

// Window is the application window, first and last day included; zero: no such bound.
type Window struct {
	From, To Date
}

// Contains reports whether the day lies in the window.
func (w Window) Contains(day Date) bool {
	return (w.From.IsZero() || day >= w.From) && (w.To.IsZero() || day <= w.To)
}

// Guide holds the fields of an item's service guide (办事指南).
type Guide struct {
	Beneficiaries string // 惠及对象
	Standard      string // 兑现标准
	Materials     string // 申报材料
	Process       string // 办理流程
	TimeLimit     string // 兑现时限
	Address       string // 受理地址
	Phone         string // 咨询电话
}
