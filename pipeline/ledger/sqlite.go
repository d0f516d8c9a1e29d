package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	sqlitecode "modernc.org/sqlite/lib"
)

// busyMilliseconds is how long a writer waits for another process to finish its transaction. The longest is the
// publication of a night: a million pushes take ten seconds of one core, and a minute where that is shared by many.
const busyMilliseconds = "120000"

// sqlitePath reads a DSN.
func sqlitePath(dsn string) (string, error) {
	scheme, rest, found := strings.Cut(dsn, ":")
	switch {
	case found && scheme == "sqlite":
		dsn = rest
	case found && (scheme == "postgres" || scheme == "postgresql"):
		return "", errors.New("PostgreSQL is not supported yet: use sqlite:PATH")
	}
	if dsn == "" {
		return "", errors.New("no path given: use sqlite:PATH")
	}
	return filepath.Abs(dsn)
}

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

// explain adds what to do to the errors of SQLite that an operator can help.
func explain(err error) error {
	var failure *sqlite.Error
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code() & 0xff {
	case sqlitecode.SQLITE_BUSY, sqlitecode.SQLITE_LOCKED:
		return fmt.Errorf("another process is writing to the ledger: wait for it and run again: %w", err)
	case sqlitecode.SQLITE_FULL:
		return fmt.Errorf("the ledger's disk is full: free some space and run again: %w", err)
	case sqlitecode.SQLITE_CORRUPT, sqlitecode.SQLITE_NOTADB:
		return fmt.Errorf("the ledger is damaged: restore it from a backup: %w", err)
	}
	return err
}
