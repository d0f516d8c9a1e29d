package standardise

import "zhida/schemas"

// industryReader reads industries of GB/T 4754-2017 by code or name.
type industryReader struct {
	blank blank
	codes *schemas.Codes
	bad   flagID
}

func (r industryReader) read(text string) value {
	if r.blank.is(text) {
		return value{}
	}
	code, ok := r.codes.NormalIndustry(text)
	if !ok {
		return dropped(r.bad)
	}
	return value{filled: true, known: true, text: code}
}
