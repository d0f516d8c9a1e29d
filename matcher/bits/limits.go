package bits

import (
	"math"
	mathbits "math/bits"
	"slices"
)

// MaxLimits is how many limits a Limits can hold: ranks are bytes, and one of them is set aside.
const MaxLimits = 254

// Limits are numbers that a column is compared with again and again. Rank makes a byte of each value, how many of the limits
// it reaches, and BetweenBytes over these bytes then answers any comparison: 1.3 µs for 65,536 values instead of 11.
//
// A rank is looked up by the value's logarithm: its distance from the first limit as a float64, exponent and ten bits of
// the mantissa; or by the distance itself. Where a limit lies within the range of values that share these bits, the table
// cannot tell and a binary search does. So ranking takes as long as about six comparisons, whatever the number of limits
// (BenchmarkRank), if only few values are so close to one.
type Limits struct {
	limits    []int64
	low, high int64 // values beyond are brought to these
	shift     uint64
	even      bool // by distance, not by its logarithm
	table     *[1 << 16]uint8
}

const unclear = math.MaxUint8

// NewLimits returns from 1 to MaxLimits limits, which are ascending and distinct, for ranking. The least int64 is none:
// everything reaches it. If values lie evenly between them, as codes and days do, their distance is looked up, not its
// logarithm.
func NewLimits(ascending []int64, even bool) *Limits {
	l := &Limits{limits: ascending, even: even, table: new([1 << 16]uint8)}
	l.bound(ascending[0], ascending[len(ascending)-1])
	at, unsure := 0, []uint16(nil)
	for i, limit := range ascending {
		key := l.key(limit)
		for ; at < int(key); at++ {
			l.table[at] = uint8(i)
		}
		if l.key(limit-1) == key {
			unsure = append(unsure, key)
		}
	}
	for ; at < len(l.table); at++ {
		l.table[at] = uint8(len(ascending))
	}
	for _, key := range unsure {
		l.table[key] = unclear
	}
	return l
}

// bound finds where values beyond the limits are brought to: as far from the first and the last as values share their bits,
// so that the table can tell, and not all that lies beyond is searched for.
func (l *Limits) bound(first, last int64) {
	l.low, l.high = first-1, last
	l.even = l.even || mathbits.Len64(uint64(last)-uint64(l.low)) < 16
	most := 51 // bits of a distance, plus one, before its logarithm is taken
	if l.even {
		most = 16
	}
	for step := int64(1); step > 0; step <<= 1 {
		l.low, l.high = max(first, math.MinInt64+step)-step, min(last, math.MaxInt64-step)+step
		l.shift = uint64(max(mathbits.Len64(uint64(l.high)-uint64(l.low))-most, 0))
		if step>>l.shift > 0 {
			return
		}
	}
}

// Reach is how many of the limits a value reaches.
func (l *Limits) Reach(v int64) int {
	at, found := slices.BinarySearch(l.limits, v)
	if found {
		at++
	}
	return at
}

// Below is how many of the limits are less than the bound: as many as the greatest value below the bound reaches.
func (l *Limits) Below(bound int64) int {
	at, _ := slices.BinarySearch(l.limits, bound)
	return at
}

// Has reports whether a number is one of the limits.
func (l *Limits) Has(limit int64) bool {
	_, found := slices.BinarySearch(l.limits, limit)
	return found
}

// Rank writes how many of the limits each value reaches. It returns how many values the table could not tell.
func (l *Limits) Rank(values []int64, ranks []uint8) (searched int) {
	ranks = ranks[:len(values)]
	at := rank(values, ranks, l)
	l.plainRank(values[at:], ranks[at:])
	const step = 4096
	var set [step / wordBits]uint64
	for from := 0; from < len(ranks); from += step {
		to := min(from+step, len(ranks))
		open := Set(set[:Words(to-from)])
		BetweenBytes(ranks[from:to], unclear, unclear, open)
		for i := range open.All() {
			ranks[from+i] = uint8(l.Reach(values[from+i]))
			searched++
		}
	}
	return searched
}

func (l *Limits) plainRank(values []int64, ranks []uint8) {
	for i, v := range values {
		ranks[i] = l.table[l.key(v)]
	}
}

const (
	keyShift = 52 - 10
	keyBias  = 1023 << 10
)

// key is the place of a value in the table. It does not fall as values rise.
func (l *Limits) key(v int64) uint16 {
	distance := uint64(max(min(v, l.high), l.low)) - uint64(l.low)
	if l.even {
		return uint16(distance >> l.shift)
	}
	return uint16(math.Float64bits(float64(distance>>l.shift+1))>>keyShift - keyBias)
}
