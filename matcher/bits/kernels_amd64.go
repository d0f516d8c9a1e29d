package bits

import "golang.org/x/sys/cpu"

// On amd64 the kernels are written for AVX2. A processor without it, or an operating system that does not keep its
// registers, has the plain ones.

func fast() bool { return cpu.X86.HasAVX2 && cpu.X86.HasPOPCNT }

func and(s, o Set) {
	if fast() {
		andAVX2(s, o)
		return
	}
	plainAnd(s, o)
}

func or(s, o Set) {
	if fast() {
		orAVX2(s, o)
		return
	}
	plainOr(s, o)
}

func andNot(s, o Set) {
	if fast() {
		andNotAVX2(s, o)
		return
	}
	plainAndNot(s, o)
}

func andAny(s, o Set) bool {
	if fast() {
		return andAnyAVX2(s, o)
	}
	return plainAndAny(s, o)
}

func andAll(out Set, parts []Set) bool {
	if fast() {
		return andAllAVX2(out, parts)
	}
	return plainAndAll(out, parts)
}

func split(in, known, yes, no Set) {
	if fast() {
		splitAVX2(in, known, yes, no)
		return
	}
	plainSplit(in, known, yes, no)
}

func narrow(clean, may, found, yes, no Set, reach uint64) bool {
	if fast() {
		return narrowAVX2(clean, may, found, yes, no, reach)
	}
	return plainNarrow(clean, may, found, yes, no, reach)
}

func count(s Set) int {
	if fast() {
		return countAVX2(s)
	}
	return plainCount(s)
}

func intersects(s, o Set) bool {
	if fast() {
		return intersectsAVX2(s, o)
	}
	return plainIntersects(s, o)
}

func within(s, o Set) bool {
	if fast() {
		return withinAVX2(s, o)
	}
	return plainWithin(s, o)
}

// narrowAll does whole groups of 4 words and returns how many words that were.
func narrowAll(c *Candidates, living Set, parts []Part) (done int, left bool) {
	if !fast() || len(parts) == 0 {
		return 0, false
	}
	return narrowAllAVX2(c.Clean, c.May, c.Found, living, parts)
}

//go:noescape
func andAVX2(s, o Set)

//go:noescape
func orAVX2(s, o Set)

//go:noescape
func andNotAVX2(s, o Set)

//go:noescape
func andAnyAVX2(s, o Set) bool

//go:noescape
func andAllAVX2(out Set, parts []Set) bool

//go:noescape
func splitAVX2(in, known, yes, no Set)

//go:noescape
func narrowAVX2(clean, may, found, yes, no Set, reach uint64) bool

//go:noescape
func countAVX2(s Set) int

//go:noescape
func intersectsAVX2(s, o Set) bool

//go:noescape
func withinAVX2(s, o Set) bool

//go:noescape
func betweenAVX2(values []int64, shift, most int64, out Set)

//go:noescape
func betweenFloatsAVX2(values []float64, low, high float64, out Set)

//go:noescape
func orBetweenCodesAVX2(ids []uint16, low, width uint16, out Set)

//go:noescape
func betweenBytesAVX2(values []uint8, low, width uint8, out Set)

//go:noescape
func narrowAllAVX2(clean, may, found, living Set, parts []Part) (done int, left bool)

//go:noescape
func greaterAVX2(x, y []int64, out Set)
