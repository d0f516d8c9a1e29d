package standardise

import "zhida/schemas"

// moneyReader reads amounts with their currency. Without either there is no value.
type moneyReader struct {
	blank                      blank
	unit                       schemas.Unit // of bare amounts
	noAmount, assumed, rounded flagID
}

func (r moneyReader) read(text string) value {
	if r.blank.is(text) {
		return value{}
	}
	m, err := schemas.ParseMoney(text, r.unit)
	if err != nil || m.Currency == "" {
		return dropped(r.noAmount)
	}
	v := value{filled: true, known: true, n: m.Amount, second: m.Currency}
	if m.Assumed && !plain(text) {
		v.flags[0] = r.assumed
	}
	if m.Rounded {
		v.flags[1] = r.rounded
	}
	return v
}

// plain reports whether the text is a number and nothing else. Its unit is then the one the document declares, which
// is no assumption; 600(万) and 5() are.
func plain(text string) bool {
	for i := 0; i < len(text); i++ {
		if c := text[i]; (c < '0' || c > '9') && c != '.' && c != ',' && c != '-' && c != '+' {
			return false
		}
	}
	return true
}
