//go:build !amd64

package lanes

// On other processors there are no kernels: they do none of the lanes.

func add(_, _, _, _ []float64, _ float64) int { return 0 }

func multiply(_, _, _, _ []float64) int { return 0 }

func scale(_, _ []float64, _, _ float64) int { return 0 }

func divide(_, _, _, _ []float64) int { return 0 }

func load(_ []int64, _ []float64) bool { return false }

func compare(x, xe, y, ye []float64) (above, below, equal uint64) { return plainCompare(x, xe, y, ye) }

func unproven(x, xe []float64) uint64 { return plainUnproven(x, xe) }

func encode(x, xe []float64, codes []int64) uint64 { return plainEncode(x, xe, codes) }

func fast() bool { return false }

func put(x []float64, which uint64, v float64) { plainPut(x, which, v) }
