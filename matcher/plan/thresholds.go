package plan

import (
	"math"
	"slices"

	"zhida/matcher/bits"
	"zhida/schemas"
)

// thresholds are the tests of a plan that ask whether a number of one column lies between two bounds. They are known when
// the plan is made, so that an evaluator can bring the column to ranks between all bounds at once (bits.Limits): from then
// on each test of the block costs a pass over bytes instead of one over int64. Ranking costs as much as six passes; an
// evaluator does it if about so many were asked for in the last block, or have been in this one.
type thresholds struct {
	id   int
	even bool // the column is one of codes
	of   []func(today schemas.Date) bounds
}

const (
	rankAfter = 6  // passes over a column
	poorFor   = 64 // blocks: amounts that officers choose are the same in all, a small block may be odd
)

// threshold adds a test of a column to the plan, and to the column's thresholds.
func (b *Builder) threshold(space int, of field, ofThese func(*thresholds) test, ask func(today schemas.Date) bounds) Ref {
	t := b.thresholdsOf(keyOf(b.plan.spaces[space].key(), of.String()))
	nodes := len(b.plan.nodes)
	r := b.leaf(space, ofThese(t))
	if len(b.plan.nodes) > nodes {
		t.of = append(t.of, ask)
	}
	return r
}

func (b *Builder) thresholdsOf(key string) *thresholds {
	t := b.thresholds[key]
	if t == nil {
		t = &thresholds{id: len(b.thresholds)}
		b.thresholds[key] = t
	}
	return t
}

// limits are the bounds of all tests on a day, ascending and distinct: each is the least number of some interval, or the
// least above it.
func (t *thresholds) limits(today schemas.Date) []int64 {
	var out []int64
	for _, of := range t.of {
		b := of(today)
		if b.empty() {
			continue
		}
		if b.low > math.MinInt64 {
			out = append(out, b.low)
		}
		if b.high < math.MaxInt64 {
			out = append(out, b.high+1)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ranks are the rankings of an evaluator, by the thresholds' id.
type ranks struct {
	all   []ranking
	block int // counts the blocks
	today schemas.Date
	off   bool
}

// ranking is a column by ranks. More limits than fit into bytes are dealt with page by page.
type ranking struct {
	made  bool
	today schemas.Date
	pages []page
}

type page struct {
	limits *bits.Limits
	ranks  []uint8
	values *int64 // the column that was ranked
	block  int    // in which it was asked last
	asked  int    // how often in that block
	before int    // how often in the block before it
	ranked int    // the block of which ranks are
	poor   int    // the block before which it is not tried again: values lay too close to the limits for ranking to pay
}

// next begins a block.
func (r *ranks) next(today schemas.Date) {
	r.block++
	r.today = today
}

// between writes which values of a column lie within one of its thresholds' bounds.
func (r *ranks) between(t *thresholds, values []int64, b bounds, out bits.Set) {
	if p := r.page(t, values, b); p != nil {
		low, high := uint8(0), uint8(bits.MaxLimits)
		if b.low > math.MinInt64 {
			low = uint8(p.limits.Below(b.low)) + 1
		}
		if b.high < math.MaxInt64 {
			high = uint8(p.limits.Below(b.high + 1))
		}
		bits.BetweenBytes(p.ranks[:len(values)], low, high, out)
		return
	}
	bits.Between(values, b.low, b.high, out)
}

// page is the ranks by which the bounds are found, or nil if there are none and making them would not pay.
func (r *ranks) page(t *thresholds, values []int64, b bounds) *page {
	if t == nil || r == nil || r.off || b.empty() || len(values) == 0 {
		return nil
	}
	for len(r.all) <= t.id {
		r.all = append(r.all, ranking{})
	}
	k := &r.all[t.id]
	if !k.made || k.today != r.today {
		k.open(t, r.today)
	}
	p := k.find(b)
	if p == nil {
		return nil
	}
	if p.block != r.block {
		p.before, p.asked, p.block = p.asked, 0, r.block
	}
	p.asked++
	if p.ranked == r.block && p.values == &values[0] {
		return p
	}
	if r.block < p.poor || p.before < rankAfter && p.asked <= rankAfter {
		return nil
	}
	p.rank(values, r.block)
	return p
}

// open divides the limits into pages.
func (k *ranking) open(t *thresholds, today schemas.Date) {
	k.made, k.today, k.pages = true, today, nil
	limits := t.limits(today)
	for from, i := 0, 1; i <= len(limits); i++ {
		if i == len(limits) || i-from == bits.MaxLimits || t.far(limits[i-1], limits[i]) {
			k.pages = append(k.pages, page{limits: bits.NewLimits(limits[from:i], t.even)})
			from = i
		}
	}
}

// far reports whether two limits are so far apart that no table looks up values near either: below and from 0 up, and
// with codes, of which 0 is a thousand octaves away from 3%, at 32 octaves.
func (t *thresholds) far(x, y int64) bool {
	return x < 0 && y >= 0 || t.even && uint64(y)-uint64(x) > 1<<57
}

// find is the page that has both bounds, or nil.
func (k *ranking) find(b bounds) *page {
	for i := range k.pages {
		p := &k.pages[i]
		if (b.low == math.MinInt64 || p.limits.Has(b.low)) && (b.high == math.MaxInt64 || p.limits.Has(b.high+1)) {
			return p
		}
	}
	return nil
}

func (p *page) rank(values []int64, block int) {
	if cap(p.ranks) < len(values) {
		p.ranks = make([]uint8, len(values))
	}
	p.ranks = p.ranks[:len(values)]
	if p.limits.Rank(values, p.ranks) > len(values)/8 {
		p.poor = block + poorFor
	}
	p.values, p.ranked = &values[0], block
}
