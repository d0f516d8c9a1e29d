package schemas_test

import (
	"slices"
	"testing"

	"zhida/schemas"
)

func TestChildren(t *testing.T) {
	t.Parallel()
	codes := schemas.NewCodes()
	for _, c := range []struct {
		system, code   string
		number         int
		first, missing string
	}{
		{schemas.SystemRegion, "5107", 9, "510703", "510701"},
		{schemas.SystemIndustry, "C", 31, "C13", "13"},
		{schemas.SystemIndustry, "C39", 9, "C391", "C3911"},
		{schemas.SystemIndustry, "C3911", 0, "", ""},
	} {
		got := codes.Children(c.system, c.code)
		if len(got) != c.number || len(got) > 0 && got[0] != c.first || slices.Contains(got, c.missing) && c.missing != "" {
			t.Errorf("children of %s: %q, want %d from %s on", c.code, got, c.number, c.first)
		}
	}
}
