package schemas

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// RegionInfo is a region of GB/T 2260 under one name.
type RegionInfo struct {
	Code   string // normal form: 51, 5107, 510703
	Name   string
	From   int    // first year, 0: since before the table
	To     int    // year of abolition or renaming, 0: in force
	Parent string // normal form; "" for a province
}

// regionAlias says what an abolished code has become: the same place under another code, or, if it was split, the
// area it lay in.
type regionAlias struct {
	code string // normal form
	from int    // the year of the change
}

// NormalRegion is the stored form of a region code: 510700 is "5107", 510000 "51", 510703 stays. "" if the text is not
// 2, 4 or 6 digits.
func NormalRegion(digits string) string {
	if !isDigits(digits) || strings.HasPrefix(digits, "00") {
		return ""
	}
	switch len(digits) {
	case 6:
		digits = strings.TrimSuffix(digits, "00")
		if len(digits) == 4 {
			digits = strings.TrimSuffix(digits, "00")
		}
		return digits
	case 2, 4:
		return strings.TrimSuffix(digits, "00")
	}
	return ""
}

// sixDigits is the form of the tables.
func sixDigits(normal string) string { return (normal + "000000")[:6] }

// AddRegions adds rows code,name,from,to of a workspace's codes/regions.csv, for codes that a region really uses and the
// standard lacks. Rows for a code that is there are added to its history.
func (c *Codes) AddRegions(rows [][]string) error {
	if err := c.addRegionRows(rows); err != nil {
		return err
	}
	c.indexNames()
	return nil
}

// AddRegionAliases adds rows old,new,from of a workspace's codes/region_aliases.csv; a row replaces the built-in one.
func (c *Codes) AddRegionAliases(rows [][]string) error {
	if err := c.addAliasRows(rows); err != nil {
		return err
	}
	c.indexNames()
	return nil
}

func (c *Codes) addRegionRows(rows [][]string) error {
	for i, row := range rows {
		if len(row) != 4 {
			return fmt.Errorf("read region %d: %d columns instead of code,name,from,to", i+1, len(row))
		}
		code := NormalRegion(row[0])
		if code == "" || row[1] == "" {
			return fmt.Errorf("read region %d: %q is not a region code with a name", i+1, row[0])
		}
		from, err := year(row[2])
		if err != nil {
			return fmt.Errorf("read region %s: %w", row[0], err)
		}
		to, err := year(row[3])
		if err != nil {
			return fmt.Errorf("read region %s: %w", row[0], err)
		}
		key := sixDigits(code)
		c.regions[key] = append(c.regions[key], RegionInfo{Code: code, Name: row[1], From: from, To: to, Parent: parentRegion(code)})
		slices.SortStableFunc(c.regions[key], func(a, b RegionInfo) int { return a.From - b.From })
	}
	return nil
}

func (c *Codes) addAliasRows(rows [][]string) error {
	for i, row := range rows {
		if len(row) != 3 {
			return fmt.Errorf("read region alias %d: %d columns instead of old,new,from", i+1, len(row))
		}
		old, code := NormalRegion(row[0]), NormalRegion(row[1])
		if old == "" || len(c.rows(code)) == 0 {
			return fmt.Errorf("read region alias %d: %q, %q are not an old and a known code", i+1, row[0], row[1])
		}
		from, err := year(row[2])
		if err != nil {
			return fmt.Errorf("read region alias %s: %w", row[0], err)
		}
		c.aliases[sixDigits(old)] = regionAlias{code: code, from: from}
	}
	return nil
}

func parentRegion(normal string) string {
	if len(normal) <= 2 {
		return ""
	}
	return normal[:len(normal)-2]
}

func (c *Codes) rows(normal string) []RegionInfo {
	if normal == "" {
		return nil
	}
	return c.regions[sixDigits(normal)]
}

// knowsRegion reports whether six digits stand in the table, in force or abolished.
func (c *Codes) knowsRegion(digits string) bool { return len(c.regions[digits]) > 0 }

