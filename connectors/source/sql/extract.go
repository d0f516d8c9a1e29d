package sql

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"zhida/connectors/source"
	"zhida/schemas"
)

// extract is a delivery of a table as it is now.
type extract struct {
	source.Table
	server  server
	columns []column // of the table
	changed []column // of the table of changes
}

// begin begins to read a table.
func (d *Database) begin(ctx context.Context, s session, delivery source.Delivery) (*extract, error) {
	e := &extract{Table: delivery.Table, server: d.server}
	tables := []string{e.Name}
	if !e.Changes.IsZero() {
		tables = append(tables, e.Changes.Table)
	}
	if err := s.begin(ctx, tables...); err != nil {
		return nil, err
	}
	var err error
	if e.columns, err = s.columns(ctx, e.Name); err != nil {
		return nil, err
	}
	if !e.Changes.IsZero() {
		if e.changed, err = s.columns(ctx, e.Changes.Table); err != nil {
			return nil, err
		}
	}
	return e, e.check()
}

// check checks that the tables have what the site says.
func (e *extract) check() error {
	table, time := e.clock()
	if !e.isWhole() {
		clock, err := find(table, e.clockColumns(), time)
		if err != nil {
			return err
		}
		if !clock.isTime {
			return fmt.Errorf("%w: column %s of table %s is of type %s, and says no day: want a date or a timestamp, or a view that makes one of it",
				source.ErrDenied, time, table, clock.kind)
		}
	}
	for _, key := range e.Changes.Key {
		for table, columns := range map[string][]column{e.Name: e.columns, e.Changes.Table: e.changed} {
			if _, err := find(table, columns, key); err != nil {
				return err
			}
		}
	}
	if !e.Changes.IsZero() {
		flag, err := find(e.Changes.Table, e.changed, e.Changes.Flag)
		if err != nil {
			return err
		}
		if flag.binary {
			return isBinary(e.Changes.Table, flag)
		}
		if _, err := find(e.Name, e.columns, e.Changes.Flag); err == nil {
			return fmt.Errorf("%w: tables %s and %s both have a column %s: have a view made in which it has another name",
				source.ErrDenied, e.Name, e.Changes.Table, e.Changes.Flag)
		}
	}
	for _, c := range e.columns {
		if c.binary {
			return isBinary(e.Name, c)
		}
	}
	return nil
}

func isBinary(table string, c column) error {
	return fmt.Errorf("%w: column %s of table %s is binary (%s), and no text: have a view made without it", source.ErrDenied, c.name, table, c.kind)
}

func find(table string, columns []column, name string) (column, error) {
	var names []string
	for _, c := range columns {
		if c.name == name {
			return c, nil
		}
		names = append(names, c.name)
	}
	return column{}, fmt.Errorf("%w: table %s has no column %s: it has %s (the case of letters counts)", source.ErrDenied, table, name, strings.Join(names, ", "))
}

// isWhole reports whether all rows are one delivery.
func (e *extract) isWhole() bool { return e.Date == "" && e.Watermark == "" && e.Changes.IsZero() }

// clock is the table and the column that say of which day a row is.
func (e *extract) clock() (table, name string) {
	if !e.Changes.IsZero() {
		return e.Changes.Table, e.Changes.Time
	}
	return e.Name, e.Date + e.Watermark // one of them
}

func (e *extract) clockColumns() []column {
	if !e.Changes.IsZero() {
		return e.changed
	}
	return e.columns
}

// at is a column of an alias.
func (e *extract) at(alias, name string) string { return alias + "." + e.server.quote(name) }

func within(column string, day schemas.Date) string {
	return fmt.Sprintf("%s >= DATE '%s' AND %s < DATE '%s'", column, day, column, day+1)
}

// days asks for each day from one on: the day, how many rows it has, the last of their times, and a digest. Those of no day are
// the first.
func (e *extract) days(from schemas.Date) string {
	_, time := e.clock()
	time = e.at("c", time)
	return e.counts(fmt.Sprintf("%s >= DATE '%s' OR %s IS NULL OR %s < DATE '0001-01-01'", time, from, time, time))
}

