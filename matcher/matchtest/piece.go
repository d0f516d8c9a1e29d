package matchtest

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhida/schemas"
)

// piece is a part of one line of a script, with its place.
type piece struct {
	text string
	at   schemas.Position // of the first character
}

// from is the piece from a byte offset on.
func (p piece) from(offset int) piece {
	p.at.Column += utf8.RuneCountInString(p.text[:offset])
	p.text = p.text[offset:]
	return p
}

// trim is the piece without the white space around it.
func (p piece) trim() piece {
	p = p.from(len(p.text) - len(strings.TrimLeftFunc(p.text, isSpace)))
	p.text = strings.TrimRightFunc(p.text, isSpace)
	return p
}

// after is what follows a word at the front, trimmed. A word of letters ends where no letter follows: 缺少 is not 缺.
func (p piece) after(word string) (piece, bool) {
	rest, ok := strings.CutPrefix(p.text, word)
	if !ok {
		return p, false
	}
	if r, _ := utf8.DecodeRuneInString(rest); rest != "" && unicode.IsLetter(r) {
		return p, false
	}
	return p.from(len(word)).trim(), true
}

// word is the run of letters at the front.
func (p piece) word() piece {
	end := strings.IndexFunc(p.text, func(r rune) bool { return !unicode.IsLetter(r) })
	if end >= 0 {
		p.text = p.text[:end]
	}
	return p
}

// cut divides the piece at the first separator that stands in neither quotes nor brackets. Both parts are trimmed.
func (p piece) cut(separators string) (before, after piece, ok bool) {
	i, n := p.find(separators)
	if i < 0 {
		return p.trim(), piece{at: p.at}, false
	}
	before = p
	before.text = p.text[:i]
	return before.trim(), p.from(i + n).trim(), true
}

// split divides the piece at all separators that stand in neither quotes nor brackets; the parts are trimmed.
func (p piece) split(separators string) []piece {
	var out []piece
	for {
		before, after, ok := p.cut(separators)
		out = append(out, before)
		if !ok {
			return out
		}
		p = after
	}
}

// find is the place and the length of the first separator that stands in neither quotes nor brackets, -1 if there is none.
func (p piece) find(separators string) (at, length int) {
	depth, quoted := 0, rune(0)
	for i, r := range p.text {
		switch {
		case quoted != 0:
			if r == quoted {
				quoted = 0
			}
		case closing(r) != 0:
			quoted = closing(r)
		case depth == 0 && strings.ContainsRune(separators, r):
			return i, utf8.RuneLen(r)
		default:
			depth = max(0, depth+bracket(r))
		}
	}
	return -1, 0
}

// bracket is 1 for an opening bracket, -1 for a closing one, else 0.
func bracket(r rune) int {
	switch r {
	case '(', '[', '（', '［':
		return 1
	case ')', ']', '）', '］':
		return -1
	}
	return 0
}

// brackets is how many brackets of the piece stay open, less those it closes of others.
func (p piece) brackets() int {
	open, quoted := 0, rune(0)
	for _, r := range p.text {
		switch {
		case quoted != 0:
			if r == quoted {
				quoted = 0
			}
		case closing(r) != 0:
			quoted = closing(r)
		default:
			open += bracket(r)
		}
	}
	return open
}

// closing is the quote that ends a text which begins with r, 0 if r begins none.
func closing(r rune) rune {
	switch r {
	case '"', '＂':
		return r
	case '“', '”':
		return '”'
	}
	return 0
}

// unquoted is the text between quotes, if the piece is a text in quotes.
func (p piece) unquoted() (string, bool) {
	first, n := utf8.DecodeRuneInString(p.text)
	end := closing(first)
	if end == 0 {
		return "", false
	}
	inner, ok := strings.CutSuffix(p.text[n:], string(end))
	return inner, ok && !strings.ContainsRune(inner, end)
}

// Separators, with their full-width forms.
const (
	colons  = ":："
	commas  = ",，;；"
	between = ",，、;；"
	hashes  = "#＃"
)

func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == 0xFEFF || r == 0x2060 || (r >= 0x200B && r <= 0x200D)
}

// lines cuts a script into its lines, without comments and white space at their ends. Empty ones are left out. The
// indentation is still there.
func lines(text string) []piece {
	var out []piece
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(strings.ToValidUTF8(line, "\uFFFD"), "\r")
		p := piece{line, schemas.Position{Line: i + 1, Column: 1, Source: line}}
		if at, _ := comment(line); at >= 0 {
			p.text = line[:at]
		}
		p.text = strings.TrimRightFunc(p.text, isSpace)
		if p.text != "" {
			out = append(out, p)
		}
	}
	return out
}

// comment finds the # that begins a comment: one outside quotes, whatever the brackets.
func comment(line string) (at, length int) {
	quoted := rune(0)
	for i, r := range line {
		switch {
		case quoted != 0:
			if r == quoted {
				quoted = 0
			}
		case closing(r) != 0:
			quoted = closing(r)
		case strings.ContainsRune(hashes, r):
			return i, utf8.RuneLen(r)
		}
	}
	return -1, 0
}

// indented reports whether a line belongs to the block above it.
func (p piece) indented() bool {
	r, _ := utf8.DecodeRuneInString(p.text)
	return isSpace(r) && r != 0xFEFF
}

// fault is a fault at the piece.
func (p piece) fault(file, suggestion, format string, args ...any) schemas.Fault {
	return schemas.Fault{
		File: file, Line: p.at.Line, Column: p.at.Column, Width: max(1, utf8.RuneCountInString(p.text)), Source: p.at.Source,
		Message: fmt.Sprintf(format, args...), Suggestion: suggestion,
	}
}

// joined is the text of several pieces, one per line, that says where each stands.
func joined(file string, pieces ...piece) schemas.Text {
	t := schemas.Text{Place: schemas.Place{File: file}}
	texts := make([]string, len(pieces))
	for i, p := range pieces {
		texts[i] = p.text
		t.Place.Lines = append(t.Place.Lines, p.at)
	}
	t.Text = strings.Join(texts, "\n")
	return t
}

// glue is a piece that the script does not have, standing where p stands.
func glue(text string, p piece) piece { return piece{text, p.at} }
