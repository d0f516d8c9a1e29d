package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Errors a caller may branch on.
var (
	// ErrUnknown is a delivery or night that the ledger doesn't have.
	ErrUnknown = errors.New("not in the ledger")
	// ErrState is a step that the state of a delivery or night doesn't allow.
	ErrState = errors.New("not in that state")
	// ErrTold is a push whose key the ledger already has: the enterprise was told, or is going to be.
	ErrTold = errors.New("already planned or sent")
)

// Ledger is an open ledger. Its methods may be called from several goroutines.
type Ledger struct {
	writer *sql.DB // one connection, every transaction takes the write lock at its beginning
	reader *sql.DB // sees what was committed, also while a transaction is open
}

// Open opens the ledger, makes it if it isn't there, and brings its schema up to date. dsn is "sqlite:PATH" or a path.
// A ledger that a newer zhida has written to is refused.
func Open(ctx context.Context, dsn string) (*Ledger, error) {
	source, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	l, err := open(ctx, dsn, source)
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", explain(err))
	}
	return l, nil
}

func open(ctx context.Context, dsn string, source fs.FS) (*Ledger, error) {
	path, err := sqlitePath(dsn)
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
	l := &Ledger{}
	if l.writer, err = sql.Open("sqlite", sqliteWriter(path)); err != nil {
		return nil, err
	}
	l.writer.SetMaxOpenConns(1)
	if err := migrate(ctx, l.writer, source); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	if l.reader, err = sql.Open("sqlite", sqliteReader(path)); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// Close closes the ledger.
func (l *Ledger) Close() error {
	var err error
	if l.reader != nil {
		err = l.reader.Close()
	}
	return errors.Join(err, l.writer.Close())
}

func migrate(ctx context.Context, db *sql.DB, source fs.FS) error {
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, source, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	current, target, err := provider.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if current > target {
		return fmt.Errorf("its schema has version %d, this zhida knows %d: use the zhida that wrote it, or a newer one", current, target)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// change runs do in one transaction; an error leaves the ledger as it was.
func (l *Ledger) change(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := l.writer.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	if err := do(tx); err != nil {
		return errors.Join(explain(err), ignoreDone(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", explain(err))
	}
	return nil
}

// ignoreDone drops the complaint of a rollback that a cancelled context has done already.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// querier is what reading needs: the ledger's reader or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// list reads all rows of a query.
func list[T any](ctx context.Context, q querier, scan func(row) (T, error), query string, args ...any) (out []T, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// row is *sql.Row or *sql.Rows.
type row interface{ Scan(dest ...any) error }
