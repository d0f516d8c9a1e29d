package plan

import (
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// containsTest asks whether a text contains one of some words. As for memberTest the answer depends on the value only,
// and each distinct value of the block is searched once.
type containsTest struct {
	field   field
	words   []string
	unknown verdict // of an unknown value
}

func containsOf(c condition.Column, words []string) containsTest {
	t := containsTest{field: fieldOf(c), words: canonical(words)}
	t.unknown = ofClosedList(c.Kind.Values, t.has)
	return t
}

func (t containsTest) has(text string) bool {
	text = schemas.Fold(text)
	for _, w := range t.words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

func (t containsTest) key() string {
	return keyOf("contains", t.field.String(), quoted(t.words), string('0'+rune(t.unknown)))
}

func (containsTest) cost() int { return costLookup }

func (t containsTest) eval(f *frame, out bits.Truth) error {
	c, err := f.column(t.field)
	if err != nil {
		return err
	}
	d := c.dictionary(f)
	table := f.verdicts(len(d.values))
	table[0] = t.unknown
	for i, v := range d.values[1:] {
		table[i+1] = no
		if t.has(v) {
			table[i+1] = yes
		}
	}
	lookUp(d.ids, table, out)
	return nil
}
