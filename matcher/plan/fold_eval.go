package plan

import (
	"math"
	"math/big"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
)

// foldColumn is a fold for each door of a block, or a program for each row of a frame.
type foldColumn struct {
	lo, le, hi, he []float64
	gone           []absence
}

// foldPool hands out foldColumns and takes them back: two megabytes and a bit for a full block.
type foldPool struct{ free []*foldColumn }

func (p *foldPool) take(n int) *foldColumn {
	for i := len(p.free) - 1; i >= 0; i-- {
		if c := p.free[i]; cap(c.lo) >= n {
			p.free[i] = p.free[len(p.free)-1]
			p.free = p.free[:len(p.free)-1]
			c.lo, c.le, c.hi, c.he, c.gone = c.lo[:n], c.le[:n], c.hi[:n], c.he[:n], c.gone[:n]
			return c
		}
	}
	return &foldColumn{
		lo: make([]float64, n), le: make([]float64, n), hi: make([]float64, n), he: make([]float64, n), gone: make([]absence, n),
	}
}

func (p *foldPool) give(c *foldColumn) { p.free = append(p.free, c) }

// load copies a part of the column into a vector.
func (c *foldColumn) load(v *vector, from, n int) {
	copy(v.lo[:n], c.lo[from:])
	copy(v.le[:n], c.le[from:])
	v.points = true
	clear(v.wide[:])
	for i := range n {
		at := from + i
		if !c.isPoint(at) {
			v.points = false
			v.wide[i>>6] |= 1 << (i & 63)
		}
		if c.gone[at] != present {
			v.some = true
		}
	}
	if !v.points {
		copy(v.hi[:n], c.hi[from:])
		copy(v.he[:n], c.he[from:])
	}
	if v.some {
		copy(v.gone[:n], c.gone[from:])
	}
}

// isPoint reports whether both ends are one. Of large numbers that are not exact the floats may be equal and the ends not.
func (c *foldColumn) isPoint(at int) bool {
	const large = 1 << 50
	return c.lo[at] == c.hi[at] && c.le[at] == c.he[at] && (c.le[at] == 0 || math.Abs(c.lo[at]) < large)
}

// fold evaluates a fold for the whole block, once for all programs that read it.
func (ev *Evaluator) fold(at int) error {
	if ev.folds[at] != nil {
		return nil
	}
	n := &ev.plan.nodes[at]
	for _, p := range n.parts {
		if _, err := ev.value(p); err != nil {
			return err
		}
	}
	w := walk{fold: n.fold, ev: ev, f: ev.frame(n.fold.space)}
	if err := w.open(); err != nil {
		return err
	}
	rows, err := w.values()
	if err != nil {
		return err
	}
	out := ev.columns.take(ev.in.Block.N)
	err = w.each(rows, out)
	if rows != nil {
		ev.columns.give(rows)
	}
	if err != nil {
		ev.columns.give(out)
		return err
	}
	ev.folds[at] = out
	return nil
}

// walk goes through the rows of a fold.
type walk struct {
	*fold
	ev     *Evaluator
	f      *frame
	met    bits.Truth
	within interval    // what the value of a row can be of which nothing is known
	texts  *dictionary // of 种数 of texts
}

func (w *walk) open() error {
	if err := w.f.prepare(); err != nil {
		return err
	}
	w.met = seen(w.ev.done[w.where.node()], w.where)
	if w.of != nil {
		w.within = w.of.widest(w.ev.in.Today)
	}
	if w.text.name == "" {
		return nil
	}
	c, err := w.f.column(w.text)
	if err != nil {
		return err
	}
	w.texts = c.dictionary(w.f)
	if w.texts.words == nil {
		w.texts.words = wordsOf(w.texts.values, w.text, w.f.codes)
	}
	return nil
}

// stale reports whether nothing has confirmed a row within its shelf life.
func (w *walk) stale(row int) bool { return w.f.fresh != nil && !w.f.fresh.Has(row) }

// counts says whether a row counts.
func (w *walk) counts(row int) counting {
	switch {
	case w.stale(row):
		return optional
	case w.met.Yes.Has(row):
		return certain
	case w.met.No.Has(row):
		return skipped
	}
	return optional
}

