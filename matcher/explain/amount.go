package explain

import (
	"strings"

	"zhida/schemas"
)

// amount writes a number with its unit: 2300万元, 50人, 3%. Amounts of money from 1万 and 1亿 up are written in these.
// Nothing is rounded.
func amount(stored int64, t schemas.Type) string {
	info, _ := schemas.LookupUnit(string(t.Unit))
	if t.Unit.IsMoney() {
		return moneyText(stored, t.Scale, info.Base)
	}
	zeros := 0 // one of the unit is 10^zeros of the base, in which the number is stored
	num, den := info.Num, max(info.Den, 1)
	for ; num >= 10 && num%10 == 0; num /= 10 {
		zeros++
	}
	for ; den >= 10 && den%10 == 0; den /= 10 {
		zeros--
	}
	if num != 1 || den != 1 || t.Scale+zeros < 0 {
		return schemas.FormatDecimal(stored, t.Scale) + string(info.Base) // 亩: not a power of ten
	}
	return schemas.FormatDecimal(stored, t.Scale+zeros) + string(t.Unit)
}

func moneyText(stored int64, scale int, unit schemas.Unit) string {
	for _, big := range []struct {
		word  string
		zeros int
	}{{"亿", 8}, {"万", 4}} {
		text := schemas.FormatDecimal(stored, scale+big.zeros)
		if !strings.HasPrefix(strings.TrimPrefix(text, "-"), "0") {
			return text + big.word + string(unit)
		}
	}
	return schemas.FormatDecimal(stored, scale) + string(unit)
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
