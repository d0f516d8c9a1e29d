package plan

import (
	"slices"
	"sort"
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/table"
)

// A column of codes that is numbered (table.Coded) has its words in order, and the words inside a set are a few stretches of
// neighbours: 510700 and all below it are one. So a test of membership looks for the ends of its stretches among the words and
// makes a vector compare of each, 4 µs for 65,536 enterprises where a look-up for each took 65. It does not look at each
// word: a province has some thousand industries, which took longer than all comparisons.

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

// mostStretches is how many stretches are compared before a look-up per enterprise is cheaper.
const mostStretches = 16

// stretch are neighbouring words of which a test says the same: from up to to.
type stretch struct {
	from, to int
	verdict  verdict
}

// lexicon remembers what the tests of codes said of words, from block to block.
type lexicon map[lexeme]verdict

type lexeme struct {
	test *memberTest
	word string
}

// stretches divides the words of a numbered column, but for words[0], into stretches. They are valid until the next call.
func (t *memberTest) stretches(f *frame, words []string) []stretch {
	cuts := append(f.cuts[:0], 1)
	at := 1
	for _, mark := range t.whole { // in order
		at += sort.SearchStrings(words[at:], mark)
		end := at + sort.Search(len(words)-at, func(i int) bool { return !strings.HasPrefix(words[at+i], mark) })
		cuts = append(cuts, at, end)
	}
	at = 1
	for _, word := range t.single {
		at += sort.SearchStrings(words[at:], word)
		if at < len(words) && words[at] == word {
			cuts = append(cuts, at, at+1)
		}
	}
	slices.Sort(cuts)
	f.cuts = append(slices.Compact(cuts), len(words))
	f.stretches = f.stretches[:0]
	for i, from := range f.cuts[:len(f.cuts)-1] {
		to := f.cuts[i+1]
		if from == to {
			continue
		}
		v := t.look(words[from], f)
		if last := len(f.stretches) - 1; last >= 0 && f.stretches[last].verdict == v {
			f.stretches[last].to = to
		} else {
			f.stretches = append(f.stretches, stretch{from, to, v})
		}
	}
	return f.stretches
}

// look is of with a memory.
func (t *memberTest) look(word string, f *frame) verdict {
	if t.words != nil {
		return t.of(word, f)
	}
	at := lexeme{t, word}
	v, ok := f.lexicon[at]
	if !ok {
		v = t.of(word, f)
		f.lexicon[at] = v
	}
	return v
}

// evalNumbered is eval for a numbered column.
func (t *memberTest) evalNumbered(f *frame, c *column, out bits.Truth) {
	stretches, asked, open := t.stretches(f, c.numbered.Words), 0, false
	for _, r := range stretches {
		if r.verdict != no {
			asked++
		}
		open = open || r.verdict == unknown
	}
	if asked > mostStretches {
		t.evalEach(f, c, stretches, out)
	} else {
		out.Clear()
		for _, r := range stretches {
			switch r.verdict {
			case yes:
				bits.OrBetweenCodes(c.numbered.IDs, uint16(r.from), uint16(r.to-1), out.Yes)
			case unknown: // held in No for now: they are few
				bits.OrBetweenCodes(c.numbered.IDs, uint16(r.from), uint16(r.to-1), out.No)
			}
		}
		if open {
			for w, known := range c.known {
				y := out.Yes[w] & known
				out.Yes[w], out.No[w] = y, known&^y&^out.No[w]
			}
		} else {
			out.Split(out.Yes, c.known)
		}
	}
	unknownsAre(t.unknown, c.known, f.n, out)
}

// evalEach looks each thing's word up.
func (t *memberTest) evalEach(f *frame, c *column, stretches []stretch, out bits.Truth) {
	table := f.verdicts(len(c.numbered.Words))
	table[0] = t.unknown
	for _, r := range stretches {
		for i := r.from; i < r.to; i++ {
			table[i] = r.verdict
		}
	}
	lookUp(c.numbered.IDs, table, out)
	out.Yes.And(c.known)
	out.No.And(c.known)
}
