package xlsx

import (
	"slices"
	"strings"
)

// style is how a cell shows a number, as far as it tells what the number means.
type style struct {
	kind   styleKind
	digits int // padded: digits at least
}

type styleKind uint8

const (
	plain    styleKind = iota
	moment             // a day, a day and time, or a time of day: the serial number tells
	year               // shows the year alone
	duration           // hours that may exceed a day
	percent
	padded // zeros in front, as codes have them
)

// builtin is the style of a format that a workbook names by number only. 27 to 36 and 50 to 58 differ by language;
// these are Chinese: 31 is yyyy"年"m"月"d"日".
func builtin(id int) style {
	switch {
	case 14 <= id && id <= 22, 27 <= id && id <= 36, id == 45, id == 47, 50 <= id && id <= 58:
		return style{kind: moment}
	case id == 46:
		return style{kind: duration}
	case id == 9, id == 10:
		return style{kind: percent}
	}
	return style{}
}

// parseStyle reads a format code: yyyy"年"m"月"d"日";@ or 0.00%.
func parseStyle(code string) style {
	letters, elapsed := bare(code)
	switch {
	case letters == "general", strings.HasPrefix(letters, "g/"):
		return style{}
	case elapsed:
		return style{kind: duration}
	}
	letters = strings.NewReplacer("am/pm", "h", "a/p", "h", "上午/下午", "h", "e+", "0", "e-", "0").Replace(letters)
	has := func(set string) bool { return strings.ContainsAny(letters, set) }
	switch {
	case has("ye") && !has("mdhs"):
		return style{kind: year}
	case has("yemdhs"):
		return style{kind: moment}
	case has("%"):
		return style{kind: percent}
	case len(letters) > 1 && strings.Trim(letters, "0") == "":
		return style{kind: padded, digits: len(letters)}
	}
	return style{}
}

// bare is the first section of a format code in lower case, without its quoted and escaped characters, colours,
// languages and conditions; elapsed tells that it counts hours, minutes or seconds beyond their day: [h]:mm.
func bare(code string) (letters string, elapsed bool) {
	var out strings.Builder
	runes := []rune(strings.ToLower(code))
	for i := 0; i < len(runes); i++ {
		switch c := runes[i]; c {
		case ';':
			return out.String(), elapsed
		case '"':
			i = behind(runes, i+1, '"')
		case '\\', '_', '*':
			i++
		case '[':
			from := i + 1
			i = behind(runes, from, ']')
			if inside := string(runes[from:min(i, len(runes))]); inside != "" && strings.Trim(inside, "hms") == "" {
				elapsed = true
			}
		default:
			out.WriteRune(c)
		}
	}
	return out.String(), elapsed
}

// behind is where c stands from there on, or the end.
func behind(runes []rune, from int, c rune) int {
	if i := slices.Index(runes[min(from, len(runes)):], c); i >= 0 {
		return from + i
	}
	return len(runes)
}
