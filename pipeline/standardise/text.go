package standardise

import (
	"regexp"

	"zhida/schemas"
)

// textReader keeps free text, if it matches the field's pattern.
type textReader struct {
	blank   blank
	pattern *regexp.Regexp // nil: anything
	bad     flagID
}

func (r textReader) read(text string) value {
	if r.blank.is(text) {
		return value{}
	}
	if r.pattern != nil && !r.pattern.MatchString(text) {
		return dropped(r.bad)
	}
	return value{filled: true, known: true, text: text}
}

// listReader reads a member of a closed list by its name or one of its spellings. A member wins over an empty word:
// 无 may be one of the values.
type listReader struct {
	blank blank
	words map[string]string // squeezed spelling -> name
	bad   flagID
}

func newList(spec *schemas.Field, bad flagID) listReader {
	words := map[string]string{}
	for _, v := range spec.Values {
		for _, spelling := range v.Spellings {
			words[squeeze(spelling)] = v.Name
		}
	}
	for _, v := range spec.Values { // a name stands for itself, whatever another member lists as a spelling
		words[squeeze(v.Name)] = v.Name
	}
	return listReader{blank: blank{spec.Empty}, words: words, bad: bad}
}

func (r listReader) read(text string) value {
	if name, ok := r.words[squeeze(text)]; ok {
		return value{filled: true, known: true, text: name}
	}
	if r.blank.is(text) {
		return value{}
	}
	return dropped(r.bad)
}
