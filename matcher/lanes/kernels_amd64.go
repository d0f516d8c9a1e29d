package lanes

import (
	"math"

	"golang.org/x/sys/cpu"
)

// The kernels below do lanes from the first on, four at a time, and return how many they did: all but the last n%4, or
// fewer if they met some that are not ordinary.

func fast() bool { return cpu.X86.HasAVX2 && cpu.X86.HasFMA }

func add(x, xe, y, ye []float64, sign float64) int {
	if !fast() {
		return 0
	}
	return addAVX2(x, xe, y, ye, sign)
}

func multiply(x, xe, y, ye []float64) int {
	if !fast() {
		return 0
	}
	return multiplyAVX2(x, xe, y, ye)
}

func scale(x, xe []float64, f, fe float64) int {
	if !fast() || !(math.Abs(f) > fe && math.Abs(f) <= math.MaxFloat64) {
		return 0
	}
	return scaleAVX2(x, xe, f, fe)
}

func divide(x, xe, y, ye []float64) int {
	if !fast() {
		return 0
	}
	return divideAVX2(x, xe, y, ye)
}

func load(values []int64, x []float64) bool {
	if !fast() {
		return false
	}
	at, ok := loadAVX2(values, x)
	if !ok {
		return false
	}
	for ; at < len(values); at++ {
		if v := values[at]; v < -small || v >= small {
			return false
		}
		x[at] = float64(values[at])
	}
	return true
}

func compare(x, xe, y, ye []float64) (above, below, equal uint64) {
	if !fast() || len(x) != 64 {
		return plainCompare(x, xe, y, ye)
	}
	return compareAVX2(x, xe, y, ye)
}

func unproven(x, xe []float64) uint64 {
	if !fast() || len(x) != 64 {
		return plainUnproven(x, xe)
	}
	return unprovenAVX2(x, xe)
}

func encode(x, xe []float64, codes []int64) uint64 {
	if !fast() || len(x) != 64 {
		return plainEncode(x, xe, codes)
	}
	return encodeAVX2(x, xe, codes)
}

func put(x []float64, which uint64, v float64) {
	if !fast() || len(x) != 64 {
		plainPut(x, which, v)
		return
	}
	putAVX2(x, which, v)
}

//go:noescape
func addAVX2(x, xe, y, ye []float64, sign float64) int

//go:noescape
func multiplyAVX2(x, xe, y, ye []float64) int

//go:noescape
func scaleAVX2(x, xe []float64, f, fe float64) int

//go:noescape
func divideAVX2(x, xe, y, ye []float64) int

//go:noescape
func loadAVX2(values []int64, x []float64) (done int, ok bool)

//go:noescape
func compareAVX2(x, xe, y, ye []float64) (above, below, equal uint64)

//go:noescape
func unprovenAVX2(x, xe []float64) uint64

//go:noescape
func encodeAVX2(x, xe []float64, codes []int64) uint64

//go:noescape
func putAVX2(x []float64, which uint64, v float64)
