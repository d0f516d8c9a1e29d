package condition

import "strings"

// class is the class of a token.
type class uint8

const (
	classEnd     class = iota // after the last token
	classWord                 // a name, a bare code such as C39, or a word of a closed list
	classNumber               // digits with at most one decimal point
	classDate                 // 2025-01-01 and its variants; text is the canonical form
	classString               // text in quotes; text is what stands between them
	classKeyword              // text is the Chinese spelling
	classSymbol               // text is the ASCII spelling
	classStray                // what the lexer has already reported; nobody reports it again
)

// token is a piece of text with a meaning of its own.
type token struct {
	class class
	text  string
	at    Extent
}

// is reports whether the token is that keyword or symbol.
func (t token) is(text string) bool {
	return (t.class == classKeyword || t.class == classSymbol) && t.text == text
}

// The keywords that have a meaning in this version, in canonical spelling.
const (
	wordAnd    = "且"
	wordOr     = "或"
	wordNot    = "非"
	wordIn     = "属于"
	wordNotIn  = "不属于"
	wordExcept = "除"
	wordDuring = "在"
	wordHas    = "有"
	wordEvery  = "每"
	wordTag    = "标签"
	wordKnown  = "已知"
	wordToday  = "今天"
	wordYes    = "是"
	wordNo     = "否"
)

// keyword returns the canonical spelling of a keyword. ASCII twins are known in any case.
func keyword(word string) (string, bool) {
	switch word {
	case wordAnd, wordOr, wordNot, wordIn, wordNotIn, wordExcept, wordDuring, wordHas, wordEvery, wordTag, wordKnown,
		wordToday, wordYes, wordNo:
		return word, true
	}
	if unsupported(word) {
		return word, true
	}
	if word == "" || word[0] >= 0x80 {
		return "", false
	}
	return twin(strings.ToLower(word))
}

// twin returns the Chinese spelling of an ASCII keyword. else and above have none here: 其他 and 以上 are ordinary
// words outside 分档 and 累进.
func twin(word string) (string, bool) {
	chinese := ""
	switch word {
	case "and":
		chinese = wordAnd
	case "or":
		chinese = wordOr
	case "not":
		chinese = wordNot
	case "in":
		chinese = wordIn
	case "notin":
		chinese = wordNotIn
	case "except":
		chinese = wordExcept
	case "between":
		chinese = wordDuring
	case "has":
		chinese = wordHas
	case "every":
		chinese = wordEvery
	case "tag":
		chinese = wordTag
	case "known":
		chinese = wordKnown
	case "today":
		chinese = wordToday
	case "true":
		chinese = wordYes
	case "false":
		chinese = wordNo
	default:
		chinese = unsupportedTwin(word)
	}
	return chinese, chinese != ""
}

// unsupported reports whether the keyword belongs to the language but has no meaning in this version.
func unsupported(word string) bool {
	switch word {
	case "计数", "求和", "平均", "最大", "最小", "最早", "最新", "种数", "至少", "至多", "分档", "累进", "计分", "封顶", "保底",
		"含", "近", "参数", "目录", "评审", "承诺", "申报开始", "申报截止", "上年", "前年", "本年", "当年":
		return true
	}
	return lastYears(word)
}

// lastYears reports whether the word is 近3年度 or its twin last3, for any number.
func lastYears(word string) bool {
	digits, ok := strings.CutPrefix(word, "近")
	if ok {
		digits, ok = strings.CutSuffix(digits, "年度")
	} else {
		digits, ok = strings.CutPrefix(word, "last")
	}
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

func unsupportedTwin(word string) string {
	switch word {
	case "count":
		return "计数"
	case "sum":
		return "求和"
	case "avg":
		return "平均"
	case "max":
		return "最大"
	case "min":
		return "最小"
	case "first":
		return "最早"
	case "latest":
		return "最新"
	case "distinct":
		return "种数"
	case "atleast":
		return "至少"
	case "atmost":
		return "至多"
	case "tiers":
		return "分档"
	case "bands":
		return "累进"
	case "score":
		return "计分"
	case "cap":
		return "封顶"
	case "floor":
		return "保底"
	case "contains":
		return "含"
	case "param":
		return "参数"
	case "catalog":
		return "目录"
	case "judged":
		return "评审"
	case "declared":
		return "承诺"
	case "window_start":
		return "申报开始"
	case "window_end":
		return "申报截止"
	case "this_year":
		return "本年"
	case "last_year":
		return "上年"
	case "year_before":
		return "前年"
	}
	return ""
}

// IsName reports whether an attribute, a tag, a dataset or a field of that name can be written in a condition: it
// begins with a letter, goes on with letters, digits and _, and is no keyword.
func IsName(name string) bool {
	for i, r := range name {
		if !isLetter(r) && (i == 0 || !isDigit(r)) {
			return false
		}
		if fold(r) != r {
			return false
		}
	}
	_, reserved := keyword(name)
	return name != "" && !reserved
}
