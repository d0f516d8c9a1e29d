package plan

import (
	mathbits "math/bits"
	"slices"
	"strings"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/schemas"
)

// Words is a value that is one of a few words, such as the size class: what 分档 gives. Where the facts leave the case
// open it is known as the set of the words that are still possible, and so decides 属于.
type Words struct {
	Words []string // in the order of the rule
	is    []Ref    // whether the value is the word
}

// maxWords is how many words fit into one machine word.
const maxWords = 64

// AddWords adds a value of text as the set of words that it can be. It is false for a value that can be any text.
func (b *Builder) AddWords(v condition.Value) (Words, bool) {
	words, ok := possibleWords(nil, v)
	if !ok || len(words) > maxWords {
		return Words{}, false
	}
	out := Words{Words: words, is: make([]Ref, len(words))}
	for i, w := range words {
		set := condition.Set{Members: []string{w}}
		out.is[i] = b.branches(v, enterprises, func(v condition.Value) Ref { return b.member(v, set, enterprises) })
	}
	return out, true
}

// possibleWords appends the words that a value can be, each once. It is false if there is no list of them.
func possibleWords(words []string, v condition.Value) ([]string, bool) {
	add := func(more ...string) {
		for _, w := range more {
			if !slices.Contains(words, w) {
				words = append(words, w)
			}
		}
	}
	switch x := bare(v).(type) {
	case condition.Word:
		add(x.Text)
	case condition.Column:
		add(x.Kind.Values...)
		return words, x.Kind.Kind == schemas.KindText && len(x.Kind.Values) > 0
	case condition.Tiers:
		for _, c := range x.Cases {
			var ok bool
			if words, ok = possibleWords(words, c.Then); !ok {
				return nil, false
			}
		}
		return possibleWords(words, x.Else)
	default:
		return nil, false
	}
	return words, true
}

// Possible is, for each door of the block, the words that its value can still be: bit i stands for Words[i].
func (ev *Evaluator) Possible(in *Input, w Words) ([]uint64, error) {
	out, i := make([]uint64, in.Block.N), 0
	err := ev.Eval(in, w.is, func(_ Ref, t bits.Truth) {
		for door := range out {
			if !t.No.Has(door) {
				out[door] |= 1 << i
			}
		}
		i++
	})
	return out, err
}

// Texts is a column of text for people and tables: for each door the word that its value is, the possible ones joined by
// | if it is not known to be one, and nothing if it can be any of them.
func (ev *Evaluator) Texts(in *Input, w Words) ([]string, error) {
	possible, err := ev.Possible(in, w)
	if err != nil {
		return nil, err
	}
	out, written := make([]string, len(possible)), map[uint64]string{}
	for door, mask := range possible {
		text, ok := written[mask]
		if !ok {
			text = w.Text(mask)
			written[mask] = text
		}
		out[door] = text
	}
	return out, nil
}

// Text writes a set of words as Texts does.
func (w Words) Text(mask uint64) string {
	if n := mathbits.OnesCount64(mask); n == len(w.Words) && n > 1 {
		return ""
	}
	return strings.Join(w.Of(mask), "|")
}

// Of are the words of a set, in the order of the rule.
func (w Words) Of(mask uint64) []string {
	var out []string
	for i, word := range w.Words {
		if mask>>i&1 == 1 {
			out = append(out, word)
		}
	}
	return out
}
