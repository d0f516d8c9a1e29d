package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Errors of a restore that a caller may branch on.
var (
	// ErrBackup is a file that is no backup, or no longer one.
	ErrBackup = errors.New("no backup can be restored from it")
	// ErrNotEmpty is a ledger that holds rows, which a restore would replace.
	ErrNotEmpty = errors.New("the ledger is not empty")
)

// Restoring says what is restored, and how.
type Restoring struct {
	File    string // the backup
	Scratch string // a folder that only this process uses, with room for the backup
	Replace bool   // what the ledger holds goes
	Who     string // restores it, for the audit
	At      time.Time
}

// Restore fills the ledger from a backup, in one transaction: all of it or nothing. The file is checked first, as a whole. It
// returns the rows restored. The caller has the ledger's lock.
func (l *Ledger) Restore(ctx context.Context, r Restoring) (rows int64, err error) {
	rows, err = l.restore(ctx, r)
	if errors.Is(err, ErrBackup) { // what is said of a ledger is not said of it
		return 0, fmt.Errorf("restore the ledger from %s: %w", r.File, err)
	}
	if err != nil {
		return 0, fmt.Errorf("restore the ledger from %s: %w", r.File, explain(err))
	}
	return rows, nil
}

func (l *Ledger) restore(ctx context.Context, r Restoring) (rows int64, err error) {
	path := filepath.Join(r.Scratch, "restored.db")
	if err := copyFile(r.File, path); err != nil {
		return 0, err
	}
	if err := verify(ctx, path); err != nil {
		return 0, err
	}
	from, err := openFile(ctx, path, migrations()) // an older one is brought forward
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	all, err := tables(ctx, from.reader)
	if err != nil {
		return 0, err
	}
	err = l.change(ctx, func(tx *sql.Tx) error {
		if err := vacate(ctx, tx, all, r.Replace); err != nil {
			return err
		}
		rows = 0
		for i := range all {
			c, err := copyTable(ctx, from.reader, &all[i], tx, l.batch())
			if err != nil {
				return err
			}
			rows += c.rows
		}
		return audit(ctx, tx, r.At, r.Who, "ledger restore of "+filepath.Base(r.File))
	})
	return rows, err
}

// vacate makes sure that the ledger is empty.
func vacate(ctx context.Context, tx *sql.Tx, all []table, replace bool) error {
	for i := range all {
		t := all[len(all)-1-i] // those that refer to others go first
		if replace {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+t.name); err != nil {
				return err
			}
			continue
		}
		n, err := ask[int64](ctx, tx, `SELECT count(*) FROM (SELECT 1 FROM `+t.name+` LIMIT 1) AS one`)
		if err != nil {
			return err
		}
		if n > 0 {
			return fmt.Errorf("it has %s: %w", t.name, ErrNotEmpty)
		}
	}
	return nil
}

// copyFile copies a file to a private one.
func copyFile(from, to string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// verify checks that a file is a backup, and that each of its tables holds what was written.
func verify(ctx context.Context, path string) (err error) {
	db, err := sql.Open("sqlite", sqliteReader(path))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	mark, err := ask[int64](ctx, db, `PRAGMA application_id`)
	if err != nil {
		return fmt.Errorf("it is cut off or damaged, or was never a backup (%w): take another: %w", err, ErrBackup)
	}
	if mark != backupMark {
		return fmt.Errorf("zhida ledger backup has not made it: a copy of ledger.db is put back in its place instead: %w", ErrBackup)
	}
	format, err := ask[int64](ctx, db, `PRAGMA user_version`)
	if err == nil && format > backupFormat {
		return fmt.Errorf("it has format %d, this zhida knows %d: use the zhida that wrote it, or a newer one: %w", format, backupFormat, ErrBackup)
	}
	if err == nil {
		err = checkTables(ctx, db)
	}
	if err != nil {
		return fmt.Errorf("it is cut off or damaged (%w): take another: %w", err, ErrBackup)
	}
	return nil
}

// checkTables compares what the tables hold with what was written.
func checkTables(ctx context.Context, db *sql.DB) error {
	sound, err := ask[string](ctx, db, `PRAGMA integrity_check(1)`)
	if err != nil {
		return err
	}
	if sound != "ok" {
		return errors.New(sound)
	}
	wanted := map[string]content{}
	if _, err := list(ctx, db, func(r row) (name string, err error) {
		var c content
		err = r.Scan(&name, &c.rows, &c.sum)
		wanted[name] = c
		return name, err
	}, `SELECT name, number, sum FROM backup`); err != nil {
		return err
	}
	all, err := tables(ctx, db)
	if err != nil {
		return err
	}
	if len(all) != len(wanted) {
		return fmt.Errorf("%d tables, written were %d", len(all), len(wanted))
	}
	for i := range all {
		c, err := read(ctx, db, all[i].rows(), func([]any) error { return nil })
		if err != nil {
			return err
		}
		if want := wanted[all[i].name]; c != want {
			return fmt.Errorf("table %s: %d rows, written were %d; or their content is another", all[i].name, c.rows, want.rows)
		}
	}
	return nil
}
