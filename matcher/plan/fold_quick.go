package plan

import "zhida/matcher/condition"

// quick folds the rows from from up to to of one door, if each of them is known to count or not and all that count are
// points: a few nanoseconds a row. It is result for the usual case, and ok is false for any other.
func (w *walk) quick(rows *foldColumn, f *folding[end], from, to int) (low, high end, a absence, ok bool) {
	if w.op == condition.FoldCount {
		low, high = w.count(f.covered, from, to)
		return low, high, present, true
	}
	if rows == nil || w.op == condition.FoldDistinct {
		return low, high, a, false
	}
	n := 0
	var x end
	for row := from; row < to; row++ {
		switch w.counts(row) {
		case skipped:
			continue
		case optional:
			return low, high, a, false
		}
		if !rows.isPoint(row) {
			return low, high, a, false
		}
		y := end{rows.lo[row], rows.le[row]}
		switch {
		case n == 0:
			x = y
		case w.op == condition.FoldMin:
			x = leastEnd(x, y)
		case w.op == condition.FoldMax:
			x = mostEnd(x, y)
		default:
			x = addEnds(x, y)
		}
		n++
	}
	switch {
	case w.op == condition.FoldSum:
		low, high = x, x
		if !f.covered {
			low, high = f.further(low, high)
		}
		return low, high, present, true
	case n == 0 || !f.covered:
		return low, high, a, false
	case w.op == condition.FoldAverage:
		x = quoEnds(x, end{v: float64(n)})
	}
	return x, x, present, true
}

// count counts the rows of a door.
func (w *walk) count(covered bool, from, to int) (low, high end) {
	n, more := 0, 0
	for row := from; row < to; row++ {
		switch w.counts(row) {
		case certain:
			n++
		case optional:
			more++
		}
	}
	low, high = end{v: float64(n)}, end{v: float64(n + more)}
	if !covered {
		high = high.infinite(1)
	}
	return low, high
}
