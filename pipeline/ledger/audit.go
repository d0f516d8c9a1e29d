package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Audit records that a person took personal data out of the site, or decided something: who, what and when. It is
// written before the act, so that an act without a record cannot be.
func (l *Ledger) Audit(ctx context.Context, at time.Time, who, what string) error {
	err := l.change(ctx, func(tx *sql.Tx) error { return audit(ctx, tx, at, who, what) })
	if err != nil {
		return fmt.Errorf("record %q: %w", what, err)
	}
	return nil
}

func audit(ctx context.Context, tx *sql.Tx, at time.Time, who, what string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO audits (at, who, what) VALUES ($1, $2, $3)`, timeText(at), plain(who), plain(what))
	return err
}

// Record is one line of the audit.
type Record struct {
	At        time.Time
	Who, What string
}

// Audits lists what was recorded, in order.
func (l *Ledger) Audits(ctx context.Context) ([]Record, error) {
	out, err := list(ctx, l.reader, func(r row) (Record, error) {
		var rec Record
		err := r.Scan((*timeText)(&rec.At), &rec.Who, &rec.What)
		return rec, err
	}, `SELECT at, who, what FROM audits ORDER BY at, who, what`)
	if err != nil {
		return nil, fmt.Errorf("list audits: %w", explain(err))
	}
	return out, nil
}
