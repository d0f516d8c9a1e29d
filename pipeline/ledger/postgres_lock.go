package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
)

// The advisory locks of a database.
const (
	migrationKey = 2026061501
	writerKey    = 2026061502 // of the transaction that writes
	runKey       = 2026061503 // of the process that runs a night
)

// server is the database on a server.
type server struct {
	pool *sql.DB      // of the reader
	run  atomic.Int64 // the number under which this process has the lock of a night; 0: it has not
}

// batch is many: each statement is a way to the server and back.
func (*server) batch() int { return 200 }

// begin waits for the transaction that writes, so that transactions follow each other as they do in a file, and makes sure that a
// night's lock was not lost with a connection.
func (s *server) begin(ctx context.Context, writer *sql.DB) (*sql.Tx, int64, error) {
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return nil, 0, undone(err)
	}
	mark, err := s.enter(ctx, tx)
	if err != nil {
		return nil, 0, errors.Join(undone(err), ignoreDone(tx.Rollback()))
	}
	return tx, mark, nil
}

func (s *server) enter(ctx context.Context, tx *sql.Tx) (mark int64, err error) {
	var held string
	err = tx.QueryRowContext(ctx, `SELECT txid_current(), coalesce(current_setting('zhida.run', true), '') FROM pg_advisory_xact_lock($1)`,
		writerKey).Scan(&mark, &held)
	run := s.run.Load()
	if err != nil || run == 0 || held == strconv.FormatInt(run, 10) {
		return mark, err
	}
	return mark, retake(ctx, tx, run)
}

// errTaken is a lock that another connection has: perhaps the one that we lost, and that the server has not given up yet.
var errTaken = fmt.Errorf("another zhida took it while the connection was lost: %w", ErrLocked)

// retake takes the lock of a night again on a new connection, unless another process had it in between.
func retake(ctx context.Context, q querier, run int64) error {
	free, err := takeRunLock(ctx, q)
	if err != nil {
		return err
	}
	if !free {
		return errTaken
	}
	var last int64
	if err := q.QueryRowContext(ctx, `SELECT run FROM run_lock`).Scan(&last); err != nil {
		return err
	}
	if last != run {
		_, err := ask[bool](ctx, q, `SELECT pg_advisory_unlock($1)`, runKey)
		return errors.Join(fmt.Errorf("another zhida has run a night while the connection was lost: run again: %w", ErrLocked), err)
	}
	return keepRun(ctx, q, run)
}

// lock takes the lock of a night on the writer's connection: who loses the connection loses the lock, and cannot write without
// noticing. Each who takes it has a number of its own.
func (s *server) lock(ctx context.Context, writer *sql.DB) (release func() error, err error) {
	conn, err := writer.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	free, err := takeRunLock(ctx, conn)
	if err != nil {
		return nil, err
	}
	if !free {
		return nil, s.locked(ctx)
	}
	run, err := ask[int64](ctx, conn, `UPDATE run_lock SET run = run + 1 RETURNING run`)
	if err != nil {
		return nil, err
	}
	if err := keepRun(ctx, conn, run); err != nil {
		return nil, err
	}
	s.run.Store(run)
	return func() error {
		s.run.Store(0)
		_, err := writer.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock_all(), set_config('zhida.run', '', false)`)
		return err
	}, nil
}

// keepRun notes the number on the connection that has the lock.
func keepRun(ctx context.Context, q querier, run int64) error {
	_, err := ask[string](ctx, q, `SELECT set_config('zhida.run', $1, false)`, strconv.FormatInt(run, 10))
	return err
}

func takeRunLock(ctx context.Context, q querier) (free bool, err error) {
	return ask[bool](ctx, q, `SELECT pg_try_advisory_lock($1)`, runKey)
}

// ask reads one value.
func ask[T any](ctx context.Context, q querier, query string, args ...any) (v T, err error) {
	err = q.QueryRowContext(ctx, query, args...).Scan(&v)
	return v, err
}

// locked says who has the lock.
func (s *server) locked(ctx context.Context) error {
	who, err := ask[string](ctx, s.pool, `SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
		WHERE l.locktype = 'advisory' AND l.granted AND l.objid::BIGINT = $1 AND a.datname = current_database() LIMIT 1`, runKey)
	if err != nil {
		who = "another zhida" // it has just ended
	}
	return fmt.Errorf("%s runs a night with it: wait for its end; if that machine is gone, the server notices within a minute: %w", who, ErrLocked)
}

// settle asks the server what became of a transaction when the connection was lost while it was committed.
func (s *server) settle(ctx context.Context, mark int64, failed error) error {
	var said *pgconn.PgError
	if errors.As(failed, &said) && !s.passes(failed) {
		return failed
	}
	errOpen := errors.New("the server is still at it")
	var state string
	err := again(ctx, func(err error) bool { return errors.Is(err, errOpen) || s.passes(err) }, func() error {
		var err error
		if state, err = ask[string](ctx, s.pool, `SELECT txid_status($1)`, mark); err == nil && state == "in progress" {
			err = errOpen
		}
		return err
	})
	switch {
	case err != nil:
		return &unsettledError{errors.Join(failed, err)}
	case state == "committed":
		return nil
	}
	return &undoneError{failed}
}

// undoneError is what certainly did not happen, as the connection was lost.
type undoneError struct{ error }

func (e *undoneError) Unwrap() error { return e.error }

// undone marks the error of a statement that changes nothing if it says that the connection was lost.
func undone(err error) error {
	if isBroken(err) {
		return &undoneError{err}
	}
	return err
}

// unsettledError is a commit of which nobody can say whether it happened.
type unsettledError struct{ error }

func (e *unsettledError) Error() string {
	return fmt.Sprintf("the connection was lost meanwhile, and whether the ledger has it is not known: when the server can be reached, run the same command again, which finds out: %v", e.error)
}

func (e *unsettledError) Unwrap() error { return e.error }
