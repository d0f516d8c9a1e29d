package condition

import (
	"math/big"

	"zhida/schemas"
)

// Expr is a checked condition: names resolved, types agreed, units folded into exact numbers. It is what the plan is
// made from and what explain walks. Its value for an enterprise, or inside Exists for a row, is yes, no or unknown.
//
// The set of implementations is closed: And, Or, Not, Compare, Member, Tag, Known, Exists.
type Expr interface {
	// Node is the syntax the expression was checked from: its place, and with Format its canonical text.
	Node() Node
	expr()
}

// Value is a checked operand: a number, a date, a text, a code or a truth value.
//
// The set of implementations is closed: Column, Number, Day, Today, Shift, Word, Truth.
type Value interface {
	// Type is the type all values of the operand have.
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

// Member asks whether a text or a code lies in a set.
type Member struct {
	Origin
	X   Column
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
	Name string
}

// Known asks whether a value is known today; it is never unknown itself.
type Known struct {
	Origin
	X Value
}

// Exists asks for rows of a dataset: 有 (Every false), some row meets Where, or 每 (Every true), all rows do.
// A nil Where holds for each row.
type Exists struct {
	Origin
	Dataset *schemas.Dataset
	Every   bool
	Where   Expr
}

func (And) expr()     {}
func (Or) expr()      {}
func (Not) expr()     {}
func (Compare) expr() {}
func (Member) expr()  {}
func (Tag) expr()     {}
func (Known) expr()   {}
func (Exists) expr()  {}

// Column is an attribute of the enterprise (Dataset nil), or inside Exists a field of its dataset.
type Column struct {
	Name    string
	Dataset *schemas.Dataset
	Kind    schemas.Type
	Range   schemas.Range // numbers: what an unknown one can be
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

// Shift is a date moved by a span; month ends clamp.
type Shift struct {
	X    Value
	Span schemas.Span
}

// Word is a text or a member of a closed list.
type Word struct{ Text string }

// Truth is 是 or 否.
type Truth struct{ Yes bool }

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
