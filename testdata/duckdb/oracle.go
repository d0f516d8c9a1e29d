package duckdb

import (
	"context"
	"database/sql"
	_ "embed" // fraction.sql
	"fmt"
	"slices"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the database

	"zhida/matcher/condition"
	"zhida/pipeline/workspace"
	"zhida/schemas"
)

//go:embed fraction.sql
var fractions string

// Full is a full delivery of a dataset: what it does not contain, in its scope, is not there.
type Full struct {
	Scope string
	Date  schemas.Date
}

// Night is what was exported of a night, and what cannot be seen from its tables.
type Night struct {
	Workspace *workspace.Workspace
	Date      schemas.Date
	Fulls     map[string][]Full // by dataset
	Profile   string            // Parquet file of zhida export profile
	Rows      map[string]string // Parquet files of zhida export rows, by dataset
}

// Oracle decides by SQL what the night decided.
type Oracle struct {
	ctx    context.Context
	db     *sql.DB
	ws     *workspace.Workspace
	today  schemas.Date
	rows   map[string]string // what is exported of datasets
	known  map[string]bool   // columns of the table enterprise
	tags   map[string]string // tables with id and t, by tag
	folds  map[string]string // tables with id, lo, hi and absent, by condition.ValueKey
	parted map[string]parted // by condition.ValueKey
	names  int
}

// Code is the column of every export with the enterprise's code.
const Code = "统一社会信用代码"

// Open reads the tables into a database in memory.
func Open(ctx context.Context, n *Night) (o *Oracle, err error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, fmt.Errorf("open a database: %w", err)
	}
	db.SetMaxOpenConns(1) // one connection, one database in memory
	o = &Oracle{
		ctx: ctx, db: db, ws: n.Workspace, today: n.Date, rows: n.Rows,
		known: map[string]bool{}, tags: map[string]string{}, folds: map[string]string{}, parted: map[string]parted{},
	}
	defer o.rescue(&err)
	o.run(fractions)
	o.run("CREATE TABLE enterprise AS SELECT row_number() OVER () AS id, * FROM read_parquet(" + text(n.Profile) + ")")
	for _, name := range o.strings("SELECT column_name FROM (DESCRIBE enterprise)") {
		o.known[name] = true
	}
	for _, d := range n.Workspace.Datasets {
		if n.Rows[d.Name] != "" {
			o.loadRows(d)
			o.loadLists(d, n.Fulls[d.Name])
		}
	}
	o.loadCodes()
	return o, nil
}

// Close gives the database back.
func (o *Oracle) Close() error { return o.db.Close() }

// loadRows makes "rows D". A row beyond its shelf life is blind: nothing is known of it but that it was there. For each
// enterprise there is one row more, which stands for any further one.
func (o *Oracle) loadRows(d *schemas.Dataset) {
	fresh := o.inDate("确认日期", d.Shelf)
	var fields, plain []string
	for _, name := range o.strings(fmt.Sprintf("SELECT column_name FROM (DESCRIBE SELECT * EXCLUDE (%s) FROM read_parquet(%s))", quote(Code), text(o.rows[d.Name]))) {
		fields = append(fields, fmt.Sprintf("CASE WHEN %s THEN r.%s END AS %s", fresh, quote(name), quote(name)))
		plain = append(plain, "NULL AS "+quote(name))
	}
	o.run(fmt.Sprintf(`CREATE TABLE %s AS
		SELECT e.id, r.file_row_number AS place, NOT %s AS blind, FALSE AS more, %s
		FROM read_parquet(%s, file_row_number = true) r JOIN enterprise e USING (%s)
		UNION ALL BY NAME SELECT id, -1 AS place, TRUE AS blind, TRUE AS more, %s FROM enterprise`,
		quote("rows "+d.Name), fresh, strings.Join(fields, ", "), text(o.rows[d.Name]), quote(Code), strings.Join(plain, ", ")))
}

// inDate is whether a fact confirmed on a day is within its shelf life.
func (o *Oracle) inDate(day string, shelf schemas.Span) string {
	if shelf.IsZero() {
		return "TRUE"
	}
	return fmt.Sprintf("((%s + to_months(%d))::DATE + %d >= DATE %s)", day, 12*shelf.Years+shelf.Months, shelf.Days, text(o.today.String()))
}

// loadLists adds the column "complete D": whether no row of a dataset means that there is none.
func (o *Oracle) loadLists(d *schemas.Dataset, fulls []Full) {
	covers := []string{"FALSE"}
	for _, f := range fulls {
		if d.List != schemas.ListComplete {
			break
		}
		in := "TRUE"
		if f.Scope != "" {
			in = fmt.Sprintf("coalesce(starts_with(%s, %s), FALSE)", quote(o.ws.Region), text(f.Scope))
		}
		covers = append(covers, in+" AND "+o.inDate("DATE "+text(f.Date.String()), d.Shelf))
	}
	o.addColumn("complete "+d.Name, "BOOLEAN", strings.Join(covers, " OR "))
}

func (o *Oracle) addColumn(name, kind, expr string) {
	o.run(fmt.Sprintf("ALTER TABLE enterprise ADD COLUMN %s %s", quote(name), kind))
	o.run(fmt.Sprintf("UPDATE enterprise SET %s = %s", quote(name), expr))
	o.known[name] = true
}

// complete is whether a source has no rows but those that are there.
func (o *Oracle) complete(over condition.Over) string {
	if over.Dataset == nil {
		return "TRUE"
	}
	return "e." + quote("complete "+over.Dataset.Name)
}

