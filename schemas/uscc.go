package schemas

import "strings"

// CodeState is what the text in a code column turns out to be.
type CodeState uint8

// The states. The first two are used as a code; CodeBadCheck is flagged, because codes that fail the check are really
// issued (91350211M00013FA1N). The old kinds need the crosswalk; CodeOther names no enterprise.
const (
	CodeEmpty           CodeState = iota
	CodeUSCC                      // 18 characters, GB 32100-2015, check character right
	CodeBadCheck                  // 18 characters of that shape, check character wrong
	CodeOldRegistration           // registration number of 15 digits, or of 13 before 2007
	CodeOldOrganisation           // organisation code of 9 characters, GB 11714-1997, check character right
	CodeOther
)

// String names the state as reports do.
func (s CodeState) String() string {
	switch s {
	case CodeEmpty:
		return "空"
	case CodeUSCC:
		return "统一社会信用代码"
	case CodeBadCheck:
		return "统一社会信用代码（校验位不符）"
	case CodeOldRegistration:
		return "旧注册号"
	case CodeOldOrganisation:
		return "组织机构代码"
	}
	return "不是代码"
}

// codeAlphabet holds the characters of GB 32100-2015; a character's value is its index. I O S V Z are left out.
const codeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// codeWeights are 3^(i-1) mod 31, the weights of the first 17 characters.
var codeWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// organisationWeights are the weights of the first 8 characters of an organisation code, GB 11714-1997.
var organisationWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// ClassifyCode says what s is. s is trimmed, half-width and in upper case (see Fold). An organisation code may be
// written with a hyphen before its check character: 13830295-X.
func ClassifyCode(s string) CodeState {
	switch {
	case s == "":
		return CodeEmpty
	case len(s) == 18 && isDigits(s[2:8]):
		check, ok := CheckDigit(s[:17])
		if !ok || strings.IndexByte(codeAlphabet, s[17]) < 0 {
			return CodeOther
		}
		if check == s[17] {
			return CodeUSCC
		}
		return CodeBadCheck
	case (len(s) == 15 || len(s) == 13) && isDigits(s):
		return CodeOldRegistration
	case len(s) == 9 && isOrganisationCode(s):
		return CodeOldOrganisation
	case len(s) == 10 && s[8] == '-' && isOrganisationCode(s[:8]+s[9:]):
		return CodeOldOrganisation
	}
	return CodeOther
}

// CheckDigit computes the 18th character of a code from its first 17. It is false for another length or for a
// character outside the alphabet.
func CheckDigit(first17 string) (byte, bool) {
	if len(first17) != len(codeWeights) {
		return 0, false
	}
	sum := 0
	for i, w := range codeWeights {
		v := strings.IndexByte(codeAlphabet, first17[i])
		if v < 0 {
			return 0, false
		}
		sum += v * w
	}
	return codeAlphabet[(31-sum%31)%31], true
}

// IsSoleTrader reports whether the code is that of a sole trader (个体工商户), whose name and address are personal data.
func IsSoleTrader(code string) bool { return strings.HasPrefix(code, "92") }

func isOrganisationCode(s string) bool {
	sum := 0
	for i, w := range organisationWeights {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			sum += int(c-'0') * w
		case c >= 'A' && c <= 'Z':
			sum += int(c-'A'+10) * w
		default:
			return false
		}
	}
	return "0X987654321"[sum%11] == s[8]
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
