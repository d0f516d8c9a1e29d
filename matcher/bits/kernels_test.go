package bits

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestKernelsAreTheirTwins compares each kernel with plain Go on sets of every length up to two turns of the widest loop,
// and beginning at every word of 32 bytes. What lies beyond a set stays as it was.
func TestKernelsAreTheirTwins(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 5))
	for n := range 40 {
		for start := range 4 {
			for _, dense := range []bool{false, true} {
				twins(t, fmt.Sprintf("%d words from %d", n, start), func() Set { return words(r, start, n, dense) })
			}
		}
	}
}

// words are n random words, with one more on either side that is not theirs.
func words(r *rand.Rand, start, n int, dense bool) Set {
	s := make(Set, start+n+2)
	for i := range s {
		switch {
		case dense:
			s[i] = r.Uint64()
		case r.IntN(16) == 0:
			s[i] = 1 << r.IntN(64)
		}
	}
	return s[start+1 : start+n+1]
}

// twins runs each kernel and its twin on the same operands.
func twins(t testing.TB, what string, set func() Set) {
	t.Helper()
	a, b, c, d, e := set(), set(), set(), set(), set()
	ops := []struct {
		name       string
		fast, slow func(s []Set) any
	}{
		{"and", func(s []Set) any { and(s[0], s[1]); return 0 }, func(s []Set) any { plainAnd(s[0], s[1]); return 0 }},
		{"or", func(s []Set) any { or(s[0], s[1]); return 0 }, func(s []Set) any { plainOr(s[0], s[1]); return 0 }},
		{"andNot", func(s []Set) any { andNot(s[0], s[1]); return 0 }, func(s []Set) any { plainAndNot(s[0], s[1]); return 0 }},
		{"andAny", func(s []Set) any { return andAny(s[0], s[1]) }, func(s []Set) any { return plainAndAny(s[0], s[1]) }},
		{"andAll", func(s []Set) any { return andAll(s[0], s[1:]) }, func(s []Set) any { return plainAndAll(s[0], s[1:]) }},
		{"andAll of one", func(s []Set) any { return andAll(s[0], s[1:2]) }, func(s []Set) any { return plainAndAll(s[0], s[1:2]) }},
		{"andAll in place", func(s []Set) any { return andAll(s[0], s[:3]) }, func(s []Set) any { return plainAndAll(s[0], s[:3]) }},
		{"split", func(s []Set) any { split(s[0], s[1], s[2], s[3]); return 0 }, func(s []Set) any { plainSplit(s[0], s[1], s[2], s[3]); return 0 }},
		{"split in place", func(s []Set) any { split(s[0], s[1], s[0], s[3]); return 0 }, func(s []Set) any { plainSplit(s[0], s[1], s[0], s[3]); return 0 }},
		{"narrow", func(s []Set) any { return narrow(s[0], s[1], s[2], s[3], s[4], math.MaxUint64) }, func(s []Set) any { return plainNarrow(s[0], s[1], s[2], s[3], s[4], math.MaxUint64) }},
		{"narrow, not attainable", func(s []Set) any { return narrow(s[0], s[1], s[2], s[3], s[4], 0) }, func(s []Set) any { return plainNarrow(s[0], s[1], s[2], s[3], s[4], 0) }},
		{"count", func(s []Set) any { return count(s[0]) }, func(s []Set) any { return plainCount(s[0]) }},
		{"intersects", func(s []Set) any { return intersects(s[0], s[1]) }, func(s []Set) any { return plainIntersects(s[0], s[1]) }},
		{"within", func(s []Set) any { return within(s[0], s[1]) }, func(s []Set) any { return plainWithin(s[0], s[1]) }},
	}
	for _, op := range ops {
		x, y := copies(a, b, c, d, e), copies(a, b, c, d, e)
		got, want := op.fast(x), op.slow(y)
		if got != want {
			t.Fatalf("%s, %s: %v, the twin says %v", op.name, what, got, want)
		}
		for i := range x {
			if !slices.Equal(x[i][:len(a)+1], y[i][:len(a)+1]) {
				t.Fatalf("%s, %s: operand %d is %x, the twin's %x", op.name, what, i, x[i], y[i])
			}
		}
	}
}

// copies are sets with a word after them, and aligned as the first one is.
func copies(sets ...Set) []Set {
	var out []Set
	for _, s := range sets {
		c := append(Set{7}, s[:len(s)+1]...)
		out = append(out, c[1:len(s)+1])
	}
	return out
}

// TestWithinAndIntersectsFindOneBit moves the one bit that decides through all places.
func TestWithinAndIntersectsFindOneBit(t *testing.T) {
	t.Parallel()
	const n = 64 * 19
	for i := range n {
		one, all := Of(n, i), New(n)
		all.Fill(n)
		if !one.Intersects(all) || !one.Within(all) || all.Within(one) || one.IsEmpty() {
			t.Fatalf("bit %d is not seen", i)
		}
		all.Remove(i)
		if one.Intersects(all) || one.Within(all) {
			t.Fatalf("bit %d is seen where it is not", i)
		}
		if c := (Candidates{Clean: New(n), May: one.Clone(), Found: New(n)}); !c.Narrow(NewTruth(n), true) {
			t.Fatalf("bit %d is no candidate", i)
		}
		if !one.Clone().AndAny(one) || !AndAll(all, []Set{one, one}) || !all.Equal(one) {
			t.Fatalf("bit %d is lost", i)
		}
	}
}

