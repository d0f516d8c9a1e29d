package plan

import (
	"zhida/matcher/bits"
	"zhida/matcher/condition"
)

// relation evaluates the comparison of two expressions: a chunk at a time in floating point, and exactly for the things
// whose ends it cannot tell apart.
func (ev *Evaluator) relation(n *node) (bits.Truth, error) {
	return ev.through(n, func(f *frame, from, count int, out bits.Truth) error {
		l, r := ev.machine.stack[0], ev.machine.stack[1]
		for i := range count {
			v, ok := compared(n.op, l, r, i)
			if !ok {
				ev.stats.Exact++
				x, err := ev.exactly(n.program, f, from+i)
				if err != nil {
					return err
				}
				v = related(n.op, x[0], x[1])
			}
			record(v, from+i, out)
		}
		return nil
	})
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

// compared relates the i-th things of two vectors; ok is false if floating point cannot tell.
func compared(op condition.Op, l, r *vector, i int) (v verdict, ok bool) {
	a := max(l.absence(i), r.absence(i))
	if a == absent {
		return no, true
	}
	lowest, ok := signOf(l.low(i), r.high(i))
	if !ok {
		return unknown, false
	}
	highest := lowest
	if !l.points || !r.points {
		if highest, ok = signOf(l.high(i), r.low(i)); !ok {
			return unknown, false
		}
	}
	return unless(a, decide(op, lowest, highest)), true
}

// point evaluates where an expression is known exactly.
func (ev *Evaluator) point(n *node) (bits.Truth, error) {
	return ev.through(n, func(f *frame, from, count int, out bits.Truth) error {
		v := ev.machine.stack[0]
		for i := range count {
			is := v.absence(i) == present
			if is && !v.points {
				s, ok := signOf(v.high(i), v.low(i))
				switch {
				case ok:
					is = s == 0
				default:
					ev.stats.Exact++
					x, err := ev.exactly(n.program, f, from+i)
					if err != nil {
						return err
					}
					is = x[0].isPoint()
				}
			}
			out.Yes.Put(from+i, is)
			out.No.Put(from+i, !is)
		}
		return nil
	})
}

// need evaluates a node that a program refers to.
func (ev *Evaluator) need(r Ref) error {
	if ev.plan.nodes[r.node()].kind == kindFold {
		return ev.fold(r.node())
	}
	_, err := ev.value(r)
	return err
}
