package duckdb

import (
	"fmt"
	"strconv"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// exists looks for a row that meets the condition; 每 is that there is none that does not.
func (s *sheet) exists(x condition.Exists) string {
	looked := x.Over
	if x.Every {
		if x.Where == nil {
			return s.column("TRUE")
		}
		looked.Where = condition.Not{X: x.Where}
	}
	rows := s.rows(looked, nil)
	found := s.oracle.table(fmt.Sprintf(`SELECT e.id, CASE WHEN coalesce(bool_or(f.counts IS TRUE AND NOT f.more), FALSE) THEN TRUE
			WHEN coalesce(bool_or(f.counts IS NULL AND NOT f.more), FALSE) OR NOT any_value(%s) THEN NULL ELSE FALSE END AS t
		FROM enterprise e LEFT JOIN %s f ON f.id = e.id GROUP BY e.id`, s.oracle.complete(looked), rows))
	t := s.base(s.join(found, "$.id = e.id") + ".t")
	if x.Every {
		return s.column("NOT %s", t)
	}
	return t
}

// rows makes a table of the rows of a source: id, whether the row counts, and with a value lo, hi and absent or what it can
// be. more stands for any further row of an open list; it is there for its value.
func (s *sheet) rows(over condition.Over, of condition.Value) string {
	inner := s.oracle.newSheet(&over)
	counts := "TRUE"
	if over.Where != nil {
		counts = inner.truth(over.Where)
	}
	columns := fmt.Sprintf("id, more, CASE WHEN blind THEN NULL ELSE %s END AS counts", counts)
	switch {
	case of == nil:
	case isNumber(of.Type()):
		v := inner.number(of)
		columns += fmt.Sprintf(", %s AS lo, %s AS hi", v.lo, v.hi)
	case of.Type().Kind == schemas.KindCode:
		refuse("种数 of codes")
	default:
		columns += fmt.Sprintf(", %s AS words", inner.words(of))
	}
	return s.oracle.table(inner.query(columns))
}

func isNumber(t schemas.Type) bool { return t.Kind == schemas.KindNumber || t.Kind == schemas.KindDate }

// fold makes one value of rows. It is about the enterprise, so one query serves all that ask for it.
func (s *sheet) fold(f condition.Fold) operand {
	key := condition.ValueKey(f)
	if s.oracle.folds[key] == "" {
		s.oracle.folds[key] = s.folded(f)
	}
	return s.kept(s.oracle.folds[key])
}

// folded makes the table of a fold: id, lo, hi and absent.
func (s *sheet) folded(f condition.Fold) string {
	rows, complete := s.rows(f.Over, f.Of), s.oracle.complete(f.Over)
	var query string
	switch f.Op {
	case condition.FoldCount:
		query = fmt.Sprintf(`SELECT e.id, fr(count(*) FILTER (f.counts AND NOT f.more), 1) AS lo,
				CASE WHEN any_value(%s) THEN fr(count(*) FILTER (f.counts IS NOT FALSE AND NOT f.more), 1) ELSE fr(1, 0) END AS hi, 0 AS absent
			FROM enterprise e LEFT JOIN %s f ON f.id = e.id GROUP BY e.id`, complete, rows)
	case condition.FoldDistinct:
		query = distinct(rows, complete, f.Of.Type())
	case condition.FoldSum:
		query = common(rows, complete) + sumOfRows
	case condition.FoldMin:
		query = common(rows, complete) + least
	case condition.FoldMax:
		query = common(rows, complete) + greatest
	case condition.FoldAverage:
		query = common(rows, complete) + average
	default:
		refuse("fold %d", f.Op)
	}
	return s.oracle.table(query)
}

// common brings the ends of an enterprise's rows to one denominator l: ln and hn are their numerators, NULL where there is
// no end. Rows that cannot count are left out; of the rows that stay, sure ones count for certain, and more is there
// only where the list may be incomplete.
func common(rows, complete string) string {
	return fmt.Sprintf(`WITH f AS (
			SELECT f.id, f.more, f.counts IS TRUE AND NOT f.more AS sure, f.lo, f.hi
			FROM %s f JOIN enterprise e ON e.id = f.id
			WHERE NOT f.more AND f.counts IS NOT FALSE OR f.more AND NOT %s),
		g AS (SELECT id, list_reduce([1::HUGEINT] || list_filter(list(lo.d) || list(hi.d), lambda d: d > 0), lambda p, q: lcm(p, q)) AS l FROM f GROUP BY id),
		r AS (SELECT f.id, more, sure, l, CASE WHEN lo.d > 0 THEN lo.n * (l // lo.d) END AS ln, CASE WHEN hi.d > 0 THEN hi.n * (l // hi.d) END AS hn
			FROM f JOIN g ON g.id = f.id)`, rows, complete)
}

// sumOfRows adds rows that count, rows that may count or not, and further rows as any number of what a row can be.
const sumOfRows = `
	SELECT e.id,
		CASE WHEN bool_or(r.id IS NOT NULL AND (ln IS NULL OR more AND ln < 0)) THEN fr(-1, 0)
			ELSE fr(coalesce(sum(CASE WHEN sure THEN ln ELSE least(ln, 0) END), 0), coalesce(max(l), 1)) END AS lo,
		CASE WHEN bool_or(r.id IS NOT NULL AND (hn IS NULL OR more AND hn > 0)) THEN fr(1, 0)
			ELSE fr(coalesce(sum(CASE WHEN sure THEN hn ELSE greatest(hn, 0) END), 0), coalesce(max(l), 1)) END AS hi, 0 AS absent
	FROM enterprise e LEFT JOIN r ON r.id = e.id GROUP BY e.id`

// least and greatest: without a row that counts for certain any that may can be it, and there may be none.
const least = `
	SELECT e.id,
		CASE WHEN count(r.id) = 0 OR bool_or(ln IS NULL) THEN fr(-1, 0) ELSE fr(min(ln), max(l)) END AS lo,
		CASE WHEN count(r.id) = 0 THEN fr(1, 0)
			WHEN bool_or(sure) THEN CASE WHEN min(hn) FILTER (sure) IS NULL THEN fr(1, 0) ELSE fr(min(hn) FILTER (sure), max(l)) END
			WHEN bool_or(hn IS NULL) THEN fr(1, 0) ELSE fr(max(hn), max(l)) END AS hi,
		CASE WHEN count(r.id) = 0 THEN 2 WHEN bool_or(sure) THEN 0 ELSE 1 END AS absent
	FROM enterprise e LEFT JOIN r ON r.id = e.id GROUP BY e.id`

const greatest = `
	SELECT e.id,
		CASE WHEN count(r.id) = 0 THEN fr(-1, 0)
			WHEN bool_or(sure) THEN CASE WHEN max(ln) FILTER (sure) IS NULL THEN fr(-1, 0) ELSE fr(max(ln) FILTER (sure), max(l)) END
			WHEN bool_or(ln IS NULL) THEN fr(-1, 0) ELSE fr(min(ln), max(l)) END AS lo,
		CASE WHEN count(r.id) = 0 OR bool_or(hn IS NULL) THEN fr(1, 0) ELSE fr(max(hn), max(l)) END AS hi,
		CASE WHEN count(r.id) = 0 THEN 2 WHEN bool_or(sure) THEN 0 ELSE 1 END AS absent
	FROM enterprise e LEFT JOIN r ON r.id = e.id GROUP BY e.id`

// average takes, of the rows that may count, as many of the least as bring it furthest down, and of the greatest as bring
// it furthest up. Further rows bring it as near as one likes to what a row can be.
const average = `,
	downs AS (SELECT id, l, sum(ln) OVER w AS total, count(*) OVER w AS n, NOT sure AS may
		FROM r WINDOW w AS (PARTITION BY id ORDER BY NOT sure, ln, hn ROWS UNBOUNDED PRECEDING)),
	ups AS (SELECT id, l, sum(hn) OVER w AS total, count(*) OVER w AS n
		FROM r WINDOW w AS (PARTITION BY id ORDER BY NOT sure, hn DESC, ln ROWS UNBOUNDED PRECEDING)),
	shape AS (SELECT id, count(*) FILTER (sure) AS sures, bool_or(more) AS further, bool_or(ln IS NULL) AS bottomless, bool_or(hn IS NULL) AS endless,
		min(ln) AS ln, max(hn) AS hn, max(l) AS l FROM r GROUP BY id),
	down AS (SELECT p.id, any_value(fr(p.total, p.n * p.l)) AS x FROM downs p JOIN shape s ON s.id = p.id AND p.n >= s.sures
		WHERE NOT EXISTS (SELECT 1 FROM downs q WHERE q.id = p.id AND q.n >= s.sures AND q.total * p.n < p.total * q.n) GROUP BY p.id),
	up AS (SELECT p.id, any_value(fr(p.total, p.n * p.l)) AS x FROM ups p JOIN shape s ON s.id = p.id AND p.n >= s.sures
		WHERE NOT EXISTS (SELECT 1 FROM ups q WHERE q.id = p.id AND q.n >= s.sures AND q.total * p.n > p.total * q.n) GROUP BY p.id)
	SELECT e.id,
		CASE WHEN s.id IS NULL OR s.bottomless THEN fr(-1, 0) WHEN s.further THEN fr(s.ln, s.l) ELSE down.x END AS lo,
		CASE WHEN s.id IS NULL OR s.endless THEN fr(1, 0) WHEN s.further THEN fr(s.hn, s.l) ELSE up.x END AS hi,
		CASE WHEN s.id IS NULL THEN 2 WHEN s.sures = 0 THEN 1 ELSE 0 END AS absent
	FROM enterprise e LEFT JOIN shape s ON s.id = e.id LEFT JOIN down ON down.id = e.id LEFT JOIN up ON up.id = e.id`

// distinct counts values: a row whose value is not one only may repeat another's or bring a new one.
func distinct(rows, complete string, t schemas.Type) string {
	key := "CASE WHEN len(f.words) = 1 THEN f.words[1] END"
	limit := ""
	if isNumber(t) {
		key = "CASE WHEN f.lo.d > 0 AND f.hi.d > 0 AND f.lo.n * f.hi.d = f.hi.n * f.lo.d THEN (f.lo.n // gcd(f.lo.n, f.lo.d)) || '/' || (f.lo.d // gcd(f.lo.n, f.lo.d)) END"
	} else if t.Kind == schemas.KindText && len(t.Values) > 0 {
		limit = strconv.Itoa(len(t.Values))
	}
	high := "CASE WHEN complete THEN fr(points + vague, 1) ELSE fr(1, 0) END"
	if limit != "" {
		high = fmt.Sprintf("fr(CASE WHEN complete THEN least(points + vague, %[1]s) ELSE %[1]s END, 1)", limit)
	}
	return fmt.Sprintf(`SELECT id, fr(CASE WHEN certain = 0 AND sures > 0 THEN 1 ELSE certain END, 1) AS lo, %s AS hi, 0 AS absent FROM (
		SELECT e.id, any_value(%s) AS complete,
			count(DISTINCT k) FILTER (counts) AS certain, count(*) FILTER (counts) AS sures,
			count(DISTINCT k) AS points, count(*) FILTER (f.id IS NOT NULL AND k IS NULL) AS vague
		FROM enterprise e LEFT JOIN (SELECT f.*, %s AS k FROM %s f WHERE NOT f.more AND f.counts IS NOT FALSE) f ON f.id = e.id GROUP BY e.id)`,
		high, complete, key, rows)
}
