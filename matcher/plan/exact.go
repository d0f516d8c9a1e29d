package plan

import (
	"math/big"

	"zhida/schemas"
)

// exactly runs a program for one thing in rational numbers, which is what it means, and returns what it leaves. Its
// refs must have been evaluated. It takes some microseconds, and is asked only for what floating point cannot decide and
// for amounts.
func (ev *Evaluator) exactly(p *program, f *frame, i int) ([]interval, error) {
	var stack []interval
	for k := range p.code {
		x := &p.code[k]
		top := len(stack) - 1
		switch {
		case x.code <= opFold:
			v, err := ev.operand(x, f, i)
			if err != nil {
				return nil, err
			}
			stack = append(stack, v)
		case x.code == opScale: // units are an affair of floating point
		case x.code == opShift:
			stack[top].low, stack[top].high = shiftedExactly(stack[top].low, x.span), shiftedExactly(stack[top].high, x.span)
		case x.code == opChoice:
			t := seen(ev.done[x.ref.node()], x.ref)
			switch {
			case t.Yes.Has(i):
			case t.No.Has(i):
				stack[top-1] = stack[top]
			default:
				stack[top-1] = eitherOf(stack[top-1], stack[top])
			}
			stack = stack[:top]
		default:
			stack[top-1] = combine(x.code, stack[top-1], stack[top])
			stack = stack[:top]
		}
	}
	return stack, nil
}

func (ev *Evaluator) operand(x *instruction, f *frame, i int) (interval, error) {
	switch x.code {
	case opColumn:
		c, err := f.column(x.field)
		if err != nil {
			return interval{}, err
		}
		if c.known.Has(i) {
			return exactly(exact(c.ints[i], x.field.typ.Scale)), nil
		}
		return x.anything(), nil
	case opConstant:
		return exactly(x.number), nil
	case opFold:
		return ev.foldExactly(ev.plan.nodes[x.ref.node()].fold, i)
	}
	return exactly(new(big.Rat).SetInt64(x.onDay(f.in.Today))), nil
}

// anything is what a column can be as long as it is unknown.
func (x *instruction) anything() interval {
	var out interval
	if n := x.within.Low; n != nil {
		out.low = exact(*n, x.field.typ.Scale)
	}
	if n := x.within.High; n != nil {
		out.high = exact(*n, x.field.typ.Scale)
	}
	return out
}

// widest is what a program over rows can come to on a day, for a row of which nothing is known.
func (p *program) widest(today schemas.Date) interval {
	var stack []interval
	for k := range p.code {
		x := &p.code[k]
		top := len(stack) - 1
		switch {
		case x.code == opColumn:
			stack = append(stack, x.anything())
		case x.code == opConstant:
			stack = append(stack, exactly(x.number))
		case x.code < opFold:
			stack = append(stack, exactly(new(big.Rat).SetInt64(x.onDay(today))))
		case x.code == opFold:
			stack = append(stack, interval{})
		case x.code == opScale:
		case x.code == opShift:
			stack[top].low, stack[top].high = shiftedExactly(stack[top].low, x.span), shiftedExactly(stack[top].high, x.span)
		case x.code == opChoice:
			stack[top-1] = eitherOf(stack[top-1], stack[top])
			stack = stack[:top]
		default:
			stack[top-1] = combine(x.code, stack[top-1], stack[top])
			stack = stack[:top]
		}
	}
	return stack[0]
}
