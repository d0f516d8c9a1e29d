package sql

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"

	"zhida/connectors/source"
	"zhida/connectors/source/wire"
)

// postgres is PostgreSQL.
type postgres struct{}

func (postgres) quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (postgres) text(value string) string { return "CAST(" + value + " AS text)" }

func (postgres) digest(alias string, _ []column) string {
	return "hashtext(ROW(" + alias + ".*)::text)::bigint"
}

func (postgres) order(alias string, _ []column) []string {
	return []string{"ROW(" + alias + `.*)::text COLLATE "C"`}
}

// postgresSession is a connection to PostgreSQL.
type postgresSession struct {
	conn *pgconn.PgConn
	wire *wire.Conn
	user string
}

// connect implements server.
func (postgres) connect(ctx context.Context, config source.Config, pin wire.Pin) (session, error) {
	c, err := pgconn.ParseConfig("host=server sslmode=disable") // the only way to make one; what the environment says is put aside
	if err != nil {
		return nil, err
	}
	w, err := wire.Dial(ctx, config.Host, "5432", config.Now)
	if err != nil {
		return nil, err
	}
	s := &postgresSession{wire: w, user: config.User}
	c.User, c.Password, c.Database, c.Fallbacks, c.ValidateConnect = config.User, config.Password, config.Database, nil, nil
	c.RuntimeParams = map[string]string{"application_name": "zhida", "client_encoding": "UTF8"}
	c.LookupFunc = func(_ context.Context, host string) ([]string, error) { return []string{host}, nil } // we dial ourselves
	var dialed atomic.Bool
	c.DialFunc = func(ctx context.Context, _, _ string) (net.Conn, error) {
		if dialed.Swap(true) { // a second time it is to have the server stop what the first one asked for
			return wire.Dial(ctx, config.Host, "5432", config.Now)
		}
		return w, nil
	}
	c.RequireAuth = "!password" // which is one in the clear
	if pin != nil {
		c.TLSConfig, c.RequireAuth = pin.TLS(""), ""
	}
	if s.conn, err = pgconn.ConnectConfig(ctx, c); err == nil {
		_, offset := config.Now().Zone()
		_, err = s.rows(ctx, fmt.Sprintf("SET TIME ZONE INTERVAL '%s' HOUR TO MINUTE; SET DateStyle = 'ISO, YMD'; "+
			"SET standard_conforming_strings = on; SET lock_timeout = %d; SET statement_timeout = %d",
			zone(offset), lockTimeout.Milliseconds(), queryTimeout.Milliseconds()))
	}
	if err != nil {
		s.close() // the first error counts
		return nil, fmt.Errorf("log in: %w", s.known(err))
	}
	return s, nil
}

// begin implements session. A lock that were taken behind the first look at the tables would come too late: one that was rewritten
// in between looks empty.
func (s *postgresSession) begin(ctx context.Context, tables ...string) error {
	var lock []string
	for _, table := range tables {
		quoted := quoteTable(postgres{}, table)
		kind, err := s.rows(ctx, fmt.Sprintf("SELECT relkind FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass('%s')", literal(quoted)))
		if err != nil {
			return err
		}
		if len(kind) == 0 {
			return fmt.Errorf("%w: there is no table %s (the case of letters counts, and other schemas are to be named), or its schema may not be used: GRANT USAGE ON SCHEMA … TO %s",
				source.ErrDenied, quoted, postgres{}.quote(s.user))
		}
		if strings.Contains("rpv", kind[0][0]) { // of others nothing but their rows is ever replaced
			lock = append(lock, quoted)
		}
	}
	statement := "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
	if len(lock) > 0 {
		statement += "; LOCK TABLE " + strings.Join(lock, ", ") + " IN ACCESS SHARE MODE"
	}
	_, err := s.rows(ctx, statement)
	return err
}

// end implements session.
func (s *postgresSession) end(ctx context.Context) error {
	_, err := s.rows(ctx, "COMMIT")
	return err
}

