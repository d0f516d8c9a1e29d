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
// The set of implementations is closed: *Chain, *Negation, *Relation, *Membership, *During, *TagName, *Knowing, *Rows,
// *Sum, *Minus, *Name, *Quantity, *Period, *Calendar, *Quoted, *YesNo, *Now, *Bad.
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

// Item is a member of a set as written: a code, a range of codes or a word.
type Item struct {
	At     Extent
	Low    string // the code or the word; Check writes the canonical form
	High   string // the end of a range; "": no range
	Quoted bool   // written as a string
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

// Rows is 有 or 每 over the rows of a dataset. Where is nil if nothing is asked of a row.
type Rows struct {
	place
	Every   bool // 每
	Dataset *Name
	Where   Node
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

// Quantity is a number with its scale word and unit as written.
type Quantity struct {
	place
	Digits string // no superfluous zeros
	Scale  string // 万, 亿 or ""
	Unit   string // a unit, % or ‰; "" if bare
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

// Now is 今天.
type Now struct{ place }

// Bad stands for what could not be read; the fault has been reported.
type Bad struct {
	place
	Text string
}
