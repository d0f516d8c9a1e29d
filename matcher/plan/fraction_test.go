package plan

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestFractions compares fractions with rationals of any size. What does not fit is refused.
func TestFractions(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.OneOf(
			rapid.Int64Range(math.MinInt64+1, math.MaxInt64), rapid.Int64Range(-1000, 1000), rapid.Int64Range(-1e12, 1e12),
			rapid.SampledFrom([]int64{0, 1, -1, 100, math.MaxInt64, math.MinInt64 + 1}),
		)
		one := func(label string) fraction {
			under := rapid.OneOf(rapid.Int64Range(1, math.MaxInt64), rapid.SampledFrom([]int64{1, 100, 10000})).Draw(t, label)
			return fraction{whole.Draw(t, label), under}
		}
		x, y := one("x"), one("y")
		if rapid.Bool().Draw(t, "same") {
			y.under = x.under
		}
		rat := func(f fraction) *big.Rat { return big.NewRat(f.over, f.under) }
		if got, want := x.compare(y), rat(x).Cmp(rat(y)); sign3(got) != want {
			t.Fatalf("%v and %v: %d, should be %d", x, y, got, want)
		}
		code := rapid.SampledFrom([]opcode{opAdd, opSubtract, opMultiply, opDivide}).Draw(t, "code")
		got, ok := x.combine(code, y)
		if !ok {
			if max(size(x.over), size(y.over), size(x.under), size(y.under)) < 1<<30 && !(code == opDivide && y.over == 0) {
				t.Fatalf("%v %d %v is refused", x, code, y)
			}
			return
		}
		want := new(big.Rat)
		switch code {
		case opAdd:
			want.Add(rat(x), rat(y))
		case opSubtract:
			want.Sub(rat(x), rat(y))
		case opMultiply:
			want.Mul(rat(x), rat(y))
		case opDivide:
			want.Quo(rat(x), rat(y))
		}
		if got.under <= 0 || rat(got).Cmp(want) != 0 {
			t.Fatalf("%v %d %v is %v, should be %v", x, code, y, got, want)
		}
	})
}
