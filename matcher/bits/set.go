package bits

import (
	"iter"
	"math/bits"
)

const wordBits = 64

// Words is the number of words that hold n bits.
func Words(n int) int { return (n + wordBits - 1) / wordBits }

// Set is a set of small numbers from 0 up, one bit each, 64 to a word, the lowest number in the lowest bit. Sets
// that meet in an operation have the same number of words; a shorter argument panics.
type Set []uint64

// New returns an empty set of n bits.
func New(n int) Set { return make(Set, Words(n)) }

// Of returns a set of n bits that holds the members.
func Of(n int, members ...int) Set {
	s := New(n)
	for _, i := range members {
		s.Add(i)
	}
	return s
}

// Has reports whether i is in the set.
func (s Set) Has(i int) bool { return s[uint(i)/wordBits]&(1<<(uint(i)%wordBits)) != 0 }

// Add puts i into the set.
func (s Set) Add(i int) { s[uint(i)/wordBits] |= 1 << (uint(i) % wordBits) }

// Remove takes i out of the set.
func (s Set) Remove(i int) { s[uint(i)/wordBits] &^= 1 << (uint(i) % wordBits) }

// Put makes i a member or not.
func (s Set) Put(i int, member bool) {
	if member {
		s.Add(i)
	} else {
		s.Remove(i)
	}
}

// Clear empties the set.
func (s Set) Clear() { clear(s) }

// Fill makes the set hold 0 to n-1 and nothing else.
func (s Set) Fill(n int) {
	whole := n / wordBits
	for i := range s[:whole] {
		s[i] = ^uint64(0)
	}
	clear(s[whole:])
	if rest := n % wordBits; rest != 0 {
		s[whole] = 1<<rest - 1
	}
}

// Complement makes the set hold those of 0 to n-1 that it did not hold.
func (s Set) Complement(n int) {
	for i := range s {
		s[i] = ^s[i]
	}
	s.Truncate(n)
}

// Truncate takes n and everything above it out of the set.
func (s Set) Truncate(n int) {
	if n >= len(s)*wordBits {
		return
	}
	whole := n / wordBits
	s[whole] &= 1<<(n%wordBits) - 1
	clear(s[whole+1:])
}

// AddRange puts from to to-1 into the set.
func (s Set) AddRange(from, to int) {
	if from >= to {
		return
	}
	first, last := from/wordBits, (to-1)/wordBits
	low := ^uint64(0) << (from % wordBits)
	high := ^uint64(0) >> (wordBits - 1 - (to-1)%wordBits)
	if first == last {
		s[first] |= low & high
		return
	}
	s[first] |= low
	for i := first + 1; i < last; i++ {
		s[i] = ^uint64(0)
	}
	s[last] |= high
}

// And keeps what is also in o.
func (s Set) And(o Set) { and(s, o[:len(s)]) }

// Or adds what is in o.
func (s Set) Or(o Set) { or(s, o[:len(s)]) }

// AndNot takes out what is in o.
func (s Set) AndNot(o Set) { andNot(s, o[:len(s)]) }

// Xor keeps what is in exactly one of the two.
func (s Set) Xor(o Set) {
	o = o[:len(s)]
	for i := range s {
		s[i] ^= o[i]
	}
}

// Copy makes the set equal to o.
func (s Set) Copy(o Set) { copy(s, o[:len(s)]) }

// Clone returns a new set equal to s.
func (s Set) Clone() Set { return append(make(Set, 0, len(s)), s...) }

// Count is the number of members.
func (s Set) Count() int { return count(s) }

// CountAnd is the number of members that are also in o.
func (s Set) CountAnd(o Set) int {
	o = o[:len(s)]
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w & o[i])
	}
	return n
}

// IsEmpty reports whether the set has no member.
func (s Set) IsEmpty() bool { return !intersects(s, s) }

// Equal reports whether both sets have the same members.
func (s Set) Equal(o Set) bool {
	o = o[:len(s)]
	for i, w := range s {
		if w != o[i] {
			return false
		}
	}
	return true
}

// Intersects reports whether the sets have a member in common.
func (s Set) Intersects(o Set) bool { return intersects(s, o[:len(s)]) }

// Within reports whether every member is also in o.
func (s Set) Within(o Set) bool { return within(s, o[:len(s)]) }

// All yields the members in ascending order. The set may be changed while it is walked, except in the word of the
// member that was yielded last.
func (s Set) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range s {
			for w != 0 {
				if !yield(i*wordBits + bits.TrailingZeros64(w)) {
					return
				}
				w &= w - 1
			}
		}
	}
}