// Region describes a region by its code in any form: the name in force, or for an abolished code the last one.
func (c *Codes) Region(code string) (RegionInfo, bool) {
	rows := c.rows(NormalRegion(code))
	if len(rows) == 0 {
		return RegionInfo{}, false
	}
	return rows[len(rows)-1], true
}

// CurrentRegion brings a code into its normal form as of a day. An abolished code becomes its successor; one that was
// split becomes the area it lay in, so that nothing is claimed that is not known; 市辖区 (510701) becomes its city. note
// says in Chinese what was done, "" if nothing. A code that stands in no table gives false. Changes count from 1
// January of their year.
func (c *Codes) CurrentRegion(code string, on Date) (normal string, ok bool, note string) {
	normal = NormalRegion(code)
	y, _, _ := on.YMD()
	for range 8 { // aliases of aliases are short; this also ends a circle made by a workspace's table
		rows := c.rows(normal)
		if len(rows) == 0 {
			return "", false, ""
		}
		last := rows[len(rows)-1]
		if isPlaceholder(last.Name) && len(normal) == 6 {
			return parentRegion(normal), true, note
		}
		alias, abolished := c.aliases[sixDigits(normal)]
		if last.To == 0 || !abolished || alias.from > y {
			return normal, true, note
		}
		if note == "" {
			note = "行政区划代码" + sixDigits(normal) + "（" + last.Name + "）已于" + strconv.Itoa(last.To) + "年撤销"
		}
		normal = alias.code
	}
	return "", false, ""
}

// current is the code that holds now for one that may be abolished; "" if the table doesn't say.
func (c *Codes) current(normal string) string {
	for range 8 {
		rows := c.rows(normal)
		if len(rows) == 0 {
			return ""
		}
		if rows[len(rows)-1].To == 0 {
			return normal
		}
		alias, ok := c.aliases[sixDigits(normal)]
		if !ok {
			return ""
		}
		normal = alias.code
	}
	return ""
}

// isPlaceholder reports names that stand for a group of regions and are no place: 510701 市辖区.
func isPlaceholder(name string) bool {
	switch name {
	case "市辖区", "县", "市", "市区", "省直辖县级行政单位", "自治区直辖县级行政单位", "省直辖县级行政区划", "自治区直辖县级行政区划":
		return true
	}
	return false
}

// nearestRegion is the code in force that is closest by number, in the same city if it has one, else in the same
// province.
func (c *Codes) nearestRegion(digits string) string {
	if len(digits) < 2 {
		return ""
	}
	digits = sixDigits(digits)
	want, _ := strconv.Atoi(digits)
	for _, prefix := range []string{digits[:4], digits[:2]} {
		best, distance := "", 0
		for code, rows := range c.regions {
			if !strings.HasPrefix(code, prefix) || rows[len(rows)-1].To != 0 {
				continue
			}
			number, _ := strconv.Atoi(code)
			d := max(number-want, want-number)
			if best == "" || d < distance || d == distance && code < best {
				best, distance = code, d
			}
		}
		if best != "" {
			return best
		}
	}
	return ""
}

func (c *Codes) suggestRegion(text string) string {
	if isDigits(text) {
		code := c.nearestRegion(text)
		if code == "" {
			return ""
		}
		info, _ := c.Region(code)
		return described(code, info.Name)
	}
	if code := c.RegionOfAddress(text, ""); len(code) > 0 {
		info, _ := c.Region(code)
		return described(sixDigits(code), info.Name)
	}
	if code, rest, ok := c.RegionByName(text, ""); ok && rest == "" {
		info, _ := c.Region(code)
		return described(sixDigits(code), info.Name)
	}
	if name := Near(text, c.names.sorted()); name != "" {
		if code, _, ok := c.RegionByName(name, ""); ok {
			info, _ := c.Region(code)
			return described(sixDigits(code), info.Name)
		}
	}
	return ""
}
