package condition

import (
	"fmt"
	"slices"
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
	if system == schemas.SystemRegion && (c.abolished(item, item.Low) || c.abolished(item, item.High)) {
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
		return text, c.holds(text)
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

// holds reports whether a region's code is in use on the day that conditions are read for.
func (c *checker) holds(code string) bool {
	info, ok := c.env.Codes.Region(code)
	if !ok || info.Code != code {
		return false
	}
	year, _, _ := c.on().YMD()
	now, ok, _ := c.env.Codes.CurrentRegion(code, c.on())
	return ok && now == code && (info.To == 0 || info.To > year)
}

// abolished reports an end of a range that is no longer in use: what lies between it and the other end is not what lay
// there when it was.
func (c *checker) abolished(item *Item, end string) bool {
	normal := schemas.NormalRegion(end)
	if c.holds(normal) {
		return false
	}
	now, _, note := c.env.Codes.CurrentRegion(normal, c.on())
	if info, ok := c.env.Codes.Region(normal); note == "" && ok {
		note = fmt.Sprintf("行政区划代码%s（%s）已于%d年撤销", sixDigits(normal), info.Name, info.To)
	}
	if now != normal {
		note += "，现为 " + c.regionText(now)
	}
	suggestion := "不用区间，逐个列出代码"
	if list := c.listed(item); list != "" {
		suggestion += "：" + list
	}
	c.fault(item.At, suggestion, "%s，不能作区间的一端", note)
	return true
}

// listed writes the codes of a range with the successors of its ends, "" if they are too many.
func (c *checker) listed(item *Item) string {
	low, high := schemas.NormalRegion(item.Low), schemas.NormalRegion(item.High)
	first, last := codeNumber(low), codeNumber(high)
	if len(low) != len(high) || first > last || low[:len(low)-2] != high[:len(high)-2] {
		return ""
	}
	var out []string
	for n := first; n <= last; n++ {
		code := digits(n, len(low))
		if n == first || n == last {
			code, _, _ = c.env.Codes.CurrentRegion(code, c.on())
		} else if !c.holds(code) {
			continue
		}
		if text := sixDigits(code); !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	if len(out) > maxListed {
		return ""
	}
	return "[" + strings.Join(out, ", ") + "]"
}
