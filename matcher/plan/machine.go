package plan

import (
	"math"
	"math/big"
	mathbits "math/bits"

	"zhida/matcher/bits"
	"zhida/matcher/lanes"
	"zhida/schemas"
)

// chunk is how many things a program is run over at a time. Four slices of 4 KiB per place on the stack stay in the
// first-level cache; it is a multiple of 64 so that chunks begin at words of bitsets.
const chunk = 512

// vector is what a program has computed for the things of a chunk. If all are points, hi, he and wide are not filled; if
// none can be absent, gone is not.
type vector struct {
	lo, le, hi, he []float64
	wide           [chunk / 64]uint64 // the things that may be no points; the others have the same ends twice
	gone           []absence
	points         bool
	some           bool // gone is filled
	patches        []patch
}

// machine runs programs. It keeps its stack between runs and belongs to one evaluator.
type machine struct {
	ev    *Evaluator
	stack []*vector
	bound []binding
	skip  bits.Set // things that are not asked about and may come to anything; nil: none
}

// binding is what an instruction reads in this block.
type binding struct {
	column    *column
	truth     bits.Truth
	fold      *foldColumn
	low, high end // opColumn: of an unknown value; opYear and the like: both the value
}

// bind looks up what a program reads in a frame. Its refs must have been evaluated.
func (m *machine) bind(p *program, f *frame) error {
	for len(m.stack) < p.depth {
		v := &vector{gone: make([]absence, chunk)}
		v.lo, v.le, v.hi, v.he = make([]float64, chunk), make([]float64, chunk), make([]float64, chunk), make([]float64, chunk)
		m.stack = append(m.stack, v)
	}
	clear(m.bound)
	m.bound = m.bound[:0]
	for i := range p.code {
		x := &p.code[i]
		var b binding
		switch x.code {
		case opColumn:
			c, err := f.column(x.field)
			if err != nil {
				return err
			}
			b.column = c
			b.low, b.high = openOr(x.within.Low, -1), openOr(x.within.High, 1)
		case opConstant:
			b.low = x.factor
		case opYear, opYearDay, opToday:
			b.low = end{v: float64(x.onDay(f.in.Today))}
		case opFold:
			b.fold = m.ev.folds[x.ref.node()]
		case opChoice:
			b.truth = seen(m.ev.done[x.ref.node()], x.ref)
		}
		m.bound = append(m.bound, b)
	}
	return nil
}

// onDay is the number that depends on today.
func (x *instruction) onDay(today schemas.Date) int64 {
	switch x.code {
	case opYear:
		return int64(x.year.On(today))
	case opYearDay:
		return int64(onYearDay(x.day, today))
	}
	return int64(today)
}

func openOr(n *int64, sign int) end {
	if n == nil {
		return end{v: math.Inf(sign)}
	}
	return whatIs(*n)
}

// whatIs is a stored number as an end, in the unit of its column.
func whatIs(n int64) end {
	const exact = 1 << 53
	v := float64(n)
	if -exact <= n && n <= exact {
		return end{v: v}
	}
	return end{v, math.Abs(v) * 0x1p-52}
}

// run computes the n things of the frame from from on; what the program leaves is on the stack.
func (m *machine) run(p *program, from, n int) {
	top := 0
	for i := range p.code {
		x, b := &p.code[i], &m.bound[i]
		switch {
		case x.code <= opFold:
			m.stack[top].push(x, b, m.skip, from, n)
			top++
		case x.code <= opShift:
			m.stack[top-1].one(x, n)
		default:
			top--
			m.stack[top-1].two(x, b, m.stack[top], m.skip, from, n)
		}
	}
}

func (v *vector) push(x *instruction, b *binding, skip bits.Set, from, n int) {
	v.points, v.some = true, false
	switch x.code {
	case opColumn:
		v.load(b, skip, from, n)
	case opFold:
		b.fold.load(v, from, n)
	default:
		for i := range n {
			v.lo[i], v.le[i] = b.low.v, b.low.e
		}
	}
}

// load reads a column. Words all of whose things are known, and chunks all of whose words are, take the short way.
func (v *vector) load(b *binding, skip bits.Set, from, n int) {
	values := b.column.ints[from : from+n]
	if lanes.Load(values, v.lo) {
		clear(v.le[:n])
	} else {
		for i, x := range values {
			e := whatIs(x)
			v.lo[i], v.le[i] = e.v, e.e
		}
	}
	for w := 0; w<<6 < n; w++ {
		missing := ^b.column.known[from>>6+w] & mask(w, n)
		if skip != nil {
			missing &^= skip[from>>6+w]
		}
		if missing == 0 {
			continue
		}
		v.spread(n)
		for ; missing != 0; missing &= missing - 1 {
			v.set(w<<6+mathbits.TrailingZeros64(missing), b.low, b.high)
		}
	}
}

// spread gives the vector high ends of its own.
func (v *vector) spread(n int) {
	if v.points {
		copy(v.hi[:n], v.lo[:n])
		copy(v.he[:n], v.le[:n])
		clear(v.wide[:])
		v.points = false
	}
}

func (v *vector) set(i int, low, high end) {
	v.lo[i], v.le[i], v.hi[i], v.he[i] = low.v, low.e, high.v, high.e
	v.wide[i>>6] |= 1 << (i & 63)
}

func (v *vector) low(i int) end { return end{v.lo[i], v.le[i]} }

func (v *vector) high(i int) end {
	if v.points {
		return v.low(i)
	}
	return end{v.hi[i], v.he[i]}
}

// his and hes are the high ends.
func (v *vector) his() []float64 {
	if v.points {
		return v.lo
	}
	return v.hi
}

func (v *vector) hes() []float64 {
	if v.points {
		return v.le
	}
	return v.he
}

func (v *vector) absence(i int) absence {
	if !v.some {
		return present
	}
	return v.gone[i]
}

// mark fills gone, as far as that has not been done.
func (v *vector) mark(n int) {
	if !v.some {
		clear(v.gone[:n])
		v.some = true
	}
}

// one is an operation on the vector itself.
func (v *vector) one(x *instruction, n int) {
	if x.code == opScale {
		lanes.Scale(v.lo[:n], v.le, x.factor.v, x.factor.e)
		if !v.points {
			lanes.Scale(v.hi[:n], v.he, x.factor.v, x.factor.e)
		}
		return
	}
	shift(v.lo[:n], x.span)
	if !v.points {
		shift(v.hi[:n], x.span)
	}
}

func shift(days []float64, span schemas.Span) {
	for i, d := range days {
		days[i] = shifted(end{v: d}, span).v
	}
}

// shifted moves a day. Moving is monotone, so that the ends of an interval move to the ends of the result.
func shifted(x end, span schemas.Span) end {
	if x.isOpen() {
		return x
	}
	return end{v: float64(schemas.Date(x.v).Add(span))}
}

func shiftedExactly(x *big.Rat, span schemas.Span) *big.Rat {
	if x == nil {
		return nil
	}
	return new(big.Rat).SetInt64(int64(schemas.Date(x.Num().Int64()).Add(span)))
}
