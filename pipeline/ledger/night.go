package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"zhida/schemas"
)

// NightState is how far a night is.
type NightState string

// The states of a night. A night that was killed stays running until it is begun again.
const (
	NightRunning   NightState = "running"
	NightHeld      NightState = "held"      // stopped at a gate, or by a broken delivery: a person looks at it
	NightFailed    NightState = "failed"    // stopped by an error
	NightPublished NightState = "published" // for ever; a correction is a new revision
)

// Night is one run for one business date.
type Night struct {
	ID           string // "2026-06-15", the second revision "2026-06-15.2"
	Date         schemas.Date
	Revision     int // from 1
	State        NightState
	Reason       string    // why it was held or failed
	Manifest     string    // its name in the store, once published
	Predecessor  string    // ID of the night it starts from, or ""
	Backfill     bool      // dated before a night that is published: nothing follows it
	SupersededBy string    // ID of the revision published in its place, or ""
	Started      time.Time // to the millisecond, UTC
	Finished     time.Time // when it was held, failed or published; zero while it runs
}

const nightColumns = `id, date, revision, state, reason, manifest, predecessor, backfill, superseded_by, started, finished`

func scanNight(r row) (Night, error) {
	var n Night
	var backfill int64
	err := r.Scan(&n.ID, (*dateText)(&n.Date), &n.Revision, &n.State, &n.Reason, &n.Manifest, &n.Predecessor, &backfill,
		&n.SupersededBy, (*timeText)(&n.Started), (*timeText)(&n.Finished))
	n.Backfill = backfill != 0
	return n, err
}

// NightID is the name of a revision of a date.
func NightID(date schemas.Date, revision int) string {
	if revision == 1 {
		return date.String()
	}
	return fmt.Sprintf("%s.%d", date, revision)
}

// BeginNight begins a night for the date, or goes on with the one that was begun and not published: it keeps its ID, so
// that its finished units are found. Once it is published, the next call begins the next revision. Predecessor and
// Backfill are set from what is published now. The caller holds the store's lock.
func (l *Ledger) BeginNight(ctx context.Context, date schemas.Date, started time.Time) (Night, error) {
	var n Night
	err := l.change(ctx, func(tx *sql.Tx) error {
		var err error
		n, err = scanNight(tx.QueryRowContext(ctx, `SELECT `+nightColumns+` FROM nights WHERE date = $1
			ORDER BY revision DESC LIMIT 1`, dateText(date)))
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err != nil || n.State == NightPublished {
			n = Night{ID: NightID(date, n.Revision+1), Date: date, Revision: n.Revision + 1}
		}
		n.State, n.Reason, n.Started, n.Finished = NightRunning, "", started.UTC().Truncate(time.Millisecond), time.Time{}
		before, _, err := lastPublished(ctx, tx, date)
		if err != nil {
			return err
		}
		n.Predecessor = before.ID
		if n.Backfill, err = publishedAfter(ctx, tx, date); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO nights (`+nightColumns+`)
			VALUES ($1, $2, $3, $4, '', '', $5, $6, '', $7, '')
			ON CONFLICT (id) DO UPDATE SET state = excluded.state, reason = '', predecessor = excluded.predecessor,
				backfill = excluded.backfill, started = excluded.started, finished = ''`,
			n.ID, dateText(date), n.Revision, n.State, n.Predecessor, number(n.Backfill), timeText(n.Started))
		return err
	})
	if err != nil {
		return Night{}, fmt.Errorf("begin night %s: %w", date, err)
	}
	return n, nil
}

// HoldNight records that a running night stopped for a person to look at it, and why.
func (l *Ledger) HoldNight(ctx context.Context, id, reason string, at time.Time) error {
	return l.stop(ctx, id, NightHeld, reason, at)
}

// FailNight records that a running night stopped on an error.
func (l *Ledger) FailNight(ctx context.Context, id, reason string, at time.Time) error {
	return l.stop(ctx, id, NightFailed, reason, at)
}

func (l *Ledger) stop(ctx context.Context, id string, state NightState, reason string, at time.Time) error {
	err := l.change(ctx, func(tx *sql.Tx) error {
		n, err := findNight(ctx, tx, id)
		if err != nil {
			return err
		}
		if n.State == NightPublished {
			return fmt.Errorf("it is published: %w", ErrState)
		}
		_, err = tx.ExecContext(ctx, `UPDATE nights SET state = $1, reason = $2, finished = $3 WHERE id = $4`,
			state, plain(reason), timeText(at), id)
		return err
	})
	if err != nil {
		return fmt.Errorf("mark night %s %s: %w", id, state, err)
	}
	return nil
}

// LastPublished returns the latest published night dated strictly before the date, the one to start from. Backfills
// and superseded revisions are not considered. A zero date asks for the latest of all.
func (l *Ledger) LastPublished(ctx context.Context, before schemas.Date) (Night, bool, error) {
	n, ok, err := lastPublished(ctx, l.reader, before)
	if err != nil {
		return Night{}, false, fmt.Errorf("find last published night: %w", explain(err))
	}
	return n, ok, nil
}

func lastPublished(ctx context.Context, q querier, before schemas.Date) (Night, bool, error) {
	n, err := scanNight(q.QueryRowContext(ctx, `SELECT `+nightColumns+` FROM nights
		WHERE state = 'published' AND backfill = 0 AND superseded_by = '' AND (date < $1 OR $1 = '')
		ORDER BY date DESC, revision DESC LIMIT 1`, dateText(before)))
	if errors.Is(err, sql.ErrNoRows) {
		return Night{}, false, nil
	}
	return n, err == nil, err
}

func publishedAfter(ctx context.Context, q querier, date schemas.Date) (bool, error) {
	var n int64
	err := q.QueryRowContext(ctx, `SELECT count(*) FROM nights WHERE state = 'published' AND date > $1`, dateText(date)).Scan(&n)
	return n > 0, err
}

// Night returns the night with that ID, or ErrUnknown.
func (l *Ledger) Night(ctx context.Context, id string) (Night, error) {
	n, err := findNight(ctx, l.reader, id)
	if err != nil {
		return Night{}, fmt.Errorf("read night %q: %w", id, explain(err))
	}
	return n, nil
}

func findNight(ctx context.Context, q querier, id string) (Night, error) {
	n, err := scanNight(q.QueryRowContext(ctx, `SELECT `+nightColumns+` FROM nights WHERE id = $1`, id))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrUnknown
	}
	return n, err
}

// Nights lists all nights by date and revision.
func (l *Ledger) Nights(ctx context.Context) ([]Night, error) {
	out, err := list(ctx, l.reader, scanNight, `SELECT `+nightColumns+` FROM nights ORDER BY date, revision`)
	if err != nil {
		return nil, fmt.Errorf("list nights: %w", explain(err))
	}
	return out, nil
}

func number(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
