//go:build !amd64

package bits

// On other processors the kernels are the plain ones.

func and(s, o Set) { plainAnd(s, o) }

func or(s, o Set) { plainOr(s, o) }

func andNot(s, o Set) { plainAndNot(s, o) }

func andAny(s, o Set) bool { return plainAndAny(s, o) }

func andAll(out Set, parts []Set) bool { return plainAndAll(out, parts) }

func split(in, known, yes, no Set) { plainSplit(in, known, yes, no) }

func narrow(clean, may, found, yes, no Set, reach uint64) bool {
	return plainNarrow(clean, may, found, yes, no, reach)
}

func count(s Set) int { return plainCount(s) }

func intersects(s, o Set) bool { return plainIntersects(s, o) }

func within(s, o Set) bool { return plainWithin(s, o) }

func narrowAll(_ *Candidates, _ Set, _ []Part) (done int, left bool) { return 0, false }
