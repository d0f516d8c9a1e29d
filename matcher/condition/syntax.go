package condition

import "zhida/schemas"

// Tree is the syntax of one condition. Check writes into it what names and codes mean, so that Format shows them in
// canonical form; a tree belongs to one goroutine.
type Tree struct {
	Text   schemas.Text
	Root   Node
	lines  []string
	found  schemas.Faults
	parsed int // how many of the faults are Parse's
}

// Mark is a place in a condition's text: byte offset, line and column in characters, all from 0.
type Mark struct{ Offset, Line, Column int }

// Extent is the part of the text from From up to To, which is not part of it.
type Extent struct{ From, To Mark }

// Node is a piece of syntax.
//
// The set of implementations is closed. Conditions: *Chain, *Negation, *Relation, *Membership, *During, *Containing,
// *TagName, *Knowing, *Rows, *Counting, *Statement. Values: *Sum, *Product, *Cap, *Minus, *InYear, *Utmost, *Folding, *Tiering,
// *Banding, *Scoring, *Name, *ParamName, *Quantity, *Period, *Calendar, *Quoted, *YesNo, *Now, *YearWord. Besides *Source, *Bad.
type Node interface {
	// Extent is where the node stands in the text.
	Extent() Extent
	node()
}

// place is embedded in every node.
type place struct{ at Extent }

// Extent implements Node.
func (p place) Extent() Extent { return p.at }

func (place) node() {}

// Chain is two or more parts joined by one word. A part is never a chain of the same word.
type Chain struct {
	place
	Join  string // 且 or 或
	Parts []Node
}

// Negation is 非 X.
type Negation struct {
	place
	X Node
}

// Relation compares two operands.
type Relation struct {
	place
	Op          string // >= <= > < = !=
	Left, Right Node
}

// Membership is X 属于 or 不属于 a set.
type Membership struct {
	place
	X       Node
	Outside bool // 不属于
	Members []*Item
	Except  []*Item // 除
}

// Item is a member of a set as written: a code, a range of codes, a word or a catalog.
type Item struct {
	At      Extent
	Low     string // the code, the word or the catalog's name; Check writes the canonical form
	High    string // the end of a range; "": no range
	Quoted  bool   // written as a string
	Catalog bool   // 目录 Low
}

// During is X 在 Low..High, both included, or X 在 Low, a calendar year, if High is nil.
type During struct {
	place
	X, Low, High Node
	told         bool // Parse has shown the whole interval as it is to be written
}

// TagName is 标签 X.
type TagName struct {
	place
	Name *Name
}

// Knowing is 已知(X).
type Knowing struct {
	place
	X Node
}

// Rows is 有 or 每, which are conditions, or 计数, a number, over a source.
type Rows struct {
	place
	Word   string // 有, 每 or 计数
	Source *Source
}

// Source is what rows are taken from: a dataset, or 近 Years 年度, whose rows are the last years of the yearly
// attributes. Where is nil if nothing is asked of a row.
type Source struct {
	place
	Dataset *Name // nil: 近 Years 年度
	Years   int
	Where   Node
}

// Folding is 求和, 平均, 最大, 最小, 最早, 最新 or 种数 of a value of each row of a source. Of is a *Name, or any expression:
// 求和 贷款(…).金额, 求和 贷款(…).(金额 * 30%).
type Folding struct {
	place
	Word   string
	Source *Source
	Of     Node
}

// Containing is X 含 "…" or X 含 ["…", "…"]: one of the words suffices.
type Containing struct {
	place
	X     Node
	Words []*Quoted
}

// Counting is 至少 or 至多 N 项 (…).
type Counting struct {
	place
	Word  string // 至少 or 至多
	N     int
	Parts []Node
}

// Statement is 评审 "…", judged by people, or 承诺 "…", declared by the enterprise.
type Statement struct {
	place
	Word string // 评审 or 承诺
	Text string
}

// Utmost is 最大(…) or 最小(…) of several values.
type Utmost struct {
	place
	Word  string // 最大 or 最小
	Parts []Node
}

// Tiering is 分档: the first case that holds gives the value. With a head, a case may be a relation or a set without its
// left side, which is the head then.
type Tiering struct {
	place
	Head     Node // nil: each case is a whole condition
	Branches []*Branch
	Else     Node // 其他
}

// Branch is one case of 分档 or 计分. When is a condition; if Partial it is a *Relation or *Membership whose left side is the
// head of its 分档 and is not written.
type Branch struct {
	At      Extent
	When    Node
	Partial bool
	Then    Node
}

// Scoring is 计分: the sum of the points of what holds.
type Scoring struct {
	place
	Branches []*Branch
}

// Banding is 累进: each band of X at its own rate. Above, the rate beyond the last step, is nil if it is not written: then
// what lies beyond counts nothing.
type Banding struct {
	place
	X     Node
	Steps []*Step
	Above Node
}

// Step is a band of 累进: up to UpTo, included, at Rate.
type Step struct {
	At         Extent
	UpTo, Rate Node
}

// InYear is X@year.
type InYear struct {
	place
	X    Node
	Year YearText
}

// YearText is a year as written after @: 2024 if Number is set, else 上年, 前年 or 本年 with Plus added to it.
type YearText struct {
	Number int
	Word   string
	Plus   int
}

// YearWord is 上年, 前年 or 本年 as a value, or behind 在: a calendar year that depends on the business date.
type YearWord struct {
	place
	Word string
}

// ParamName is 参数 X.
type ParamName struct {
	place
	Name *Name
	Unit string // in which its value is written, noted by the checker
}

// Product is Left * Right or Left / Right.
type Product struct {
	place
	Op          string // * or /
	Left, Right Node
}

// Cap is Left 封顶 Right, the less of the two, or Left 保底 Right, the greater.
type Cap struct {
	place
	Op          string // 封顶 or 保底
	Left, Right Node
}

// Sum is Left + Right or Left - Right.
type Sum struct {
	place
	Op          string // + or -
	Left, Right Node
}

// Minus is - X.
type Minus struct {
	place
	X Node
}

// Name is a name as written; Check replaces a dataset's short name by its title.
type Name struct {
	place
	Text string
}

// Quantity is a number with its scale word and unit as written: 2000万元, 3%, 20万元/亩.
type Quantity struct {
	place
	Digits string // no superfluous zeros
	Scale  string // 万, 亿 or ""
	Unit   string // a unit, % or ‰; "" if bare
	Per    string // the unit behind /; "" if there is none
}

// Period is a length of time such as 1年6月. With nothing but years it may also be a calendar year: 2025年.
type Period struct {
	place
	Span schemas.Span
}

// Calendar is a day.
type Calendar struct {
	place
	Date schemas.Date
}

// Quoted is text in quotes.
type Quoted struct {
	place
	Text string
}

// YesNo is 是 or 否.
type YesNo struct {
	place
	Yes bool
}

// Now is 今天, 申报开始 or 申报截止.
type Now struct {
	place
	Word string
}

// Bad stands for what could not be read; the fault has been reported.
type Bad struct {
	place
	Text string
}
