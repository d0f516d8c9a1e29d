package bits

// The AVX2 scans take whole words; what is left over of a column, less than 64 values, is scanned in plain Go.

func between(values []int64, shift, most int64, out Set) {
	if fast() {
		whole := len(values) / wordBits
		betweenAVX2(values, shift, most, out[:whole])
		values, out = values[whole*wordBits:], out[whole:]
	}
	plainBetween(values, shift, most, out)
}

func betweenFloats(values []float64, low, high float64, out Set) {
	if fast() {
		whole := len(values) / wordBits
		betweenFloatsAVX2(values, low, high, out[:whole])
		values, out = values[whole*wordBits:], out[whole:]
	}
	plainBetweenFloats(values, low, high, out)
}

func orBetweenCodes(ids []uint16, low, width uint16, out Set) {
	if fast() {
		whole := len(ids) / wordBits
		orBetweenCodesAVX2(ids, low, width, out[:whole])
		ids, out = ids[whole*wordBits:], out[whole:]
	}
	plainOrBetweenCodes(ids, low, width, out)
}

func betweenBytes(values []uint8, low, width uint8, out Set) {
	if fast() {
		whole := len(values) / wordBits
		betweenBytesAVX2(values, low, width, out[:whole])
		values, out = values[whole*wordBits:], out[whole:]
	}
	plainBetweenBytes(values, low, width, out)
}

func greater(x, y []int64, out Set) {
	if fast() {
		whole := len(x) / wordBits
		greaterAVX2(x, y, out[:whole])
		x, y, out = x[whole*wordBits:], y[whole*wordBits:], out[whole:]
	}
	plainGreater(x, y, out)
}
