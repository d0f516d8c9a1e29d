package workspace

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"zhida/schemas"
)

// mapped is a scalar's text with the place of each of its characters. Where the scalar runs over several lines the
// text does so too, so that a line of the text is (part of) a line of the file, whatever style the scalar is in.
type mapped struct {
	text []rune
	at   []spot // one per character, width 1
}

// mapScalar finds where each character of the scalar stands. If the file cannot be followed, every character is
// said to stand where the scalar begins.
func (d *document) mapScalar(n ast.Node) mapped {
	value, tok := scalarToken(n)
	if tok == nil || tok.Position == nil {
		return mapped{}
	}
	runes := []rune(value)
	line, column := tok.Position.Line, max(1, tok.Position.Column)
	if l, ok := n.(*ast.LiteralNode); ok {
		line, column = l.Start.Position.Line+1, 1
		if at, ok := d.follow(runes, cursor{d.textFile, line, column, 0}); ok {
			return join(runes, at)
		}
	}
	// The parser's column of a plain scalar is too far right by the spaces that trail it.
	for c := column; c >= 1; c-- {
		if at, ok := d.followFrom(runes, line, c, tok.Type); ok {
			return join(runes, at)
		}
	}
	at := make([]spot, len(runes))
	for i := range at {
		at[i] = spot{line, column, 1}
	}
	return join(runes, at)
}

// followFrom follows a plain or quoted scalar that begins at the place.
func (d *document) followFrom(value []rune, line, column int, style token.Type) ([]spot, bool) {
	cur := cursor{d.textFile, line, column, 0}
	switch style {
	case token.SingleQuoteType:
		cur.quote = '\''
	case token.DoubleQuoteType:
		cur.quote = '"'
	}
	first, ok := cur.peek()
	switch {
	case !ok:
		return nil, false
	case cur.quote != 0:
		if first != cur.quote {
			return nil, false
		}
		cur.column++
	case len(value) == 0 || first != value[0]:
		return nil, false
	}
	return d.follow(value, cur)
}

// follow walks value and file side by side; white space may differ, everything else must not.
func (d *document) follow(value []rune, cur cursor) ([]spot, bool) {
	at := make([]spot, 0, len(value))
	for _, want := range value {
		if isBlank(want) {
			at = append(at, spot{cur.line, cur.column, 1})
			continue
		}
		got, where, ok := cur.next()
		if !ok || got != want {
			return nil, false
		}
		at = append(at, where)
	}
	return at, true
}

// join drops outer white space and puts the line breaks where the file has them.
func join(value []rune, at []spot) mapped {
	var m mapped
	for i := 0; i < len(value); i++ {
		if !isBlank(value[i]) {
			m.text, m.at = append(m.text, value[i]), append(m.at, at[i])
			continue
		}
		end := i
		for end < len(value) && isBlank(value[end]) {
			end++
		}
		if len(m.text) > 0 && end < len(value) {
			last := m.at[len(m.at)-1]
			if at[end].line != last.line {
				m.text, m.at = append(m.text, '\n'), append(m.at, spot{last.line, last.column + 1, 1})
			} else {
				m.text, m.at = append(m.text, value[i:end]...), append(m.at, at[i:end]...)
			}
		}
		i = end - 1
	}
	return m
}

// place is the text with the place of each of its lines.
func (m mapped) place(d *document) schemas.Text {
	t := schemas.Text{Text: string(m.text), Place: schemas.Place{File: d.name}}
	for i, where := range m.at {
		if i == 0 || m.text[i-1] == '\n' {
			t.Place.Lines = append(t.Place.Lines, schemas.Position{Line: where.line, Column: where.column, Source: d.line(where.line)})
		}
	}
	return t
}

// relocate moves a fault found in the bare text, whose lines begin at column 1, to its exact place in the file:
// escapes in a quoted scalar make the columns of text and file differ.
func (m mapped) relocate(d *document, f schemas.Fault) schemas.Fault {
	f.Message, f.Suggestion = hide(printable(f.Message)), hide(printable(f.Suggestion))
	if len(m.at) == 0 {
		return f
	}
	start := 0
	for line := 1; line < f.Line && start < len(m.text); start++ {
		if m.text[start] == '\n' {
			line++
		}
	}
	start = min(max(0, start+f.Column-1), len(m.text))
	end := min(start+max(1, f.Width), len(m.text)) - 1
	where, last := spot{}, m.at[max(0, min(end, len(m.at)-1))]
	if start < len(m.at) {
		where = m.at[start]
	} else { // just after the end
		where = m.at[len(m.at)-1]
		where.column++
		last = where
	}
	f.File, f.Line, f.Column, f.Source = d.name, where.line, where.column, d.line(where.line)
	f.Width = 1
	if last.line == where.line && last.column > where.column {
		f.Width = last.column - where.column + 1
	}
	return f
}

// cursor reads the characters of a scalar from the file, skipping white space and undoing escapes.
type cursor struct {
	*textFile
	line, column int
	quote        rune // ' or " inside such a scalar, else 0
}

// peek is the character at the cursor, \n at the end of a line; false at the end of the file.
func (c *cursor) peek() (rune, bool) {
	if c.line < 1 || c.line > len(c.lines) {
		return 0, false
	}
	if line := c.characters(c.line); c.column <= len(line) {
		return line[c.column-1], true
	}
	return '\n', true
}

func (c *cursor) step() {
	if r, _ := c.peek(); r == '\n' {
		c.line, c.column = c.line+1, 1
		return
	}
	c.column++
}

// next is the next character that is not white space, and where it stands.
func (c *cursor) next() (rune, spot, bool) {
	for {
		r, ok := c.peek()
		if !ok {
			return 0, spot{}, false
		}
		where := spot{c.line, c.column, 1}
		switch {
		case isBlank(r):
			c.step()
		case r == '\\' && c.quote == '"':
			c.step()
			if r, blank, ok := c.escape(); !ok || !blank {
				return r, where, ok
			}
		case r == '\'' && c.quote == '\'':
			c.column += 2 // it is doubled
			return r, where, true
		default:
			c.step()
			return r, where, true
		}
	}
}

// escape reads what stands behind a backslash. Blank ones stand for white space or nothing.
func (c *cursor) escape() (r rune, blank, ok bool) {
	r, ok = c.peek()
	if !ok {
		return 0, false, false
	}
	c.step()
	digits := map[rune]int{'x': 2, 'u': 4, 'U': 8}[r]
	switch {
	case digits > 0:
		var hex strings.Builder
		for range digits {
			h, _ := c.peek()
			hex.WriteRune(h)
			c.step()
		}
		code, err := strconv.ParseUint(hex.String(), 16, 32)
		return rune(code), isBlank(rune(code)), err == nil
	case strings.ContainsRune("ntrvabfe0N_LP \n\t", r):
		return r, true, true
	}
	return r, false, true
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }
