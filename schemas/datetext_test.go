package schemas

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestReadDate(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"2007-01-02", "2007-1-2", "2007/1/2", "2007/01/02", "2007.01.02", "20070102", "2007年1月2日", "2007年01月02日",
		"２００７-０１-０２", " 2007-01-02 ", "2007-01-02 00:00:00", "2007-01-02 15:04", "2007/1/2 0:00", "2007-01-02T15:04:05Z",
		"2007-01-02T23:59:59.999+08:00", "20070102153000", "20070102 15:30:00", "2007年1月2日 15:30:00", "2007-01-02 00:00:00.0",
	} {
		d, err := ReadDate(text)
		if err != nil || d.String() != "2007-01-02" {
			t.Errorf("ReadDate(%q) = %v, %v", text, d, err)
		}
	}
	for _, text := range []string{
		"", "长期", "2007", "2007-01", "39084", "2007-02-29", "2007-13-01", "2007-00-10", "20070230", "2007/1-2", "2007年1月2",
		"02/01/2007", "2007-01-02x", "2007-01-02 25:00", "2007-01-02 10:60", "0000-01-01", "07-01-02", "200701", "2007-01-021",
	} {
		if d, err := ReadDate(text); !errors.Is(err, ErrDate) {
			t.Errorf("ReadDate(%q) = %v, %v", text, d, err)
		}
	}
}

func TestReadDateReadsWhatGoWrites(t *testing.T) {
	t.Parallel()
	shapes := []string{"2006-01-02", "2006/1/2", "20060102", "2006年1月2日", "2006.01.02", "2006-01-02 15:04:05", time.RFC3339Nano}
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(1, 3652059).Draw(t, "day"))
		shape := rapid.SampledFrom(shapes).Draw(t, "shape")
		got, err := ReadDate(d.Time().Format(shape))
		if err != nil || got != d {
			t.Fatalf("%v as %q becomes %v, %v", d, shape, got, err)
		}
	})
}

// TestDateAdd has the month ends: they clamp, and the last day counts.
func TestDateAdd(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		from string
		span Span
		want string
	}{
		{"2024-02-29", Span{Years: 1}, "2025-02-28"},
		{"2024-02-29", Span{Years: 4}, "2028-02-29"},
		{"2024-02-29", Span{Months: 12}, "2025-02-28"},
		{"2026-01-31", Span{Months: 1}, "2026-02-28"},
		{"2024-01-31", Span{Months: 1}, "2024-02-29"},
		{"2026-03-31", Span{Months: -1}, "2026-02-28"},
		{"2026-05-31", Span{Months: 1}, "2026-06-30"},
		{"2026-12-31", Span{Months: 2, Days: 1}, "2027-03-01"},
		{"2026-06-15", Span{Days: -15}, "2026-05-31"},
		{"2026-06-15", Span{Years: -1, Months: -6}, "2024-12-15"},
		{"2100-02-28", Span{Days: 1}, "2100-03-01"},
		{"2000-02-28", Span{Days: 1}, "2000-02-29"},
		{"2026-06-15", Span{}, "2026-06-15"},
	} {
		from, err := ParseDate(tc.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := from.Add(tc.span).String(); got != tc.want {
			t.Errorf("%s + %s = %s, want %s", tc.from, tc.span, got, tc.want)
		}
	}
}

func TestDateNumbers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Date{"0001-01-01": 1, "1970-01-01": UnixEpoch, "2026-06-15": 739782} {
		if got, err := ParseDate(text); err != nil || got != want {
			t.Errorf("ParseDate(%s) = %d, %v; want %d", text, got, err, want)
		}
	}
	if _, ok := ValidDate(2025, 2, 29); ok {
		t.Error("2025-02-29 is a day")
	}
	if got := (Span{Years: 1, Months: 6}).String() + (Span{}).String() + (Span{Days: 400}).String(); got != "1年6月0天400天" {
		t.Errorf("spans read %s", got)
	}
}

func TestWindowContains(t *testing.T) {
	t.Parallel()
	from, to := NewDate(2026, 6, 1), NewDate(2026, 6, 30)
	for _, tc := range []struct {
		w    Window
		day  Date
		want bool
	}{
		{Window{}, from, true},
		{Window{from, to}, from, true},
		{Window{from, to}, to, true},
		{Window{from, to}, to + 1, false},
		{Window{from, to}, from - 1, false},
		{Window{To: to}, from - 400, true},
		{Window{From: from}, to + 400, true},
	} {
		if got := tc.w.Contains(tc.day); got != tc.want {
			t.Errorf("%v contains %v: %v", tc.w, tc.day, got)
		}
	}
}

func FuzzReadDate(f *testing.F) {
	for _, s := range []string{"2007-01-02", "20070102153000", "2007年1月2日", "2007/1/2 0:00", "9999-12-31", "2007-01-02T1:00+0800"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ReadDate(s)
		if err != nil {
			return
		}
		if again, err := ParseDate(d.String()); err != nil || again != d {
			t.Errorf("ReadDate(%q) = %d, which writes as %q", s, d, d)
		}
	})
}
