package explain

import (
	"math/big"
	"strings"

	"zhida/schemas"
)

// Amount writes a number, in the base of its unit, as explanations do.
func Amount(r *big.Rat, unit schemas.Unit) string { return amount(r, unit) }

// amount writes a number, in the base of its unit, as officers do: 2300万元, 50人, 3%. Amounts of money from 1万 and 1亿 up
// are written in these. A number with more decimals than a person reads is rounded and marked so: 约 33.3333%.
func amount(r *big.Rat, unit schemas.Unit) string {
	info, ok := schemas.LookupUnit(string(unit))
	switch {
	case !ok:
		return digits(r) + string(unit)
	case unit.IsMoney():
		return money(r, info.Base)
	}
	scale := big.NewRat(info.Num, max(info.Den, 1))
	text, exact := decimal(new(big.Rat).Quo(r, scale))
	if !exact && unit != info.Base { // a number of 亩 may have no end where that of 平方米 has
		if base, ends := decimal(r); ends {
			return base + string(info.Base)
		}
	}
	return about(text, exact) + string(unit)
}

// money writes an amount of money in 元, 万元 or 亿元.
func money(r *big.Rat, unit schemas.Unit) string {
	for _, step := range []struct {
		word  string
		zeros int
	}{{"亿", 8}, {"万", 4}} {
		if scaled := new(big.Rat).Quo(r, power10(step.zeros)); new(big.Rat).Abs(scaled).Cmp(power10(0)) >= 0 {
			return digits(scaled) + step.word + string(unit)
		}
	}
	return digits(r) + string(unit)
}

func power10(n int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
}

// stored is the number that a stored one means.
func stored(v int64, scale int) *big.Rat {
	return new(big.Rat).Quo(new(big.Rat).SetInt64(v), power10(scale))
}

func digits(r *big.Rat) string { return about(decimal(r)) }

func about(text string, exact bool) string {
	if exact {
		return text
	}
	return "约 " + text
}

// A number is written with at most maxDecimals decimals if that is all of it, else with significant digits.
const (
	maxDecimals = 12
	significant = 6
)

// decimal writes a number as a decimal; exact says that nothing was rounded.
func decimal(r *big.Rat) (text string, exact bool) {
	if n, ends := r.FloatPrec(); ends && n <= maxDecimals {
		return r.FloatString(n), true
	}
	places := significant
	for x := new(big.Rat).Abs(r); places > 0 && x.Cmp(power10(0)) >= 0; places-- {
		x.Quo(x, power10(1))
	}
	for x := new(big.Rat).Abs(r); places < maxDecimals && x.Sign() > 0 && x.Cmp(big.NewRat(1, 10)) < 0; places++ {
		x.Mul(x, power10(1))
	}
	return trimZeros(r.FloatString(places)), false
}

func trimZeros(text string) string {
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// precise writes a number for machines: in full as a decimal if it has an end, else as a fraction.
func precise(r *big.Rat) string {
	if n, ends := r.FloatPrec(); ends {
		return r.FloatString(n)
	}
	return r.RatString()
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
