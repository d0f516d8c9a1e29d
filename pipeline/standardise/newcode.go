package standardise

import "zhida/schemas"

// newCodeReader reads the field of a crosswalk with the code that replaces the row's.
type newCodeReader struct {
	blank                       blank
	personal, badCheck, notUSCC flagID
}

func (r newCodeReader) read(text string) value {
	if r.blank.is(text) {
		return value{}
	}
	code := cleanCode(text)
	state := schemas.ClassifyCode(code)
	if isPersonalNumber(code, state) {
		return dropped(r.personal)
	}
	v := value{filled: true, known: true, text: code}
	switch state {
	case schemas.CodeUSCC:
	case schemas.CodeBadCheck:
		v.flags[0] = r.badCheck
	case schemas.CodeEmpty, schemas.CodeOldRegistration, schemas.CodeOldOrganisation, schemas.CodeOther:
		v.flags[0] = r.notUSCC
	}
	return v
}
