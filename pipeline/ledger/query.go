package ledger

import (
	"context"
	"database/sql"
	"errors"
)

// querier is what reading needs: the ledger's reader or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// reader asks again while a server restarts.
type reader struct {
	db     *sql.DB
	passes func(error) bool
}

// QueryContext implements querier.
func (r reader) QueryContext(ctx context.Context, query string, args ...any) (rows *sql.Rows, err error) {
	err = again(ctx, r.passes, func() error {
		rows, err = r.db.QueryContext(ctx, query, args...) //nolint:rowserrcheck,sqlclosecheck // the caller's
		return err
	})
	return rows, err
}

// QueryRowContext implements querier.
func (r reader) QueryRowContext(ctx context.Context, query string, args ...any) (found *sql.Row) {
	_ = again(ctx, r.passes, func() error {
		found = r.db.QueryRowContext(ctx, query, args...)
		return found.Err()
	}) // the row has the error
	return found
}

// list reads all rows of a query.
func list[T any](ctx context.Context, q querier, scan func(row) (T, error), query string, args ...any) (out []T, err error) {
	r, ok := q.(reader)
	if !ok {
		return listOnce(ctx, q, scan, query, args...)
	}
	err = again(ctx, r.passes, func() error {
		out, err = listOnce(ctx, r.db, scan, query, args...)
		return err
	})
	return out, err
}

func listOnce[T any](ctx context.Context, q querier, scan func(row) (T, error), query string, args ...any) (out []T, err error) {
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
