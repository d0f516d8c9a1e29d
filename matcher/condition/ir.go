package condition

import (
	"math/big"

	"zhida/schemas"
)

// Expr is a checked condition: names resolved, types agreed, units folded into exact numbers. It is what the plan is
// made from and what explain walks. Its value for an enterprise, or inside Over for a row, is yes, no or unknown.
//
// The set of implementations is closed: And, Or, Not, AtLeast, Compare, Member, Contains, Tag, Known, Decided, Exists,
// Stated.
type Expr interface {
	// Node is the syntax the expression was checked from: its place, and with Format its canonical text.
	Node() Node
	expr()
}

// Value is a checked operand: a number, a date, a text, a code or a truth value.
//
// The set of implementations is closed: Column, Number, Day, Today, YearNumber, YearDay, Shift, Word, Truth, Arithmetic, Extreme,
// Tiers, Score, Bands, Fold, Named.
type Value interface {
	// Type is the type all values of the operand have. The scale is that of a Column's stored numbers and means
	// nothing for other operands, which are exact.
	Type() schemas.Type
	value()
}

// Origin is embedded in every Expr and carries its syntax.
type Origin struct{ Syntax Node }

// Node returns the syntax the expression was checked from.
func (o Origin) Node() Node { return o.Syntax }

// And is 且 of two or more parts.
type And struct {
	Origin
	Parts []Expr
}

// Or is 或 of two or more parts.
type Or struct {
	Origin
	Parts []Expr
}

// Not is 非. 不属于 and != are Not of their counterparts.
type Not struct {
	Origin
	X Expr
}

// Op is an order relation between two values. != does not occur: the checker writes Not of Equal.
type Op uint8

// The relations.
const (
	Equal Op = iota + 1
	Less
	LessOrEqual
	Greater
	GreaterOrEqual
)

// Compare relates two values of one kind. Texts and truth values are only compared by Equal, codes never: they are
// members of sets. A date in a year or between two days is an And of two Compares.
type Compare struct {
	Origin
	Op          Op
	Left, Right Value
}

// Member asks whether a text or a code lies in a set. X is a Column, a Tiers of words, or a Named one of these.
type Member struct {
	Origin
	X   Value
	Set Set
}

// Set is a set of words, or of codes each standing for itself and every finer code below it, less Except.
// A code range 13..43 has been expanded into its codes.
type Set struct {
	Members []string
	Except  []string
}

// Tag is the truth of a tag of the enterprise.
type Tag struct {
	Origin
	Name     string
	Unsought bool // nobody tries to get it, though one may try to be rid of it: a penalty
}

// AtLeast is 至少 N 项 of the parts. 至多 N 项 is Not of AtLeast N+1.
type AtLeast struct {
	Origin
	N     int
	Parts []Expr
}

// Contains is 含: the text contains one of the words. X is as for Member, and never a code.
type Contains struct {
	Origin
	X     Value
	Words []string // folded
}

// Known asks whether a value is known today, that is, whether it is a point; it is never unknown itself.
type Known struct {
	Origin
	X Value
}

// Decided is 已知 of a condition: yes where X is yes or no. It is never unknown itself.
type Decided struct {
	Origin
	X Expr
}

// Stated is a part that data cannot decide: 评审, judged by people, or 承诺, declared by the enterprise. It is unknown; a
// verdict takes it as yes. The checker lets it stand only where yes is the better answer: in And, Or and AtLeast of
// an item's condition.
type Stated struct {
	Origin
	Declared bool // 承诺
	Text     string
}

// Over says over which rows 有, 每 or a Fold goes: the rows of Dataset, or, if that is nil, the last Years calendar years
// before the business date's, each with the yearly attributes of that year. Where is about a row; nil holds for each.
type Over struct {
	Dataset *schemas.Dataset
	Years   int
	Where   Expr
}

// Exists asks for rows: 有 (Every false), some row meets Where, or 每 (Every true), all rows do.
type Exists struct {
	Origin
	Over
	Every bool
}

func (And) expr()      {}
func (Or) expr()       {}
func (Not) expr()      {}
func (AtLeast) expr()  {}
func (Compare) expr()  {}
func (Member) expr()   {}
func (Contains) expr() {}
func (Tag) expr()      {}
func (Known) expr()    {}
func (Decided) expr()  {}
func (Exists) expr()   {}
func (Stated) expr()   {}

// Column is an attribute of the enterprise, or inside Over a field of the row.
type Column struct {
	Name    string
	Dataset *schemas.Dataset // a field of a row of this dataset
	Within  int              // a yearly attribute as a field of a row of 近 Within 年度
	Yearly  bool             // a yearly attribute of the enterprise in Year
	Year    Year
	Kind    schemas.Type
	Range   schemas.Range // numbers: what an unknown one can be
}

// Year is a calendar year: Calendar, or if that is 0 the business date's year plus Offset.
type Year struct{ Calendar, Offset int }

// On is the calendar year that is meant on a business date.
func (y Year) On(today schemas.Date) int {
	if y.Calendar != 0 {
		return y.Calendar
	}
	this, _, _ := today.YMD()
	return this + y.Offset
}

// Number is an exact number in the base unit of Unit: 2000万元 is 20000000 in 元, 3% is 3/100.
type Number struct {
	Value *big.Rat
	Unit  schemas.Unit
}

// Day is a calendar day.
type Day struct{ Date schemas.Date }

