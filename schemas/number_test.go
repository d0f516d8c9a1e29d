package schemas

import (
	"errors"
	"math/big"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestParseDecimal(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text  string
		scale int
		want  int64
		exact bool
	}{
		{"0", 0, 0, true},
		{"-0.0", 2, 0, true},
		{"12", 0, 12, true},
		{"+12", 2, 1200, true},
		{"1,234,567.5", 2, 123456750, true},
		{"27,850.0875", 4, 278500875, true},
		{"27,850.0875", 2, 2785009, false},
		{"0.005", 2, 1, false},
		{"-0.005", 2, -1, false},
		{"0.0049", 2, 0, false},
		{"0.0000001", 2, 0, false},
		{".5", 1, 5, true},
		{"5.", 1, 50, true},
		{"1.50", 1, 15, true},
		{"007", 0, 7, true},
		{"1.5E+7", 0, 15000000, true},
		{"25e-1", 1, 25, true},
		{"3万", 0, 30000, true},
		{"1.2亿", 0, 120000000, true},
		{"1.2345万", 0, 12345, true},
		{"3 千万", 0, 30000000, true},
		{"2万亿", 0, 2000000000000, true},
		{"９，０００", 0, 9000, true},
		{" 5 ", 0, 5, true},
		{"9223372036854775807", 0, 9223372036854775807, true},
		{"-9223372036854775807", 0, -9223372036854775807, true},
	} {
		got, exact, err := ParseDecimal(tc.text, tc.scale)
		if err != nil || got != tc.want || exact != tc.exact {
			t.Errorf("ParseDecimal(%q, %d) = %d, %v, %v; want %d, %v", tc.text, tc.scale, got, exact, err, tc.want, tc.exact)
		}
	}
}

func TestParseDecimalRefuses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want error
	}{
		{"", ErrNumber},
		{"-", ErrNumber},
		{".", ErrNumber},
		{"万", ErrNumber},
		{"约5", ErrNumber},
		{"1,23", ErrNumber},
		{"1234,567", ErrNumber},
		{",123", ErrNumber},
		{"1,2345", ErrNumber},
		{"5人", ErrNumber},
		{"5%", ErrNumber},
		{"1-2", ErrNumber},
		{"1e999", ErrNumber},
		{"0x10", ErrNumber},
		{"NaN", ErrNumber},
		{"9223372036854775808", ErrOverflow},
		{"92233720368547758", ErrOverflow}, // at scale 3
		{"1e30", ErrOverflow},
		{"9亿亿亿", ErrOverflow},
	} {
		if v, _, err := ParseDecimal(tc.text, 3); !errors.Is(err, tc.want) {
			t.Errorf("ParseDecimal(%q, 3) = %d, %v; want %v", tc.text, v, err, tc.want)
		}
	}
}

func TestParseDecimalReadsWhatGoWrites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1<<53, 1<<53).Draw(t, "n")
		v, exact, err := ParseDecimal(strconv.FormatInt(n, 10), 0)
		if err != nil || !exact || v != n {
			t.Fatalf("%d becomes %d, %v, %v", n, v, exact, err)
		}
	})
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"", "1,234.5", "1.5E+7", "3万亿", "-0.005", "１２", "9223372036854775808"} {
		f.Add(s, 2)
	}
	f.Fuzz(func(t *testing.T, s string, scale int) {
		if scale < 0 || scale > 9 {
			return
		}
		v, exact, err := ParseDecimal(s, scale)
		if err != nil {
			return
		}
		plain, ok := new(big.Rat).SetString(s)
		if !ok || len(s) > 40 {
			return
		}
		scaled := plain.Mul(plain, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale)), nil)))
		diff := new(big.Rat).Sub(scaled, new(big.Rat).SetInt64(v))
		if exact && diff.Sign() != 0 || diff.Abs(diff).Cmp(big.NewRat(1, 2)) > 0 {
			t.Errorf("ParseDecimal(%q, %d) = %d, %v", s, scale, v, exact)
		}
	})
}
