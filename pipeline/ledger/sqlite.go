package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"syscall"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlitecode "modernc.org/sqlite/lib"
)

// busyMilliseconds is how long a writer waits for another process to finish its transaction. The longest is the
// publication of a night: a million pushes take ten seconds of one core, and a minute where that is shared by many.
const busyMilliseconds = "120000"

// Open opens the ledger in a file, makes it if it isn't there, and brings its schema up to date. One that a newer zhida has
// written to is refused.
func Open(ctx context.Context, path string) (*Ledger, error) {
	l, err := openFile(ctx, path, migrations())
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", explain(err))
	}
	return l, nil
}

func openFile(ctx context.Context, path string, source fs.FS) (*Ledger, error) {
	if path == "" {
		return nil, errors.New("no path given")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := createPrivate(path); err != nil {
		return nil, err
	}
	release, err := lockMigration(path)
	if err != nil {
		return nil, err
	}
	defer release()
	l := &Ledger{database: file{}}
	if l.writer, err = sql.Open("sqlite", sqliteWriter(path)); err != nil {
		return nil, err
	}
	l.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, goose.DialectSQLite3, l.writer, source); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	db, err := sql.Open("sqlite", sqliteReader(path))
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	l.reader = reader{db, l.passes}
	return l, nil
}

// file is the database in a file. Its transactions take the write lock when they begin, and a commit that failed is undone.
type file struct{}

func (file) begin(ctx context.Context, writer *sql.DB) (*sql.Tx, int64, error) {
	tx, err := writer.BeginTx(ctx, nil)
	return tx, 0, err
}

func (file) settle(_ context.Context, _ int64, failed error) error { return failed }

func (file) passes(error) bool { return false }

func (file) lock(context.Context, *sql.DB) (func() error, error) {
	return func() error { return nil }, nil
}

func (file) batch() int { return 1 }

// sqliteWriter keeps the journals of single statements in memory: on disk they cost a quarter of a publication.
func sqliteWriter(path string) string {
	return sqliteURI(path, url.Values{
		"_txlock": {"immediate"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_pragma": {"temp_store(MEMORY)"},
	})
}

func sqliteReader(path string) string {
	return sqliteURI(path, url.Values{"_query_only": {"1"}})
}

func sqliteURI(path string, options url.Values) string {
	options.Set("_busy_timeout", busyMilliseconds)
	options.Set("_foreign_keys", "1")
	options.Set("_dqs", "0")
	uri := url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}
	return uri.String()
}

// createPrivate makes the file before SQLite does, readable by its owner only: it says who is told what. SQLite gives
// its companions (-wal, -shm) the same permissions. A file that is there is not opened: closing it would drop the
// locks that SQLite holds on it in this process.
func createPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}

// lockMigration keeps two processes from migrating at the same time; goose has no lock for SQLite.
func lockMigration(path string) (release func(), err error) {
	file, err := os.OpenFile(path+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX); err != nil {
		return nil, errors.Join(fmt.Errorf("lock: %w", err), file.Close())
	}
	return func() { _ = file.Close() }, nil // nothing was written
}

// explainFile adds what to do to the errors of SQLite that an operator can help.
func explainFile(failure *sqlite.Error, err error) error {
	switch failure.Code() & 0xff {
	case sqlitecode.SQLITE_BUSY, sqlitecode.SQLITE_LOCKED:
		return fmt.Errorf("another process is writing to the ledger: wait for it and run again: %w", err)
	case sqlitecode.SQLITE_FULL:
		return fmt.Errorf("the ledger's disk is full: free some space and run again: %w", err)
	case sqlitecode.SQLITE_CORRUPT, sqlitecode.SQLITE_NOTADB:
		return fmt.Errorf("the ledger is damaged: move its file and what stands beside it (-wal, -shm) away, and restore it from a backup with zhida ledger restore: %w", err)
	}
	return err
}
