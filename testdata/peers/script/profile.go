package script

import (
	"fmt"
	"slices"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// profile makes the wide table: attributes, by the year where they are yearly, what rows come to, derived attributes, tags.
func (w *writer) profile() error {
	for i := range w.ws.Attributes {
		a := &w.ws.Attributes[i]
		if a.Yearly && a.Rule.Text == "" { // as much as the profile shows
			for _, year := range w.lastYears(3) {
				w.yearly(a.Name, year)
			}
		}
	}
	for _, tag := range w.ws.Tags {
		w.try("tag "+tag.Name, func() {
			w.reach = 0
			sql := w.truth(w.ws.TagRules[tag.Name], asking{})
			w.define("tag "+tag.Name, sql, w.reach)
			w.Tags = append(w.Tags, tag.Name)
		})
	}
	for i := range w.ws.Attributes { // after the tags, which some of them read
		if a := &w.ws.Attributes[i]; a.Rule.Text != "" && isNumber(a.Type) {
			w.try("derived "+a.Name, func() { w.named(condition.Named{Name: a.Name, X: w.ws.Derived[a.Name], Yearly: a.Yearly}, asking{}) })
		}
	}
	for _, it := range w.ws.Items() {
		sql := ""
		w.try(it.ID, func() { sql = w.truth(w.ws.Conditions[it.ID], asking{sure: true}) })
		w.conditions = append(w.conditions, struct{ id, sql string }{it.ID, sql})
	}
	w.Refused = w.refused
	return w.wide()
}

// wide writes the query of the table.
func (w *writer) wide() error {
	registration := w.role(schemas.RoleRegistration)
	joins, columns := "", []string{
		"e.id", "e.code", "coalesce(e." + quote(registration.Living.Field) + " NOT IN (" + texts(registration.Living.Closed) + "), true) AS living",
		fmt.Sprintf("coalesce(starts_with(e.%s, '51'), false) AS listed", quote(w.ws.Region)),
	}
	aliases := map[string]string{registration.Name: "e"}
	from := func(dataset, sql string) string {
		alias := fmt.Sprintf("d%d", len(aliases))
		aliases[dataset] = alias
		joins += fmt.Sprintf(" LEFT JOIN %s %s ON %[2]s.id = e.id", sql, alias)
		return alias
	}
	for i := range w.ws.Attributes {
		a := &w.ws.Attributes[i]
		if a.Rule.Text != "" {
			continue
		}
		years := []int{0}
		if a.Yearly {
			years = years[:0]
			for year := range w.years[a.Name] {
				years = append(years, year)
			}
			slices.Sort(years)
		}
		for _, year := range years {
			name, values := a.Name, []string(nil)
			if year != 0 {
				name = fmt.Sprintf("%s@%d", a.Name, year)
			}
			for _, s := range a.Sources {
				d := w.ws.Dataset(s.Dataset)
				alias, ok := aliases[d.Name]
				if !ok {
					alias = from(d.Name, w.single(d))
				}
				field := s.Field
				if year != 0 {
					field = fmt.Sprintf("%s@%d", s.Field, year)
				}
				values = append(values, alias+"."+quote(field))
			}
			columns = append(columns, fmt.Sprintf("coalesce(%s) AS %s", strings.Join(values, ", "), quote(name)))
		}
	}
	for _, d := range w.ws.Datasets {
		if g := w.gathered[d.Name]; g != nil {
			alias := from("gathered "+d.Name, fmt.Sprintf("(SELECT id, %s FROM %s r GROUP BY id)", strings.Join(g.columns, ", "), quote("rows "+d.Name)))
			for _, c := range g.columns {
				columns = append(columns, alias+"."+c[strings.LastIndex(c, " AS ")+4:])
			}
		}
	}
	query := fmt.Sprintf("SELECT %s FROM enterprise e%s", strings.Join(columns, ", "), joins)
	for _, level := range w.levels {
		if len(level) > 0 {
			query = fmt.Sprintf("SELECT *, %s FROM (%s)", strings.Join(level, ",\n"), query)
		}
	}
	w.add(Profile, "CREATE TABLE profile AS %s", query)
	return nil
}

// single is a dataset with a row for each enterprise: as it is, or with a column for each year that is asked for.
func (w *writer) single(d *schemas.Dataset) string {
	if d.Year == "" {
		return quote("rows " + d.Name)
	}
	years := map[string]map[int]bool{} // by field
	for i := range w.ws.Attributes {
		a := &w.ws.Attributes[i]
		for _, s := range a.Sources {
			if s.Dataset != d.Name {
				continue
			}
			if years[s.Field] == nil {
				years[s.Field] = map[int]bool{}
			}
			for year := range w.years[a.Name] {
				years[s.Field][year] = true
			}
		}
	}
	var columns []string
	for _, f := range d.Fields {
		for year := range years[f.Name] {
			columns = append(columns, fmt.Sprintf("any_value(%s) FILTER (%s = %d) AS %s", quote(f.Name), quote(d.Year), year, quote(fmt.Sprintf("%s@%d", f.Name, year))))
		}
	}
	slices.Sort(columns)
	return fmt.Sprintf("(SELECT id, %s FROM %s GROUP BY id)", strings.Join(columns, ", "), quote("rows "+d.Name))
}
