package rows

import (
	"bytes"
	"errors"
	"math"
	"strconv"
)

// What makes a number no text of its own.
var (
	ErrDigitsLost = errors.New("a number of more digits than were kept: a code must be stored as text")
	ErrNoNumber   = errors.New("not a finite number")
	ErrExponent   = errors.New("a number with an exponent beyond 400")
)

// Whole numbers up to these are exact. A longer one has lost its last digits on the way, which matters if it was a
// code: 915107032000000009 becomes 915107032000000000 in a double.
const (
	Exact64 = 1 << 53
	Exact32 = 1 << 24
)

// AppendFloat writes the shortest decimal that reads back as the same number of the given bits, without exponent.
func AppendFloat(dst []byte, v float64, bits int) ([]byte, error) {
	most := float64(Exact64)
	if bits < 64 {
		most = Exact32
	}
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return dst, ErrNoNumber
	case math.Abs(v) > most:
		return dst, ErrDigitsLost
	case v == 0:
		return append(dst, '0'), nil // a zero with a sign is a zero
	}
	return strconv.AppendFloat(dst, v, 'f', -1, bits), nil
}

// AppendScaled writes an integer's decimal digits, sign included, with the point moved to the left by scale.
func AppendScaled(dst, digits []byte, scale int) []byte {
	if len(digits) > 0 && digits[0] == '-' {
		dst, digits = append(dst, '-'), digits[1:]
	}
	for scale < 0 {
		digits, scale = append(digits, '0'), scale+1
	}
	if scale == 0 {
		return append(dst, digits...)
	}
	whole := len(digits) - scale
	if whole <= 0 {
		dst = append(dst, '0', '.')
		for ; whole < 0; whole++ {
			dst = append(dst, '0')
		}
		return append(dst, digits...)
	}
	dst = append(append(dst, digits[:whole]...), '.')
	return append(dst, digits[whole:]...)
}

// maxExponent bounds what an exponent may add to a text: doubles end at 1e308.
const maxExponent = 400

// AppendLiteral writes a decimal literal as it stands; one with an exponent is written out, exactly.
func AppendLiteral(dst, literal []byte) ([]byte, error) {
	e := -1
	for i, c := range literal {
		if c == 'e' || c == 'E' {
			e = i
			break
		}
	}
	if e < 0 {
		return append(dst, literal...), nil
	}
	exponent, err := strconv.Atoi(string(literal[e+1:]))
	if err != nil || exponent > maxExponent || exponent < -maxExponent {
		return dst, ErrExponent
	}
	digits := make([]byte, 0, len(literal)+maxExponent)
	scale, point := -exponent, false
	for _, c := range literal[:e] {
		switch c {
		case '.':
			point = true
		case '+':
		default:
			digits = append(digits, c)
			if point {
				scale++
			}
		}
	}
	digits = trimZeros(digits, scale)
	if scale < 0 && digits[len(digits)-1] == '0' && len(bytes.Trim(digits, "-0")) == 0 {
		scale = 0 // nothing times a power of ten
	}
	return AppendScaled(dst, digits, scale), nil
}

// trimZeros drops zeros at the front that stand for nothing.
func trimZeros(digits []byte, scale int) []byte {
	sign := 0
	if len(digits) > 0 && digits[0] == '-' {
		sign = 1
	}
	zeros := 0
	for sign+zeros < len(digits)-1-max(scale, 0) && digits[sign+zeros] == '0' {
		zeros++
	}
	return append(digits[:sign], digits[sign+zeros:]...)
}
