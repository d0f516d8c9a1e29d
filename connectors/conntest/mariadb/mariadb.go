package mariadb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/go-sql-driver/mysql"

	"zhida/connectors/conntest/daemon"
)

// Server is a server that runs.
type Server struct {
	*daemon.Daemon
	databases atomic.Int32
}

// The user who may read every table, and change none, and the one who may do everything, who needs no password.
const (
	User     = "zhida"
	Admin    = "root"
	Password = "对的口令 1"
)

// Start starts a server that stops when the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{Daemon: daemon.New(t, "mysql", syscall.SIGKILL)}
	s.Run(t, "mariadb-install-db", "--no-defaults", "--datadir="+s.Path("data"), "--auth-root-authentication-method=normal", "--skip-test-db")
	s.Start(t, func(port string) []string {
		return []string{
			"/usr/sbin/mariadbd", "--no-defaults", "--datadir=" + s.Path("data"), "--bind-address=127.0.0.1", "--port=" + port,
			"--socket=" + s.Path("socket"), "--pid-file=" + s.Path("pid"), "--skip-name-resolve", "--max-connections=200",
			"--character-set-server=utf8mb4", "--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=64M",
			"--ssl-cert=" + s.Path("certificate"), "--ssl-key=" + s.Path("key"),
		}
	}, func() error { return s.exec(context.Background(), "mysql", "SELECT 1") })
	s.Exec(t, "mysql", fmt.Sprintf("CREATE USER %s@'127.0.0.1' IDENTIFIED BY %s", User, Quote(Password)))
	return s
}

// Database makes a database whose tables the user may read, and returns its name.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("exchange%d", s.databases.Add(1))
	s.Exec(t, "mysql", "CREATE DATABASE "+name, fmt.Sprintf("GRANT SELECT ON %s.* TO %s@'127.0.0.1'", name, User))
	return name
}

// Exec does what the one who may do everything asks for.
func (s *Server) Exec(t testing.TB, database string, statements ...string) {
	t.Helper()
	if err := s.exec(t.Context(), database, statements...); err != nil {
		t.Fatal(err)
	}
}

// Try is Exec for what may fail.
func (s *Server) Try(ctx context.Context, database, statement string) error { return s.exec(ctx, database, statement) }

func (s *Server) exec(ctx context.Context, database string, statements ...string) error {
	config := mysql.NewConfig()
	config.Net, config.Addr, config.User, config.DBName = "tcp", s.Address, Admin, database
	config.Collation = "utf8mb4_bin"
	config.Logger = &mysql.NopLogger{}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return err
	}
	db := sql.OpenDB(connector)
	defer db.Close()
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	for _, statement := range statements {
		if _, err := c.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%.200s: %w", statement, err)
		}
	}
	return nil
}

// Quote makes a text a literal.
func Quote(text string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(text) + "'"
}
