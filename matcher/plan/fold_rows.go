package plan

import (
	"math"
	"math/big"
	"slices"

	"zhida/matcher/condition"
)

// scalar is an end of an interval as folds need it: end in floating point, extended exactly. So there is one fold.
type scalar[E any] interface {
	plus(E) E
	lesser(E) E
	greater(E) E
	before(E) bool // for sorting; a float64 may be wrong within its bound
	over(n int) E  // divided by n
	count(n int) E // n itself
	infinite(sign int) E
}

func (x end) plus(y end) end    { return addEnds(x, y) }
func (x end) lesser(y end) end  { return leastEnd(x, y) }
func (x end) greater(y end) end { return mostEnd(x, y) }
func (x end) before(y end) bool { return x.v < y.v }
func (x end) over(n int) end    { return quoEnds(x, end{v: float64(n)}) }
func (end) count(n int) end     { return end{v: float64(n)} }
func (end) infinite(s int) end  { return end{v: math.Inf(s)} }

func (x extended) plus(y extended) extended    { return x.add(y) }
func (x extended) lesser(y extended) extended  { return least(x, y) }
func (x extended) greater(y extended) extended { return most(x, y) }
func (x extended) before(y extended) bool      { return x.cmp(y) < 0 }
func (x extended) over(n int) extended         { return x.mul(extended{r: big.NewRat(1, int64(n))}) }

func (extended) count(n int) extended    { return extended{r: new(big.Rat).SetInt64(int64(n))} }
func (extended) infinite(s int) extended { return extended{inf: s} }

// counting says whether a row counts.
type counting uint8

const (
	skipped  counting = iota
	optional          // it may
	certain
)

// member is a row that counts or may count, with the ends of its value, for 种数 also as a word.
type member[E any] struct {
	low, high E
	counts    counting
	word
}

// folding is a fold over the rows of one enterprise.
type folding[E scalar[E]] struct {
	op      condition.FoldOp
	rows    []member[E]
	covered bool // there are no further rows
	within  [2]E // what the value of a further row can be
	closed  int  // 种数 of texts of a closed list: how many there are
	sorted  []E
	values  []uint64
	codes   []string
}

// result is the fold's interval.
func (f *folding[E]) result() (low, high E, a absence) {
	n, more := f.number()
	switch f.op {
	case condition.FoldCount:
		low, high = low.count(n), high.count(n+more)
	case condition.FoldSum:
		low, high = f.sum()
	case condition.FoldDistinct:
		least, most := f.distinct()
		low, high = low.count(least), high.count(most)
	default:
		return f.ofSome(n, more)
	}
	if !f.covered {
		low, high = f.further(low, high)
	}
	return low, high, present
}

// further is a count or a sum with any number of further rows.
func (f *folding[E]) further(low, high E) (E, E) {
	zero := low.count(0)
	switch {
	case f.op == condition.FoldSum:
		if f.within[0].before(zero) {
			low = low.infinite(-1)
		}
		if zero.before(f.within[1]) {
			high = high.infinite(1)
		}
	case f.op == condition.FoldDistinct && f.closed > 0:
		high = high.count(f.closed)
	default:
		high = high.infinite(1)
	}
	return low, high
}

// number counts the rows that count and those that may.
func (f *folding[E]) number() (n, more int) {
	for i := range f.rows {
		if f.rows[i].counts == certain {
			n++
		} else {
			more++
		}
	}
	return n, more
}

// sum takes an optional row in where it makes the end a further one.
func (f *folding[E]) sum() (low, high E) {
	zero := low.count(0)
	low, high = zero, zero
	for i := range f.rows {
		r := &f.rows[i]
		if r.counts == certain {
			low, high = low.plus(r.low), high.plus(r.high)
		} else {
			low, high = low.plus(zero.lesser(r.low)), high.plus(zero.greater(r.high))
		}
	}
	return low, high
}

