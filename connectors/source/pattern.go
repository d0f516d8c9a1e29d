package source

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"
)

// placeholder is a part of a pattern in braces. Its expression has one group.
type placeholder struct {
	name, expression string
}

func placeholders() []placeholder {
	return []placeholder{
		{"date", `([0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2})`},
		{"mode", `(full|increment|append|全量|增量|追加)`},
		{"scope", `([0-9]{2,6})`},
	}
}

// pattern is a compiled pattern of file names.
type pattern struct {
	text       string
	expression string         // anchored, as text
	name       *regexp.Regexp // matches names; a named group per placeholder
	folders    []*regexp.Regexp
}

// compilePattern reads a pattern: literal characters, the placeholders {date}, {mode} and {scope}, and * for any
// characters but '/'.
func compilePattern(text string) (*pattern, error) {
	if err := checkPath(text); err != nil {
		return nil, err
	}
	p := &pattern{text: text}
	seen := map[string]bool{}
	var segments []string
	for segment := range strings.SplitSeq(text, "/") {
		expression, err := segmentExpression(segment, seen)
		if err != nil {
			return nil, err
		}
		segments = append(segments, expression)
	}
	if !seen["date"] {
		return nil, fmt.Errorf("pattern %q has no {date}: a delivery needs its business date", text)
	}
	p.expression = `(?s)\A` + strings.Join(segments, "/") + `\z`
	p.name = regexp.MustCompile(p.expression)
	for n := 1; n < len(segments); n++ {
		p.folders = append(p.folders, regexp.MustCompile(`(?s)\A`+strings.Join(segments[:n], "/")+`\z`))
	}
	return p, nil
}

// maxPattern bounds a pattern's length, and so the time overlap takes: two of the longest take 0.1 s.
const maxPattern = 255

// checkPath refuses patterns that no listed name can match.
func checkPath(text string) error {
	switch {
	case text == "":
		return fmt.Errorf("a delivery needs a pattern of file names")
	case len(text) > maxPattern:
		return fmt.Errorf("a pattern of more than %d bytes", maxPattern)
	case !utf8.ValidString(text):
		return fmt.Errorf("pattern %q is not UTF-8", text)
	case strings.Contains(text, `\`):
		return fmt.Errorf("pattern %q: write '/' between folders", text)
	case path.IsAbs(text), path.Clean(text) != text, text == "..", strings.HasPrefix(text, "../"):
		return fmt.Errorf("pattern %q: want a path within the source, without '.' and '..'", text)
	case Ignored(text):
		return fmt.Errorf("pattern %q: such files are taken for unfinished or hidden ones and left out", text)
	}
	return nil
}

// segmentExpression makes the regular expression of one folder or file name.
func segmentExpression(segment string, seen map[string]bool) (string, error) {
	var out strings.Builder
	for segment != "" {
		i := strings.IndexAny(segment, "*{}")
		if i < 0 {
			i = len(segment)
		}
		out.WriteString(regexp.QuoteMeta(segment[:i]))
		segment = segment[i:]
		switch {
		case segment == "":
		case segment[0] == '*':
			out.WriteString(`[^/]*`)
			segment = segment[1:]
		default:
			name, rest, closed := strings.Cut(strings.TrimPrefix(segment, "{"), "}")
			expression := expressionOf(name)
			if segment[0] == '}' || !closed || expression == "" {
				return "", fmt.Errorf("pattern part %q: known are {date}, {mode}, {scope} and *", segment)
			}
			if seen[name] {
				return "", fmt.Errorf("pattern has {%s} twice", name)
			}
			seen[name] = true
			out.WriteString("(?P<" + name + ">" + expression[1:])
			segment = rest
		}
	}
	return out.String(), nil
}

func expressionOf(name string) string {
	for _, p := range placeholders() {
		if p.name == name {
			return p.expression
		}
	}
	return ""
}

// Ignored reports whether a name, folders included, is that of a file being written, hidden, or a program's own.
// Senders that write under the final name are caught by Open, if they write while it is read, and by Complete.
func Ignored(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		part = strings.ToLower(part)
		if strings.HasPrefix(part, ".") || strings.HasPrefix(part, "~$") || strings.HasSuffix(part, "~") {
			return true
		}
		switch path.Ext(part) {
		case ".part", ".filepart", ".tmp", ".temp", ".crdownload":
			return true
		}
	}
	return false
}
