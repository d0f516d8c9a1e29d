package sql

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/go-sql-driver/mysql"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
)

// mySQL is MySQL and MariaDB.
type mySQL struct{}

func (mySQL) quote(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }

func (mySQL) text(value string) string { return "CAST(" + value + " AS CHAR)" }

func (s mySQL) digest(alias string, columns []column) string {
	var values []string
	for _, c := range columns {
		values = append(values, "QUOTE(CONVERT("+alias+"."+s.quote(c.name)+" USING utf8mb4))") // as columns may have other character sets
	}
	return "CRC32(CONCAT_WS(',', " + strings.Join(values, ", ") + "))"
}

func (s mySQL) order(alias string, columns []column) []string {
	var orders []string
	for _, c := range columns {
		orders = append(orders, "CAST("+alias+"."+s.quote(c.name)+" AS BINARY)") // what is equal but for case, too
	}
	return orders
}

// mySQLSession is a connection to MySQL or MariaDB.
type mySQLSession struct {
	conn    driver.Conn
	wire    *wire.Conn
	user    string
	timeout string // the variable that bounds how long a query takes; without a unit, 0 is no bound
}

// connect implements server.
func (mySQL) connect(ctx context.Context, config source.Config, pin wire.Pin) (session, error) {
	w, err := wire.Dial(ctx, config.Host, "3306", config.Now)
	if err != nil {
		return nil, err
	}
	s := &mySQLSession{wire: w, user: config.User}
	c := mysql.NewConfig()
	c.User, c.Passwd, c.DBName, c.Net, c.Addr = config.User, config.Password, config.Database, "tcp", config.Host
	c.Collation, c.Logger, c.CheckConnLiveness = "utf8mb4_bin", &mysql.NopLogger{}, false
	c.DialFunc = func(context.Context, string, string) (net.Conn, error) { return w, nil } // once
	if pin != nil {
		c.TLS = pin.TLS("")
	}
	connector, err := mysql.NewConnector(c)
	if err != nil {
		s.close()
		return nil, err
	}
	s.conn, err = connector.Connect(ctx)
	if err == nil {
		err = s.set(ctx, config)
	}
	if err != nil {
		s.close() // the first error counts
		return nil, fmt.Errorf("log in: %w", s.known(err))
	}
	return s, nil
}

// set sets zone and bounds.
func (s *mySQLSession) set(ctx context.Context, config source.Config) error {
	is, err := s.rows(ctx, "SELECT VERSION()")
	if err != nil {
		return err
	}
	bound := queryTimeout.Milliseconds()
	if s.timeout = "max_execution_time"; strings.Contains(is[0][0], "MariaDB") {
		s.timeout, bound = "max_statement_time", bound/1000
	}
	_, offset := config.Now().Zone()
	_, err = s.rows(ctx, fmt.Sprintf("SET SESSION time_zone = '%s', lock_wait_timeout = %d, net_write_timeout = %d, %s = %d",
		zone(offset), int(lockTimeout.Seconds()), int(answerTimeout.Seconds()), s.timeout, bound))
	return err
}

