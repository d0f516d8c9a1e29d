package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Hold is a dataset that an operator has held: nights do without what is delivered of it until somebody lifts the hold.
type Hold struct {
	Dataset   string
	Since     time.Time // to the millisecond, UTC
	Who, Why  string
	Lifted    time.Time // zero: it stands
	LiftedBy  string
	LiftedWhy string
}

// Stands reports whether nobody has lifted the hold.
func (h *Hold) Stands() bool { return h.Lifted.IsZero() }

// errUnsigned is a decision without a name or a reason.
var errUnsigned = errors.New("it needs a name and a reason")

const holdColumns = `dataset, since, who, why, lifted, lifted_by, lifted_why`

func scanHold(r row) (Hold, error) {
	var h Hold
	err := r.Scan(&h.Dataset, (*timeText)(&h.Since), &h.Who, &h.Why, (*timeText)(&h.Lifted), &h.LiftedBy, &h.LiftedWhy)
	return h, err
}

// Hold records that an operator holds a dataset. ErrState if it is held already.
func (l *Ledger) Hold(ctx context.Context, dataset, who, why string, at time.Time) error {
	if who == "" || why == "" {
		return fmt.Errorf("hold dataset %s: %w", dataset, errUnsigned)
	}
	err := l.change(ctx, func(tx *sql.Tx) error {
		stands, err := standing(ctx, tx, dataset)
		if err != nil {
			return err
		}
		if len(stands) > 0 {
			return fmt.Errorf("%s holds it already: %s: %w", stands[0].Who, stands[0].Why, ErrState)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO holds (`+holdColumns+`) VALUES ($1, $2, $3, $4, '', '', '')`, dataset, timeText(at), plain(who), plain(why))
		return err
	})
	if err != nil {
		return fmt.Errorf("hold dataset %s: %w", dataset, err)
	}
	return nil
}

// Lift records that somebody lets a held dataset go. ErrUnknown if nobody holds it.
func (l *Ledger) Lift(ctx context.Context, dataset, who, why string, at time.Time) error {
	if who == "" || why == "" {
		return fmt.Errorf("release dataset %s: %w", dataset, errUnsigned)
	}
	err := l.change(ctx, func(tx *sql.Tx) error {
		stands, err := standing(ctx, tx, dataset)
		if err != nil {
			return err
		}
		if len(stands) == 0 {
			return fmt.Errorf("nobody holds it: %w", ErrUnknown)
		}
		_, err = tx.ExecContext(ctx, `UPDATE holds SET lifted = $1, lifted_by = $2, lifted_why = $3 WHERE dataset = $4 AND lifted = ''`,
			timeText(at), plain(who), plain(why), dataset)
		return err
	})
	if err != nil {
		return fmt.Errorf("release dataset %s: %w", dataset, err)
	}
	return nil
}

// standing are the holds of a dataset that nobody has lifted: one at most.
func standing(ctx context.Context, q querier, dataset string) ([]Hold, error) {
	return list(ctx, q, scanHold, `SELECT `+holdColumns+` FROM holds WHERE dataset = $1 AND lifted = ''`, dataset)
}

// Holds lists all holds, those that were lifted too, the oldest first.
func (l *Ledger) Holds(ctx context.Context) ([]Hold, error) {
	out, err := list(ctx, l.reader, scanHold, `SELECT `+holdColumns+` FROM holds ORDER BY since, dataset`)
	if err != nil {
		return nil, fmt.Errorf("list holds: %w", explain(err))
	}
	return out, nil
}
