package schemas_test

import (
	"math"
	"testing"

	"zhida/schemas"
)

func TestFormatDecimal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		stored int64
		scale  int
		want   string
	}{
		{0, 0, "0"},
		{0, 2, "0"},
		{150, 2, "1.5"},
		{100, 2, "1"},
		{-5, 2, "-0.05"},
		{7, 4, "0.0007"},
		{math.MaxInt64, 2, "92233720368547758.07"},
		{math.MinInt64, 0, "-9223372036854775808"},
	} {
		if got := schemas.FormatDecimal(c.stored, c.scale); got != c.want {
			t.Errorf("FormatDecimal(%d, %d) = %q, want %q", c.stored, c.scale, got, c.want)
		}
	}
}
