package plan

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
)

// TestRelation has cases by hand. Each is true, false or open for the things of one block, whose columns have two
// decimals: a, b of any number, c of at least 0, z of 0 to 5.
func TestRelation(t *testing.T) {
	t.Parallel()
	a, b, c, z := cents("a", 2), cents("b", 2), cents("c", 2, 0), cents("z", 2, 0, 500)
	tag := condition.Tag{Name: "t"}
	in := blockOf(6, 2, map[string][]int64{
		"a": {300, 301, 299, unset, 0, math.MaxInt64},
		"b": {10000, 10000, 10000, 10000, 0, math.MinInt64},
		"c": {unset, unset, 1, 0, 0, math.MaxInt64},
		"z": {unset, 500, 0, unset, 100, unset},
	})
	in.Block.Tags["t"] = bits.Truth{Yes: bits.Of(6, 0, 1), No: bits.Of(6, 2, 3)}
	tiers := condition.Tiers{Cases: []condition.Case{{When: tag, Then: number("3")}}, Else: number("4")}
	for _, k := range []struct {
		name string
		x    condition.Expr
		want string
	}{
		{"ratio, touching", compare(calc(a, condition.Divide, b), condition.GreaterOrEqual, number("0.03")), "110??0"},
		{"product, touching", compare(a, condition.GreaterOrEqual, calc(b, condition.Multiply, number("0.03"))), "110?11"},
		{"equal", compare(a, condition.Equal, calc(b, condition.Multiply, number("3/100"))), "100?10"},
		{"from the left", compare(number("0.03"), condition.Greater, calc(a, condition.Divide, b)), "001??1"},
		{"unknown times 0", compare(calc(a, condition.Multiply, number("0")), condition.Equal, number("0")), "111111"},
		{"at least 0", compare(calc(c, condition.Add, z), condition.GreaterOrEqual, number("0")), "111111"},
		{"sum of ranges", compare(calc(c, condition.Add, z), condition.GreaterOrEqual, number("5")), "?10?01"},
		{"denominator that can be 0", compare(calc(b, condition.Divide, z), condition.Greater, number("0")), "?1??0?"},
		{"denominator that cannot", compare(calc(number("1"), condition.Divide, calc(z, condition.Add, number("1"))), condition.GreaterOrEqual, number("1/6")), "111111"},
		{"division by nothing", compare(calc(number("1"), condition.Divide, number("0")), condition.Greater, number("0")), "??????"},
		{"huge", compare(calc(calc(b, condition.Multiply, b), condition.Multiply, calc(b, condition.Multiply, b)), condition.Greater, number("-1")), "111111"},
		{"beyond float64", compare(calc(number("1e400"), condition.Multiply, a), condition.Greater, number("2e400")), "111?01"},
		{"below float64", compare(calc(number("1e-400"), condition.Multiply, a), condition.Greater, number("3e-400")), "010?01"},
		{"tiers by hull", compare(calc(tiers, condition.Add, a), condition.Greater, number("7")), "000?01"},
		{"tiers lifted", compare(a, condition.GreaterOrEqual, tiers), "110?01"},
		{"tiers that agree", compare(number("5"), condition.Greater, tiers), "111111"},
		{"score", compare(condition.Score{Cases: []condition.Case{{When: tag, Then: number("60")}, {When: compare(a, condition.Greater, number("3")), Then: number("40")}}}, condition.GreaterOrEqual, number("60")), "1100??"},
		{"least", compare(condition.Extreme{Parts: []condition.Value{a, number("3")}}, condition.GreaterOrEqual, number("3")), "110?01"},
		{"most", compare(condition.Extreme{Most: true, Parts: []condition.Value{a, number("3")}}, condition.GreaterOrEqual, number("3")), "111111"},
		{"named", compare(condition.Named{X: condition.Named{X: a}}, condition.Less, number("3")), "001?10"},
		{"known sum", condition.Known{X: calc(a, condition.Add, b)}, "111011"},
		{"known 0", condition.Known{X: calc(a, condition.Multiply, number("0"))}, "111111"},
		{"known ratio", condition.Known{X: calc(a, condition.Divide, b)}, "111001"},
		{"known tiers", condition.Known{X: tiers}, "111100"},
		{"year", compare(condition.YearNumber{Year: condition.Year{Offset: -1}}, condition.Equal, number("2025")), "111111"},
	} {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			if got := truths(t, in, k.x)[0]; got != k.want {
				t.Errorf("%s, should be %s", got, k.want)
			}
		})
	}
}

