package explain

import (
	"slices"
	"strings"
)

// takeWord makes a value that is a word, a code or a truth what it stands for, or what the case that applies says. Where
// several cases may apply it is their word if they agree, else one of their words.
func (v *Value) takeWord() {
	from := v.rule
	for _, c := range v.Cases {
		if c.Applies == Yes {
			from = c.Then
		}
	}
	if from != nil {
		v.Text, v.State, v.Possible = from.Text, from.State, from.Possible
	}
	if v.Kind == ValueTiers && v.State != StateKnown {
		v.takePossible()
	}
}

// takePossible takes the words of the cases that may apply. If these are all there are, nothing is known.
func (v *Value) takePossible() {
	var possible []string
	for _, c := range v.Cases {
		if c.Applies == No {
			continue
		}
		switch then := c.Then; {
		case then.State == StateKnown:
			possible = append(possible, then.Text)
		case len(then.Possible) > 0:
			possible = append(possible, then.Possible...)
		default: // any of what the case can give
			words, ok := then.words(nil)
			if !ok {
				return
			}
			possible = append(possible, words...)
		}
	}
	all, ok := v.words(nil)
	if !ok {
		return
	}
	all = distinctWords(all)
	possible = slices.DeleteFunc(slices.Clone(all), func(w string) bool { return !slices.Contains(possible, w) })
	switch {
	case len(possible) == 1:
		v.State, v.Text, v.Possible = StateKnown, possible[0], nil
	case len(possible) < len(all):
		v.State, v.Possible = StateRange, possible
		last := len(possible) - 1
		v.Text = strings.Join(possible[:last], "、") + "或" + possible[last]
	}
}

// words appends the words that a value can be if nothing is known; false if it can be any text.
func (v *Value) words(out []string) ([]string, bool) {
	switch {
	case v.isLiteral():
		return append(out, v.Text), true
	case v.rule != nil:
		return v.rule.words(out)
	case v.Kind != ValueTiers:
		return nil, false
	}
	ok := true
	for _, c := range v.Cases {
		if out, ok = c.Then.words(out); !ok {
			return nil, false
		}
	}
	return out, true
}

// distinctWords keeps each word once, where it stands first.
func distinctWords(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