// columns implements session.
func (s *postgresSession) columns(ctx context.Context, table string) ([]column, error) {
	rows, err := s.rows(ctx, fmt.Sprintf(`
		SELECT a.attname, t.typname, COALESCE(array_position(i.indkey::int2[], a.attnum) - array_lower(i.indkey::int2[], 1) + 1, 0)
		FROM pg_catalog.pg_attribute a
		JOIN pg_catalog.pg_type d ON d.oid = a.atttypid
		JOIN pg_catalog.pg_type t ON t.oid = CASE d.typtype WHEN 'd' THEN d.typbasetype ELSE d.oid END
		LEFT JOIN pg_catalog.pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
		WHERE a.attrelid = '%s'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`,
		literal(quoteTable(postgres{}, table))))
	if err != nil {
		return nil, err
	}
	var columns []column
	for _, row := range rows {
		c := column{name: row[0], kind: row[1], value: "%s"}
		if _, err := fmt.Sscan(row[2], &c.key); err != nil {
			return nil, fmt.Errorf("read the primary key of %s: %w", table, err)
		}
		switch c.kind {
		case "date", "timestamp":
			c.isTime = true
		case "timestamptz":
			c.isTime, c.value = true, "CAST(%s AS timestamp)" // of the site's zone
		case "bool", "bpchar":
			c.value = "CAST(%s AS text)" // true and false, not t and f; without the blanks that fill a char(18) up
		case "money":
			c.value = "CAST(%s AS numeric)"
		case "bytea":
			c.binary = true
		}
		columns = append(columns, c)
	}
	return columns, nil
}

// rows implements session.
func (s *postgresSession) rows(ctx context.Context, query string) ([][]string, error) {
	s.wire.Await(answerTimeout)
	results, err := s.conn.Exec(ctx, query).ReadAll()
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, result := range results {
		for _, values := range result.Rows {
			row := make([]string, len(values))
			for i, v := range values {
				row[i] = string(v)
			}
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// copy implements session.
func (s *postgresSession) copy(ctx context.Context, query string, w io.Writer) error {
	if _, err := s.rows(ctx, "SET LOCAL statement_timeout = 0"); err != nil { // of a large table over a slow line; the wire has bounds
		return err
	}
	s.wire.Await(answerTimeout)
	_, err := s.conn.CopyTo(ctx, &inFull{w, s.wire.Bulk}, "COPY ("+query+") TO STDOUT WITH (FORMAT csv, HEADER true)")
	return err
}

// known implements session.
func (s *postgresSession) known(err error) error {
	var reply *pgconn.PgError
	if !errors.As(err, &reply) {
		err = broken(s.wire, err)
		if strings.Contains(err.Error(), "server refused TLS connection") { // pgconn has no error of its own for it
			return denied(err, "have TLS set up on it, or do without tls")
		}
		return err
	}
	switch code := reply.Code; {
	case code == "28P01" || code == "28000":
		return denied(err, "see that the user exists, that the password is right, and that pg_hba.conf of the server lets us in from here")
	case code == "3D000":
		return denied(err, "see how the database is called")
	case code == "42501":
		return denied(err, fmt.Sprintf("let us read it: GRANT SELECT ON … TO %s, or GRANT CONNECT ON DATABASE", postgres{}.quote(s.user)))
	case code == "55P03":
		return fmt.Errorf("%w: somebody alters the table, or wants to", err)
	case code == "57014":
		return fmt.Errorf("%w: the server took longer than %v: an index on the column of time helps", err, queryTimeout)
	case strings.HasPrefix(code, "42") || strings.HasPrefix(code, "22") || strings.HasPrefix(code, "0A"):
		return denied(err, "the table is not as zhida.yaml says, or the server is older than PostgreSQL 11")
	}
	return err
}

// close implements session.
func (s *postgresSession) close() { _ = s.wire.Close() } // read only: nothing is lost

// literal is a text within quotes of SQL.
func literal(text string) string { return strings.ReplaceAll(text, "'", "''") }

// zone is a time zone by its offset in seconds.
func zone(offset int) string {
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	return fmt.Sprintf("%c%02d:%02d", sign, offset/3600, offset/60%60)
}
