package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
)

// PublishNight publishes a running or held night in one transaction: either all of it holds afterwards or nothing.
// Of night it uses ID, Manifest and Finished. The pushes are planned; those that an earlier revision of the date has
// planned and not sent are cancelled first. A push whose key is planned, sent or declined otherwise is ErrTold and
// nothing is published. pushes is gone through once, row by row, and may read the ledger meanwhile; memory is constant.
//
// A night that is published with the same manifest is left as it is, without error: so a caller who was killed and
// doesn't know whether the call came through repeats it.
func (l *Ledger) PublishNight(ctx context.Context, night Night, pushes iter.Seq2[Push, error], baselines []Baseline) error {
	err := l.change(ctx, func(tx *sql.Tx) error {
		n, err := findNight(ctx, tx, night.ID)
		if err != nil {
			return err
		}
		switch {
		case n.State == NightPublished && n.Manifest == night.Manifest:
			return nil
		case n.State != NightRunning && n.State != NightHeld:
			return fmt.Errorf("it is %s: %w", n.State, ErrState)
		}
		if n.Backfill, err = publishedAfter(ctx, tx, n.Date); err != nil {
			return err
		}
		if err := supersede(ctx, tx, n); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE nights SET state = 'published', reason = '', manifest = $1, backfill = $2, finished = $3
			WHERE id = $4`, night.Manifest, number(n.Backfill), timeText(night.Finished), n.ID)
		if err != nil {
			return err
		}
		if err := insertBaselines(ctx, tx, n.ID, baselines); err != nil {
			return err
		}
		return insertPushes(ctx, tx, n.ID, pushes)
	})
	if err != nil {
		return fmt.Errorf("publish night %s: %w", night.ID, err)
	}
	return nil
}

// supersede takes back what earlier revisions of the night's date have planned.
func supersede(ctx context.Context, tx *sql.Tx, n Night) error {
	const earlier = `(SELECT id FROM nights WHERE date = $1 AND revision < $2)`
	date, revision := dateText(n.Date), n.supersedes()
	_, err := tx.ExecContext(ctx, `UPDATE pushes SET state = 'cancelled' WHERE state = 'planned' AND night IN `+earlier, date, revision)
	if err != nil {
		return fmt.Errorf("cancel pushes: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM baselines WHERE night IN `+earlier, date, revision); err != nil {
		return fmt.Errorf("remove baselines: %w", err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE nights SET superseded_by = $3
		WHERE date = $1 AND revision < $2 AND state = 'published' AND superseded_by = ''`, date, revision, n.ID)
	if err != nil {
		return fmt.Errorf("supersede: %w", err)
	}
	return nil
}

func insertPushes(ctx context.Context, tx *sql.Tx, night string, pushes iter.Seq2[Push, error]) (err error) {
	if pushes == nil {
		return nil
	}
	insert, err := tx.PrepareContext(ctx, `INSERT INTO pushes (`+pushColumns+`)
		VALUES ($1, $2, $3, $4, $5, 'planned', $6, $7, $8)
		ON CONFLICT (item, revision, window_from, channel, enterprise)
		DO UPDATE SET state = 'planned', night = excluded.night, code = excluded.code, contact = excluded.contact
		WHERE pushes.state = 'cancelled'`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, insert.Close()) }()
	for p, err := range pushes {
		if err == nil {
			err = p.check()
		}
		if err != nil {
			return fmt.Errorf("read push list: %w", err)
		}
		result, err := insert.ExecContext(ctx, p.Item, p.Revision, dateText(p.Window), p.Channel, p.Enterprise, night, p.Code, p.Contact)
		if err != nil {
			return fmt.Errorf("plan push %s: %w", PushKey(p), err)
		}
		if n, err := result.RowsAffected(); err != nil || n != 1 {
			return errors.Join(err, fmt.Errorf("plan push %s: %w", PushKey(p), ErrTold))
		}
	}
	return nil
}
