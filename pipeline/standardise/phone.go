package standardise

import "strings"

// phoneReader reads telephone numbers: mobiles get a reference, landlines none, since only mobiles receive SMS.
// Of several numbers in a cell the first mobile is taken, else the first landline.
type phoneReader struct {
	blank                   blank
	reference               func(number string) string
	bad, notMobile, several flagID
}

func (r phoneReader) read(text string) value {
	if r.blank.is(text) {
		return value{}
	}
	var mobile, landline string
	var single [1]string
	parts := splitPhones(text, single[:0])
	for _, part := range parts {
		number, kind := readPhone(part)
		switch {
		case kind == phoneMobile && mobile == "":
			mobile = number
		case kind == phoneLandline && landline == "":
			landline = number
		}
	}
	v := value{filled: true, known: true}
	switch {
	case mobile != "":
		v.text, v.second = mobile, r.reference(mobile)
	case landline != "":
		v.text, v.flags[1] = landline, r.notMobile
	default:
		return dropped(r.bad)
	}
	if len(parts) > 1 {
		v.flags[0] = r.several
	}
	return v
}

// splitPhones cuts a cell at the marks that stand between numbers. Spaces stand inside numbers too (138 1234 5678);
// they only separate if what they join is too long for one number.
func splitPhones(text string, into []string) []string {
	if len(text) == 11 && isMobile(text) {
		return append(into, text)
	}
	fields := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";；,，/、|或和\n\r", r) })
	for _, f := range fields {
		if words := strings.Fields(f); len(words) > 1 && countDigits(f) > 16 {
			into = append(into, words...)
		} else if len(words) > 0 {
			into = append(into, f)
		}
	}
	return into
}

func countDigits(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		if text[i] >= '0' && text[i] <= '9' {
			n++
		}
	}
	return n
}

// phoneKind tells what a number can be used for.
type phoneKind uint8

const (
	phoneBad phoneKind = iota
	phoneMobile
	phoneLandline
)

// readPhone reads one number. Mobiles come back as 11 digits, landlines as 0816-2345678 or as written, without spaces.
func readPhone(text string) (string, phoneKind) {
	if isMobile(text) {
		return text, phoneMobile
	}
	compact := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '.', '(', ')', '—', '–', '_':
			if r == ')' || r == '—' || r == '–' || r == '_' {
				return '-'
			}
			return -1
		}
		return r
	}, strings.TrimSuffix(text, ".0")) // a workbook's number column exported as floating point
	rest, abroad := trimCountry(strings.Trim(compact, "-"))
	plain := strings.ReplaceAll(rest, "-", "")
	switch {
	case isMobile(plain):
		return plain, phoneMobile
	case abroad && len(plain) > 0 && plain[0] != '0':
		rest, plain = "0"+rest, "0"+plain
	}
	if isLandline(rest, plain) {
		return rest, phoneLandline
	}
	return "", phoneBad
}

// trimCountry takes +86, 0086 and 86 off a number, and tells whether it did. 86 alone may begin a local number, so it
// counts only before a mobile.
func trimCountry(number string) (string, bool) {
	for _, prefix := range []string{"+86", "0086"} {
		if rest, ok := strings.CutPrefix(number, prefix); ok {
			return strings.TrimLeft(rest, "-"), true
		}
	}
	if rest, ok := strings.CutPrefix(number, "86"); ok {
		if rest = strings.TrimLeft(rest, "-"); isMobile(strings.ReplaceAll(rest, "-", "")) {
			return rest, true
		}
	}
	return number, false
}

// isMobile reports whether the text is ^1[3-9]\d{9}$.
func isMobile(text string) bool {
	return len(text) == 11 && text[0] == '1' && text[1] >= '3' && text[1] <= '9' && digits(text)
}

// isLandline knows numbers with area code (10 to 12 digits from 0), local ones (7 or 8 digits), 400 and 800 numbers,
// each with an extension of up to 6 digits behind a dash or 转.
func isLandline(number, plain string) bool {
	for _, mark := range []string{"转", "-"} {
		if i := strings.LastIndex(number, mark); i > 0 {
			main, extension := strings.ReplaceAll(number[:i], "-", ""), number[i+len(mark):]
			if digits(extension) && len(extension) <= 6 && len(main) >= 7 && isMainNumber(main) {
				return true
			}
		}
	}
	return isMainNumber(plain)
}

func isMainNumber(n string) bool {
	if !digits(n) {
		return false
	}
	switch {
	case n[0] == '0':
		return len(n) >= 10 && len(n) <= 12 && n[1] != '0'
	case strings.HasPrefix(n, "400") || strings.HasPrefix(n, "800"):
		return len(n) == 10
	}
	return n[0] >= '2' && n[0] <= '8' && (len(n) == 7 || len(n) == 8)
}
