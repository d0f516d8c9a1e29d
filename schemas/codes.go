package schemas

import (
	_ "embed" // the tables
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed codes/regions.csv
var regionTable string

//go:embed codes/region_aliases.csv
var aliasTable string

//go:embed codes/industries.csv
var industryTable string

// Codes holds the code systems with a hierarchy: regions with their history, and industries. It is built once,
// may be extended by a workspace before use, and is then read by any number of goroutines.
type Codes struct {
	regions    map[string][]RegionInfo // by six digits, oldest first
	aliases    map[string]regionAlias  // abolished six digits -> what holds now
	names      placeIndex
	industries map[string]IndustryInfo // by normal code
	titles     map[string]string       // industry name -> the broadest normal code of that name
}

// NewCodes reads the built-in tables: GB/T 2260 with its history and GB/T 4754-2017. It panics if they are damaged,
// which the tests rule out.
func NewCodes() *Codes {
	c := &Codes{
		regions:    map[string][]RegionInfo{},
		aliases:    map[string]regionAlias{},
		industries: map[string]IndustryInfo{},
		titles:     map[string]string{},
	}
	for _, t := range []struct {
		name, text string
		add        func(rows [][]string) error
	}{
		{"regions.csv", regionTable, c.addRegionRows},
		{"region_aliases.csv", aliasTable, c.addAliasRows},
		{"industries.csv", industryTable, c.AddIndustries},
	} {
		rows, err := csv.NewReader(strings.NewReader(t.text)).ReadAll()
		if err == nil {
			err = t.add(rows[1:])
		}
		if err != nil {
			panic(fmt.Sprintf("read built-in %s: %v", t.name, err))
		}
	}
	c.indexNames()
	return c
}

// Normal brings a code of a system into its stored form, the one of which every finer code is a longer prefix; "" if
// it is none. It does not map abolished codes; see CurrentRegion.
func (c *Codes) Normal(system, code string) string {
	switch system {
	case SystemRegion:
		if n := NormalRegion(Fold(code)); n != "" && len(c.rows(n)) > 0 {
			return n
		}
	case SystemIndustry:
		if n, ok := c.NormalIndustry(code); ok {
			return n
		}
	}
	return ""
}

// Contains reports whether set stands for code or for something coarser: 510700 contains 510703, C39 contains C3911.
// Both may be written in any form.
func (c *Codes) Contains(system, set, code string) bool {
	outer, inner := c.Normal(system, set), c.Normal(system, code)
	return outer != "" && inner != "" && strings.HasPrefix(inner, outer)
}

// Suggest proposes what a wrong code or name may have meant, as code（name）: "510703（涪城区）"; "" if nothing is near.
func (c *Codes) Suggest(system, text string) string {
	text = Fold(text)
	switch system {
	case SystemRegion:
		return c.suggestRegion(text)
	case SystemIndustry:
		return c.suggestIndustry(text)
	}
	return ""
}

// described is the form of Suggest.
func described(code, name string) string { return code + "（" + name + "）" }

// year reads a year of a table; empty is none.
func year(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	y, err := strconv.Atoi(text)
	if err != nil || y < 1949 || y > 2200 {
		return 0, fmt.Errorf("%q is not a year", text)
	}
	return y, nil
}
