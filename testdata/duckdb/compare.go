package duckdb

import (
	"fmt"
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// Difference is a count of enterprises for which two say otherwise, with the first few.
type Difference struct {
	Count int64
	First string // code: what was exported, what SQL says
}

// Tag works a tag out and compares it with the exported one, on living and closed enterprises alike. Conditions that name
// the tag read what SQL says. Tags are asked for in the order of their dependence.
func (o *Oracle) Tag(name string, rule condition.Expr) (d Difference, err error) {
	defer o.rescue(&err)
	s := o.newSheet(nil)
	o.tags[name] = o.table(s.query("id, " + s.truth(rule) + " AS t"))
	column := name
	if o.known["标签 "+name] {
		column = "标签 " + name
	}
	return o.differences(fmt.Sprintf("SELECT e.%s AS code, e.%s AS a, t.t AS b FROM enterprise e JOIN %s t USING (id)", quote(Code), quote(column), o.tags[name])), nil
}

// Attribute works an attribute out from the exported rows and compares it with the exported one.
func (o *Oracle) Attribute(name string, year int) (d Difference, err error) {
	defer o.rescue(&err)
	column := o.attribute(name, year)
	return o.differences(fmt.Sprintf("SELECT e.%s AS code, e.%s AS a, r.v AS b FROM enterprise e JOIN (%s) r USING (id)",
		quote(Code), quote(column), o.fromRows(name, year))), nil
}

// Years are the years that the profile shows a yearly attribute for.
func (o *Oracle) Years(name string) (out []int) {
	this, _, _ := o.today.YMD()
	for year := this - 10; year <= this; year++ {
		if o.known[fmt.Sprintf("%s@%d", name, year)] || o.known[fmt.Sprintf("指标 %s@%d", name, year)] {
			out = append(out, year)
		}
	}
	return out
}

// Derived works a derived attribute out and compares it with the exported one. A number or a date is empty where there is
// more than one it can be, and a quotient is the nearest floating point number. Words are those that are possible, with |
// between them, and empty where all are.
func (o *Oracle) Derived(a *schemas.Attribute, v condition.Value) (d Difference, err error) {
	defer o.rescue(&err)
	column := a.Name
	if a.Yearly {
		this, _, _ := o.today.YMD()
		column = fmt.Sprintf("%s@%d", a.Name, this-1)
	}
	column = o.shown(column)
	s := o.newSheet(nil)
	if !isNumber(v.Type()) {
		t := o.table(s.query("id, list_sort(" + s.possible(v) + ") AS w"))
		return o.differences(fmt.Sprintf(`SELECT e.%[1]s AS code, CASE WHEN e.%[2]s IS NULL THEN '?' ELSE list_sort(string_split(e.%[2]s, '|'))::VARCHAR END AS a,
			CASE WHEN e.%[2]s IS NULL AND len(w) > 1 AND len(w) = (SELECT max(len(w)) FROM %[3]s) THEN '?' ELSE w::VARCHAR END AS b
			FROM enterprise e JOIN %[3]s t USING (id)`, quote(Code), quote(column), t)), nil
	}
	x := s.number(v)
	known := s.known(v)
	t := o.table(s.query(fmt.Sprintf("id, CASE WHEN %s THEN %s END AS x", known, x.lo)))
	shown := "e." + quote(column)
	var said string
	switch kinds := o.strings(fmt.Sprintf("SELECT DISTINCT typeof(%s) FROM enterprise", quote(column))); kinds[0] {
	case "DATE":
		said = fmt.Sprintf("(%s - DATE '1970-01-01') = t.x.n", shown)
	case "DOUBLE":
		said = fmt.Sprintf("abs(%s * t.x.d::DOUBLE - t.x.n::DOUBLE) <= 1e-12 * abs(t.x.n::DOUBLE)", shown)
	default:
		said = fmt.Sprintf("(%s::DECIMAL(30, 6) * 1000000)::HUGEINT * t.x.d = t.x.n * 1000000", shown)
	}
	return o.differences(fmt.Sprintf(`SELECT e.%s AS code, coalesce(%s::VARCHAR, '?') AS a,
		CASE WHEN t.x IS NULL THEN '?' WHEN %s THEN %s::VARCHAR ELSE t.x::VARCHAR END AS b FROM enterprise e JOIN %s t USING (id)`,
		quote(Code), shown, said, shown, t)), nil
}

// shown is a column of the profile under the name it has there.
func (o *Oracle) shown(column string) string {
	if o.known["指标 "+column] {
		return "指标 " + column
	}
	if !o.known[column] {
		refuse("column %s, which the profile does not show", column)
	}
	return column
}

// Item decides an item and compares it with the exported verdicts. matches is how many enterprises are sure by SQL, open
// for how many it is unknown.
func (o *Oracle) Item(id string, x condition.Expr, verdicts string) (d Difference, matches, open int64, err error) {
	defer o.rescue(&err)
	s := o.newSheet(nil)
	t := o.table(s.query("id, " + s.truth(x) + " AS t"))
	said := o.table(fmt.Sprintf("SELECT e.%s AS code, CASE WHEN t.t THEN '符合' WHEN t.t IS NULL THEN '待补充' ELSE '不符合' END AS b FROM enterprise e JOIN %s t USING (id) WHERE e.%s",
		quote(Code), t, quote(Living)))
	matches = o.count(fmt.Sprintf("SELECT count(*) FROM %s WHERE b = '符合'", said))
	open = o.count(fmt.Sprintf("SELECT count(*) FROM %s WHERE b = '待补充'", said))
	// A full join: a verdict on an enterprise that is closed, or not there, is a difference.
	d = o.differences(fmt.Sprintf(`SELECT coalesce(v.code, s.code) AS code, coalesce(v.a, '不符合') AS a, coalesce(s.b, 'no such enterprise') AS b
		FROM (SELECT %s AS code, 判定 AS a FROM read_parquet(%s) WHERE 事项 = %s AND 判定 IN ('符合', '待补充')) v FULL JOIN %s s ON s.code = v.code`,
		quote(Code), text(verdicts), text(id), said))
	return d, matches, open, nil
}

// Living is the profile's column that says whether an enterprise takes part.
const Living = "是否存续"

// differences counts the rows of a query with code, a and b in which a is not b.
func (o *Oracle) differences(query string) Difference {
	found := o.table("SELECT code, a, b FROM (" + query + ") WHERE a IS DISTINCT FROM b ORDER BY code")
	first := o.strings(fmt.Sprintf("SELECT code || ': exported ' || coalesce(a::VARCHAR, '?') || ', SQL says ' || coalesce(b::VARCHAR, '?') FROM %s LIMIT 5", found))
	return Difference{Count: o.count("SELECT count(*) FROM " + found), First: strings.Join(first, "\n")}
}

func (o *Oracle) count(query string) (n int64) {
	if err := o.db.QueryRowContext(o.ctx, query).Scan(&n); err != nil {
		panic(broken{fmt.Errorf("%w\n%s", err, query)})
	}
	return n
}

// Amount works out what an item's benefit comes to and compares it with the ends that were exported for its matches and
// for those who need facts, which are rounded outwards to four decimals. n is how many pairs were compared.
func (o *Oracle) Amount(id string, benefit condition.Value, verdicts string) (d Difference, n int64, err error) {
	defer o.rescue(&err)
	s := o.newSheet(nil)
	x := s.number(benefit)
	t := o.table(s.query(fmt.Sprintf("id, %s AS lo, %s AS hi, %s AS absent", x.lo, x.hi, x.absent)))
	// An end agrees if there is none on either side, or the exact one lies within one step inside of the exported one.
	low := `CASE WHEN lo.d = 0 OR v.金额下限 IS NULL THEN lo.d = 0 AND v.金额下限 IS NULL
		ELSE (v.金额下限 * 10000)::HUGEINT * lo.d <= lo.n * 10000 AND lo.n * 10000 < ((v.金额下限 * 10000)::HUGEINT + 1) * lo.d END`
	high := `CASE WHEN hi.d = 0 OR v.金额上限 IS NULL THEN hi.d = 0 AND v.金额上限 IS NULL
		ELSE (v.金额上限 * 10000)::HUGEINT * hi.d >= hi.n * 10000 AND hi.n * 10000 > ((v.金额上限 * 10000)::HUGEINT - 1) * hi.d END`
	from := fmt.Sprintf("read_parquet(%s) v JOIN enterprise e USING (%s) JOIN %s t USING (id) WHERE v.事项 = %s AND v.判定 IN ('符合', '待补充') AND t.absent = 0",
		text(verdicts), quote(Code), t, text(id))
	d = o.differences(fmt.Sprintf(`SELECT code, a, CASE WHEN same THEN a ELSE b END AS b FROM (
		SELECT e.%s AS code, coalesce(v.金额下限::VARCHAR, '') || '..' || coalesce(v.金额上限::VARCHAR, '') AS a,
			lo::VARCHAR || '..' || hi::VARCHAR AS b, (%s) AND (%s) AS same FROM %s)`, quote(Code), low, high, from))
	return d, o.count("SELECT count(*) FROM " + from), nil
}
