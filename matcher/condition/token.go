package condition

import (
	"strconv"
	"strings"
)

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

// isAny reports whether the token is one of those keywords or symbols.
func (t token) isAny(texts ...string) bool {
	for _, text := range texts {
		if t.is(text) {
			return true
		}
	}
	return false
}

// The keywords in canonical spelling.
const (
	wordAnd         = "且"
	wordOr          = "或"
	wordNot         = "非"
	wordIn          = "属于"
	wordNotIn       = "不属于"
	wordExcept      = "除"
	wordDuring      = "在"
	wordContains    = "含"
	wordHas         = "有"
	wordEvery       = "每"
	wordCount       = "计数"
	wordSum         = "求和"
	wordAverage     = "平均"
	wordMost        = "最大"
	wordLeast       = "最小"
	wordEarliest    = "最早"
	wordLatest      = "最新"
	wordDistinct    = "种数"
	wordTag         = "标签"
	wordParam       = "参数"
	wordCatalog     = "目录"
	wordKnown       = "已知"
	wordAtLeast     = "至少"
	wordAtMost      = "至多"
	wordTiers       = "分档"
	wordBands       = "累进"
	wordScore       = "计分"
	wordCap         = "封顶"
	wordFloor       = "保底"
	wordJudged      = "评审"
	wordDeclared    = "承诺"
	wordToday       = "今天"
	wordWindowStart = "申报开始"
	wordWindowEnd   = "申报截止"
	wordThisYear    = "本年"
	wordLastYear    = "上年"
	wordYearBefore  = "前年"
	wordYes         = "是"
	wordNo          = "否"
)

// Words with a meaning in one place only and ordinary everywhere else: the last case of 分档, the last band of 累进, and
// what may stand behind the number of 至少.
const (
	wordElse  = "其他"
	wordAbove = "以上"
	wordItems = "项"
)

// keyword returns the canonical spelling of a keyword. ASCII twins are known in any case.
func keyword(word string) (string, bool) {
	switch word {
	case wordAnd, wordOr, wordNot, wordIn, wordNotIn, wordExcept, wordDuring, wordContains, wordHas, wordEvery, wordCount,
		wordSum, wordAverage, wordMost, wordLeast, wordEarliest, wordLatest, wordDistinct, wordTag, wordParam, wordCatalog,
		wordKnown, wordAtLeast, wordAtMost, wordTiers, wordBands, wordScore, wordCap, wordFloor, wordJudged, wordDeclared,
		wordToday, wordWindowStart, wordWindowEnd, wordThisYear, wordLastYear, wordYearBefore, wordYes, wordNo, yearsPrefix:
		return word, true
	case "当年":
		return wordThisYear, true
	}
	if digits, ok := lastYears(word); ok {
		return yearsPrefix + digits + yearsSuffix, true
	}
	if word == "" || word[0] >= 0x80 {
		return "", false
	}
	return twin(strings.ToLower(word))
}

// twin returns the Chinese spelling of an ASCII keyword. else and above have none here: 其他 and 以上 are ordinary
// words outside 分档 and 累进.
func twin(word string) (string, bool) {
	for _, pair := range [...][2]string{
		{"and", wordAnd},
		{"or", wordOr},
		{"not", wordNot},
		{"in", wordIn},
		{"notin", wordNotIn},
		{"except", wordExcept},
		{"between", wordDuring},
		{"contains", wordContains},
		{"has", wordHas},
		{"every", wordEvery},
		{"count", wordCount},
		{"sum", wordSum},
		{"avg", wordAverage},
		{"max", wordMost},
		{"min", wordLeast},
		{"first", wordEarliest},
		{"latest", wordLatest},
		{"distinct", wordDistinct},
		{"tag", wordTag},
		{"param", wordParam},
		{"catalog", wordCatalog},
		{"known", wordKnown},
		{"atleast", wordAtLeast},
		{"atmost", wordAtMost},
		{"tiers", wordTiers},
		{"bands", wordBands},
		{"score", wordScore},
		{"cap", wordCap},
		{"floor", wordFloor},
		{"judged", wordJudged},
		{"declared", wordDeclared},
		{"today", wordToday},
		{"window_start", wordWindowStart},
		{"window_end", wordWindowEnd},
		{"this_year", wordThisYear},
		{"last_year", wordLastYear},
		{"year_before", wordYearBefore},
		{"true", wordYes},
		{"false", wordNo},
	} {
		if pair[0] == word {
			return pair[1], true
		}
	}
	return "", false
}

// What stands around the number in 近3年度, a keyword of one word for any number.
const (
	yearsPrefix = "近"
	yearsSuffix = "年度"
)

// lastYears returns the digits of 近3年度 or of its twin last3, for any number.
func lastYears(word string) (digits string, ok bool) {
	digits, ok = strings.CutPrefix(word, yearsPrefix)
	if ok {
		digits, ok = strings.CutSuffix(digits, yearsSuffix)
	} else if len(word) > len("last") && strings.EqualFold(word[:len("last")], "last") {
		digits, ok = word[len("last"):], true
	}
	return digits, ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// isElse reports 其他 or its twin, a keyword in 分档 only.
func isElse(t token) bool {
	return t.class == classWord && (t.text == wordElse || strings.EqualFold(t.text, "else"))
}

// isAbove reports 以上 or its twin, a keyword in 累进 only.
func isAbove(t token) bool {
	return t.class == classWord && (t.text == wordAbove || strings.EqualFold(t.text, "above"))
}

// numeral reads the Chinese numerals up to ten; 0 if the text is none.
func numeral(text string) int {
	for i, r := range []rune("一二三四五六七八九十") {
		if text == string(r) {
			return i + 1
		}
	}
	if text == "两" {
		return 2
	}
	return 0
}

// leadingNumber takes a number in digits or Chinese numerals off the beginning of a word.
func leadingNumber(word string) (n int, rest string, ok bool) {
	rest = strings.TrimLeft(word, "0123456789")
	if rest != word {
		n, err := strconv.Atoi(word[:len(word)-len(rest)])
		return n, rest, err == nil
	}
	for i, r := range word {
		if i == 0 {
			n, rest = numeral(string(r)), word[len(string(r)):]
		}
	}
	return n, rest, n > 0
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
