package plan

import (
	"slices"
	"sort"
	"strings"
)

// said is what a test of membership comes to over the values that occur in a block. It may say that somebody has a verdict
// though nobody does: a column may have words that nobody has any more.
type said struct {
	yes, no, unknown bool // somebody has the verdict

	column *column
	open   []uint32 // the values for which it is unknown, by place in the column's numbering; 0 are the unknown ones
}

// same reports whether two tests are unknown for the same enterprises, as far as the values tell.
func (s said) same(o said) bool { return s.column == o.column && slices.Equal(s.open, o.open) }

// clone is a copy that keeps nothing of the frame's; it uses the memory given.
func (s said) clone(into []uint32) said {
	s.open = append(into[:0], s.open...)
	return s
}

// note takes down the verdict of the values from from up to to.
func (s *said) note(from, to int, v verdict) {
	switch v {
	case yes:
		s.yes = true
	case no:
		s.no = true
	default:
		s.unknown = true
		for place := from; place < to; place++ {
			s.open = append(s.open, uint32(place))
		}
	}
}

// all is what the test says of the values that occur in the frame. It is valid until the next call.
func (t *memberTest) all(f *frame) (said, error) {
	c, err := f.column(t.field)
	if err != nil {
		return said{}, err
	}
	s := said{column: c, open: f.saidOpen[:0]}
	if !c.isKnown(f.n) {
		s.note(0, 1, t.unknown)
	}
	if c.isNumbered(f.n) {
		for _, r := range t.stretches(f, c.numbered.Words) {
			s.note(r.from, r.to, r.verdict)
		}
	} else {
		for i, w := range c.dictionary(f).values[1:] {
			s.note(i+1, i+2, t.of(w, f))
		}
	}
	f.saidOpen = s.open
	return s, nil
}

// isMet reports whether the test is yes for a value that occurs. It asks no more than it must: the first member that occurs says
// so, and of the words above a member only few come to yes. Most gates of a block are asked for nothing else.
func (t *memberTest) isMet(f *frame) (bool, error) {
	c, err := f.column(t.field)
	if err != nil {
		return false, err
	}
	if t.words != nil || len(t.set.Except) > 0 || !c.isNumbered(f.n) {
		s, err := t.all(f)
		return s.yes, err
	}
	words := c.numbered.Words[1:]
	for _, mark := range t.whole {
		if at := sort.SearchStrings(words, mark); at < len(words) && strings.HasPrefix(words[at], mark) {
			return true, nil
		}
	}
	for _, word := range t.single {
		if _, occurs := slices.BinarySearch(words, word); occurs && t.look(word, f) == yes {
			return true, nil
		}
	}
	return false, nil
}