// ofSome is a fold that has no value over no row.
func (f *folding[E]) ofSome(n, more int) (low, high E, a absence) {
	if n == 0 {
		a = perhaps
	}
	if n+more == 0 && f.covered {
		return low.count(0), high.count(0), absent
	}
	if f.op == condition.FoldAverage {
		if !f.covered {
			return f.within[0], f.within[1], a
		}
		return f.average(n, false), f.average(n, true), a
	}
	if !f.covered { // of further rows one is the least and one the greatest
		f.rows = append(f.rows, member[E]{low: f.within[0], high: f.within[1], counts: optional})
	}
	low, high = f.extreme(n, f.op == condition.FoldMax)
	return low, high, a
}

// extreme is the least or the greatest over all rows that count and some that may. At its own side all of them matter; at
// the other only what counts for sure, or if there is nothing, the one optional row that is furthest off.
func (f *folding[E]) extreme(n int, greatest bool) (low, high E) {
	low, high = low.infinite(1), high.infinite(1)
	far := low.infinite(-1)
	if greatest {
		low, high, far = low.infinite(-1), high.infinite(-1), far.infinite(1)
	}
	for i := range f.rows {
		r := &f.rows[i]
		switch {
		case greatest:
			high = high.greater(r.high)
			if r.counts == certain {
				low = low.greater(r.low)
			}
			far = far.lesser(r.low)
		default:
			low = low.lesser(r.low)
			if r.counts == certain {
				high = high.lesser(r.high)
			}
			far = far.greater(r.high)
		}
	}
	switch {
	case n > 0:
	case greatest:
		low = far
	default:
		high = far
	}
	return low, high
}

// average is an end of the average: over the rows that count, and the optional ones from the most helpful on as long as
// they help. All numbers of them are tried, so that the order, which may be wrong within bounds of error, does not
// matter.
func (f *folding[E]) average(n int, highest bool) E {
	var sum E
	sum = sum.count(0)
	f.sorted = f.sorted[:0]
	for i := range f.rows {
		x := f.rows[i].low
		if highest {
			x = f.rows[i].high
		}
		if f.rows[i].counts == certain {
			sum = sum.plus(x)
		} else {
			f.sorted = append(f.sorted, x)
		}
	}
	slices.SortFunc(f.sorted, func(x, y E) int {
		if highest {
			x, y = y, x
		}
		switch {
		case x.before(y):
			return -1
		case y.before(x):
			return 1
		}
		return 0
	})
	var best E
	for k := 0; k <= len(f.sorted); k++ {
		if k > 0 {
			sum = sum.plus(f.sorted[k-1])
		}
		switch {
		case n+k == 0:
		case k == 0 || n+k == 1 && n == 0:
			best = sum.over(n + k)
		case highest:
			best = best.greater(sum.over(n + k))
		default:
			best = best.lesser(sum.over(n + k))
		}
	}
	return best
}

// distinct counts values: at least the known ones of rows that count, at most these, the known ones of optional rows
// and one for each unknown one. A code that is known coarsely is unknown, but no other than the codes within it.
func (f *folding[E]) distinct() (least, most int) {
	f.values, f.codes = f.values[:0], f.codes[:0]
	unknown, some := 0, false
	for i := range f.rows {
		if r := &f.rows[i]; r.counts == certain {
			some = true
			if r.known {
				f.values = append(f.values, r.value)
			}
			if r.code != "" {
				f.codes = append(f.codes, r.code)
			}
		}
	}
	least = max(different(f.values), apart(f.codes))
	for i := range f.rows {
		switch r := &f.rows[i]; {
		case !r.known:
			unknown++
		case r.counts == optional:
			f.values = append(f.values, r.value)
		}
	}
	most = different(f.values) + unknown
	if least == 0 && some {
		least = 1
	}
	if f.closed > 0 {
		most = max(least, min(most, f.closed))
	}
	return least, most
}

// different sorts the values and counts them, equal ones once.
func different(values []uint64) int {
	slices.Sort(values)
	n := 0
	for i, v := range values {
		if i == 0 || v != values[i-1] {
			n++
		}
	}
	return n
}
