package standardise

import "zhida/schemas"

// dateReader reads days in the shapes schemas.ReadDate knows.
type dateReader struct {
	blank blank
	bad   flagID
}

func (r dateReader) read(text string) value {
	if r.blank.is(text) {
		return value{}
	}
	day, err := schemas.ReadDate(text)
	if err != nil {
		return dropped(r.bad)
	}
	return value{filled: true, known: true, n: int64(day)}
}
