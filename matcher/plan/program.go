package plan

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// program computes a number or a date from columns of a frame: instructions for a stack, run over a chunk of things at
// a time (machine.go), or exactly for one (exact.go).
//
// A program's result is in a unit: true value = result * unit. The unit of a column of money is 1/100, as stored; that of
// a constant the constant itself, so that 3% is 1 times 3/100. Products multiply units, sums first bring both sides to a
// common one. So floating point sees whole numbers wherever the condition does, and is exact on them.
type program struct {
	code  []instruction
	unit  *big.Rat
	depth int // of the stack
}

type opcode uint8

const (
	// Of no operand.
	opColumn opcode = iota
	opConstant
	opYear
	opYearDay
	opToday
	opFold
	// Of one operand.
	opScale // brings it to another unit
	opShift
	// Of two operands.
	opAdd
	opSubtract
	opMultiply
	opDivide
	opLeast
	opMost
	opChoice // the first where ref is yes, the second where it is no
)

type instruction struct {
	code   opcode
	field  field          // opColumn
	within schemas.Range  // opColumn: of an unknown number
	number *big.Rat       // opConstant: the true value
	factor end            // opConstant: the value in the program's unit; opScale: the factor
	year   condition.Year // opYear
	day    condition.YearDay
	span   schemas.Span
	ref    Ref // opFold: the node; opChoice: the condition
}

// key tells programs of one space apart.
func (p *program) key() string {
	var b strings.Builder
	for i := range p.code {
		x := &p.code[i]
		b.WriteByte('a' + byte(x.code))
		switch x.code {
		case opColumn:
			b.WriteString(x.field.String() + keyOfRange(x.within))
		case opConstant:
			b.WriteString(x.number.String())
		case opYear:
			fmt.Fprintf(&b, "%d+%d", x.year.Calendar, x.year.Offset)
		case opYearDay:
			b.WriteString(keyOfYearDay(x.day))
		case opShift:
			fmt.Fprintf(&b, "%dm%dd", x.span.Years*12+x.span.Months, x.span.Days)
		case opFold, opChoice:
			b.Write(binary.AppendUvarint(nil, uint64(x.ref)))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

// refs are the nodes that have to be evaluated before.
func (p *program) refs() []Ref {
	var out []Ref
	for i := range p.code {
		if c := p.code[i].code; c == opFold || c == opChoice {
			out = append(out, p.code[i].ref)
		}
	}
	return out
}

// cost is in passes over a column of numbers, without that of the refs. Calendar arithmetic per thing is dear.
func (p *program) cost() int {
	c := costPair
	for i := range p.code {
		c += costStep
		if p.code[i].code == opShift {
			c += costDates
		}
	}
	return c
}

func constantProgram(x *big.Rat, unit *big.Rat) program {
	i := instruction{code: opConstant, number: x, factor: endOf(new(big.Rat).Quo(x, unit))}
	return program{code: []instruction{i}, unit: unit, depth: 1}
}

// endOf is the nearest float64 with a bound.
func endOf(x *big.Rat) end {
	v, exact := x.Float64()
	if exact {
		return end{v, 0}
	}
	e := v * 0x1p-52
	if e < 0 {
		e = -e
	}
	return end{v, e + blur}
}

// to brings a program to a unit.
func (p program) to(unit *big.Rat) program {
	if p.unit.Cmp(unit) == 0 {
		return p
	}
	if len(p.code) == 1 && p.code[0].code == opConstant {
		return constantProgram(p.code[0].number, unit)
	}
	p.code = append(p.code[:len(p.code):len(p.code)], instruction{code: opScale, factor: endOf(new(big.Rat).Quo(p.unit, unit))})
	p.unit = unit
	return p
}

// then is the program that computes x, then y, and leaves both.
func (p program) then(q program) program {
	return program{
		code: append(p.code[:len(p.code):len(p.code)], q.code...), unit: p.unit,
		depth: max(p.depth, 1+q.depth),
	}
}

func (p program) with(x instruction) program {
	p.code = append(p.code[:len(p.code):len(p.code)], x)
	return p
}

// common is the greatest unit of which both are whole multiples.
func common(x, y *big.Rat) *big.Rat {
	if x.Cmp(y) == 0 {
		return x
	}
	a := new(big.Int).Mul(x.Num(), y.Denom())
	b := new(big.Int).Mul(y.Num(), x.Denom())
	d := new(big.Int).Mul(x.Denom(), y.Denom())
	return new(big.Rat).SetFrac(new(big.Int).GCD(nil, nil, a, b), d)
}

// aligned is both in one unit, one after the other.
func aligned(x, y program) program {
	unit := common(x.unit, y.unit)
	return x.to(unit).then(y.to(unit))
}

// two is an operation on two programs.
func two(x instruction, l, r program) program {
	var out program
	switch x.code {
	case opMultiply:
		out = l.then(r)
		out.unit = new(big.Rat).Mul(l.unit, r.unit)
	case opDivide:
		out = l.then(r)
		out.unit = new(big.Rat).Quo(l.unit, r.unit)
	default:
		out = aligned(l, r)
	}
	return out.with(x)
}
