package rows_test

import (
	"errors"
	"math/big"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"zhida/connectors/format/rows"
)

// TestLiterals compares with exact rationals: a literal with an exponent is the same number without one.
func TestLiterals(t *testing.T) {
	t.Parallel()
	literal := rapid.StringMatching(`-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,10})?([eE][+-]?[0-9]{1,2})?`)
	rapid.Check(t, func(t *rapid.T) {
		in := literal.Draw(t, "literal")
		out, err := rows.AppendLiteral([]byte("x"), []byte(in))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.TrimPrefix(string(out), "x")
		want, _ := new(big.Rat).SetString(in)
		got, ok := new(big.Rat).SetString(text)
		if !ok || got.Cmp(want) != 0 || strings.ContainsAny(text, "eE+") {
			t.Fatalf("%s is %s", in, text)
		}
		digits := strings.TrimPrefix(text, "-")
		if len(digits) > 1 && digits[0] == '0' && digits[1] != '.' {
			t.Fatalf("%s is %s", in, text)
		}
	})
	for _, bad := range []string{"1e401", "1e-401", "1e99999999999999999999"} {
		if _, err := rows.AppendLiteral(nil, []byte(bad)); !errors.Is(err, rows.ErrExponent) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// TestScaled compares with exact rationals.
func TestScaled(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, scale := rapid.Int64().Draw(t, "n"), rapid.IntRange(-5, 30).Draw(t, "scale")
		out := string(rows.AppendScaled(nil, strconv.AppendInt(nil, n, 10), scale))
		got, ok := new(big.Rat).SetString(out)
		want := new(big.Rat).SetInt64(n)
		ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(scale, -scale))), nil))
		if scale > 0 {
			want.Quo(want, ten)
		} else {
			want.Mul(want, ten)
		}
		if _, decimals, _ := strings.Cut(out, "."); !ok || got.Cmp(want) != 0 || scale >= 0 && len(decimals) != scale {
			t.Fatalf("%d of scale %d is %s", n, scale, out)
		}
	})
}

// TestFloats: what is written reads back as the same number, and has no exponent.
func TestFloats(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-1e15, 1e15).Draw(t, "v")
		out, err := rows.AppendFloat(nil, v, 64)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := strconv.ParseFloat(string(out), 64); err != nil || back != v || strings.ContainsAny(string(out), "eE") {
			t.Fatalf("%g is %s", v, out)
		}
	})
}

// TestMoments compares with package time.
func TestMoments(t *testing.T) {
	t.Parallel()
	china := time.FixedZone("", rows.ChinaOffset)
	first, last := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(9999, 12, 30, 0, 0, 0, 0, time.UTC).Unix()
	rapid.Check(t, func(t *rapid.T) {
		millis := rapid.Int64Range(first*1000, last*1000).Draw(t, "millis")
		out, err := rows.AppendMoment(nil, millis, 1000, rows.ChinaOffset)
		if err != nil {
			t.Fatal(err)
		}
		want := strings.TrimSuffix(time.UnixMilli(millis).In(china).Format("2006-01-02 15:04:05.999"), " 00:00:00")
		if string(out) != want {
			t.Fatalf("%d is %s, want %s", millis, out, want)
		}
	})
	for _, bad := range []int64{first*1000 - 1, -1 << 63, 1<<63 - 1} {
		if out, err := rows.AppendMoment(nil, bad, 1000, 0); !errors.Is(err, rows.ErrNoDay) {
			t.Errorf("%d is %s, %v", bad, out, err)
		}
	}
}
