package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// What marks a backup: a ledger in a file, with a table of the rows and sums of its tables.
const (
	backupMark   = 0x7a686964 // zhid
	backupFormat = 1
)

// Backup writes the ledger as it is now into a new file, also while nights run. A backup of a ledger on a server is like one of a
// ledger in a file: each restores into either. It returns the rows written.
func (l *Ledger) Backup(ctx context.Context, name string) (rows int64, err error) {
	if rows, err = l.backup(ctx, name); err != nil {
		return 0, fmt.Errorf("back up the ledger: %w", explain(err))
	}
	return rows, nil
}

func (l *Ledger) backup(ctx context.Context, name string) (rows int64, err error) {
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return 0, errors.Join(fmt.Errorf("%s is there already: give another name", name), err)
	}
	// Only its owner may look into the folder; what is half done goes with it.
	draft, err := os.MkdirTemp(filepath.Dir(name), ".zhida-backup-*")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(draft)) }()
	path := filepath.Join(draft, "ledger.db")
	if rows, err = l.writeBackup(ctx, path); err != nil {
		return 0, err
	}
	return rows, firstError(syncName(path), os.Rename(path, name), syncName(filepath.Dir(name)))
}

func (l *Ledger) writeBackup(ctx context.Context, path string) (rows int64, err error) {
	to, err := openFile(ctx, path, migrations())
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	// One snapshot: what is written meanwhile is in none of the tables.
	from, err := l.reader.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, ignoreDone(from.Rollback())) }()
	err = to.change(ctx, func(tx *sql.Tx) error {
		rows, err = copyAll(ctx, from, tx)
		return err
	})
	if err != nil {
		return 0, err
	}
	_, err = to.writer.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; PRAGMA journal_mode = DELETE", backupMark, backupFormat))
	return rows, err
}

func copyAll(ctx context.Context, from querier, to *sql.Tx) (rows int64, err error) {
	if _, err := to.ExecContext(ctx, `CREATE TABLE backup (name TEXT NOT NULL PRIMARY KEY, number BIGINT NOT NULL, sum TEXT NOT NULL)`); err != nil {
		return 0, err
	}
	all, err := tables(ctx, to)
	if err != nil {
		return 0, err
	}
	for i := range all {
		c, err := copyTable(ctx, from, &all[i], to, file{}.batch())
		if err != nil {
			return 0, err
		}
		if _, err := to.ExecContext(ctx, `INSERT INTO backup (name, number, sum) VALUES ($1, $2, $3)`, all[i].name, c.rows, c.sum); err != nil {
			return 0, err
		}
		rows += c.rows
	}
	return rows, nil
}

// syncName makes a file or the names in a folder durable.
func syncName(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// firstError is the first of what went wrong.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
