package main

import (
	"hash/fnv"
	"math/rand/v2"
)

// dice are one stream of chance. Only whole numbers are drawn from it: sums of fractions may differ between machines,
// and the same seed has to give the same bytes on all of them.
type dice struct{ *rand.Rand }

// stream is the chance of one matter of one enterprise. Each matter has its own, so that what is added to one dataset
// leaves all others as they were.
func stream(seed uint64, number int, matter string) dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(matter)) // never fails
	return dice{rand.New(rand.NewPCG(seed, h.Sum64()+uint64(number)))}
}

// one picks a member.
func one[T any](d dice, from []T) T { return from[d.IntN(len(from))] }

// chance is true in percent of cases.
func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// rare is true in perMille of 1000 cases.
func (d dice) rare(perMille int) bool { return d.IntN(1000) < perMille }

// between is a number from low to high, both included.
func (d dice) between(low, high int) int {
	if high <= low {
		return low
	}
	return low + d.IntN(high-low+1)
}

// skewed is a number from low to high, small ones more often.
func (d dice) skewed(low, high int) int { return d.between(low, d.between(low, high)) }

// shared picks a member by its share of 100.
func shared[T any](d dice, from []T, share func(T) int) T {
	n := d.IntN(100)
	for _, member := range from {
		if n -= share(member); n < 0 {
			return member
		}
	}
	return from[0]
}
