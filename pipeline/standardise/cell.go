package standardise

import (
	"strings"
	"unicode"

	"zhida/schemas"
)

// value is what a cell came to.
type value struct {
	n      int64  // number at the field's scale, day, 1 for yes
	text   string // text or code
	second string // money: currency; phones: the reference, "" for none
	flags  [3]flagID
	filled bool // the cell holds something
	known  bool // there is a value
	shared bool // text and second outlive the batch: no copy is needed
	mapped bool // regions: an abolished one
	home   bool // regions: taken from the code
}

// dropped is the value of a cell that holds something that could not be taken.
func dropped(why flagID) value { return value{filled: true, flags: [3]flagID{why}} }

// reader turns the text of a cell into a value. The text has been folded. Readers hold no state: many goroutines may
// use one.
type reader interface {
	read(text string) value
}

// blank knows the words that mean "nothing" in a field.
type blank struct{ extra []string }

// is reports whether the text says nothing.
func (b blank) is(text string) bool { return text == "" || schemas.IsEmptyWord(text, b.extra) }

// Cells of most columns repeat: 42,000 of 60,000 capitals in the real rows are one of 2,000 texts. A column remembers
// the first cells it meets, up to a bound that keeps a field below some 3 MB; what it forgets is read again.
const (
	memoryCells  = 1 << 14
	memoryLength = 96 // bytes; longer cells hardly repeat
)

// recall remembers what cells came to. A nil recall remembers nothing.
type recall map[string]value

// read reads the raw cell, from memory if it can.
func (m recall) read(raw string, r reader) value {
	if raw == "" {
		return r.read("")
	}
	if m == nil || len(raw) > memoryLength {
		return r.read(fold(raw))
	}
	if v, ok := m[raw]; ok {
		return v
	}
	v := r.read(fold(raw))
	if len(m) < memoryCells {
		v.text, v.second, v.shared = strings.Clone(v.text), strings.Clone(v.second), true
		m[strings.Clone(raw)] = v
	}
	return v
}

// fold is schemas.Fold with a short way for ASCII cells without blanks around them, which it leaves as they are.
func fold(raw string) string {
	for i := 0; i < len(raw); i++ {
		if c := raw[i]; c < '!' || c > '~' {
			if c == ' ' && i > 0 && i < len(raw)-1 {
				continue
			}
			return schemas.Fold(raw)
		}
	}
	return raw
}

// squeeze is the form in which words of closed lists and column names are compared: folded, lower case, no spaces.
func squeeze(text string) string {
	text = strings.ToLower(fold(text))
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}