// loadCodes makes finest: for each code that occurs, the codes it may stand for that have none below them.
func (o *Oracle) loadCodes() {
	o.run("CREATE TABLE finest (system VARCHAR, code VARCHAR, leaf VARCHAR)")
	occurring := map[string][]string{}
	add := func(system, query string) {
		occurring[system] = append(occurring[system], o.strings(query)...)
	}
	for _, a := range o.ws.Attributes {
		if a.Type.Kind == schemas.KindCode && !a.Yearly && a.Rule.Text == "" {
			add(a.Type.System, fmt.Sprintf("SELECT DISTINCT %[1]s FROM enterprise WHERE %[1]s IS NOT NULL", quote(o.attribute(a.Name, 0))))
		}
	}
	for _, d := range o.ws.Datasets {
		for _, p := range d.Physical() {
			if p.Kind == schemas.KindCode && !p.Sealed && o.rows[d.Name] != "" {
				add(p.System, fmt.Sprintf("SELECT DISTINCT %[1]s FROM %[2]s WHERE %[1]s IS NOT NULL", quote(p.Name), quote("rows "+d.Name)))
			}
		}
	}
	for system, codes := range occurring {
		slices.Sort(codes)
		for _, code := range slices.Compact(codes) {
			var values []string
			for _, leaf := range o.below(system, code) {
				values = append(values, fmt.Sprintf("(%s, %s, %s)", text(system), text(code), text(leaf)))
			}
			o.run("INSERT INTO finest VALUES " + strings.Join(values, ", "))
		}
	}
}

func (o *Oracle) below(system, code string) []string {
	children := o.ws.Codes.Children(system, code)
	if len(children) == 0 {
		return []string{code}
	}
	var out []string
	for _, c := range children {
		out = append(out, o.below(system, c)...)
	}
	return out
}

// attribute is the column of enterprise with an attribute, in a year if it is not 0. Years that the profile does not show
// are made from the exported rows.
func (o *Oracle) attribute(name string, year int) string {
	column := name
	if year != 0 {
		column = fmt.Sprintf("%s@%d", name, year)
	}
	if o.known["指标 "+column] {
		return "指标 " + column
	}
	if !o.known[column] {
		o.run(fmt.Sprintf("ALTER TABLE enterprise ADD COLUMN %s %s", quote(column), o.kindOf(name)))
		o.run(fmt.Sprintf("UPDATE enterprise SET %s = a.v FROM (%s) a WHERE a.id = enterprise.id", quote(column), o.fromRows(name, year)))
		o.known[column] = true
	}
	return column
}

func (o *Oracle) kindOf(name string) string {
	switch t := o.ws.Env.Attributes[name].Type; t.Kind {
	case schemas.KindNumber:
		return fmt.Sprintf("DECIMAL(18, %d)", t.Scale)
	case schemas.KindDate:
		return "DATE"
	case schemas.KindTruth:
		return "BOOLEAN"
	}
	return "VARCHAR"
}

// fromRows works an attribute out from the rows of its sources: the first that knows it wins.
func (o *Oracle) fromRows(name string, year int) string {
	a := o.ws.Env.Attributes[name]
	var values, joins []string
	for i, s := range a.Sources {
		d := o.ws.Dataset(s.Dataset)
		if d == nil || o.rows[d.Name] == "" {
			refuse("attribute %s from %s, whose rows are not exported", name, s.Dataset)
		}
		where := fmt.Sprintf("NOT more AND NOT blind AND %s IS NOT NULL", quote(s.Field))
		if year != 0 {
			where += fmt.Sprintf(" AND %s = %d", quote(d.Year), year)
		}
		if iso := a.Type.Unit.Currency(); iso != "" {
			where += fmt.Sprintf(" AND %s = %s", quote(s.Field+schemas.CurrencySuffix), text(iso))
		}
		values = append(values, fmt.Sprintf("s%d.v", i))
		joins = append(joins, fmt.Sprintf("LEFT JOIN (SELECT id, arg_max(%s, place) AS v FROM %s WHERE %s GROUP BY id) s%d ON s%d.id = e.id",
			quote(s.Field), quote("rows "+d.Name), where, i, i))
	}
	return fmt.Sprintf("SELECT e.id, coalesce(%s) AS v FROM enterprise e %s", strings.Join(append(values, "NULL"), ", "), strings.Join(joins, " "))
}

// name is a name nothing else has.
func (o *Oracle) name(prefix string) string {
	o.names++
	return fmt.Sprintf("%s%d", prefix, o.names)
}

// table keeps the result of a query and returns the table's name.
func (o *Oracle) table(query string) string {
	name := o.name("t_")
	o.run("CREATE TABLE " + name + " AS " + query)
	return name
}

// broken is the panic of a query that failed.
type broken struct{ err error }

func (o *Oracle) run(query string) {
	if _, err := o.db.ExecContext(o.ctx, query); err != nil {
		panic(broken{fmt.Errorf("%w\n%s", err, query)})
	}
}

// strings reads one column of texts.
func (o *Oracle) strings(query string) (out []string) {
	rows, err := o.db.QueryContext(o.ctx, query)
	if err != nil {
		panic(broken{fmt.Errorf("%w\n%s", err, query)})
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			panic(broken{err})
		}
		out = append(out, s)
	}
	if err := rows.Err(); err != nil {
		panic(broken{err})
	}
	return out
}

// rescue turns the panics of this package into an error.
func (o *Oracle) rescue(err *error) {
	switch p := recover().(type) {
	case nil:
	case untranslated:
		*err = fmt.Errorf("not translated into SQL: %s", p.what)
	case broken:
		*err = p.err
	default:
		panic(p)
	}
}
