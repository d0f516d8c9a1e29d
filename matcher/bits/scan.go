package bits

import "math"

// Between writes to out which of the values lie within the bounds, both included. Nothing does if low > high.
func Between(values []int64, low, high int64, out Set) {
	clear(out[Words(len(values)):])
	if low > high {
		clear(out)
		return
	}
	// A value moved so that low becomes the least of all is in if it is at most high, moved as well.
	shift := math.MinInt64 - low
	between(values, shift, high+shift, out)
}

// BetweenFloats is Between for floating point; NaN lies nowhere.
func BetweenFloats(values []float64, low, high float64, out Set) {
	clear(out[Words(len(values)):])
	betweenFloats(values, low, high, out)
}

// OrBetweenCodes adds to out the places of the numbers within the bounds, both included.
func OrBetweenCodes(ids []uint16, low, high uint16, out Set) {
	if low <= high {
		orBetweenCodes(ids, low, high-low, out)
	}
}

// BetweenBytes is Between for bytes.
func BetweenBytes(values []uint8, low, high uint8, out Set) {
	clear(out[Words(len(values)):])
	if low > high {
		clear(out)
		return
	}
	betweenBytes(values, low, high-low, out)
}

// Greater writes to out where x is greater than y.
func Greater(x, y []int64, out Set) {
	clear(out[Words(len(x)):])
	greater(x, y[:len(x)], out)
}
