package bits

// rank looks up whole groups of 16 values and returns how many it did.
func rank(values []int64, ranks []uint8, l *Limits) int {
	if !fast() {
		return 0
	}
	if l.even {
		return rankEvenAVX2(values, ranks, l.low, l.high, l.shift, l.table)
	}
	return rankAVX2(values, ranks, l.low, l.high, l.shift, l.table)
}

//go:noescape
func rankAVX2(values []int64, ranks []uint8, low, high int64, shift uint64, table *[1 << 16]uint8) int

//go:noescape
func rankEvenAVX2(values []int64, ranks []uint8, low, high int64, shift uint64, table *[1 << 16]uint8) int
