package nation

import "math/bits"

// dice are one stream of chance, SplitMix64: eight bytes of state, so that a stream for each matter costs nothing.
type dice struct{ state uint64 }

const golden = 0x9e3779b97f4a7c15

// mix scatters the bits of a number (the finaliser of SplitMix64).
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// stream is the chance of one matter of one enterprise. Each matter has its own, so that what is added to one dataset
// leaves all others as they were.
func stream(seed, number uint64, matter uint32) dice {
	return dice{mix(mix(seed+golden*uint64(matter+1)) ^ mix(number+golden))}
}

// fork is a stream of its own for a part of a matter: a row, a version of a row.
func (d dice) fork(part int) dice { return dice{mix(d.state + golden*uint64(part+1))} }

func (d *dice) next() uint64 {
	d.state += golden
	return mix(d.state)
}

// below is a number from 0 to n-1.
func (d *dice) below(n int) int {
	high, _ := bits.Mul64(d.next(), uint64(n))
	return int(high)
}

// percent is true in p of 100 cases.
func (d *dice) percent(p int) bool { return d.below(100) < p }

// rare is true in p of a million cases.
func (d *dice) rare(p int) bool { return d.below(1_000_000) < p }

// between is a number from low to high, both included.
func (d *dice) between(low, high int) int {
	if high <= low {
		return low
	}
	return low + d.below(high-low+1)
}

// skewed is a number from low to high, small ones more often.
func (d *dice) skewed(low, high int) int { return d.between(low, d.between(low, high)) }

// span is an interval of whole numbers, both ends included.
type span struct{ low, high int }

func (d *dice) in(s span) int { return d.between(s.low, s.high) }

// one picks a member.
func one[T any](d *dice, from []T) T { return from[d.below(len(from))] }

// weighted picks an index by cumulative weights.
func (d *dice) weighted(cumulative []int) int {
	n := d.below(cumulative[len(cumulative)-1])
	low, high := 0, len(cumulative)-1
	for low < high {
		if m := (low + high) / 2; n < cumulative[m] {
			high = m
		} else {
			low = m + 1
		}
	}
	return low
}

// cumulate sums weights up.
func cumulate[T any](members []T, weight func(*T) int) []int {
	out, sum := make([]int, len(members)), 0
	for i := range members {
		sum += weight(&members[i])
		out[i] = sum
	}
	return out
}
