package schemas

import "testing"

func TestHomeOf(t *testing.T) {
	t.Parallel()
	codes := NewCodes()
	wards := map[string]int{"510100": 4, "510703": 1}
	for _, tc := range []struct {
		code string
		want Home
	}{
		{"91510703205451059P", "510703"},
		{"91510724MA00000000", "510724"}, // abolished codes are homes of their own
		{"91510706MA00000000", NoHome},   // in real data and in no table
		{"91510100205451059P", "510100.1"},
		{"91510100MA6CK8PD5A", "510100.2"},
		{"510132000055145", NoHome},
		{"", NoHome},
	} {
		if got := HomeOf(tc.code, codes, wards); got != tc.want {
			t.Errorf("HomeOf(%q) = %s, want %s", tc.code, got, tc.want)
		}
	}
	if got := Home("510100.2").Region(); got != "510100" {
		t.Errorf("Region() = %s", got)
	}
}
