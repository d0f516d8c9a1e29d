package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Watch records how a file looks at a moment, and returns since when it has been seen to look so: that moment, unless it looked the
// same when it was watched last. Seq of the sighting is ignored.
func (l *Ledger) Watch(ctx context.Context, s Sighting, now time.Time) (since time.Time, err error) {
	err = l.change(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO watches (source, name, bytes, version, since) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (source, name) DO UPDATE SET bytes = excluded.bytes, version = excluded.version, since = CASE
				WHEN watches.bytes = excluded.bytes AND watches.version = excluded.version AND watches.since < excluded.since
				THEN watches.since ELSE excluded.since END
			RETURNING since`, s.Source, s.Name, s.Bytes, s.Version, timeText(now)).Scan((*timeText)(&since))
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("watch %s: %w", s.Name, err)
	}
	return since, nil
}

// Unwatch forgets a file that has been taken.
func (l *Ledger) Unwatch(ctx context.Context, source, name string) error {
	err := l.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM watches WHERE source = $1 AND name = $2`, source, name)
		return err
	})
	if err != nil {
		return fmt.Errorf("stop watching %s: %w", name, err)
	}
	return nil
}
