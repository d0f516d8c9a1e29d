package schemas

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold makes text comparable: full-width ASCII and the ideographic space become half-width, byte order marks and
// zero-width characters vanish, spaces around the text are trimmed. Brackets and stops without a half-width twin
// (【】《》。、) stay. Text that needs nothing is returned as it is, without an allocation.
func Fold(s string) string {
	if needsFold(s) {
		s = strings.Map(foldRune, s)
	}
	return strings.TrimFunc(s, unicode.IsSpace)
}

func needsFold(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if foldRune(r) != r {
			return true
		}
		i += n
	}
	return false
}

func foldRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E: // ！ to ～
		return r - 0xFEE0
	case r == 0x3000: // ideographic space
		return ' '
	case r == 0xFFE5: // ￥
		return '¥'
	case r >= 0x200B && r <= 0x200F, r == 0x2060, r == 0xFEFF: // zero-width, marks of direction, byte order mark
		return -1
	}
	return r
}

// IsEmptyWord reports whether s, folded, means that there is no value: empty, N/A, 无, -, NULL, and the words of extra.
func IsEmptyWord(s string, extra []string) bool {
	if len(s) <= 9 { // the longest of them is three characters of Chinese
		switch strings.ToUpper(s) {
		case "", "N/A", "#N/A", "NULL", "NONE", "NAN", `\N`, "-", "--", "---", "—", "——", "/", "//", "无", "空", "暂无":
			return true
		}
	}
	for _, w := range extra {
		if s == w {
			return true
		}
	}
	return false
}
