package plan

import "zhida/matcher/bits"

// verdict is a truth value of one thing. Its two bits are yes and no, as in bits.Truth.
type verdict uint8

const (
	unknown verdict = 0
	yes     verdict = 1
	no      verdict = 2
)

// unknownsAre gives one verdict to all of the n things whose value is not known.
func unknownsAre(v verdict, known bits.Set, n int, out bits.Truth) {
	if v == unknown {
		return
	}
	target := out.Yes
	if v == no {
		target = out.No
	}
	for w := range target {
		target[w] |= ^known[w] & mask(w, n)
	}
}

// mask has the bits of word w that lie below n.
func mask(w, n int) uint64 {
	if n >= w<<6+64 {
		return ^uint64(0)
	}
	return 1<<(n&63) - 1
}

// isAllNo reports whether nothing can be yes or unknown any more.
func isAllNo(t bits.Truth, n int) bool {
	for w, x := range t.No {
		if x != mask(w, n) {
			return false
		}
	}
	return true
}