// day asks the same of one day.
func (e *extract) day(day schemas.Date) string {
	_, time := e.clock()
	return e.counts(within(e.at("c", time), day))
}

func (e *extract) counts(where string) string {
	table, time := e.clock()
	time = e.at("c", time)
	return fmt.Sprintf("SELECT %s, COUNT(*), %s, SUM(%s) FROM %s AS c WHERE %s GROUP BY 1 ORDER BY 1",
		e.server.text("CAST("+time+" AS date)"), e.server.text("MAX("+time+")"), e.server.digest("c", e.clockColumns()), quoteTable(e.server, table), where)
}

// read asks for the rows that are delivered of a day.
func (e *extract) read(day schemas.Date) string {
	if !e.Changes.IsZero() {
		return e.readChanges(day)
	}
	var values []string
	for _, c := range e.columns {
		values = append(values, e.value("t", c))
	}
	query := fmt.Sprintf("SELECT %s FROM %s AS t", strings.Join(values, ", "), quoteTable(e.server, e.Name))
	if !e.isWhole() {
		_, time := e.clock()
		query += " WHERE " + within(e.at("t", time), day)
	}
	return query + " ORDER BY " + strings.Join(e.order("t", e.columns), ", ")
}

// readChanges asks for the rows that changed on a day, each with the last flag of that day. Of a row that is there no longer only
// key and flag are known; it is left out if it was changed on a later day too, as that day's delivery says what has become of it.
func (e *extract) readChanges(day schemas.Date) string {
	c := e.Changes
	latest := []string{e.at("c", c.Time) + " DESC"}
	for _, o := range append(e.key("c", e.changed), e.at("c", c.Flag)) {
		latest = append(latest, o+" DESC")
	}
	flag, _ := find(c.Table, e.changed, c.Flag)
	values := []string{e.value("c", flag)}
	for _, column := range e.columns {
		alias := "t"
		if slices.Contains(c.Key, column.name) {
			alias = "c"
		}
		values = append(values, e.value(alias, column))
	}
	var keys, same, later []string
	for _, key := range c.Key {
		keys = append(keys, e.at("c", key))
		same = append(same, e.at("t", key)+" = "+e.at("c", key))
		later = append(later, e.at("l", key)+" = "+e.at("c", key))
	}
	changes := quoteTable(e.server, c.Table)
	return fmt.Sprintf(`SELECT %s FROM (SELECT c.*, ROW_NUMBER() OVER (PARTITION BY %s ORDER BY %s) AS zhida_latest FROM %s AS c WHERE %s) AS c
LEFT JOIN %s AS t ON %s
WHERE c.zhida_latest = 1 AND (%s IS NOT NULL OR NOT EXISTS (SELECT 1 FROM %s AS l WHERE %s AND %s >= DATE '%s'))
ORDER BY %s`,
		strings.Join(values, ", "), strings.Join(keys, ", "), strings.Join(latest, ", "), changes, within(e.at("c", c.Time), day),
		quoteTable(e.server, e.Name), strings.Join(same, " AND "),
		e.at("t", c.Key[0]), changes, strings.Join(later, " AND "), e.at("l", c.Time), day+1,
		strings.Join(append(keys, e.order("t", e.columns)...), ", "))
}

// value is what is delivered of a column, with its name.
func (e *extract) value(alias string, c column) string {
	return fmt.Sprintf(c.value, e.at(alias, c.name)) + " AS " + e.server.quote(c.name)
}

// order is how rows are ordered, the same way each time.
func (e *extract) order(alias string, columns []column) []string {
	if key := e.key(alias, columns); len(key) > 0 {
		return key
	}
	return e.server.order(alias, columns)
}

// key is the primary key of a table.
func (e *extract) key(alias string, columns []column) []string {
	var in []column
	for _, c := range columns {
		if c.key > 0 {
			in = append(in, c)
		}
	}
	slices.SortFunc(in, func(a, b column) int { return a.key - b.key })
	var key []string
	for _, c := range in {
		key = append(key, e.at(alias, c.name))
	}
	return key
}
