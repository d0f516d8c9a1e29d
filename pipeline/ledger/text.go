package ledger

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// plain writes bytes that are no text, which PostgreSQL doesn't keep, as \xff. They come in names of files and in what is quoted of
// them.
func plain(text string) string {
	if utf8.ValidString(text) && !strings.ContainsRune(text, 0) {
		return text
	}
	var out strings.Builder
	for i, r := range text {
		switch _, size := utf8.DecodeRuneInString(text[i:]); {
		case r == utf8.RuneError && size == 1, r == 0:
			fmt.Fprintf(&out, `\x%02x`, text[i])
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

var escaped = regexp.MustCompile(`\\x(00|[89a-f][0-9a-f])`)

// raw is the name that plain wrote.
func raw(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(code string) string {
		b, err := strconv.ParseUint(code[2:], 16, 8)
		if err != nil {
			return code
		}
		return string([]byte{byte(b)})
	})
}
