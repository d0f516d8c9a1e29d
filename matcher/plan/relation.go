package plan

import (
	mathbits "math/bits"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/lanes"
)

// relation evaluates the comparison of two expressions: in floating point a chunk at a time, and exactly for the few things
// whose ends it cannot tell apart.
func (ev *Evaluator) relation(n *node) (bits.Truth, error) {
	if n.against != nil && !ev.rational && !ev.apart {
		return ev.limited(n)
	}
	return ev.unlimited(n)
}

func (ev *Evaluator) unlimited(n *node) (bits.Truth, error) {
	return ev.through(n, func(f *frame, from, count int, out bits.Truth) error {
		for at := 0; at < count; at += 64 {
			to := min(at+64, count)
			if err := ev.relate(n, f, from, at, to, mask(0, to-at), out); err != nil {
				return err
			}
		}
		return nil
	})
}

// settle relates some things of the frame that nothing else has told apart.
func (ev *Evaluator) settle(n *node, f *frame, open bits.Set, out bits.Truth) error {
	bound := false
	for w, left := range open {
		if left == 0 {
			continue
		}
		if !bound {
			if err := ev.machine.bind(n.program, f); err != nil {
				return err
			}
			bound = true
		}
		for some := left; some != 0; some &= some - 1 {
			i := w<<6 + mathbits.TrailingZeros64(some)
			if v, ok := ev.byFractions(n, i); ok {
				record(v, i, out)
				left &^= some & -some
			}
		}
		if left == 0 {
			continue
		}
		count := min(64, f.n-w<<6)
		ev.machine.run(n.program, w<<6, count)
		if err := ev.relate(n, f, w<<6, 0, count, left, out); err != nil {
			return err
		}
	}
	return nil
}

// relate writes the verdicts of the wanted among up to 64 things: those from at up to to of what the machine has
// computed from from on.
func (ev *Evaluator) relate(n *node, f *frame, from, at, to int, wanted uint64, out bits.Truth) error {
	y, no, told := compared(n.op, ev.machine.stack[0], ev.machine.stack[1], at, to)
	if ev.rational {
		told = 0
	}
	w := (from + at) >> 6
	out.Yes[w] = out.Yes[w]&^wanted | y&told&wanted
	out.No[w] = out.No[w]&^wanted | no&told&wanted
	for left := wanted &^ told; left != 0; left &= left - 1 {
		i := w<<6 + mathbits.TrailingZeros64(left)
		if v, ok := ev.byFractions(n, i); ok {
			record(v, i, out)
			continue
		}
		ev.stats.Exact++
		x, err := ev.exactly(n.program, f, i)
		if err != nil {
			return err
		}
		record(related(n.op, x[0], x[1]), i, out)
	}
	return nil
}

// through runs the node's program over its frame, chunk by chunk, with all it refers to evaluated.
func (ev *Evaluator) through(n *node, each func(f *frame, from, count int, out bits.Truth) error) (bits.Truth, error) {
	for _, p := range n.parts {
		if err := ev.need(p); err != nil {
			return bits.Truth{}, err
		}
	}
	f := ev.frame(n.space)
	if err := ev.machine.bind(n.program, f); err != nil {
		return bits.Truth{}, err
	}
	out := ev.sets.takeTruth(f.n)
	out.Clear()
	for from := 0; from < f.n; from += chunk {
		count := min(chunk, f.n-from)
		ev.machine.run(n.program, from, count)
		if err := each(f, from, count, out); err != nil {
			ev.sets.giveTruth(out)
			return bits.Truth{}, err
		}
	}
	if !n.keeps() {
		for _, p := range n.parts {
			ev.drop(p.node())
		}
	}
	return out, nil
}

// compared relates up to 64 things of two vectors, those from from up to to; told are those which floating point can tell.
func compared(op condition.Op, l, r *vector, from, to int) (y, n, told uint64) {
	low := signs(l.lo[from:to], l.le[from:to], r.his()[from:to], r.hes()[from:to])
	high := low
	if !l.points || !r.points {
		high = signs(l.his()[from:to], l.hes()[from:to], r.lo[from:to], r.le[from:to])
	}
	switch op {
	case condition.Equal:
		y, n = low.equal&high.equal, low.above|high.below
	case condition.Greater:
		y, n = low.above, high.below|high.equal
	case condition.GreaterOrEqual:
		y, n = low.above|low.equal, high.below
	case condition.Less:
		y, n = high.below, low.above|low.equal
	case condition.LessOrEqual:
		y, n = high.below|high.equal, low.above
	}
	told = (low.above | low.below | low.equal) & (high.above | high.below | high.equal)
	if !l.some && !r.some {
		return y, n, told
	}
	for i := from; i < to; i++ {
		bit := uint64(1) << (i & 63)
		switch max(l.absence(i), r.absence(i)) {
		case absent:
			y, n, told = y&^bit, n|bit, told|bit
		case perhaps:
			y &^= bit
		}
	}
	return y, n, told
}

// signed says for 64 things which of two ends is greater, as far as it is proven: a difference of floats has the sign of
// the true one, and is wrong by less than slack covers.
type signed struct{ above, below, equal uint64 }

func signs(x, xe, y, ye []float64) (s signed) {
	s.above, s.below, s.equal = lanes.Compare(x, xe, y, ye)
	return s
}

// point evaluates where an expression is known exactly.
func (ev *Evaluator) point(n *node) (bits.Truth, error) {
	return ev.through(n, func(f *frame, from, count int, out bits.Truth) error {
		v := ev.machine.stack[0]
		for at := 0; at < count; at += 64 {
			w, all := (from+at)>>6, mask(0, count-at)
			open := v.unlike(at, count)
			no := uint64(0)
			for left := open; left != 0; left &= left - 1 {
				i := at + mathbits.TrailingZeros64(left)
				is, err := ev.isPoint(n, f, from, i)
				if err != nil {
					return err
				}
				if !is {
					no |= left & -left
				}
			}
			out.Yes[w], out.No[w] = all&^no, no
		}
		return nil
	})
}

// unlike are the things of a word, the one that begins at at, that may be no points or be absent.
func (v *vector) unlike(at, count int) (open uint64) {
	if !v.points {
		open = v.wide[at>>6] & mask(0, count-at)
	}
	if v.some {
		for i, a := range v.gone[at:min(at+64, count)] {
			if a != present {
				open |= 1 << (i & 63)
			}
		}
	}
	return open
}

// isPoint says whether the i-th thing that the machine has computed from from on is known exactly.
func (ev *Evaluator) isPoint(n *node, f *frame, from, i int) (bool, error) {
	v := ev.machine.stack[0]
	if v.absence(i) != present {
		return false, nil
	}
	if s, ok := signOf(v.high(i), v.low(i)); ok {
		return s == 0, nil
	}
	ev.stats.Exact++
	x, err := ev.exactly(n.program, f, from+i)
	if err != nil {
		return false, err
	}
	return x[0].isPoint(), nil
}

// need evaluates a node that a program refers to.
func (ev *Evaluator) need(r Ref) error {
	switch ev.plan.nodes[r.node()].kind {
	case kindFold:
		return ev.fold(r.node())
	case kindValue:
		if ev.rational || ev.apart {
			return ev.needEach(r)
		}
		return ev.computeValue(r.node())
	}
	_, err := ev.value(r)
	return err
}

// needEach evaluates what a node is made of.
func (ev *Evaluator) needEach(r Ref) error {
	for _, p := range ev.plan.nodes[r.node()].parts {
		if err := ev.need(p); err != nil {
			return err
		}
	}
	return nil
}
