package lanes

// Add makes x the sum of x and sign times y, where sign is 1 or -1.
func Add(x, xe, y, ye []float64, sign float64) {
	n := len(x)
	xe, y, ye = xe[:n], y[:n], ye[:n]
	at := add(x, xe, y, ye, sign)
	plainAdd(x[at:], xe[at:], y[at:], ye[at:], sign)
}

// Multiply makes x the product of x and y.
func Multiply(x, xe, y, ye []float64) {
	n := len(x)
	xe, y, ye = xe[:n], y[:n], ye[:n]
	for at := 0; at < n; {
		at += multiply(x[at:], xe[at:], y[at:], ye[at:])
		to := min(at+4, n)
		plainMultiply(x[at:to], xe[at:to], y[at:to], ye[at:to])
		at = to
	}
}

// Scale multiplies x by a number.
func Scale(x, xe []float64, f, fe float64) {
	n := len(x)
	xe = xe[:n]
	for at := 0; at < n; {
		at += scale(x[at:], xe[at:], f, fe)
		to := min(at+4, n)
		plainScale(x[at:to], xe[at:to], f, fe)
		at = to
	}
}

// Divide makes x the quotient of x and y. No y is 0, nor may it be within its bound.
func Divide(x, xe, y, ye []float64) {
	n := len(x)
	xe, y, ye = xe[:n], y[:n], ye[:n]
	for at := 0; at < n; {
		at += divide(x[at:], xe[at:], y[at:], ye[at:])
		to := min(at+4, n)
		plainDivide(x[at:to], xe[at:to], y[at:to], ye[at:to])
		at = to
	}
}

// Load makes x the integers, and says whether it did: not if one of them is too large to be sure that x can hold it. The
// caller does it then. Bounds are the caller's affair.
func Load(values []int64, x []float64) bool { return load(values, x[:len(values)]) }

// Compare says which of up to 64 numbers x are proven to be above, below and equal to y.
func Compare(x, xe, y, ye []float64) (above, below, equal uint64) {
	n := len(x)
	return compare(x, xe[:n], y[:n], ye[:n])
}

// Unproven says which of up to 64 numbers are not proven to be other than 0.
func Unproven(x, xe []float64) uint64 { return unproven(x, xe[:len(x)]) }

// Encode writes the codes of up to 64 numbers, and says which of them say nothing.
func Encode(x, xe []float64, codes []int64) (rough uint64) {
	n := len(x)
	return encode(x, xe[:n], codes[:n])
}

// Put writes v to those of up to 64 lanes that are set in which.
func Put(x []float64, which uint64, v float64) { put(x, which&(^uint64(0)>>(64-len(x))), v) }
