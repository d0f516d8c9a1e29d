package schemas

import (
	"strconv"
	"strings"
)

// FormatDecimal writes a number stored at a decimal scale without superfluous zeros: 150 at scale 2 is 1.5.
func FormatDecimal(stored int64, scale int) string {
	digits := strconv.FormatInt(stored, 10)
	sign := ""
	if rest, ok := strings.CutPrefix(digits, "-"); ok {
		sign, digits = "-", rest
	}
	if len(digits) <= scale {
		digits = strings.Repeat("0", scale+1-len(digits)) + digits
	}
	point := len(digits) - scale
	fraction := strings.TrimRight(digits[point:], "0")
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + digits[:point] + fraction
}
