package standardise

import "zhida/schemas"

// truthWords are the words for yes and no met in deliveries. 有 and 无 are left out: 无 also means "nothing entered"
// (a false no would make an enterprise fail). A document that knows better lists them: values 是 and 否 with spellings.
var truthWords = [...]struct {
	word string
	yes  bool
}{
	{"是", true},
	{"y", true},
	{"yes", true},
	{"1", true},
	{"true", true},
	{"t", true},
	{"真", true},
	{"√", true},
	{"否", false},
	{"n", false},
	{"no", false},
	{"0", false},
	{"false", false},
	{"f", false},
	{"假", false},
	{"×", false},
	{"不是", false},
	{"非", false},
}

// truthReader reads yes and no.
type truthReader struct {
	blank blank
	words map[string]bool
	bad   flagID
}

// newTruth compiles the words; the document's values named 是 and 否 add spellings and come before the usual ones.
func newTruth(spec *schemas.Field, bad flagID) truthReader {
	words := map[string]bool{}
	for _, w := range truthWords {
		words[w.word] = w.yes
	}
	for _, v := range spec.Values {
		yes, ok := words[squeeze(v.Name)]
		if !ok {
			continue
		}
		for _, spelling := range v.Spellings {
			words[squeeze(spelling)] = yes
		}
	}
	return truthReader{blank: blank{spec.Empty}, words: words, bad: bad}
}

func (r truthReader) read(text string) value {
	if yes, ok := r.words[squeeze(text)]; ok {
		v := value{filled: true, known: true}
		if yes {
			v.n = 1
		}
		return v
	}
	if r.blank.is(text) {
		return value{}
	}
	return dropped(r.bad)
}
