package schemas

import (
	"fmt"
	"strings"
)

// ReadDate reads a day in any shape met in deliveries: 2007-01-02, 2007/1/2, 2007.01.02, 20070102, 2007年1月2日, with or
// without a time of day after it, which is checked and dropped. The day is taken as written; no time zone moves it.
// Numbers of spreadsheets are not dates here: 39084 may be anything.
func ReadDate(text string) (Date, error) {
	s := Fold(text)
	year, rest, ok := scanInt(s, 4, 4)
	if !ok {
		return 0, fmt.Errorf("%q: %w", text, ErrDate)
	}
	var month, day int
	if rest != "" && isDigit(rest[0]) {
		month, day, rest, ok = scanCompact(rest)
	} else {
		month, day, rest, ok = scanSeparated(rest)
	}
	if !ok || !isTimeOfDay(rest) {
		return 0, fmt.Errorf("%q: %w", text, ErrDate)
	}
	d, ok := ValidDate(year, month, day)
	if !ok {
		return 0, fmt.Errorf("%q: %w", text, ErrDate)
	}
	return d, nil
}

// scanCompact reads 0102, and with it a time of day of six digits (20070102153000).
func scanCompact(s string) (month, day int, rest string, ok bool) {
	if month, s, ok = scanInt(s, 2, 2); !ok {
		return 0, 0, s, false
	}
	if day, s, ok = scanInt(s, 2, 2); !ok {
		return 0, 0, s, false
	}
	if len(s) == 6 && isDigits(s) {
		s = " " + s[:2] + ":" + s[2:4] + ":" + s[4:]
	}
	return month, day, s, true
}

// scanSeparated reads -01-02, /1/2, .1.2 and 年1月2日; the separators must agree.
func scanSeparated(s string) (month, day int, rest string, ok bool) {
	for _, sep := range [...][3]string{{"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}} {
		after, found := strings.CutPrefix(s, sep[0])
		if !found {
			continue
		}
		if month, after, ok = scanInt(after, 1, 2); !ok {
			return 0, 0, s, false
		}
		if after, ok = strings.CutPrefix(after, sep[1]); !ok {
			return 0, 0, s, false
		}
		if day, after, ok = scanInt(after, 1, 2); !ok {
			return 0, 0, s, false
		}
		after, ok = strings.CutPrefix(after, sep[2])
		return month, day, after, ok
	}
	return 0, 0, s, false
}

// isTimeOfDay accepts nothing, or a space or T and 15:04, 15:04:05, 15:04:05.999 with an optional zone (Z, +08:00).
func isTimeOfDay(s string) bool {
	if s == "" {
		return true
	}
	if s[0] != ' ' && s[0] != 'T' {
		return false
	}
	hour, s, ok := scanInt(strings.TrimLeft(s[1:], " "), 1, 2)
	if !ok || hour > 24 || s == "" || s[0] != ':' {
		return false
	}
	minute, s, ok := scanInt(s[1:], 2, 2)
	if !ok || minute > 59 {
		return false
	}
	if s != "" && s[0] == ':' {
		var second int
		if second, s, ok = scanInt(s[1:], 2, 2); !ok || second > 60 {
			return false
		}
		if s != "" && s[0] == '.' {
			if _, s, ok = scanInt(s[1:], 1, 9); !ok {
				return false
			}
		}
	}
	return isZone(s)
}

func isZone(s string) bool {
	if s == "" || s == "Z" {
		return true
	}
	if s[0] != '+' && s[0] != '-' {
		return false
	}
	return isDigits(strings.Replace(s[1:], ":", "", 1)) && (len(s) == 5 || len(s) == 6)
}

// scanInt reads at least low and at most high digits at the front of s.
func scanInt(s string, low, high int) (v int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < high && isDigit(s[i]) {
		v = v*10 + int(s[i]-'0')
		i++
	}
	return v, s[i:], i >= low
}