// values runs the fold's program over all rows of the frame; nil if it has none.
func (w *walk) values() (*foldColumn, error) {
	if w.of == nil {
		return nil, nil
	}
	m := &w.ev.machine
	if err := m.bind(w.of, w.f); err != nil {
		return nil, err
	}
	rows := w.ev.columns.take(w.f.n)
	for from := 0; from < w.f.n; from += chunk {
		n := min(chunk, w.f.n-from)
		m.run(w.of, from, n)
		v := m.stack[0]
		v.spread(n)
		copy(rows.lo[from:], v.lo[:n])
		copy(rows.le[from:], v.le[:n])
		copy(rows.hi[from:], v.hi[:n])
		copy(rows.he[from:], v.he[:n])
	}
	return rows, nil
}

// each folds the rows of each door.
func (w *walk) each(rows *foldColumn, out *foldColumn) error {
	f := folding[end]{op: w.op, closed: len(w.text.typ.Values)}
	if w.of != nil {
		f.within = endsOf(w.within, w.of.unit)
	}
	row := 0
	for door := range w.ev.in.Block.N {
		f.rows, f.covered = f.rows[:0], w.f.covered.Has(door)
		from := row
		for row < w.f.n && w.f.door(row) == door {
			row++
		}
		to := row
		if low, high, a, ok := w.quick(rows, &f, from, to); ok && !w.ev.apart {
			out.lo[door], out.le[door], out.hi[door], out.he[door], out.gone[door] = low.v, low.e, high.v, high.e, a
			continue
		}
		blurred := false
		for row := from; row < to; row++ {
			m := member[end]{counts: w.counts(row)}
			switch {
			case m.counts == skipped:
				continue
			case rows != nil:
				m.low, m.high = end{rows.lo[row], rows.le[row]}, end{rows.hi[row], rows.he[row]}
				if w.stale(row) {
					m.low, m.high = f.within[0], f.within[1]
				}
				m.known, m.value = m.low.v == m.high.v, math.Float64bits(m.low.v+0)
				blurred = blurred || m.low.e != 0 && !m.low.isOpen() || m.high.e != 0
			case w.texts != nil && !w.stale(row):
				m.word = w.texts.words[w.texts.ids[row]]
			}
			f.rows = append(f.rows, m)
		}
		low, high, a := f.result()
		if blurred && w.op == condition.FoldDistinct { // equal or not is a matter of exact values
			x, err := w.ev.foldExactly(w.fold, door)
			if err != nil {
				return err
			}
			ends := endsOf(x, whole())
			low, high = ends[0], ends[1]
		}
		out.lo[door], out.le[door], out.hi[door], out.he[door], out.gone[door] = low.v, low.e, high.v, high.e, a
	}
	return nil
}

// foldExactly is a fold for one door in rational numbers. The fold's parts must have been evaluated.
func (ev *Evaluator) foldExactly(of *fold, door int) (interval, error) {
	w := walk{fold: of, ev: ev, f: ev.frame(of.space)}
	if err := w.open(); err != nil {
		return interval{}, err
	}
	f := folding[extended]{
		op: of.op, covered: w.f.covered.Has(door), within: [2]extended{lowOf(w.within), highOf(w.within)}, closed: len(w.text.typ.Values),
	}
	numbers := map[string]uint64{} // of distinct values
	from, to := w.f.span(door)
	for row := from; row < to; row++ {
		m := member[extended]{counts: w.counts(row)}
		switch {
		case m.counts == skipped:
			continue
		case w.of != nil:
			stack, err := ev.exactly(w.of, w.f, row)
			if err != nil {
				return interval{}, err
			}
			x := stack[0]
			if w.stale(row) {
				x = w.within
			}
			m.low, m.high = lowOf(x), highOf(x)
			if m.known = x.isPoint(); m.known {
				name := x.low.RatString()
				if _, ok := numbers[name]; !ok {
					numbers[name] = uint64(len(numbers))
				}
				m.value = numbers[name]
			}
		case w.texts != nil && !w.stale(row):
			m.word = w.texts.words[w.texts.ids[row]]
		}
		f.rows = append(f.rows, m)
	}
	low, high, a := f.result()
	if a == absent {
		return interval{absence: absent}, nil
	}
	return interval{low: low.r, high: high.r, absence: a}, nil
}

// endsOf are the ends of an interval in a unit.
func endsOf(x interval, unit *big.Rat) [2]end {
	out := [2]end{{v: math.Inf(-1)}, {v: math.Inf(1)}}
	if x.low != nil {
		out[0] = endOf(new(big.Rat).Quo(x.low, unit))
	}
	if x.high != nil {
		out[1] = endOf(new(big.Rat).Quo(x.high, unit))
	}
	return out
}
