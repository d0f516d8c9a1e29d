package condition

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhida/schemas"
)

// lexer cuts a text into tokens. It works on runes, folded and with their places, so that a look ahead costs nothing;
// strings take the runes as they stand.
type lexer struct {
	tree   *Tree
	runes  []rune // folded
	marks  []Mark // of each rune, and of the end
	next   int
	tokens []token
}

// scan returns the tokens of the tree's text, the last one classEnd, and adds faults to the tree.
func scan(tree *Tree) []token {
	l := &lexer{tree: tree}
	l.load(tree.Text.Text)
	for {
		l.skipSpace()
		if l.next >= len(l.runes) {
			l.emit(classEnd, "", l.next)
			return l.tokens
		}
		l.token()
	}
}

// load folds the text into runes and marks their places.
func (l *lexer) load(text string) {
	count := utf8.RuneCountInString(text)
	l.runes = make([]rune, 0, count)
	l.marks = make([]Mark, 0, count+1)
	l.tokens = make([]token, 0, count/2+1)
	at := Mark{}
	for offset, r := range text {
		at.Offset = offset
		l.runes, l.marks = append(l.runes, fold(r)), append(l.marks, at)
		at.Column++
		if r == '\n' {
			at.Line, at.Column = at.Line+1, 0
		}
	}
	at.Offset = len(text)
	l.marks = append(l.marks, at)
}

// fold brings a rune to the form the language is defined in: full-width forms to ASCII, the ideographic comma and
// the signs of relation to theirs.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		return r
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	case r == '、':
		return ','
	case r == '×':
		return '*'
	case r == '÷':
		return '/'
	case r == '−':
		return '-'
	}
	return r
}

// isLetter reports whether the rune can begin a name or a unit.
func isLetter(r rune) bool { return r == '_' || r == '㎡' || unicode.IsLetter(r) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isSpace reports whether the rune separates and means nothing: white space, a BOM, the zero-width characters that
// come with text copied from web pages.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == 0xFEFF || r == 0x2060 || (r >= 0x200B && r <= 0x200D)
}

func (l *lexer) skipSpace() {
	for l.next < len(l.runes) && isSpace(l.runes[l.next]) {
		l.next++
	}
}

// peek returns the rune n places ahead, 0 behind the end.
func (l *lexer) peek(n int) rune {
	if l.next+n >= len(l.runes) {
		return 0
	}
	return l.runes[l.next+n]
}

// emit adds the token from the current place up to the given index, and goes there.
func (l *lexer) emit(c class, text string, end int) {
	l.tokens = append(l.tokens, token{c, text, l.extent(end)})
	l.next = end
}

func (l *lexer) extent(end int) Extent { return Extent{l.marks[l.next], l.marks[end]} }

func (l *lexer) fault(end int, suggestion, format string, args ...any) {
	l.tree.fault(l.extent(end), suggestion, format, args...)
}

func (l *lexer) token() {
	switch r := l.peek(0); {
	case isDigit(r):
		l.number()
	case isLetter(r):
		l.word()
	case r == '"' || r == '“' || r == '”':
		l.quoted(r)
	default:
		l.symbol(r)
	}
}

// word reads the longest run of letters, with digits in it unless a number stands before it: then it is a unit, and
// in 2025年1月 the digits behind it are the next number.
func (l *lexer) word() {
	unit := len(l.tokens) > 0 && l.tokens[len(l.tokens)-1].class == classNumber
	end := l.next + 1
	for end < len(l.runes) && (isLetter(l.runes[end]) || (!unit && isDigit(l.runes[end]))) {
		end++
	}
	text := string(l.runes[l.next:end])
	if key, ok := keyword(text); ok {
		l.emit(classKeyword, key, end)
		return
	}
	l.emit(classWord, text, end)
}

// number reads digits with at most one decimal point, or a date written with digits. The point of 13..43 is none.
func (l *lexer) number() {
	if l.date() {
		return
	}
	end := l.digits(l.next)
	if end+1 < len(l.runes) && l.runes[end] == '.' && isDigit(l.runes[end+1]) {
		end = l.digits(end + 1)
	}
	l.emit(classNumber, string(l.runes[l.next:end]), end)
}

// digits returns the index behind the digits that begin at from.
func (l *lexer) digits(from int) int {
	for from < len(l.runes) && isDigit(l.runes[from]) {
		from++
	}
	return from
}

// date reads 2025-01-01, 2025/1/1 or 2025.1.1: four digits, then twice the same separator and one or two digits.
func (l *lexer) date() bool {
	first := l.digits(l.next)
	if first-l.next != 4 || first >= len(l.runes) {
		return false
	}
	separator := l.runes[first]
	if separator != '-' && separator != '/' && separator != '.' {
		return false
	}
	second := l.digits(first + 1)
	if n := second - first - 1; n < 1 || n > 2 || second >= len(l.runes) || l.runes[second] != separator {
		return false
	}
	end := l.digits(second + 1)
	if n := end - second - 1; n < 1 || n > 2 {
		return false
	}
	year, month, day := atoi(l.runes[l.next:first]), atoi(l.runes[first+1:second]), atoi(l.runes[second+1:end])
	if _, ok := schemas.ValidDate(year, month, day); !ok {
		l.fault(end, "", "日历上没有%d年%d月%d日", year, month, day)
		l.emit(classStray, "", end)
		return true
	}
	l.emit(classDate, fmt.Sprintf("%04d-%02d-%02d", year, month, day), end)
	return true
}

// atoi reads digits that are known to be few.
func atoi(digits []rune) int {
	n := 0
	for _, r := range digits {
		n = n*10 + int(r-'0')
	}
	return n
}

// quoted reads a string up to its closing quote. A string that begins with a straight quote ends with one; Chinese
// quotes may stand either way round. \" and \\ stand for " and \.
func (l *lexer) quoted(open rune) {
	var text strings.Builder
	for i := l.next + 1; i < len(l.runes) && l.runes[i] != '\n'; i++ {
		r := l.runes[i]
		if (open == '"') == (r == '"') && (r == '"' || r == '“' || r == '”') {
			l.emit(classString, text.String(), i+1)
			return
		}
		if r == '\\' && i+1 < len(l.runes) && (l.runes[i+1] == '"' || l.runes[i+1] == '\\') {
			i++
			text.WriteRune(l.runes[i])
			continue
		}
		// The text's own rune, not the folded one: inside a string 、 and ， are what they are.
		original, _ := utf8.DecodeRuneInString(l.tree.Text.Text[l.marks[i].Offset:])
		text.WriteRune(original)
		if original == utf8.RuneError {
			l.tree.fault(Extent{l.marks[i], l.marks[i+1]}, "把文件存成 UTF-8 编码", "这里有损坏的字符")
		}
	}
	end := l.next + 1
	for end < len(l.runes) && l.runes[end] != '\n' {
		end++
	}
	suggestion := "在文字末尾补上引号"
	if strings.ContainsAny(text.String(), "\"“”") {
		suggestion = "开头和结尾用同一种引号"
	}
	l.fault(l.next+1, suggestion, "文字的引号没有结束")
	l.emit(classStray, "", end)
}
