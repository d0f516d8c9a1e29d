package workspace

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"zhida/matcher/condition"
)

// edit replaces what stands from a place of a file up to another, which is not part of it. Places are lines and columns
// in characters, from 1. Lines of the new text are separated by \n, whatever the file uses.
type edit struct {
	line, column       int
	endLine, endColumn int
	text               string
}

// edit is what brings the scalar of the text into its canonical form, false if it has it. A text of several lines
// becomes a block (|) where it may.
func (t checkedText) edit(flow bool) (edit, bool) {
	canonical := condition.Format(t.tree.Root)
	whole := t.in.mapScalar(t.text.node)
	if tail := strings.TrimSpace(string(whole.text[len(t.text.text):])); tail != "" { // the direction of a preference
		canonical += " " + tail
	}
	if l, ok := t.text.node.(*ast.LiteralNode); ok {
		return t.in.editBlock(l, whole, canonical)
	}
	prefix := leading.FindStringSubmatch(string(t.in.characters(whole.at[0].line)[:whole.at[0].column-1]))
	if flow || prefix == nil {
		canonical = strings.Join(strings.Fields(canonical), " ")
	}
	if canonical == string(whole.text) {
		return edit{}, false
	}
	e, quote, ok := t.in.extent(t.text.node, whole)
	if !ok {
		return edit{}, false
	}
	if !strings.Contains(canonical, "\n") {
		e.text = scalarText(canonical, quote, flow)
		return e, true
	}
	indent := len([]rune(prefix[1]))
	if prefix[2] != "" {
		indent += 2
	}
	rest := t.in.characters(e.endLine)[e.endColumn-1:] // a comment
	e.endColumn += len(rest)
	e.text = "|" + string(rest) + "\n" + indented(canonical, indent)
	return e, true
}

// leading is what stands before a scalar that a block can take the place of: dashes, then a key or none.
var leading = regexp.MustCompile(`^( *(?:- +)*)([^ "'#\[{][^:]*: +)?["']?$`)

// editBlock replaces the lines of a block.
func (d *document) editBlock(l *ast.LiteralNode, whole mapped, canonical string) (edit, bool) {
	first, last := whole.at[0], whole.at[len(whole.at)-1]
	indent := first.column - 1
	if lines := d.lines[first.line-1 : last.line]; strings.Join(lines, "\n") == indented(canonical, indent) {
		return edit{}, false
	}
	header := d.characters(l.Start.Position.Line)[l.Start.Position.Column-1:]
	e := edit{line: l.Start.Position.Line, column: l.Start.Position.Column, endLine: last.line, endColumn: len(d.characters(last.line)) + 1}
	style := blockStyle.FindString(string(header))
	e.text = "|" + strings.Trim(style, "|>0123456789") + string(header[len(style):]) + "\n" + indented(canonical, indent)
	return e, true
}

var blockStyle = regexp.MustCompile(`^[|>][+-]?[0-9]?[+-]?`)

// indented puts spaces before each line.
func indented(text string, indent int) string {
	margin := strings.Repeat(" ", indent)
	return margin + strings.ReplaceAll(text, "\n", "\n"+margin)
}

// extent is where a plain or quoted scalar stands, quotes included.
func (d *document) extent(n ast.Node, whole mapped) (e edit, quote rune, ok bool) {
	first, last := whole.at[0], whole.at[len(whole.at)-1]
	e = edit{line: first.line, column: first.column, endLine: last.line, endColumn: last.column + 1}
	_, tok := scalarToken(n)
	switch tok.Type {
	case token.SingleQuoteType:
		quote = '\''
	case token.DoubleQuoteType:
		quote = '"'
	default:
		return e, 0, true
	}
	before := strings.TrimRight(string(d.characters(e.line)[:e.column-1]), " ")
	e.column = len([]rune(before))
	if e.column < 1 || d.characters(e.line)[e.column-1] != quote {
		return e, quote, false
	}
	cur := cursor{textFile: d.textFile, line: e.line, column: e.column + 1}
	for {
		r, more := cur.peek()
		if !more {
			return e, quote, false
		}
		cur.step()
		switch next, _ := cur.peek(); {
		case r == '\\' && quote == '"', r == quote && quote == '\'' && next == quote:
			cur.step()
		case r == quote:
			e.endLine, e.endColumn = cur.line, cur.column
			return e, quote, true
		}
	}
}

// scalarText writes a text of one line as a scalar, in the style it had if that will do.
func scalarText(text string, quote rune, flow bool) string {
	switch {
	case quote == '"':
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
	case quote == 0 && standsPlain(text, flow):
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// standsPlain reports whether a text may stand without quotes.
func standsPlain(text string, flow bool) bool {
	return !strings.ContainsAny(text[:1], "[]{},\"'#&*!|>%@`?:") && !strings.HasPrefix(text, "- ") &&
		!strings.Contains(text, ": ") && !strings.HasSuffix(text, ":") && !strings.Contains(text, " #") &&
		!(flow && strings.ContainsAny(text, "[]{},"))
}

// applyEdits makes a file's new bytes; its mark of UTF-8 and its line ends stay.
func applyEdits(data []byte, edits []edit) []byte {
	mark := []byte("\ufeff")
	body, marked := bytes.CutPrefix(data, mark)
	lines := splitLines(body)
	slices.SortFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(b.line, a.line), cmp.Compare(b.column, a.column))
	})
	for _, e := range edits { // from the end of the file, so that the places of the others stay
		first, last := lines[e.line-1], lines[e.endLine-1]
		ending := first.ending
		if ending == "" {
			ending = "\n"
		}
		text := string(first.text[:e.column-1]) + e.text + string(last.text[e.endColumn-1:])
		var now []fileLine
		for _, line := range strings.Split(text, "\n") {
			now = append(now, fileLine{[]rune(line), ending})
		}
		now[len(now)-1].ending = last.ending
		lines = slices.Replace(lines, e.line-1, e.endLine, now...)
	}
	var out bytes.Buffer
	if marked {
		out.Write(mark)
	}
	for _, l := range lines {
		out.WriteString(string(l.text) + l.ending)
	}
	return out.Bytes()
}

// fileLine is a line of a file with what ends it.
type fileLine struct {
	text   []rune
	ending string
}

func splitLines(data []byte) []fileLine {
	var lines []fileLine
	for {
		end := bytes.IndexAny(data, "\r\n")
		if end < 0 {
			return append(lines, fileLine{[]rune(string(data)), ""})
		}
		ending := string(data[end : end+1])
		if bytes.HasPrefix(data[end:], []byte("\r\n")) {
			ending = "\r\n"
		}
		lines = append(lines, fileLine{[]rune(string(data[:end])), ending})
		data = data[end+len(ending):]
	}
}
