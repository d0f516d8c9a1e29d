package duckdb

import (
	"fmt"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// words is the list of all that a text or a truth value can be, NULL for anything.
func (s *sheet) words(v condition.Value) string {
	switch v := v.(type) {
	case condition.Word:
		return s.column("[%s]", text(v.Text))
	case condition.Truth:
		if v.Yes {
			return s.column("['是']")
		}
		return s.column("['否']")
	case condition.Column:
		raw := s.raw(v)
		switch {
		case v.Kind.Kind == schemas.KindTruth:
			return s.base(fmt.Sprintf("CASE WHEN %[1]s THEN ['是'] WHEN NOT %[1]s THEN ['否'] ELSE ['是', '否'] END", raw))
		case v.Kind.Kind == schemas.KindText && len(v.Kind.Values) > 0:
			return s.base(fmt.Sprintf("CASE WHEN %[1]s IS NULL THEN [%[2]s] ELSE [%[1]s] END", raw, texts(v.Kind.Values)))
		case v.Kind.Kind == schemas.KindText:
			return s.base(fmt.Sprintf("CASE WHEN %[1]s IS NOT NULL THEN [%[1]s] END", raw))
		}
		refuse("the words of a column of %v", v.Kind.Kind)
	case condition.Named:
		return s.words(v.X)
	}
	refuse("word %T", v)
	return ""
}

// equal compares two texts of which each is one of some.
func (s *sheet) equal(l, r string) string {
	return s.column(`CASE WHEN %[1]s IS NULL OR %[2]s IS NULL THEN NULL WHEN len(%[1]s) = 1 AND len(%[2]s) = 1 THEN %[1]s[1] = %[2]s[1]
		WHEN list_has_any(%[1]s, %[2]s) THEN NULL ELSE FALSE END`, l, r)
}

// each asks something of all that a text or a code can be.
func (s *sheet) each(v condition.Value, asked func(word string) string) string {
	var reach, truths []string
	for _, b := range s.branches(v) {
		reach = append(reach, b.reach)
		if c, ok := b.value.(condition.Column); ok && c.Kind.Kind == schemas.KindCode {
			truths = append(truths, s.ofCode(c, asked))
			continue
		}
		w := s.words(b.value)
		said := s.column("list_transform(%s, lambda w: %s)", w, asked("w"))
		truths = append(truths, s.column("CASE WHEN list_bool_and(%[1]s) THEN TRUE WHEN NOT list_bool_or(%[1]s) THEN FALSE END", said))
	}
	return s.either(reach, truths)
}

// ofCode asks it of the finest codes that a code may stand for, once per code.
func (s *sheet) ofCode(c condition.Column, asked func(word string) string) string {
	query := fmt.Sprintf(`SELECT code, CASE WHEN bool_and(p) THEN TRUE WHEN NOT bool_or(p) THEN FALSE END AS t
		FROM (SELECT code, %s AS p FROM finest WHERE system = %s) GROUP BY code`, asked("leaf"), text(c.Kind.System))
	return s.base(s.join(s.oracle.table(query), "$.code = "+s.raw(c)) + ".t")
}

// known asks whether a value is one only; a code known coarsely is known.
func (s *sheet) known(v condition.Value) string {
	if kind := v.Type().Kind; kind == schemas.KindNumber || kind == schemas.KindDate {
		x := s.number(v)
		return s.column("(%[3]s = 0 AND %[1]s.d > 0 AND %[2]s.d > 0 AND %[1]s.n * %[2]s.d = %[2]s.n * %[1]s.d)", x.lo, x.hi, x.absent)
	}
	switch v := v.(type) {
	case condition.Column:
		return s.base(s.raw(v) + " IS NOT NULL")
	case condition.Named:
		return s.known(v.X)
	}
	all := s.possible(v)
	return s.column("(%[1]s IS NOT NULL AND len(%[1]s) = 1)", all)
}

// possible is the list of the words that a value of words can be, each once.
func (s *sheet) possible(v condition.Value) string {
	var lists []string
	for _, b := range s.branches(v) {
		lists = append(lists, fmt.Sprintf("CASE WHEN %s THEN %s ELSE [] END", b.reach, s.words(b.value)))
	}
	return s.column("list_distinct(%s)", strings.Join(lists, " || "))
}

// raw is the expression, at level 0, of what is stored in a column; NULL is unknown. Money of another currency is.
func (s *sheet) raw(c condition.Column) string {
	switch {
	case c.Dataset != nil:
		if s.over == nil || s.over.Dataset != c.Dataset {
			refuse("field %s of %s outside its rows", c.Name, c.Dataset.Name)
		}
		field := "r." + quote(c.Name)
		if iso := c.Kind.Unit.Currency(); iso != "" {
			return fmt.Sprintf("CASE WHEN r.%s = %s THEN %s END", quote(c.Name+schemas.CurrencySuffix), text(iso), field)
		}
		return field
	case c.Within > 0:
		this, _, _ := s.oracle.today.YMD()
		var b strings.Builder
		for year := this - c.Within; year < this; year++ {
			fmt.Fprintf(&b, " WHEN %d THEN e.%s", year, quote(s.oracle.attribute(c.Name, year)))
		}
		return "CASE y.year" + b.String() + " END"
	case c.Yearly:
		return "e." + quote(s.oracle.attribute(c.Name, c.Year.On(s.oracle.today)))
	}
	return "e." + quote(s.oracle.attribute(c.Name, 0))
}