// TestNarrowAllIsNarrowing compares NarrowAll with one part after the other.
func TestNarrowAllIsNarrowing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 8))
	for round := range 2000 {
		n := r.IntN(50)
		set := func() Set { return words(r, r.IntN(4), n, r.IntN(2) == 0) }
		living := set()
		var parts []Part
		a := Candidates{Clean: set(), May: set(), Found: set()}
		b := Candidates{Clean: a.Clean.Clone(), May: a.May.Clone(), Found: a.Found.Clone()}
		if round%2 == 0 {
			b.Clean.Copy(living)
			b.May.Copy(living)
			b.Found.Clear()
		} else {
			living = nil
		}
		want := !b.May.IsEmpty() || !b.Found.IsEmpty()
		for range r.IntN(5) {
			part, attainable := Truth{Yes: set(), No: set()}, r.IntN(2) == 0
			parts = append(parts, PartOf(part, attainable))
			want = b.Narrow(part, attainable)
		}
		if got := a.NarrowAll(living, parts); got != want || !a.Clean.Equal(b.Clean) || !a.May.Equal(b.May) || !a.Found.Equal(b.Found) {
			t.Fatalf("%d words, %d parts: %v, should be %v", n, len(parts), got, want)
		}
	}
}

// edges are what integers and bounds are drawn from.
func edges() []int64 {
	return []int64{math.MinInt64, math.MinInt64 + 1, -1, 0, 1, 100, math.MaxInt64 - 1, math.MaxInt64}
}

// TestScansAreTheirTwins compares the scans with the definition, value by value.
func TestScansAreTheirTwins(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 300).Draw(t, "n")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		start := rapid.IntRange(0, 3).Draw(t, "start")
		low, high := drawn(r), drawn(r)
		values := make([]int64, start+n)
		for i := range values {
			values[i] = drawn(r)
		}
		scanned(t, r, values[start:], low, high)
	})
}

func drawn(r *rand.Rand) int64 {
	if e := edges(); r.IntN(2) == 0 {
		return e[r.IntN(len(e))]
	}
	return r.Int64N(8) - 4
}

// floats are edges of floating point, and numbers between them.
func floats(v int64) float64 {
	switch v {
	case math.MinInt64:
		return math.Inf(-1)
	case math.MaxInt64:
		return math.Inf(1)
	case math.MinInt64 + 1:
		return math.NaN()
	case math.MaxInt64 - 1:
		return math.MaxFloat64
	case 100:
		return math.SmallestNonzeroFloat64
	case -1:
		return math.Copysign(0, -1)
	}
	return float64(v) / 3
}

// scanned runs all scans over the values, brought to their types, into sets with a word more than they need.
func scanned(t interface{ Fatalf(string, ...any) }, r *rand.Rand, values []int64, low, high int64) {
	n := len(values)
	fl, codes, bytes := make([]float64, n), make([]uint16, n), make([]uint8, n)
	for i, v := range values {
		fl[i], codes[i], bytes[i] = floats(v), uint16(v), uint8(v)
	}
	before := words(r, 0, Words(n)+1, true)
	check := func(name string, scan func(out Set), in func(i int) bool) {
		out := before.Clone()
		scan(out)
		for i := range n {
			if out.Has(i) != in(i) {
				t.Fatalf("%s of %d: %d is %v, from %d to %d", name, n, i, out.Has(i), low, high)
			}
		}
		if last := out[len(out)-1]; name == "codes" && last != before[len(before)-1] || name != "codes" && last != 0 {
			t.Fatalf("%s of %d: the word after them is %x", name, n, last)
		}
		if out.Truncate(n); name != "codes" && n%64 != 0 {
			again := before.Clone()
			if scan(again); !again.Equal(out) {
				t.Fatalf("%s of %d: bits beyond the last value", name, n)
			}
		}
	}
	check("integers", func(out Set) { Between(values, low, high, out) }, func(i int) bool { return low <= values[i] && values[i] <= high })
	others := make([]int64, n)
	for i := range others {
		if others[i] = drawn(r); r.IntN(3) == 0 {
			others[i] = values[i]
		}
	}
	check("pairs", func(out Set) { Greater(values, others, out) }, func(i int) bool { return values[i] > others[i] })
	fa, fb := floats(low), floats(high)
	check("floats", func(out Set) { BetweenFloats(fl, fa, fb, out) }, func(i int) bool { return fa <= fl[i] && fl[i] <= fb })
	ca, cb := uint16(low), uint16(high)
	check("codes", func(out Set) { OrBetweenCodes(codes, ca, cb, out) }, func(i int) bool { return ca <= codes[i] && codes[i] <= cb || before.Has(i) })
	ba, bb := uint8(low), uint8(high)
	check("bytes", func(out Set) { BetweenBytes(bytes, ba, bb, out) }, func(i int) bool { return ba <= bytes[i] && bytes[i] <= bb })
}

// FuzzKernels draws operands from a seed and lets the bounds be anything.
func FuzzKernels(f *testing.F) {
	f.Add(uint64(1), uint16(0), int64(0), int64(0))
	f.Add(uint64(2), uint16(65), int64(math.MinInt64), int64(math.MaxInt64))
	f.Add(uint64(3), uint16(1000), int64(5), int64(-5))
	f.Fuzz(func(t *testing.T, seed uint64, size uint16, low, high int64) {
		r := rand.New(rand.NewPCG(seed, 2))
		n := int(size) % 4096
		values := make([]int64, n)
		for i := range values {
			switch r.IntN(4) {
			case 0:
				values[i] = low
			case 1:
				values[i] = high
			case 2:
				values[i] = int64(r.Uint64())
			default:
				values[i] = drawn(r)
			}
		}
		scanned(t, r, values, low, high)
		twins(t, "fuzzed", func() Set { return words(r, n%4, n/64, seed%2 == 0) })
	})
}
