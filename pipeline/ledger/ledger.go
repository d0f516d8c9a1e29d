package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Errors a caller may branch on.
var (
	// ErrUnknown is a delivery or night that the ledger doesn't have.
	ErrUnknown = errors.New("not in the ledger")
	// ErrState is a step that the state of a delivery or night doesn't allow.
	ErrState = errors.New("not in that state")
	// ErrTold is a push whose key the ledger already has: the enterprise was told, or is going to be.
	ErrTold = errors.New("already planned or sent")
	// ErrLocked is a ledger with which another process runs a night.
	ErrLocked = errors.New("the ledger is locked")
)

// Ledger is an open ledger. Its methods may be called from several goroutines.
type Ledger struct {
	writer *sql.DB // one connection, every transaction is the only one that writes from its beginning
	reader reader  // sees what was committed, also while a transaction is open
	database
}

// database is what SQLite and PostgreSQL do differently. The queries are the same.
type database interface {
	// begin opens a transaction that is the only one that writes, and returns its mark for settle.
	begin(ctx context.Context, writer *sql.DB) (tx *sql.Tx, mark int64, err error)
	// settle is asked what became of a transaction whose commit failed; nil: it was committed all the same.
	settle(ctx context.Context, mark int64, failed error) error
	// passes reports whether what failed may succeed when it is tried again.
	passes(err error) bool
	// lock makes this process the only one that runs a night with the ledger, until it releases it or ends.
	lock(ctx context.Context, writer *sql.DB) (release func() error, err error)
	// batch is how many rows go into one statement.
	batch() int
}

// Lock makes this process the only one that runs a night with the ledger, or fails with ErrLocked and says who has it. A ledger
// that is a file belongs to one store, whose lock is enough; one on a server may be shared by machines.
func (l *Ledger) Lock(ctx context.Context) (release func() error, err error) {
	release, err = l.lock(ctx, l.writer)
	if err != nil {
		return nil, fmt.Errorf("lock ledger: %w", explain(err))
	}
	return release, nil
}

// Close closes the ledger.
func (l *Ledger) Close() error {
	var err error
	if l.reader.db != nil {
		err = l.reader.db.Close()
	}
	return errors.Join(err, l.writer.Close())
}

// change runs do in one transaction; an error leaves the ledger as it was. If the connection to a server is lost, do is run again
// from its beginning, unless the transaction turns out to be committed.
func (l *Ledger) change(ctx context.Context, do func(*sql.Tx) error) error {
	return explain(again(ctx, l.passes, func() error { return l.transact(ctx, do) }))
}

func (l *Ledger) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, mark, err := l.begin(ctx, l.writer)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	if err := tx.Commit(); err != nil {
		if err = l.settle(ctx, mark, err); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
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

// waits are those before each further try: together they are the minute in which a database server restarts.
func waits() []time.Duration {
	return []time.Duration{
		200 * time.Millisecond, 800 * time.Millisecond, 2 * time.Second, 4 * time.Second, 8 * time.Second, 15 * time.Second, 30 * time.Second,
	}
}

// again does what may fail for a reason that passes, until it succeeds or has been tried for a minute.
func again(ctx context.Context, passes func(error) bool, do func() error) error {
	err := do()
	for _, wait := range waits() {
		if err == nil || !passes(err) {
			break
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return err
		case <-timer.C:
		}
		err = do()
	}
	return err
}
