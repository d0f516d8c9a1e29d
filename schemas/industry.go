package schemas

import (
	"fmt"
	"slices"
	"strings"
)

// IndustryInfo is a section, division, group or class of GB/T 4754-2017.
type IndustryInfo struct {
	Code   string // normal form: C, C39, C391, C3911
	Name   string
	Parent string // normal form; "" for a section
}

// AddIndustries adds rows code,name,parent, codes without the section letter below the sections, parents before
// their children: C,制造业, then 39,…,C then 391,…,39.
func (c *Codes) AddIndustries(rows [][]string) error {
	for i, row := range rows {
		if len(row) != 3 {
			return fmt.Errorf("read industry %d: %d columns instead of code,name,parent", i+1, len(row))
		}
		info := IndustryInfo{Code: row[0], Name: row[1]}
		if row[2] != "" {
			parent, ok := c.NormalIndustry(row[2])
			if !ok {
				return fmt.Errorf("read industry %s: its parent %q does not stand before it", row[0], row[2])
			}
			info.Parent, info.Code = parent, parent[:1]+row[0]
			c.industries[row[0]] = info // the digits alone find it too
		}
		c.industries[info.Code] = info
		if known, ok := c.titles[info.Name]; !ok || len(info.Code) < len(known) {
			c.titles[info.Name] = info.Code
		}
	}
	return nil
}

// Industry describes an industry by its code in any form.
func (c *Codes) Industry(code string) (IndustryInfo, bool) {
	info, ok := c.industries[code]
	if !ok {
		info, ok = c.industries[strings.ToUpper(Fold(code))]
	}
	return info, ok
}

// NormalIndustry reads an industry as deliveries write it (3911, C3911, c39, 39, C, "C39 计算机…制造业", or the name as
// the standard has it) and returns the section letter with its digits.
func (c *Codes) NormalIndustry(text string) (string, bool) {
	if info, ok := c.Industry(text); ok {
		return info.Code, true
	}
	s := strings.ToUpper(Fold(text))
	if code, ok := c.titles[s]; ok {
		return code, true
	}
	end := 0
	for end < len(s) && (isDigit(s[end]) || end == 0 && s[0] >= 'A' && s[0] <= 'T') {
		end++
	}
	if end == 0 || end == len(s) {
		return "", false
	}
	info, ok := c.industries[s[:end]]
	rest := strings.TrimLeft(s[end:], " -_:.、")
	if !ok || rest != "" && isDigit(rest[0]) || (rest != info.Name && strings.HasPrefix(s[end:], rest)) { // a code run into other text is no code
		return "", false
	}
	return info.Code, true
}

func (c *Codes) suggestIndustry(text string) string {
	text = strings.ToUpper(text)
	if code, ok := c.NormalIndustry(text); ok {
		return described(code, c.industries[code].Name)
	}
	var codes, names []string
	for code, info := range c.industries {
		if code == info.Code {
			codes = append(codes, code)
			names = append(names, info.Name)
		}
	}
	slices.SortFunc(codes, shorterFirst)
	slices.SortFunc(names, shorterFirst)
	code := c.nearIndustry(text, codes)
	if i := slices.IndexFunc(codes, func(code string) bool { return strings.Contains(c.industries[code].Name, text) }); code == "" && i >= 0 && len(text) >= 6 {
		code = codes[i] // the broadest one that is called after it
	}
	if code == "" {
		code = c.titles[Near(text, names)]
	}
	if code == "" {
		return ""
	}
	return described(code, c.industries[code].Name)
}

// nearIndustry finds the code meant by a wrong one: under another section letter (B39), or the finest that exists above
// it (C3999 -> C399).
func (c *Codes) nearIndustry(text string, codes []string) string {
	digits := strings.TrimLeft(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if !isDigits(digits) || len(text)-len(digits) > 1 {
		return ""
	}
	for n := min(4, len(digits)); n >= 2; n-- {
		if info, ok := c.industries[digits[:n]]; ok {
			return info.Code
		}
	}
	return Near(text, codes)
}

// shorterFirst orders texts by length, then by bytes.
func shorterFirst(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
