package bits_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zhida/matcher/bits"
)

// members is a set as the tests think of it.
type members map[int]bool

func genSet(n int) *rapid.Generator[members] {
	return rapid.Custom(func(t *rapid.T) members {
		m := members{}
		from := rapid.IntRange(0, n).Draw(t, "from")
		to := rapid.IntRange(from, n).Draw(t, "to")
		if rapid.Bool().Draw(t, "run") {
			for i := from; i < to; i++ {
				m[i] = true
			}
		}
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, max(n-1, 0)), 0, 40).Draw(t, "members") {
			if i < n {
				m[i] = true
			}
		}
		return m
	})
}

func (m members) set(n int) bits.Set { return bits.Of(n, slices.Collect(maps.Keys(m))...) }

func (m members) where(keep func(i int) bool) members {
	out := members{}
	for i := range m {
		if keep(i) {
			out[i] = true
		}
	}
	return out
}

func all(n int) members {
	m := members{}
	for i := range n {
		m[i] = true
	}
	return m
}

func check(t *rapid.T, what string, got bits.Set, want members) {
	if w := slices.Sorted(maps.Keys(want)); !slices.Equal(slices.Collect(got.All()), w) {
		t.Fatalf("%s: %v, want %v", what, slices.Collect(got.All()), w)
	}
	if got.Count() != len(want) || got.IsEmpty() != (len(want) == 0) {
		t.Fatalf("%s: %d members, empty %v; want %d", what, got.Count(), got.IsEmpty(), len(want))
	}
}

func TestSetIsASet(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 200).Draw(t, "n")
		a, b := genSet(n).Draw(t, "a"), genSet(n).Draw(t, "b")
		sa, sb := a.set(n), b.set(n)
		inB := func(i int) bool { return b[i] }
		notB := func(i int) bool { return !b[i] }
		both, either := a.where(inB), maps.Clone(a)
		maps.Copy(either, b)

		ops := []struct {
			name string
			do   func(s bits.Set)
			want members
		}{
			{"And", func(s bits.Set) { s.And(sb) }, both},
			{"Or", func(s bits.Set) { s.Or(sb) }, either},
			{"AndNot", func(s bits.Set) { s.AndNot(sb) }, a.where(notB)},
			{"Xor", func(s bits.Set) { s.Xor(sb) }, either.where(func(i int) bool { return a[i] != b[i] })},
			{"Copy", func(s bits.Set) { s.Copy(sb) }, b},
			{"Clear", func(s bits.Set) { s.Clear() }, members{}},
			{"Fill", func(s bits.Set) { s.Fill(n) }, all(n)},
			{"Complement", func(s bits.Set) { s.Complement(n) }, all(n).where(func(i int) bool { return !a[i] })},
		}
		for _, op := range ops {
			s := sa.Clone()
			op.do(s)
			check(t, op.name, s, op.want)
		}
		check(t, "operands", sa, a)
		if got := sa.CountAnd(sb); got != len(both) {
			t.Fatalf("CountAnd: %d, want %d", got, len(both))
		}
		if sa.Intersects(sb) != (len(both) > 0) || sa.Within(sb) != (len(both) == len(a)) || sa.Equal(sb) != maps.Equal(a, b) {
			t.Fatalf("Intersects %v, Within %v, Equal %v", sa.Intersects(sb), sa.Within(sb), sa.Equal(sb))
		}
		for i := range n {
			if sa.Has(i) != a[i] {
				t.Fatalf("Has(%d) is %v", i, sa.Has(i))
			}
		}
	})
}

func TestRanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 300).Draw(t, "n")
		a := genSet(n).Draw(t, "a")
		from := rapid.IntRange(0, n).Draw(t, "from")
		to := rapid.IntRange(0, n).Draw(t, "to")

		s, want := a.set(n), maps.Clone(a)
		s.AddRange(from, to)
		for i := from; i < to; i++ {
			want[i] = true
		}
		check(t, "AddRange", s, want)

		s = a.set(n)
		s.Truncate(from)
		check(t, "Truncate", s, a.where(func(i int) bool { return i < from }))

		s = a.set(n)
		s.Fill(to)
		check(t, "Fill", s, all(to))

		if n > 0 {
			i := rapid.IntRange(0, n-1).Draw(t, "i")
			s, want = a.set(n), maps.Clone(a)
			s.Put(i, !a[i])
			want[i] = !a[i]
			check(t, "Put", s, want.where(func(i int) bool { return want[i] }))
		}
	})
}

func TestAllStops(t *testing.T) {
	t.Parallel()
	for i := range bits.Of(200, 3, 100, 199).All() {
		if i == 100 {
			break
		}
		if i != 3 {
			t.Errorf("yielded %d", i)
		}
	}
}
