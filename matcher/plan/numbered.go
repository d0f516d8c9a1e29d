package plan

import (
	"zhida/matcher/bits"
	"zhida/matcher/table"
)

// A column of codes that is numbered (table.Coded) has its words in order, and the words inside a set are a few runs of
// neighbours: 510700 and all below it are one. So a test of membership is a verdict per word and a vector compare per run,
// 4 µs for 65,536 enterprises where a look-up for each took 65.

// isNumbered numbers a column of n texts that the block has not numbered, and reports whether it could: not if nearly all
// its texts are different.
func (c *column) isNumbered(n int) bool {
	if c.numbered == nil && !c.various {
		known := table.Column{Texts: c.texts, Known: c.known}
		c.numbered = known.Encode(n)
		c.various = c.numbered == nil
	}
	return c.numbered != nil
}

// mostRuns is how many runs are compared before a look-up per enterprise is cheaper.
const mostRuns = 16

// lexicon remembers what the tests of codes said of each word, from block to block: a province has some hundred regions and
// some thousand industries, and a test of one costs as much as 64 look-ups.
type lexicon struct {
	places map[string]uint32
	said   map[*memberTest][]verdict // by place; notSaid: not asked yet
}

const notSaid verdict = 0xff

// verdicts is what the test says of each word of a numbered column; that of words[0] is of the unknown ones.
func (t *memberTest) verdicts(f *frame, c *column) []verdict {
	words := c.numbered.Words
	out := f.verdicts(len(words))
	out[0] = t.unknown
	if t.words != nil {
		for i, w := range words[1:] {
			out[i+1] = t.of(w, f)
		}
		return out
	}
	said := f.lexicon.about(t, f.lexemesOf(c))
	for i, place := range c.lexemes[1:] {
		v := said[place]
		if v == notSaid {
			v = t.of(words[i+1], f)
			said[place] = v
		}
		out[i+1] = v
	}
	return out
}

// about is the memory of one test, with room for all words.
func (l *lexicon) about(t *memberTest, words int) []verdict {
	said := l.said[t]
	for len(said) < words {
		said = append(said, notSaid)
	}
	l.said[t] = said
	return said
}

// lexemesOf finds the places of a column's words and returns how many words there are in all.
func (f *frame) lexemesOf(c *column) int {
	if f.lexicon.places == nil {
		f.lexicon = lexicon{places: map[string]uint32{}, said: map[*memberTest][]verdict{}}
	}
	if c.lexemes == nil {
		c.lexemes = make([]uint32, len(c.numbered.Words))
		for i, w := range c.numbered.Words {
			place, ok := f.lexicon.places[w]
			if !ok {
				place = uint32(len(f.lexicon.places))
				f.lexicon.places[w] = place
			}
			c.lexemes[i] = place
		}
	}
	return len(f.lexicon.places)
}

// evalNumbered is eval for a numbered column.
func (t *memberTest) evalNumbered(f *frame, c *column, out bits.Truth) {
	table := t.verdicts(f, c)
	if runs(table[1:]) > mostRuns {
		lookUp(c.numbered.IDs, table, out)
		out.Yes.And(c.known)
		out.No.And(c.known)
	} else {
		out.Yes.Clear()
		out.No.Clear()
		eachRun(table[1:], func(from, to int, v verdict) {
			set := out.No // holds the unknown ones for now: they are few
			if v == yes {
				set = out.Yes
			}
			bits.OrBetweenCodes(c.numbered.IDs, uint16(from+1), uint16(to), set)
		})
		for w, known := range c.known {
			y := out.Yes[w] & known
			out.Yes[w], out.No[w] = y, known&^y&^out.No[w]
		}
	}
	unknownsAre(t.unknown, c.known, f.n, out)
}

// runs counts the runs of equal verdicts that are not no.
func runs(table []verdict) int {
	n := 0
	eachRun(table, func(int, int, verdict) { n++ })
	return n
}

// eachRun yields the runs of equal verdicts that are not no, as half-open intervals.
func eachRun(table []verdict, yield func(from, to int, v verdict)) {
	for i := 0; i < len(table); {
		j := i + 1
		for j < len(table) && table[j] == table[i] {
			j++
		}
		if table[i] != no {
			yield(i, j, table[i])
		}
		i = j
	}
}
