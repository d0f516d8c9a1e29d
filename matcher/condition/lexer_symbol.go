package condition

import (
	"strings"
	"unicode/utf8"
)

// symbol reads a sign. One that other languages use for something of ours is reported and then taken as meant, so
// that the rest of the text is still checked.
func (l *lexer) symbol(r rune) {
	two := string([]rune{r, l.peek(1)})
	switch two {
	case ">=", "<=", "!=", "..":
		l.emit(classSymbol, two, l.next+2)
		return
	case "==", "=>", "=<", "<>", "&&", "||":
		l.foreign(l.next + 2)
		return
	}
	switch r {
	case '>', '<', '=', '(', ')', '[', ']', ',', ';', ':', '.', '+', '-', '*', '/', '@', '%', '‰':
		l.emit(classSymbol, string(r), l.next+1)
	case '≥', '⩾', '≧':
		l.emit(classSymbol, ">=", l.next+1)
	case '≤', '⩽', '≦':
		l.emit(classSymbol, "<=", l.next+1)
	case '≠':
		l.emit(classSymbol, "!=", l.next+1)
	case '!', '&', '|', '~', '…', '【', '】', '〔', '〕', '《', '》', '。':
		l.foreign(l.next + 1)
	default:
		l.stray()
	}
}

// foreign reports a sign that means something elsewhere and goes on with what it means here.
func (l *lexer) foreign(end int) {
	sign := string(l.runes[l.next:end])
	c, meant := classSymbol, ""
	switch sign {
	case "==":
		meant = "="
	case "=>":
		meant = ">="
	case "=<":
		meant = "<="
	case "<>":
		meant = "!="
	case "&&", "&":
		c, meant = classKeyword, wordAnd
	case "||", "|":
		c, meant = classKeyword, wordOr
	case "!":
		c, meant = classKeyword, wordNot
	case "~", "…":
		meant = ".."
	case "【", "〔":
		meant = "["
	case "】", "〕":
		meant = "]"
	case "《", "》":
		c = classStray
		l.fault(end, "文件名等文字用引号：\"…\"", "条件里不能用“%s”", sign)
		l.emit(c, "", end)
		return
	case "。":
		l.fault(end, "删去句号", "条件里不用句号")
		l.next = end
		return
	}
	l.fault(end, "写成 "+meant, "条件里没有“%s”这个符号", sign)
	l.emit(c, meant, end)
}

// stray reports a run of characters that the language does not know.
func (l *lexer) stray() {
	end := l.next
	for end < len(l.runes) && l.isStray(l.runes[end]) {
		end++
	}
	end = max(end, l.next+1)
	text := string(l.runes[l.next:end])
	switch {
	case strings.ContainsRune(text, utf8.RuneError):
		l.fault(end, "把文件存成 UTF-8 编码", "这里有损坏的字符")
	case strings.ContainsAny(text, "'‘’「」『』"):
		l.fault(end, "文字用双引号：\"…\"", "条件里不能用“%s”", brief(text))
	default:
		l.fault(end, "删去它；要作文字，请加引号", "条件里不能用“%s”", brief(text))
	}
	l.emit(classStray, "", end)
}

func (l *lexer) isStray(r rune) bool {
	return !isLetter(r) && !isDigit(r) && !isSpace(r) &&
		!strings.ContainsRune("\"“”><=()[],;:.+-*/@%‰≥⩾≧≤⩽≦≠!&|~…【】〔〕《》。", r)
}
