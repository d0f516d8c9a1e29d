//go:build !amd64

package bits

func between(values []int64, shift, most int64, out Set) { plainBetween(values, shift, most, out) }

func betweenFloats(values []float64, low, high float64, out Set) {
	plainBetweenFloats(values, low, high, out)
}

func orBetweenCodes(ids []uint16, low, width uint16, out Set) {
	plainOrBetweenCodes(ids, low, width, out)
}

func betweenBytes(values []uint8, low, width uint8, out Set) {
	plainBetweenBytes(values, low, width, out)
}

func greater(x, y []int64, out Set) { plainGreater(x, y, out) }
