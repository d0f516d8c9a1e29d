package schemas

import (
	"errors"
	"fmt"
	"strings"
)

// ErrMoney is returned for text that is not one amount of money in a known currency.
var ErrMoney = errors.New("not an amount of money")

// Money is an amount with its currency.
type Money struct {
	Amount   int64  // in hundredths of the currency's unit: 分, scale MoneyScale, for every currency
	Currency string // ISO 4217
	Assumed  bool   // the text named no currency: it was taken from the field, or is renminbi after a bare 万
	Rounded  bool   // the text had more than two decimal digits
}

// ParseMoney reads an amount in the shapes met in registrations: 10,000(万元人民币), 60万人民币, 630(万美元), 600（万元）,
// 人民币5万元整, 5(). A bare number, and 5(), is in the unit bare, as a field declares it (万元); if bare is no unit of
// money, it is an error.
func ParseMoney(text string, bare Unit) (Money, error) {
	s := strings.TrimSpace(strings.ReplaceAll(Fold(text), " ", ""))
	iso, s := leadingCurrency(s)
	n, rest, ok := scanNumber(s)
	if !ok {
		return Money{}, fmt.Errorf("%q: %w", text, ErrMoney)
	}
	m := Money{Currency: iso}
	power, word := scanMagnitude(unwrap(rest))
	word = unwrap(word)
	power, ok = m.setCurrency(word, power, bare)
	if !ok {
		return Money{}, fmt.Errorf("%q: %w", text, ErrMoney)
	}
	amount, exact, ok := n.scaled(MoneyScale + power)
	if !ok {
		return Money{}, fmt.Errorf("%q: %w", text, ErrOverflow)
	}
	m.Amount, m.Rounded = amount, !exact
	return m, nil
}

// setCurrency settles the currency from the word after the number, the word before it, or the field, and returns the
// power of ten of the amount.
func (m *Money) setCurrency(word string, power int, bare Unit) (int, bool) {
	word = strings.TrimSuffix(word, "整")
	if word == "" && power == 0 && m.Currency == "" {
		info, ok := LookupUnit(string(bare))
		m.Currency, m.Assumed = info.Base.Currency(), true
		if !ok || m.Currency == "" || info.Den != 1 {
			return 0, false
		}
		for n := info.Num; n >= 10; n /= 10 {
			power++
		}
		return power, true
	}
	if word == "" {
		if m.Currency == "" {
			m.Currency, m.Assumed = "CNY", true
		}
		return power, true
	}
	iso, ok := currencyWord(strings.ToUpper(word))
	if !ok {
		return 0, false
	}
	if m.Currency != "" && m.Currency != iso && iso != "CNY" { // 美元5万元 is dollars, 美元5万港元 nothing
		return 0, false
	}
	if m.Currency == "" {
		m.Currency = iso
	}
	return power, true
}

// leadingCurrency reads a currency before the number: 人民币5万元, ¥500, US$1,000, (人民币)60万.
func leadingCurrency(s string) (iso, rest string) {
	end := strings.IndexAny(s, "0123456789.+-")
	if end <= 0 {
		return "", s
	}
	word := strings.TrimSuffix(strings.TrimRight(unwrap(s[:end]), ":"), "(")
	if iso, ok := currencyWord(strings.ToUpper(word)); ok {
		if strings.HasSuffix(s[:end], "(") {
			return "", s
		}
		return iso, s[end:]
	}
	return "", s
}

// unwrap takes brackets off: "(万元人民币)" and "万(人民币)" hold the same words as without.
func unwrap(s string) string {
	if !strings.ContainsAny(s, "()") {
		return s
	}
	open, shut := strings.Count(s, "("), strings.Count(s, ")")
	if open != shut || open > 2 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "(", ""), ")", "")
}
