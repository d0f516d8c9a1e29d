package plan

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// TestComparison compares numbers of all pairs of scales with exact rationals.
func TestComparison(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(8, 8))
	edges := []int64{0, 1, -1, 9, 10, -10, 99, 100, math.MaxInt64, math.MinInt64, math.MaxInt64 / 10, math.MinInt64 / 10}
	for left := range 21 {
		for right := range 21 {
			compare := comparison(left, right)
			for range 200 {
				x, y := edges[r.IntN(len(edges))], edges[r.IntN(len(edges))]
				if r.IntN(2) == 0 {
					x = r.Int64() >> r.IntN(63)
				}
				if want := exact(x, left).Cmp(exact(y, right)); compare(x, y) != want {
					t.Fatalf("%d at %d decimals against %d at %d: %d, should be %d", x, left, y, right, compare(x, y), want)
				}
			}
		}
	}
}

// TestBounds checks whole thresholds against the exact relation for stored numbers around them.
func TestBounds(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"0", "1.005", "-1.005", "2", "-2", "1/3", "-1/3", "1e30", "-1e30", "92233720368547758.07", "92233720368547758.075", "-92233720368547758.08"} {
		threshold, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatal(text)
		}
		for _, op := range []condition.Op{condition.Equal, condition.Greater, condition.GreaterOrEqual} {
			b := boundsOf(op, threshold, 2)
			for _, v := range []int64{math.MinInt64, math.MinInt64 + 1, -201, -200, -199, -101, -100, -34, -33, -1, 0, 1, 33, 34, 100, 101, 199, 200, 201, math.MaxInt64 - 1, math.MaxInt64} {
				sign := exact(v, 2).Cmp(threshold)
				if got, want := !b.empty() && b.low <= v && v <= b.high, decide(op, sign, sign) == yes; got != want {
					t.Errorf("%d against %s by relation %d: %v, should be %v", v, text, op, got, want)
				}
			}
		}
	}
}

// TestFirst checks the searched threshold against the calendar for each day around it.
func TestFirst(t *testing.T) {
	t.Parallel()
	for _, spans := range [][]schemas.Span{
		nil, {{Years: 1}}, {{Months: 1}}, {{Months: -1}}, {{Days: 30}}, {{Years: -4}}, {{Months: 1}, {Months: -1}}, {{Years: 2, Months: 1, Days: 3}, {Days: -40}},
	} {
		moved := term{spans: spans}
		for _, day := range []schemas.Date{
			schemas.NewDate(2024, 2, 28), schemas.NewDate(2024, 2, 29), schemas.NewDate(2025, 2, 28), schemas.NewDate(2025, 3, 1),
			schemas.NewDate(2025, 4, 30), schemas.NewDate(2026, 1, 31), schemas.NewDate(2026, 6, 15),
		} {
			first := schemas.Date(moved.first(day))
			for d := first - 70; d < first+70; d++ {
				if got, want := d >= first, moved.move(d) >= day; got != want {
					t.Errorf("%v moved by %v is %v; first day for %v is %v", d, spans, moved.move(d), day, first)
				}
			}
		}
	}
	if got := (term{}).first(1); got != math.MinInt64 {
		t.Errorf("every day is the first or later, got %d", got)
	}
	if got := (term{}).first(4_000_000); got != math.MaxInt64 {
		t.Errorf("no day is that late, got %d", got)
	}
}

// TestCodeSetWithoutTable checks what can be said of codes when no table tells what is below them.
func TestCodeSetWithoutTable(t *testing.T) {
	t.Parallel()
	var none *hierarchy
	h := none.of(&Input{})
	for _, c := range []struct {
		members, except []string
		code            string
		want            verdict
	}{
		{[]string{"C39"}, nil, "C39", yes},
		{[]string{"C39"}, nil, "C3911", yes},
		{[]string{"C39"}, nil, "C", unknown},
		{[]string{"C39"}, nil, "C38", no},
		{[]string{"C", "C39"}, nil, "C", yes},
		{[]string{"C"}, []string{"C39"}, "C", unknown},
		{[]string{"C"}, []string{"C39"}, "C3", unknown},
		{[]string{"C"}, []string{"C39"}, "C391", no},
		{[]string{"C"}, []string{"C39"}, "C38", yes},
		{[]string{"C39", "I"}, []string{"C3"}, "C", no},
		{[]string{"C39", "I"}, []string{"C3"}, "C39", no},
		{[]string{"C3911"}, nil, "I65", no},
	} {
		s := newCodeSet(schemas.SystemIndustry, condition.Set{Members: c.members, Except: c.except})
		if got := s.verdict(c.code, h); got != c.want {
			t.Errorf("%s in %v less %v: %d, should be %d", c.code, c.members, c.except, got, c.want)
		}
	}
}
