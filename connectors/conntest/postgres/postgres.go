package postgres

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"zhida/connectors/conntest/daemon"
)

// Server is a server that runs.
type Server struct {
	*daemon.Daemon
	databases atomic.Int32
}

// The user who may read every table, and change none, and the one who may do everything.
const (
	User     = "zhida"
	Admin    = "admin"
	Password = "对的口令 1" // of both
)

// program finds one of PostgreSQL's, which distributions keep beside their version.
func program(t testing.TB, name string) string {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(found) == 0 {
		t.Fatalf("there is no %s: make servers installs it", name)
	}
	return found[len(found)-1]
}

// Start starts a server that stops when the test ends.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{Daemon: daemon.New(t, "postgres", syscall.SIGQUIT)}
	if err := os.WriteFile(s.Path("password"), []byte(Password+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.Run(t, program(t, "initdb"), "--pgdata", s.Path("data"), "--username", Admin, "--pwfile", s.Path("password"), "--no-sync",
		"--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8")
	s.Start(t, func(port string) []string {
		return []string{
			program(t, "postgres"), "-D", s.Path("data"), "-c", "listen_addresses=127.0.0.1", "-c", "port=" + port,
			"-c", "unix_socket_directories=" + s.Folder, "-c", "max_connections=200", "-c", "fsync=off", "-c", "ssl=on",
			"-c", "ssl_cert_file=" + s.Path("certificate"), "-c", "ssl_key_file=" + s.Path("key"),
		}
	}, func() error { return s.exec(context.Background(), "postgres", "SELECT 1") })
	s.Exec(t, "postgres", "CREATE ROLE "+User+" LOGIN PASSWORD '"+Password+"'")
	return s
}

// Database makes a database whose tables the user may read, and returns its name.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("exchange%d", s.databases.Add(1))
	s.Exec(t, "postgres", "CREATE DATABASE "+name)
	s.Exec(t, name, "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO "+User)
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
	config, err := pgconn.ParseConfig("sslmode=disable")
	if err != nil {
		return err
	}
	host, port, _ := net.SplitHostPort(s.Address)
	config.Host, config.Database, config.User, config.Password = host, database, Admin, Password
	if _, err := fmt.Sscan(port, &config.Port); err != nil {
		return err
	}
	c, err := pgconn.ConnectConfig(ctx, config)
	if err != nil {
		return err
	}
	defer c.Close(context.Background())
	for _, statement := range statements {
		if _, err := c.Exec(ctx, statement).ReadAll(); err != nil {
			return fmt.Errorf("%.200s: %w", statement, err)
		}
	}
	return nil
}

// Quote makes a text a literal.
func Quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
