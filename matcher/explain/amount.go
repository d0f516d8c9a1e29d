package explain

import (
	"strconv"
	"strings"

	"zhida/schemas"
)

// amount writes a number with its unit: 2300万元, 50个, 3.5. Amounts of money from 1万 and 1亿 up are written in these,
// without rounding.
func amount(stored int64, t schemas.Type) string {
	if t.Unit.Currency() == "" {
		return decimal(stored, t.Scale) + string(t.Unit)
	}
	for _, big := range []struct {
		word  string
		zeros int
	}{{"亿", 8}, {"万", 4}} {
		text := decimal(stored, t.Scale+big.zeros)
		if digits := strings.TrimPrefix(text, "-"); !strings.HasPrefix(digits, "0") {
			return text + big.word + string(t.Unit)
		}
	}
	return decimal(stored, t.Scale) + string(t.Unit)
}

// decimal writes a stored number without superfluous zeros.
func decimal(stored int64, scale int) string {
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

// codeText writes a code with its name: 510703（涪城区）.
func (w *walker) codeText(code, system string) string {
	name, shown := "", code
	if system == schemas.SystemRegion {
		shown = (code + "0000")[:max(6, len(code))]
	}
	if w.in.Codes != nil {
		switch system {
		case schemas.SystemRegion:
			info, _ := w.in.Codes.Region(code)
			name = info.Name
		case schemas.SystemIndustry:
			info, _ := w.in.Codes.Industry(code)
			name = info.Name
		}
	}
	if name == "" {
		return shown
	}
	return shown + "（" + name + "）"
}
