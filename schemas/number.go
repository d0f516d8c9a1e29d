package schemas

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// ErrNumber is returned for text that is not a decimal number, ErrOverflow for a number that does not fit.
var (
	ErrNumber   = errors.New("not a number")
	ErrOverflow = errors.New("number too large")
)

// ParseDecimal reads a decimal number as an int64 with scale decimal digits: "1,234.5" at scale 2 is 123450. It
// takes a sign, thousands separators in groups of three, an exponent (1.5E+7, as spreadsheets write) and a final 千,
// 万, 亿 or 万亿. Digits beyond the scale are rounded half away from zero, and exact is then false.
func ParseDecimal(text string, scale int) (v int64, exact bool, err error) {
	s := Fold(text)
	n, rest, ok := scanNumber(s)
	if !ok {
		return 0, false, fmt.Errorf("%q: %w", text, ErrNumber)
	}
	power, rest := scanMagnitude(strings.TrimLeft(rest, " "))
	if rest != "" {
		return 0, false, fmt.Errorf("%q: %w", text, ErrNumber)
	}
	v, exact, ok = n.scaled(scale + power)
	if !ok {
		return 0, false, fmt.Errorf("%q: %w", text, ErrOverflow)
	}
	return v, exact, nil
}

// decimal is digits * 10^exponent; digits has no leading zeros and is "" for zero.
type decimal struct {
	negative bool
	digits   string
	exponent int
}

// scaled is the number at a decimal scale, rounded half away from zero.
func (d decimal) scaled(scale int) (v int64, exact, ok bool) {
	digits, shift := d.digits, d.exponent+scale
	if digits == "" {
		return 0, true, true
	}
	exact, up := true, false
	if shift < 0 {
		cut := len(digits) + shift
		if cut < 0 {
			return 0, false, true
		}
		exact, up = strings.Trim(digits[cut:], "0") == "", digits[cut] >= '5'
		digits, shift = digits[:cut], 0
	}
	if len(digits)+shift > 19 {
		return 0, false, false
	}
	var u uint64
	for i := range len(digits) {
		u = u*10 + uint64(digits[i]-'0')
	}
	for range shift {
		u *= 10
	}
	if up {
		u++
	}
	if u > math.MaxInt64 {
		return 0, false, false
	}
	v = int64(u)
	if d.negative {
		v = -v
	}
	return v, exact, true
}

// scanNumber reads a number at the front of s and returns what follows it.
func scanNumber(s string) (d decimal, rest string, ok bool) {
	i := 0
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		d.negative = s[i] == '-'
		i++
	}
	whole, i, ok := scanWhole(s, i)
	if !ok {
		return d, s, false
	}
	fraction := ""
	if i < len(s) && s[i] == '.' {
		j := i + 1
		for j < len(s) && isDigit(s[j]) {
			j++
		}
		fraction, i = s[i+1:j], j
	}
	if whole == "" && fraction == "" {
		return d, s, false
	}
	d.exponent = -len(fraction)
	if e, j, found := scanExponent(s, i); found {
		d.exponent, i = d.exponent+e, j
	}
	d.digits = strings.TrimLeft(whole+fraction, "0")
	return d, s[i:], true
}

// scanWhole reads digits from position i, either plain or in groups of three.
func scanWhole(s string, i int) (digits string, next int, ok bool) {
	start := i
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i == len(s) || s[i] != ',' || i == start {
		return s[start:i], i, true
	}
	if i-start > 3 {
		return "", i, false
	}
	out := []byte(s[start:i])
	for i < len(s) && s[i] == ',' {
		if i+4 > len(s) || !isDigits(s[i+1:i+4]) {
			return "", i, false
		}
		out = append(out, s[i+1:i+4]...)
		i += 4
	}
	return string(out), i, i == len(s) || !isDigit(s[i])
}

// scanExponent reads E+7 at position i; at most two digits, more would not fit anyway.
func scanExponent(s string, i int) (exponent, next int, ok bool) {
	if i >= len(s) || (s[i] != 'e' && s[i] != 'E') {
		return 0, i, false
	}
	j, sign := i+1, 1
	if j < len(s) && (s[j] == '+' || s[j] == '-') {
		if s[j] == '-' {
			sign = -1
		}
		j++
	}
	start := j
	for j < len(s) && isDigit(s[j]) && j-start < 2 {
		exponent = exponent*10 + int(s[j]-'0')
		j++
	}
	if j == start || (j < len(s) && isDigit(s[j])) {
		return 0, i, false
	}
	return sign * exponent, j, true
}

// scanMagnitude reads 十, 百, 千, 万, 亿 and their products at the front of s as a power of ten: 百万 is 6, 万亿 12.
func scanMagnitude(s string) (power int, rest string) {
	for power <= 16 {
		p, n := magnitude(s)
		if n == 0 {
			break
		}
		power, s = power+p, s[n:]
	}
	return power, s
}

// magnitude reads one word for a power of ten at the front of s; n is its length in bytes, 0 if there is none.
func magnitude(s string) (power, n int) {
	if len(s) < len("万") {
		return 0, 0
	}
	n = len("万")
	switch s[:n] {
	case "十":
		return 1, n
	case "百":
		return 2, n
	case "千":
		return 3, n
	case "万":
		return 4, n
	case "亿":
		return 8, n
	}
	return 0, 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