// Today is the business date of the night.
type Today struct{}

// YearNumber is a calendar year as a plain number, such as 上年 in 年度 = 上年.
type YearNumber struct{ Year Year }

// YearDay is a day of a calendar year that depends on the business date: 成立日期 在 上年 is from 1 January to 31 December
// of it. A day of a fixed year is a Day.
type YearDay struct {
	Year       Year
	Month, Day int
}

// Shift is a date moved by a span; month ends clamp.
type Shift struct {
	X    Value
	Span schemas.Span
}

// Word is a text or a member of a closed list.
type Word struct{ Text string }

// Truth is 是 or 否.
type Truth struct{ Yes bool }

// Operator is a sign of arithmetic.
type Operator uint8

// The operators.
const (
	Add Operator = iota + 1
	Subtract
	Multiply
	Divide
)

// Arithmetic relates two numbers by an operator. -x is 0 - x.
type Arithmetic struct {
	Origin
	Op          Operator
	Left, Right Value
	Unit        schemas.Unit // of the result
}

// Extreme is the greatest (Most) or the least of two or more numbers or dates. 封顶 is the least of two, 保底 the greatest.
type Extreme struct {
	Origin
	Most  bool
	Parts []Value
}

// Case is a value under a condition.
type Case struct {
	When Expr
	Then Value
}

// Tiers is 分档: the value of the first case that holds, else Else. All values are of one type: numbers, words or days.
type Tiers struct {
	Origin
	Cases []Case
	Else  Value
}

// Score is 计分: the sum of the values, which are numbers, of all cases that hold.
type Score struct {
	Origin
	Cases []Case
}

// Bands is 累进: the part of X in each band times the rate of the band. The first band begins at 0; UpTo is in the base
// unit of X and ascends. Above is the rate beyond the last step, nil for 0. What X lacks to 0 counts nothing.
type Bands struct {
	Origin
	X     Value
	Steps []Band
	Above *big.Rat
	Unit  schemas.Unit // of the result
}

// Band is one step of Bands.
type Band struct{ UpTo, Rate *big.Rat }

// FoldOp is how a Fold makes one value of many.
type FoldOp uint8

// The folds: 计数, 求和, 平均, 最小 and 最早, 最大 and 最新, 种数. FoldMin and FoldMax are of numbers and of dates.
const (
	FoldCount FoldOp = iota + 1
	FoldSum
	FoldAverage
	FoldMin
	FoldMax
	FoldDistinct
)

// Fold makes one value of the rows that meet Where. Of is about a row; it is nil for FoldCount only.
type Fold struct {
	Origin
	Over
	Op FoldOp
	Of Value
}

// Named is a derived attribute: its name and what it stands for, as of the year in its syntax if it is Yearly.
type Named struct {
	Origin
	Name   string
	X      Value
	Yearly bool
}

// Type implements Value.
func (YearNumber) Type() schemas.Type { return schemas.Type{Kind: schemas.KindNumber} }

// Type implements Value.
func (YearDay) Type() schemas.Type { return schemas.Type{Kind: schemas.KindDate} }

// Type implements Value.
func (a Arithmetic) Type() schemas.Type {
	return schemas.Type{Kind: schemas.KindNumber, Unit: a.Unit}
}

// Type implements Value.
func (e Extreme) Type() schemas.Type { return e.Parts[0].Type() }

// Type implements Value.
func (t Tiers) Type() schemas.Type { return t.Else.Type() }

// Type implements Value.
func (s Score) Type() schemas.Type { return s.Cases[0].Then.Type() }

// Type implements Value.
func (b Bands) Type() schemas.Type { return schemas.Type{Kind: schemas.KindNumber, Unit: b.Unit} }

// Type implements Value.
func (f Fold) Type() schemas.Type {
	if f.Op == FoldCount || f.Op == FoldDistinct {
		return schemas.Type{Kind: schemas.KindNumber, Unit: schemas.UnitCount}
	}
	return f.Of.Type()
}

// Type implements Value.
func (n Named) Type() schemas.Type { return n.X.Type() }

// Type implements Value.
func (c Column) Type() schemas.Type { return c.Kind }

// Type implements Value.
func (n Number) Type() schemas.Type { return schemas.Type{Kind: schemas.KindNumber, Unit: n.Unit} }

// Type implements Value.
func (Day) Type() schemas.Type { return schemas.Type{Kind: schemas.KindDate} }

// Type implements Value.
func (Today) Type() schemas.Type { return schemas.Type{Kind: schemas.KindDate} }

// Type implements Value.
func (Shift) Type() schemas.Type { return schemas.Type{Kind: schemas.KindDate} }

// Type implements Value.
func (Word) Type() schemas.Type { return schemas.Type{Kind: schemas.KindText} }

// Type implements Value.
func (Truth) Type() schemas.Type { return schemas.Type{Kind: schemas.KindTruth} }

func (Column) value() {}
func (Number) value() {}
func (Day) value()    {}
func (Today) value()  {}
func (Shift) value()  {}
func (Word) value()   {}
func (Truth) value()  {}

func (YearNumber) value() {}
func (YearDay) value()    {}
func (Arithmetic) value() {}
func (Extreme) value()    {}
func (Tiers) value()      {}
func (Score) value()      {}
func (Bands) value()      {}
func (Fold) value()       {}
func (Named) value()      {}
