package schemas

import (
	"slices"
	"unicode/utf8"
)

// Near returns the candidate that a mistyped word most likely means, or "". Characters count, not bytes. A candidate is near if few
// characters must be changed, or if one of the two abbreviates the other as Chinese does, by leaving characters out
// (营收 for 营业收入). The first of equally near ones wins.
func Near(word string, candidates []string) string {
	if word == "" {
		return ""
	}
	w := []rune(word)
	best, bestCost := "", 1<<30
	for _, c := range candidates {
		if c == "" {
			continue
		}
		if n := utf8.RuneCountInString(c); n > 4*len(w)+4 || len(w) > 4*n+4 {
			continue
		}
		if cost, ok := nearness(w, []rune(c)); ok && cost < bestCost {
			best, bestCost = c, cost
		}
	}
	return best
}

// nearness is ten times the edit distance, less if one word abbreviates the other.
func nearness(a, b []rune) (int, bool) {
	d := editDistance(a, b)
	longest, shortest := max(len(a), len(b)), min(len(a), len(b))
	if shortest >= 2 && (abbreviates(a, b) || abbreviates(b, a)) {
		return 5 * d, true
	}
	if d > 0 && a[0] != b[0] && shortest <= 2 {
		return 0, false // of two characters the first must stand
	}
	if d <= max(1, longest/3) && d < longest {
		return 10 * d, true
	}
	return 10 * d, a[0] == b[0] && 4*inCommon(a, b) >= 3*longest
}

// inCommon counts the characters of a that also stand in b, in any order: 研发经费 and 研发费用 share three.
func inCommon(a, b []rune) int {
	rest, n := slices.Clone(b), 0
	for _, r := range a {
		if i := slices.Index(rest, r); i >= 0 {
			rest, n = slices.Delete(rest, i, i+1), n+1
		}
	}
	return n
}

// abbreviates reports whether the characters of short stand in long in the same order, the first one first.
func abbreviates(short, long []rune) bool {
	if len(short) > len(long) || short[0] != long[0] {
		return false
	}
	i := 0
	for _, r := range long {
		if i < len(short) && short[i] == r {
			i++
		}
	}
	return i == len(short)
}

// editDistance counts insertions, deletions, substitutions and swaps of neighbours.
func editDistance(a, b []rune) int {
	older, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(prev[j]+1, row[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], older[j-2]+1)
			}
		}
		older, prev, row = prev, row, older
	}
	return prev[len(b)]
}
