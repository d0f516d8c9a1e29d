package workspace

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhida/schemas"
)

// policyWriter writes YAML line by line and notes where each value begins.
type policyWriter struct {
	b      strings.Builder
	line   int         // the one being written
	indent int         // spaces before a key
	dash   bool        // the next line begins an entry of a list
	prefix string      // of the keys of a table within a policy or an item: "gates."
	field  PolicyField // the item and the index that are being written
	marks  []mark
}

// nest writes what stands some levels below a key: one for a table, two for a list, whose dashes take the other.
func (w *policyWriter) nest(key string, levels int, content func()) {
	w.begin()
	w.note(key, 0, false)
	w.raw(key + ":\n")
	w.indent += 2 * levels
	w.prefix = key + "."
	content()
	w.prefix = ""
	w.indent -= 2 * levels
}

// entries writes a list of n entries, nothing if there are none.
func (w *policyWriter) entries(key string, n int, content func(i int)) {
	if n == 0 {
		return
	}
	w.nest(key, 2, func() {
		for i := range n {
			w.field.Index, w.dash = i, true
			content(i)
			w.dash = false
		}
		w.field.Index = 0
	})
}

// text writes a text, nothing if it is empty.
func (w *policyWriter) text(key, text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	switch {
	case isPlain(text):
		w.pair(key, text)
	case !isPrintable(text):
		w.pair(key, doubleQuoted(text))
	case strings.Contains(text, "\n"):
		w.block(key, text)
	default:
		w.pair(key, "'"+strings.ReplaceAll(text, "'", "''")+"'")
	}
}

// expression writes condition text, nothing if it is empty. It is never quoted: a person is to read it, and a place in
// it must be found again.
func (w *policyWriter) expression(key, text string) {
	text = spaced(strings.TrimSpace(text))
	switch {
	case text == "":
	case isPlainExpression(text):
		w.pair(key, text)
	default:
		w.block(key, text)
	}
}

// interval writes the bounds that are there.
func (w *policyWriter) interval(key string, i schemas.Window) {
	var parts []string
	if !i.From.IsZero() {
		parts = append(parts, "from: "+i.From.String())
	}
	if !i.To.IsZero() {
		parts = append(parts, "to: "+i.To.String())
	}
	if len(parts) > 0 {
		w.pair(key, "{"+strings.Join(parts, ", ")+"}")
	}
}

// pair writes a value that fits a line; an entry of a list that is no table has no key.
func (w *policyWriter) pair(key, value string) {
	w.begin()
	if key == "" {
		w.note(key, 0, false)
		w.raw(value + "\n")
		return
	}
	name := key
	if !isPlain(key) {
		name = doubleQuoted(key)
	}
	w.note(key, utf8.RuneCountInString(name)+2, false)
	w.raw(name + ": " + value + "\n")
}

// block writes a value as it is, one level deeper, after |.
func (w *policyWriter) block(key, value string) {
	w.begin()
	if key != "" {
		w.raw(key + ": ")
	}
	w.raw("|\n")
	w.indent += 2
	if key == "" {
		w.indent -= 2 // the dash's level is enough
	}
	w.note(key, 0, true)
	for line := range strings.SplitSeq(value, "\n") {
		if line != "" {
			w.raw(strings.Repeat(" ", w.indent))
		}
		w.raw(line + "\n")
	}
	if key != "" {
		w.indent -= 2
	}
}

// begin writes what stands before a line's key.
func (w *policyWriter) begin() {
	if w.dash {
		w.dash = false
		w.raw(strings.Repeat(" ", w.indent-2) + "- ")
		return
	}
	w.raw(strings.Repeat(" ", w.indent))
}

// note marks the line being written as the first of a field's text, which begins behind the indent and offset more.
func (w *policyWriter) note(key string, offset int, block bool) {
	f := w.field
	f.Key = strings.TrimSuffix(w.prefix+key, ".")
	w.marks = append(w.marks, mark{line: w.line, column: w.indent + offset + 1, field: f, block: block})
}

func (w *policyWriter) raw(text string) {
	w.b.WriteString(text)
	w.line += strings.Count(text, "\n")
}

// isPlain reports whether YAML reads the text as itself without quotes, with a wide margin: what begins with a letter,
// has nothing but letters, digits and signs without meaning, and is no word that means true, false or nothing.
func isPlain(text string) bool {
	switch strings.ToLower(text) {
	case "true", "false", "yes", "no", "on", "off", "y", "n", "null":
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(first) && !strings.ContainsRune("（《〔“", first) {
		return false
	}
	for _, r := range text {
		if !unicode.In(r, unicode.Letter, unicode.Mark, unicode.Digit) && !strings.ContainsRune(" -._/()+%；，。、：（）《》〈〉〔〕【】“”‘’！？·—…", r) {
			return false
		}
	}
	return true
}

// isPlainExpression is isPlain for conditions, which may begin with a digit or a bracket (the reader takes numbers as they
// are written), and whose signs are harmless after the first character, but for : and #.
func isPlainExpression(text string) bool {
	if text[0] == '(' || text[0] >= '0' && text[0] <= '9' {
		text = "x" + text
	}
	return isPlain(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>=!,*"[]@;≥≤≠`, r) {
			return '-'
		}
		return r
	}, text))
}

// isPrintable reports whether a block or quotes can hold the text as it is: workspace files have no control characters
// nor invisible ones, and lines are indented by some spaces and nothing else.
func isPrintable(text string) bool {
	for line := range strings.SplitSeq(text, "\n") {
		indented := strings.TrimLeft(line, " ")
		first, _ := utf8.DecodeRuneInString(indented)
		if strings.ContainsFunc(line, isAwkward) || first == '\u3000' || first == '\u00a0' || len(line)-len(indented) > maxIndent/2 {
			return false
		}
	}
	return true
}

func isAwkward(r rune) bool { return unicode.IsControl(r) || isInvisible(r) }

// spaced is condition text with every kind of white space but line breaks, and what cannot be seen, as plain spaces.
func spaced(text string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsSpace(r) || isAwkward(r)) {
			return ' '
		}
		return r
	}, text)
}

// doubleQuoted is the text with everything escaped that cannot stand as it is.
func doubleQuoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteRune('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case isAwkward(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
