package standardise

import (
	"math/big"
	"strings"

	"zhida/schemas"
)

// numberReader reads numbers at the field's scale, in the base unit of the field's unit. A number may carry a unit of
// the same kind: 30人, 1.5万平方米, 3.5%.
type numberReader struct {
	blank        blank
	unit         schemas.UnitInfo // of bare numbers
	scale        int
	bad, rounded flagID
}

func (r numberReader) read(text string) value {
	if r.blank.is(text) {
		return value{}
	}
	n, exact, err := scaled(text, r.unit, r.scale)
	if err != nil {
		number, word := splitUnit(text)
		written, known := schemas.LookupUnit(word)
		if !known || written.Base != r.unit.Base {
			return dropped(r.bad)
		}
		if n, exact, err = scaled(number, written, r.scale); err != nil {
			return dropped(r.bad)
		}
	}
	v := value{filled: true, known: true, n: n}
	if !exact {
		v.flags[0] = r.rounded
	}
	return v
}

// splitUnit cuts a text behind its number.
func splitUnit(text string) (number, unit string) {
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || strings.IndexByte(".,+-", text[end]) >= 0) {
		end++
	}
	return text[:end], strings.TrimSpace(text[end:])
}

// scaled is a number of the unit as one of its base at the scale, rounded half away from zero; exact tells whether
// that lost nothing.
func scaled(number string, unit schemas.UnitInfo, scale int) (n int64, exact bool, err error) {
	shift, ok := decimalShift(unit)
	if ok {
		return schemas.ParseDecimal(number, scale+shift)
	}
	const guard = 6 // digits below the scale that rounding looks at: 亩 is 2000/3 平方米
	n, exact, err = schemas.ParseDecimal(number, scale+guard)
	if err != nil {
		return 0, false, err
	}
	top := new(big.Int).Mul(big.NewInt(n), big.NewInt(unit.Num))
	bottom := new(big.Int).Mul(big.NewInt(unit.Den), big.NewInt(1_000_000))
	half := new(big.Int).Rsh(bottom, 1)
	if top.Sign() < 0 {
		half.Neg(half)
	}
	quotient, rest := new(big.Int).QuoRem(top, bottom, new(big.Int))
	exact = exact && rest.Sign() == 0
	quotient.Quo(top.Add(top, half), bottom)
	if !quotient.IsInt64() {
		return 0, false, schemas.ErrOverflow
	}
	return quotient.Int64(), exact, nil
}

// decimalShift is the power of ten the unit stands for: 万 is 4, % is -2; 亩 is none.
func decimalShift(unit schemas.UnitInfo) (int, bool) {
	shift := 0
	for n := unit.Num; n > 1; n /= 10 {
		if n%10 != 0 {
			return 0, false
		}
		shift++
	}
	for n := unit.Den; n > 1; n /= 10 {
		if n%10 != 0 {
			return 0, false
		}
		shift--
	}
	return shift, unit.Num > 0 && unit.Den > 0
}
