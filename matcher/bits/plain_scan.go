package bits

// The scans in plain Go. They write the words of out that the values fill, or begin.

func plainBetween(values []int64, shift, most int64, out Set) {
	for w := range Words(len(values)) {
		var in uint64
		for i, v := range values[w<<6 : min(w<<6+64, len(values))] {
			var bit uint64
			if v+shift <= most { // compiled without a branch
				bit = 1
			}
			in |= bit << (i & 63)
		}
		out[w] = in
	}
}

func plainBetweenFloats(values []float64, low, high float64, out Set) {
	for w := range Words(len(values)) {
		var in uint64
		for i, v := range values[w<<6 : min(w<<6+64, len(values))] {
			var above, below uint64
			if v >= low {
				above = 1
			}
			if v <= high {
				below = 1
			}
			in |= above & below << (i & 63)
		}
		out[w] = in
	}
}

func plainOrBetweenCodes(ids []uint16, low, width uint16, out Set) {
	for w := range Words(len(ids)) {
		var in uint64
		for i, v := range ids[w<<6 : min(w<<6+64, len(ids))] {
			var bit uint64
			if v-low <= width { // compiled without a branch
				bit = 1
			}
			in |= bit << (i & 63)
		}
		out[w] |= in
	}
}

func plainBetweenBytes(values []uint8, low, width uint8, out Set) {
	for w := range Words(len(values)) {
		var in uint64
		for i, v := range values[w<<6 : min(w<<6+64, len(values))] {
			var bit uint64
			if v-low <= width { // compiled without a branch
				bit = 1
			}
			in |= bit << (i & 63)
		}
		out[w] = in
	}
}

func plainGreater(x, y []int64, out Set) {
	for w := range Words(len(x)) {
		var in uint64
		for i, v := range x[w<<6 : min(w<<6+64, len(x))] {
			var bit uint64
			if v > y[w<<6+i] {
				bit = 1
			}
			in |= bit << (i & 63)
		}
		out[w] = in
	}
}
