package plan

import (
	"slices"
	"strings"

	"zhida/schemas"
)

// word is the value of a row as 种数 sees it.
type word struct {
	known bool   // it is one value only
	value uint64 // the same for equal values
	code  string // of a code, known coarsely or not; "" for what is none
}

// wordsOf are the words of a column's values, of which the first is unknown. A code that has finer ones below it may
// stand for any of them; one that has a single one stands for that.
func wordsOf(values []string, of field, h *hierarchy) []word {
	out := make([]word, len(values))
	numbers := map[string]uint64{}
	for i, v := range values[1:] {
		w := word{known: true}
		if of.typ.Kind == schemas.KindCode {
			below := h.children(of.typ.System, v)
			for len(below) == 1 {
				v, below = below[0], h.children(of.typ.System, below[0])
			}
			w.known, w.code = len(below) == 0, v
		}
		if _, ok := numbers[v]; !ok {
			numbers[v] = uint64(len(numbers))
		}
		w.value = numbers[v]
		out[1+i] = w
	}
	return out
}

// apart counts the codes, equal ones once, that have no other one within them: two codes lie in each other or apart.
func apart(codes []string) int {
	slices.Sort(codes)
	n := 0
	for i, c := range codes {
		if i+1 == len(codes) || !strings.HasPrefix(codes[i+1], c) {
			n++
		}
	}
	return n
}
