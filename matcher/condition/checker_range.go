package condition

import (
	"fmt"
	"strconv"
	"strings"

	"zhida/schemas"
)

// codeRange expands C13..C43 into the codes of that length that the system has. Both ends must be of one length, and
// those of regions below one parent, of groups and classes in one division, so that a slip of the pen takes in
// little.
func (c *checker) codeRange(system string, item *Item) ([]string, bool) {
	low, lowShown, ok := c.code(system, item.Low, item.At)
	high, highShown, also := c.code(system, item.High, item.At)
	if !ok || !also {
		return nil, false
	}
	first, last := codeNumber(low), codeNumber(high)
	switch {
	case len(low) != len(high):
		c.fault(item.At, "例如 C13..C43", "区间两端的代码长短不同：“%s”和“%s”", lowShown, highShown)
		return nil, false
	case first > last:
		c.fault(item.At, fmt.Sprintf("写成 %s..%s", highShown, lowShown), "区间的起点大于终点")
		return nil, false
	case system == schemas.SystemRegion && low[:len(low)-2] != high[:len(high)-2]:
		c.fault(item.At, "各省、各市分开写", "区间两端不属于同一个上级地区")
		return nil, false
	case system == schemas.SystemIndustry && len(low) > 3 && low[:3] != high[:3]:
		c.fault(item.At, "各大类分开写", "区间两端不属于同一个大类")
		return nil, false
	}
	var out []string
	for n := first; n <= last; n++ {
		if code, ok := c.numbered(system, n, len(low)); ok {
			out = append(out, code)
		}
	}
	item.Low, item.High = lowShown, highShown
	return out, true
}

// codeNumber orders codes: sections by letter, all others by their digits.
func codeNumber(code string) int {
	if code[0] >= 'A' {
		if len(code) == 1 {
			return int(code[0])
		}
		code = code[1:]
	}
	n, err := strconv.Atoi(code)
	if err != nil { // codes of the tables are digits
		return 0
	}
	return n
}

// numbered is the code of that number and length, if the system has it today.
func (c *checker) numbered(system string, n, length int) (string, bool) {
	if system == schemas.SystemRegion {
		text := digits(n, length)
		info, ok := c.env.Codes.Region(text)
		return text, ok && info.To == 0 && info.Code == text
	}
	text := digits(n, length-1)
	if length == 1 {
		text = string(rune(n))
	}
	info, ok := c.env.Codes.Industry(text)
	return info.Code, ok
}

// digits writes a number with leading zeros.
func digits(n, length int) string {
	text := strconv.Itoa(n)
	return strings.Repeat("0", max(0, length-len(text))) + text
}
