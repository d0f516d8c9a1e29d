package bits

// Between writes to out which of the values lie within the bounds, both included. Nothing does if low > high.
func Between(values []int64, low, high int64, out Set) {
	between(values, low, high, out)
}

// BetweenFloats is Between for floating point; NaN lies nowhere.
func BetweenFloats(values []float64, low, high float64, out Set) {
	betweenFloats(values, low, high, out)
}

// OrBetweenCodes adds to out the places of the numbers within the bounds, both included.
func OrBetweenCodes(ids []uint16, low, high uint16, out Set) {
	orBetweenCodes(ids, low, high, out)
}

func between(values []int64, low, high int64, out Set) {
	clear(out)
	if low > high {
		return
	}
	width := uint64(high) - uint64(low)
	for i, v := range values {
		if uint64(v)-uint64(low) <= width {
			out.Add(i)
		}
	}
}

func betweenFloats(values []float64, low, high float64, out Set) {
	clear(out)
	for i, v := range values {
		if low <= v && v <= high {
			out.Add(i)
		}
	}
}

func orBetweenCodes(ids []uint16, low, high uint16, out Set) {
	for i, id := range ids {
		if low <= id && id <= high {
			out.Add(i)
		}
	}
}
