package duckdb

import (
	"fmt"
	"regexp"
	"strings"

	"zhida/matcher/condition"
)

// A sheet is a query in the making: over the enterprises, the rows of a dataset, or enterprises by the year. Each part of
// a condition becomes a column, computed from columns of lower levels.
type sheet struct {
	oracle *Oracle
	over   *condition.Over // nil: enterprises
	from   string          // of level 0: relation e, and r or y for what it goes over
	keys   string          // columns that level 0 passes on
	joins  []string
	levels [][]string
	level  map[string]int    // by column
	made   map[string]string // column by expression, at level 0 with the level
}

// newSheet begins a query over the enterprises, or over the rows or years of a source.
func (o *Oracle) newSheet(over *condition.Over) *sheet {
	s := &sheet{oracle: o, over: over, from: "enterprise e", keys: "e.id AS id", level: map[string]int{}, made: map[string]string{}}
	switch {
	case over == nil:
	case over.Dataset != nil:
		s.from = quote("rows "+over.Dataset.Name) + " r JOIN enterprise e ON e.id = r.id"
		s.keys = "e.id AS id, r.blind AS blind, r.more AS more"
	default:
		this, _, _ := o.today.YMD()
		s.from = fmt.Sprintf("enterprise e CROSS JOIN (SELECT unnest(range(%d, %d)) AS year) y", this-over.Years, this)
		s.keys = "e.id AS id, FALSE AS blind, FALSE AS more"
	}
	return s
}

var reference = regexp.MustCompile(`\bx_\d+\b`)

// base is a column of level 0, made from the relations themselves.
func (s *sheet) base(expr string) string { return s.put(0, expr) }

// column is a column made from other columns and from constants.
func (s *sheet) column(format string, args ...any) string {
	expr, level := fmt.Sprintf(format, args...), 0
	for _, name := range reference.FindAllString(expr, -1) {
		level = max(level, s.level[name])
	}
	return s.put(level+1, expr)
}

func (s *sheet) put(level int, expr string) string {
	key := fmt.Sprintf("%d %s", level, expr)
	if name, ok := s.made[key]; ok {
		return name
	}
	for len(s.levels) <= level {
		s.levels = append(s.levels, nil)
	}
	name := s.oracle.name("x_")
	s.made[key], s.level[name] = name, level
	s.levels[level] = append(s.levels[level], expr+" AS "+name)
	return name
}

// join makes the columns of a table with an id part of level 0, under the alias it returns.
func (s *sheet) join(table, on string) string {
	if alias, ok := s.made[table+" "+on]; ok {
		return alias
	}
	alias := s.oracle.name("j_")
	s.made[table+" "+on] = alias
	s.joins = append(s.joins, fmt.Sprintf("LEFT JOIN %s %s ON %s", table, alias, strings.ReplaceAll(on, "$", alias)))
	return alias
}

// query selects columns for everything the sheet is over.
func (s *sheet) query(columns string) string {
	var b strings.Builder
	for i, level := range s.levels {
		if i == 0 {
			fmt.Fprintf(&b, "WITH l0 AS (SELECT %s FROM %s %s)", strings.Join(append([]string{s.keys}, level...), ", "), s.from, strings.Join(s.joins, " "))
			continue
		}
		fmt.Fprintf(&b, ",\nl%d AS (SELECT %s FROM l%d)", i, strings.Join(append([]string{"*"}, level...), ", "), i-1)
	}
	if len(s.levels) == 0 {
		return fmt.Sprintf("WITH l0 AS (SELECT %s FROM %s) SELECT %s FROM l0", s.keys, s.from, columns)
	}
	return fmt.Sprintf("%s\nSELECT %s FROM l%d", b.String(), columns, len(s.levels)-1)
}

// quote makes a name of SQL, text a string.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func texts(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = text(w)
	}
	return strings.Join(out, ", ")
}

// untranslated is the panic of a part that has no translation; Oracle's methods return it as an error.
type untranslated struct{ what string }

func refuse(format string, args ...any) {
	panic(untranslated{fmt.Sprintf(format, args...)})
}
