package lanes

import "math"

// Nearby is how far apart codes must be to order the true numbers: if one is greater by more, so is its number.
const Nearby = 80

// Code is an integer that orders numbers as floating point does: sign, exponent and mantissa but for its last bit. It is
// even if the number is exactly what these bits say, and odd if it may be a little off, by less than 33 codes. It says
// nothing if ok is false, as the bound is too wide.
func Code(v, e float64) (code int64, ok bool) {
	magnitude := math.Float64bits(v) &^ (1 << 63)
	code = int64(magnitude &^ 1)
	if math.Signbit(v) {
		code = -code
	}
	if e == 0 && v == v {
		return code + int64(magnitude&1), true
	}
	size := math.Abs(v)
	return code + 1, e <= size*0x1p-49 && size >= Tiny && size <= math.MaxFloat64
}