// TestBands compares 累进 with the sum worked out by hand.
func TestBands(t *testing.T) {
	t.Parallel()
	in := blockOf(5, 2, map[string][]int64{"a": {-100, 0, 50_00, 150_00, 1000_00}})
	b := New()
	rat := func(text string) *big.Rat { return number(text).Value }
	v := b.AddValue(condition.Bands{X: cents("a", 2), Steps: []condition.Band{{UpTo: rat("100"), Rate: rat("0.1")}, {UpTo: rat("200"), Rate: rat("0.2")}}, Above: rat("0.01")})
	all := bits.New(5)
	all.Fill(5)
	var got []string
	if err := NewEvaluator(b.Plan()).Amounts(in, v, all, func(_ int, a Amount) {
		if !a.IsPoint() {
			t.Error("no point")
		}
		got = append(got, a.Low.RatString())
	}); err != nil {
		t.Fatal(err)
	}
	if want := "0 0 5 20 38"; strings.Join(got, " ") != want {
		t.Errorf("%v, should be %s", got, want)
	}
}

// author makes random expressions over columns a to d at the scale of 2.
type author struct{ r *rand.Rand }

func (a author) value(depth int) condition.Value {
	if depth == 0 || a.r.IntN(5) == 0 {
		return []func() condition.Value{
			func() condition.Value { return cents("a", 2) },
			func() condition.Value { return cents("b", 2, 0) },
			func() condition.Value { return cents("c", 2, -300, 700) },
			func() condition.Value { return cents("d", 2, 100) },
			func() condition.Value {
				return number([]string{"0", "1", "-2", "0.03", "1/3", "1e15", "123456789.123", "1e-9", "1e300", "1e-300", "7e-320"}[a.r.IntN(11)])
			},
			func() condition.Value { return condition.YearNumber{Year: condition.Year{Offset: -1}} },
		}[a.r.IntN(6)]()
	}
	switch a.r.IntN(8) {
	case 0:
		return condition.Extreme{Most: a.r.IntN(2) == 0, Parts: []condition.Value{a.value(depth - 1), a.value(depth - 1), a.value(0)}}
	case 1:
		return condition.Tiers{Cases: []condition.Case{{When: condition.Tag{Name: "t"}, Then: a.value(depth - 1)}}, Else: a.value(depth - 1)}
	case 2:
		when := compare(a.value(0), condition.Greater, a.value(0))
		return condition.Score{Cases: []condition.Case{{When: when, Then: a.value(depth - 1)}, {When: condition.Tag{Name: "u"}, Then: a.value(0)}}}
	}
	return calc(a.value(depth-1), condition.Operator(1+a.r.IntN(4)), a.value(depth-1))
}

// TestFloatIsExact runs random expressions over random blocks, with values at edges and equal ones, in floating point and
// in rational numbers: each end lies where its bound says, and each verdict is the same.
func TestFloatIsExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 53))
	pool := []int64{0, 0, 1, -1, 3, 100, 300, 10000, -300, 1<<53 - 1, 1 << 53, 1<<53 + 1, math.MaxInt64, math.MinInt64 + 1, 33, 1_000_000_000_00}
	yes, no, decided := 0, 0, 0
	for round := range 120 {
		n := []int{1, 63, 64, 65, 511, 513}[round%6]
		columns := map[string][]int64{}
		unknowns := 1 + r.IntN(6)
		for _, name := range []string{"a", "b", "c", "d"} {
			values := make([]int64, n)
			for i := range values {
				values[i] = pool[r.IntN(len(pool))]
				if r.IntN(unknowns) > 0 && round%3 > 0 {
					values[i] = unset
				}
			}
			columns[name] = values
		}
		in := blockOf(n, 2, columns)
		for _, name := range []string{"t", "u"} {
			truth := bits.NewTruth(n)
			for i := range n {
				record([]verdict{yesIs, noIs, unknown}[r.IntN(3)], i, truth)
			}
			in.Block.Tags[name] = truth
		}
		a := author{r}
		x, y := a.value(3), a.value(2)
		if r.IntN(3) == 0 {
			y = x
		}
		op := []condition.Op{condition.Equal, condition.Greater, condition.GreaterOrEqual, condition.Less, condition.LessOrEqual}[r.IntN(5)]
		b := New()
		refs := []Ref{b.Add(compare(x, op, y)), b.Add(condition.Known{X: x})}
		p := b.Plan()
		fast, slow := NewEvaluator(p), NewEvaluator(p)
		slow.rational = true
		got, want := answers(t, fast, in, refs), answers(t, slow, in, refs)
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("round %d: %+v %d %+v\n%s, should be\n%s", round, x, op, y, got[i], want[i])
			}
		}
		yes, no, decided = yes+strings.Count(got[0], "1"), no+strings.Count(got[0], "0"), decided+n
		enclosed(t, p, in)
	}
	if yes < decided/20 || no < decided/20 {
		t.Errorf("%d yes and %d no of %d", yes, no, decided)
	}
}

