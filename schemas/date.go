package schemas

import (
	"errors"
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar as a Rata Die number: 0001-01-01 is 1. Zero is no date.
type Date int32

// UnixEpoch is 1970-01-01, day 0 of Parquet's and Arrow's dates.
const UnixEpoch Date = 719163

// ErrDate is returned for text that is not a calendar day.
var ErrDate = errors.New("not a date of the form 2026-06-15")

// NewDate returns the day; months and days outside their range are normalised as by time.Date.
func NewDate(year, month, day int) Date {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return UnixEpoch + Date(floorDiv(t.Unix(), 86400))
}

// ValidDate returns the day if the calendar has it: 2025-02-29 has none.
func ValidDate(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, false
	}
	return NewDate(year, month, day), true
}

// ParseDate reads the form 2026-06-15.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%q: %w", text, ErrDate)
	}
	return NewDate(t.Year(), int(t.Month()), t.Day()), nil
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == 0 }

// YMD returns year, month and day of month.
func (d Date) YMD() (year, month, day int) {
	t := d.Time()
	return t.Year(), int(t.Month()), t.Day()
}

// Time is midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix(int64(d-UnixEpoch)*86400, 0).UTC() }

// String is the form 2026-06-15, empty for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// Span is a length of time as officers state it: years and months by the calendar, then days.
type Span struct {
	Years, Months, Days int
}

// IsZero reports whether the span has no length.
func (s Span) IsZero() bool { return s == Span{} }

// String is the canonical Chinese form: 1年6月.
func (s Span) String() string {
	out := ""
	for _, part := range []struct {
		n    int
		unit string
	}{{s.Years, "年"}, {s.Months, "月"}, {s.Days, "天"}} {
		if part.n != 0 {
			out += fmt.Sprintf("%d%s", part.n, part.unit)
		}
	}
	if out == "" {
		return "0天"
	}
	return out
}

// Negate is the span backwards.
func (s Span) Negate() Span { return Span{-s.Years, -s.Months, -s.Days} }

// Add moves the date by the span. Month ends clamp: 2024-02-29 + 1年 is 2025-02-28.
func (d Date) Add(s Span) Date {
	y, m, day := d.YMD()
	months := y*12 + (m - 1) + s.Years*12 + s.Months
	y, m = int(floorDiv(int64(months), 12)), int(floorMod(int64(months), 12))+1
	return NewDate(y, m, min(day, daysIn(y, m))) + Date(s.Days)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func floorMod(a, b int64) int64 { return a - b*floorDiv(a, b) }
