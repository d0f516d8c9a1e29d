package script

import (
	"fmt"
	"strings"

	"zhida/schemas"
)

// codes makes the tables of what regions and industries are written like.
func (w *writer) codes() error {
	var industries, regions []string
	var walk func(system, code string, found func(code string))
	walk = func(system, code string, found func(code string)) {
		for _, c := range w.ws.Codes.Children(system, code) {
			found(c)
			walk(system, c, found)
		}
	}
	seen := map[string]bool{}
	walk(schemas.SystemIndustry, "", func(code string) {
		for _, written := range []string{code, code[1:]} { // with and without the letter
			if normal, ok := w.ws.Codes.NormalIndustry(written); ok && !seen[written] {
				seen[written] = true
				industries = append(industries, fmt.Sprintf("(%s, %s)", text(written), text(normal)))
			}
		}
	})
	names := map[string]string{}
	walk(schemas.SystemRegion, "", func(code string) {
		regions = append(regions, fmt.Sprintf("(%s, %s)", text((code + "0000")[:6]), text(code)))
		for _, name := range w.namesOf(code) {
			if was, ok := names[name]; ok && was != code {
				names[name] = "" // may mean several
			} else {
				names[name] = code
			}
		}
	})
	for name, code := range names {
		if code != "" {
			regions = append(regions, fmt.Sprintf("(%s, %s)", text(name), text(code)))
		}
	}
	w.add(Ingest, "CREATE TABLE industries AS SELECT * FROM (VALUES %s) t (written, code)", strings.Join(industries, ", "))
	w.add(Ingest, "CREATE TABLE regions AS SELECT * FROM (VALUES %s) t (written, code)", strings.Join(regions, ", "))
	return nil
}

// namesOf are the ways in which a region is named: alone, behind its city, and behind its province as well.
func (w *writer) namesOf(code string) []string {
	info, _ := w.ws.Codes.Region(code)
	out := []string{info.Name}
	before := ""
	for n := len(code) - 2; n >= 2; n -= 2 {
		above, ok := w.ws.Codes.Region(code[:n])
		if !ok || above.Name == "市辖区" || above.Name == "县" {
			continue
		}
		before = above.Name + before
		out = append(out, before+info.Name)
	}
	if len(code) == 6 {
		if province, ok := w.ws.Codes.Region(code[:2]); ok {
			out = append(out, province.Name+info.Name)
		}
	}
	return out
}

// places are the parts of a query that read where an enterprise lies.
type places struct {
	cells, raw []string // of the file, and passed on
	columns    string   // worked out
}

// regions reads the region fields of a dataset: the finest on which column and address agree, or what the code says where
// neither names one. Of an address the regions before the road are read, in full.
func (w *writer) regions(d *schemas.Dataset, s *source) (p places, joins string) {
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Type != schemas.FieldRegion {
			continue
		}
		at := func(what string) string { return quote(what + " " + f.Name) }
		column, address := "NULL", "NULL"
		if c, ok := s.column(append([]string{f.Name}, f.Columns...)...); ok {
			column = fmt.Sprintf("trim(%s)", quote(c.Name))
		}
		if c, ok := s.column(f.Address...); ok {
			address = fmt.Sprintf("split_part(%s, '示例路', 1)", quote(c.Name))
		}
		p.cells = append(p.cells, column+" AS "+at("column"), address+" AS "+at("address"))
		p.raw = append(p.raw, at("column"), at("address"))
		for _, what := range []string{"column", "address"} {
			joins += fmt.Sprintf(" LEFT JOIN regions %[1]s ON %[1]s.written = c.%[2]s", at("read "+what), at(what))
		}
		home := at("home")
		joins += fmt.Sprintf(" LEFT JOIN regions %[1]s ON %[1]s.written = substr(c.code, 3, 6)", home)
		p.columns += fmt.Sprintf(`, CASE WHEN %[1]s.code IS NULL AND %[2]s.code IS NULL AND coalesce(c.%[5]s, '') IN (%[6]s) THEN %[3]s.code
			WHEN %[1]s.code IS NULL THEN %[2]s.code WHEN %[2]s.code IS NULL OR starts_with(%[1]s.code, %[2]s.code) THEN %[1]s.code
			WHEN starts_with(%[2]s.code, %[1]s.code) THEN %[2]s.code WHEN left(%[1]s.code, 4) = left(%[2]s.code, 4) THEN left(%[1]s.code, 4)
			WHEN left(%[1]s.code, 2) = left(%[2]s.code, 2) THEN left(%[1]s.code, 2) END AS %[4]s`,
			at("read column"), at("read address"), home, quote(f.Name), at("column"), empty(nil))
	}
	return p, joins
}
