package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"
)

// PublishNight publishes a running or held night in one transaction: either all of it holds afterwards or nothing.
// Of night it uses ID, Manifest and Finished. The pushes are planned; those that an earlier revision of the date has
// planned and not sent are cancelled first. A push whose key is planned, sent or declined otherwise is ErrTold and
// nothing is published. pushes is gone through row by row, and may read the ledger meanwhile; memory is constant. It is gone through
// once, and again from its beginning if the connection to a server is lost.
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
		return insertPushes(ctx, tx, n.ID, pushes, l.batch())
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

// planning puts pushes into the ledger. One that takes no effect is there already.
type planning struct {
	*bulk
	night string
	rows  []Push // that wait
}

func insertPushes(ctx context.Context, tx *sql.Tx, night string, pushes iter.Seq2[Push, error], batch int) error {
	if pushes == nil {
		return nil
	}
	p := &planning{night: night, bulk: newBulk(tx, "pushes", strings.Split(pushColumns, ", "),
		`ON CONFLICT (item, revision, window_from, channel, enterprise)
		DO UPDATE SET state = 'planned', night = excluded.night, code = excluded.code, contact = excluded.contact
		WHERE pushes.state = 'cancelled'`, batch)}
	for push, err := range pushes {
		if err == nil {
			err = push.check()
		}
		if err != nil {
			return fmt.Errorf("read push list: %w", err)
		}
		if p.take(push) {
			if err := p.flush(ctx); err != nil {
				return err
			}
		}
	}
	return p.flush(ctx)
}

func (p *planning) take(push Push) (full bool) {
	p.rows = append(p.rows, push)
	return p.row(&push)
}

func (p *planning) row(push *Push) (full bool) {
	return p.add(push.Item, push.Revision, dateText(push.Window), push.Channel, push.Enterprise, PushPlanned, p.night, push.Code, push.Contact)
}

// flush inserts the pushes that wait. If they don't all take effect they are tried one by one, for the error to name the one.
func (p *planning) flush(ctx context.Context) error {
	rows := p.rows
	p.rows = rows[:0]
	switch len(rows) {
	case 0:
		return nil
	case 1:
		return p.one(ctx, &rows[0])
	}
	if done, err := p.together(ctx); done || err != nil {
		return err
	}
	for i := range rows {
		p.row(&rows[i])
		if err := p.one(ctx, &rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// together inserts all rows that wait, or none.
func (p *planning) together(ctx context.Context) (done bool, err error) {
	if _, err := p.tx.ExecContext(ctx, `SAVEPOINT batch`); err != nil {
		return false, err
	}
	want := int64(p.waiting())
	n, err := p.insert(ctx)
	if err == nil && n == want {
		_, err := p.tx.ExecContext(ctx, `RELEASE SAVEPOINT batch`)
		return true, err
	}
	if _, failed := p.tx.ExecContext(ctx, `ROLLBACK TO SAVEPOINT batch`); failed != nil {
		return false, errors.Join(err, failed)
	}
	return false, nil
}

func (p *planning) one(ctx context.Context, push *Push) error {
	n, err := p.insert(ctx)
	if err == nil && n != 1 {
		err = ErrTold
	}
	if err != nil {
		return fmt.Errorf("plan push %s: %w", PushKey(*push), err)
	}
	return nil
}
