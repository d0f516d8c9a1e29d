package standardise

import (
	"strings"
	"unicode"

	"zhida/schemas"
)

// cleanCode is a code as it is stored: folded, upper case, without spaces and the apostrophe with which workbooks
// mark numbers as text. Letters are not corrected: I, O, S, V and Z do not occur in codes, but which digit was
// meant is a guess.
func cleanCode(raw string) string {
	clean := true
	for i := 0; i < len(raw) && clean; i++ {
		c := raw[i]
		clean = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z'
	}
	if clean {
		return raw
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' || r == '`' || r == '‘' || r == '’' {
			return -1
		}
		return unicode.ToUpper(r)
	}, fold(raw))
}

// isPersonalNumber reports whether a number of a person stands where a code should: a mobile number, or a resident
// identity number (GB 11643: 6 region, 8 birth date, 3 sequence, 1 check modulo 11). The latter has the shape of a
// code, and in Sichuan its 51 even looks like a social organisation's. It is told apart by its birth date and check
// character, and by failing one of the two checks a code has: its own, and that of the organisation code inside.
func isPersonalNumber(code string, state schemas.CodeState) bool {
	if isMobile(code) {
		return true
	}
	if len(code) != 18 || !digits(code[:17]) || code[6:8] != "19" && code[6:8] != "20" {
		return false
	}
	if state == schemas.CodeUSCC && schemas.ClassifyCode(code[8:17]) == schemas.CodeOldOrganisation {
		return false
	}
	if _, ok := schemas.ValidDate(decimal(code[6:10]), decimal(code[10:12]), decimal(code[12:14])); !ok {
		return false
	}
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(code[i]-'0')
	}
	return code[17] == "10X98765432"[sum%11]
}

// digits reports whether the text is one or more ASCII digits.
func digits(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// decimal is the number of a short text of digits.
func decimal(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		n = n*10 + int(text[i]-'0')
	}
	return n
}
