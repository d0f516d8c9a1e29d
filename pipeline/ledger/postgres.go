package ledger

import (
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// Server is where a ledger on PostgreSQL is.
type Server struct {
	Host     string // with or without a port
	Database string
	User     string
	Password string
	TLS      *tls.Config // nil: in the clear
}

// OpenServer opens the ledger in a database of a server and brings its schema up to date; an empty database becomes a ledger. One
// that a newer zhida has written to is refused.
func OpenServer(ctx context.Context, at Server) (*Ledger, error) {
	l, err := openServer(ctx, at, migrations())
	if err != nil {
		return nil, fmt.Errorf("open ledger %s on %s: %w", at.Database, at.Host, explain(err))
	}
	return l, nil
}

func openServer(ctx context.Context, at Server, source fs.FS) (*Ledger, error) {
	writing, err := at.config("off")
	if err != nil {
		return nil, err
	}
	reading, err := at.config("on")
	if err != nil {
		return nil, err
	}
	pool := stdlib.OpenDB(*reading)
	s := &server{pool: pool}
	l := &Ledger{writer: stdlib.OpenDB(*writing), reader: reader{pool, isBroken}, database: s}
	if err := prepare(ctx, l.writer, collated{source}); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	// The one connection of the writer has the lock of a night: it stays as long as it can.
	l.writer.SetMaxOpenConns(1)
	l.writer.SetMaxIdleConns(1)
	return l, nil
}

// prepare brings the schema up to date, one process at a time.
func prepare(ctx context.Context, db *sql.DB, source fs.FS) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var encoding string
	if err := conn.QueryRowContext(ctx, `SELECT current_setting('server_encoding') FROM pg_advisory_lock($1)`, migrationKey).Scan(&encoding); err != nil {
		return err
	}
	defer func() {
		_, failed := conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, migrationKey)
		err = errors.Join(err, failed)
	}()
	if encoding != "UTF8" {
		return fmt.Errorf("its encoding is %s, which cannot hold all names: make a database with ENCODING 'UTF8' TEMPLATE template0", encoding)
	}
	if err := migrate(ctx, goose.DialectPostgres, db, source); err != nil {
		return err
	}
	var ready bool
	if err := conn.QueryRowContext(ctx, `SELECT to_regclass('run_lock') IS NOT NULL`).Scan(&ready); err != nil || ready {
		return err
	}
	_, err = conn.ExecContext(ctx, `CREATE TABLE run_lock AS SELECT 0::BIGINT AS run`)
	return err
}

// config is how to connect. What the machine's environment says of PostgreSQL does not count.
func (at Server) config(readOnly string) (*pgx.ConnConfig, error) {
	c, err := pgx.ParseConfig("host=localhost port=5432 user=zhida database=zhida password=x sslmode=disable")
	if err != nil {
		return nil, err
	}
	host, port, err := net.SplitHostPort(at.Host)
	if err != nil {
		host, port = at.Host, "5432"
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("host %s: the port is not a number", at.Host)
	}
	c.Host, c.Port, c.Database, c.User, c.Password = host, uint16(number), at.Database, at.User, at.Password
	c.TLSConfig, c.Fallbacks, c.ValidateConnect = at.TLS.Clone(), nil, nil
	if at.TLS == nil {
		c.RequireAuth = "!password" // it would be read on the way
	} else {
		c.TLSConfig.ServerName = host
	}
	c.ConnectTimeout = 15 * time.Second
	c.DialFunc = (&net.Dialer{Timeout: c.ConnectTimeout, KeepAlive: 15 * time.Second}).DialContext
	machine, _ := os.Hostname() // for people only
	c.RuntimeParams = map[string]string{
		"application_name":              fmt.Sprintf("zhida on %s, pid %d", machine, os.Getpid()),
		"default_transaction_read_only": readOnly,
		"synchronous_commit":            "on", // what a method has returned from survives a power cut
		"lock_timeout":                  busyMilliseconds,
		// A publication takes its time, also between two statements.
		"statement_timeout": "0", "idle_in_transaction_session_timeout": "0",
		// The server notices within a minute that this machine is gone, and gives its locks to others.
		"tcp_keepalives_idle": "30", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3",
	}
	return c, nil
}

// collated is the migrations with texts that are ordered by their bytes, as SQLite does, whatever the language of a database.
type collated struct{ fs.FS }

var textType = regexp.MustCompile(`\bTEXT\b`)

// Open implements fs.FS.
func (c collated) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil || path.Ext(name) != ".sql" {
		return f, err
	}
	text, err := io.ReadAll(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &collatedFile{f, strings.NewReader(textType.ReplaceAllString(string(text), `TEXT COLLATE "C"`))}, nil
}

type collatedFile struct {
	fs.File
	text *strings.Reader
}

// Read implements fs.File.
func (f *collatedFile) Read(p []byte) (int, error) { return f.text.Read(p) }
