package condition

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"zhida/schemas"
)

// fault reports a fault at a place of the text, mapped to the file the text stands in.
func (t *Tree) fault(at Extent, suggestion, format string, args ...any) {
	f := schemas.Fault{File: t.Text.Place.File, Message: fmt.Sprintf(format, args...), Suggestion: suggestion}
	if t.lines == nil {
		t.lines = strings.Split(t.Text.Text, "\n")
	}
	line := t.lines[at.From.Line]
	f.Line, f.Column, f.Source = at.From.Line+1, at.From.Column+1, strings.TrimSuffix(line, "\r")
	if places := t.Text.Place.Lines; at.From.Line < len(places) {
		p := places[at.From.Line]
		f.Line, f.Column, f.Source = p.Line, p.Column+at.From.Column, p.Source
	} else if len(places) > 0 {
		// The text has more lines than the file: an escaped line end. The last line known is the nearest to be had.
		f.Line = places[len(places)-1].Line
	}
	switch at.To.Line {
	case at.From.Line:
		f.Width = at.To.Column - at.From.Column
	default:
		f.Width = utf8.RuneCountInString(strings.TrimRight(line, " \t\r")) - at.From.Column
	}
	f.Width = max(f.Width, 1)
	t.found = append(t.found, f)
}

// sorted is the faults in the order of their places.
func sorted(found schemas.Faults) schemas.Faults {
	out := slices.Clone(found)
	out.Sort()
	return out
}

// source is the text of an extent as the officer wrote it.
func (t *Tree) source(at Extent) string { return t.Text.Text[at.From.Offset:at.To.Offset] }

// cover is the extent from the beginning of one to the end of the other.
func cover(from, to Extent) Extent { return Extent{from.From, to.To} }

// Longest text quoted in a message, and longest part of a reading; the place in the file shows the rest.
const (
	briefRunes   = 24
	readingRunes = 60
)

// brief cuts a text for a message.
func brief(text string) string { return cut(text, briefRunes) }

func cut(text string, limit int) string {
	n := 0
	for i := range text {
		if n == limit {
			return text[:i] + "…"
		}
		n++
	}
	return text
}