const (
	yesIs = yes
	noIs  = no
)

// enclosed checks each end of each program of a plan against exact arithmetic.
func enclosed(t *testing.T, p *Plan, in *Input) {
	t.Helper()
	ev := NewEvaluator(p)
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.kind != kindPoint {
			continue
		}
		ev.begin(in, []Ref{refOf(i)})
		for _, part := range n.parts {
			if err := ev.need(part); err != nil {
				t.Fatal(err)
			}
		}
		f := ev.frame(n.space)
		for from := 0; from < f.n; from += chunk {
			if err := ev.machine.bind(n.program, f); err != nil {
				t.Fatal(err)
			}
			count := min(chunk, f.n-from)
			ev.machine.run(n.program, from, count)
			v := ev.machine.stack[0]
			for k := range count {
				x, err := ev.exactly(n.program, f, from+k)
				if err != nil {
					t.Fatal(err)
				}
				if x[0].absence != v.absence(k) {
					t.Fatalf("absence %d, exactly %d", v.absence(k), x[0].absence)
				}
				if x[0].absence != absent && (!encloses(v.low(k), x[0].low, n.program.unit, -1) || !encloses(v.high(k), x[0].high, n.program.unit, 1)) {
					t.Fatalf("%v to %v, exactly %v to %v times %v, of %s", v.low(k), v.high(k), x[0].low, x[0].high, n.program.unit, n.program.key())
				}
			}
		}
		ev.end()
	}
}

// encloses reports whether the end is within its bound of the exact one.
func encloses(x end, exact, unit *big.Rat, sign int) bool {
	if exact == nil {
		return x.isOpen() && math.IsInf(x.v, sign) || !(x.e < math.Inf(1))
	}
	if x.isOpen() {
		return false
	}
	if !(x.e < math.Inf(1)) {
		return true // lost
	}
	if math.IsInf(x.v, 0) {
		return false
	}
	off := new(big.Rat).Quo(exact, unit)
	off.Sub(off, new(big.Rat).SetFloat64(x.v)).Abs(off)
	return off.Cmp(new(big.Rat).SetFloat64(x.e)) <= 0
}

// TestBlockSizes compares a ratio with whole arithmetic on blocks that end within words and chunks, on an empty one and
// on a full one, where one thing in ten touches the threshold.
func TestBlockSizes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(16, 4))
	for _, n := range []int{0, 1, 63, 64, 65, 511, 512, 513, 1000, full} {
		a, b := make([]int64, n), make([]int64, n)
		want := make([]byte, n)
		for i := range n {
			b[i] = r.Int64N(1e12) * 100
			a[i] = b[i]/100*3 + []int64{-1, 0, 1, 7, 1e6, -1e6, 5, 9, -9, 3}[i%10]
			want[i] = "01"[map[bool]int{false: 0, true: 1}[a[i]*100 >= b[i]*3]]
			if b[i] == 0 {
				want[i] = '?'
			}
		}
		in := blockOf(n, 2, map[string][]int64{"a": a, "b": b})
		got := truths(t, in, compare(calc(cents("a", 2), condition.Divide, cents("b", 2)), condition.GreaterOrEqual, number("3/100")))[0]
		if got != string(want) {
			t.Errorf("%d things: wrong", n)
		}
	}
}