// begin implements session.
func (s *mySQLSession) begin(ctx context.Context, tables ...string) error {
	if _, err := s.rows(ctx, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"); err != nil {
		return err
	}
	_, err := s.rows(ctx, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
	for _, table := range tables {
		if err == nil { // who has looked at a table has locked it
			_, err = s.rows(ctx, "SELECT 1 FROM "+quoteTable(mySQL{}, table)+" LIMIT 0")
		}
	}
	return err
}

// end implements session.
func (s *mySQLSession) end(ctx context.Context) error {
	_, err := s.rows(ctx, "COMMIT")
	return err
}

// columns implements session.
func (s *mySQLSession) columns(ctx context.Context, table string) ([]column, error) {
	rows, err := s.rows(ctx, "SHOW COLUMNS FROM "+quoteTable(mySQL{}, table))
	if err != nil {
		return nil, err
	}
	key, err := s.rows(ctx, "SHOW INDEX FROM "+quoteTable(mySQL{}, table)+" WHERE Key_name = 'PRIMARY'")
	if err != nil {
		return nil, err
	}
	var columns []column
	for _, row := range rows {
		c := column{name: row[0], kind: row[1], value: "CAST(%s AS CHAR)"}
		for i, part := range key { // the fifth is the column's name
			if part[4] == c.name {
				c.key = i + 1
			}
		}
		switch kind, _, _ := strings.Cut(c.kind, "("); kind {
		case "date", "datetime", "timestamp":
			c.isTime = true
		case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set":
			c.value = "%s"
		case "bit":
			c.value = "CAST(%s + 0 AS CHAR)"
		case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob",
			"geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection", "geomcollection":
			c.binary = true
		}
		columns = append(columns, c)
	}
	return columns, nil
}

// query asks for what may take the server a while.
func (s *mySQLSession) query(ctx context.Context, query string) (driver.Rows, error) {
	s.wire.Await(answerTimeout)
	return s.conn.(driver.QueryerContext).QueryContext(ctx, query, nil)
}

// rows implements session.
func (s *mySQLSession) rows(ctx context.Context, query string) ([][]string, error) {
	result, err := s.query(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = result.Close() }() // it was read to its end
	var rows [][]string
	values := make([]driver.Value, len(result.Columns()))
	for len(values) > 0 {
		if err := result.Next(values); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		row := make([]string, len(values))
		for i, v := range values {
			row[i] = string(appendValue(nil, v))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// copy implements session.
func (s *mySQLSession) copy(ctx context.Context, query string, w io.Writer) error {
	if _, err := s.rows(ctx, "SET SESSION "+s.timeout+" = 0"); err != nil { // of a large table over a slow line; the wire has bounds
		return err
	}
	rows, err := s.query(ctx, query)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // it was read to its end, or is broken
	names := rows.Columns()
	values := make([]driver.Value, len(names))
	for i := range names {
		values[i] = []byte(names[i])
	}
	w = &inFull{w, s.wire.Bulk}
	line := appendLine(nil, values)
	for err = rows.Next(values); err == nil; err = rows.Next(values) {
		if _, err := w.Write(line); err != nil {
			return err
		}
		line = appendLine(line[:0], values)
	}
	if !errors.Is(err, io.EOF) {
		return err
	}
	_, err = w.Write(line)
	return err
}

// known implements session.
func (s *mySQLSession) known(err error) error {
	var reply *mysql.MySQLError
	switch {
	case errors.Is(err, mysql.ErrNoTLS):
		return denied(err, "have TLS set up on it, or do without tls")
	case !errors.As(err, &reply):
		return broken(s.wire, err)
	}
	switch reply.Number {
	case 1045, 1130, 1698: // access denied, host not allowed
		return denied(err, "see that the user exists, that the password is right, and that the user may log in from here")
	case 1044, 1049: // database denied, unknown
		return denied(err, "see how the database is called, and let us read it: GRANT SELECT ON … TO "+mySQL{}.quote(s.user))
	case 1142, 1143, 1227, 1345: // denied: table, column, something else, a view
		return denied(err, "let us read it: GRANT SELECT ON … TO "+mySQL{}.quote(s.user))
	case 1146: // no such table
		return denied(err, "see how the table is called (the case of letters counts)")
	case 1054, 1064, 1305, 1356: // no such column, syntax, no such function, a view of what is not there
		return denied(err, "the table is not as zhida.yaml says, or the server is older than MySQL 8 or MariaDB 10.2")
	case 1267, 1271: // collations that cannot be compared
		return denied(err, "have a view made in which the keys of both tables have one collation")
	case 1412: // table definition has changed
		return fmt.Errorf("%w: %w", source.ErrChanged, err)
	case 1205: // lock wait timeout
		return fmt.Errorf("%w: somebody alters the table, or wants to", err)
	case 1969, 3024: // max_statement_time, max_execution_time
		return fmt.Errorf("%w: the server took longer than %v: an index on the column of time helps", err, queryTimeout)
	}
	return err
}

// close implements session.
func (s *mySQLSession) close() { _ = s.wire.Close() } // read only: nothing is lost
