package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Gate is what a gate found on a night, and who released it.
type Gate struct {
	Night   string
	Gate    string // rows, rejects
	Subject string // the dataset
	Finding string // figures and rule
	Who     string // released it; "": nobody
	Why     string
	At      time.Time // of the release
}

// Released reports whether a person has decided that the night may go on.
func (g *Gate) Released() bool { return g.Who != "" }

// Key names it for people.
func (g *Gate) Key() string { return g.Gate + "/" + g.Subject }

// HoldAtGates notes what gates found on a night, and who has released it already. What was noted before and found no more is
// forgotten; a release holds as long as the finding is the same, to the figure.
func (l *Ledger) HoldAtGates(ctx context.Context, night string, found []Gate) error {
	err := l.change(ctx, func(tx *sql.Tx) error {
		before, err := gatesOf(ctx, tx, night)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM gates WHERE night = $1`, night); err != nil {
			return err
		}
		for _, g := range found {
			g.Finding = plain(g.Finding)
			for _, b := range before {
				if b.Released() && b.Key() == g.Key() && b.Finding == g.Finding {
					g = b
				}
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO gates (night, gate, subject, finding, who, why, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
				night, g.Gate, g.Subject, g.Finding, g.Who, g.Why, timeText(g.At)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("hold night %s at its gates: %w", night, err)
	}
	return nil
}

// Gates lists what gates found on a night; "": on all nights, the oldest first.
func (l *Ledger) Gates(ctx context.Context, night string) ([]Gate, error) {
	out, err := gatesOf(ctx, l.reader, night)
	if err != nil {
		return nil, fmt.Errorf("list gates: %w", explain(err))
	}
	return out, nil
}

func gatesOf(ctx context.Context, q querier, night string) ([]Gate, error) {
	return list(ctx, q, scanGate, `SELECT night, gate, subject, finding, who, why, at FROM gates WHERE night = $1 OR $1 = ''
		ORDER BY night, gate, subject`, night)
}

func scanGate(r row) (Gate, error) {
	var g Gate
	err := r.Scan(&g.Night, &g.Gate, &g.Subject, &g.Finding, &g.Who, &g.Why, (*timeText)(&g.At))
	return g, err
}

// Release records that a person has looked at a finding of a held night, and lets the night go on; or at one of the last
// published night, which went on without the deliveries that it is about: they are taken by the next. ErrUnknown if there is no
// such finding, ErrState if the night is neither or the finding is released already.
func (l *Ledger) Release(ctx context.Context, night, gate, subject, who, why string, at time.Time) error {
	if who == "" || why == "" {
		return fmt.Errorf("release %s/%s of night %s: %w", gate, subject, night, errUnsigned)
	}
	err := l.change(ctx, func(tx *sql.Tx) error {
		n, err := findNight(ctx, tx, night)
		if err != nil {
			return err
		}
		found, err := gatesOf(ctx, tx, night)
		if err != nil {
			return err
		}
		last, _, err := lastPublished(ctx, tx, 0)
		if err != nil {
			return err
		}
		switch {
		case n.State == NightHeld:
		case n.State == NightPublished && len(found) > 0 && n.ID != last.ID:
			return fmt.Errorf("night %s came after it: %w", last.ID, ErrState)
		case n.State != NightPublished || len(found) == 0:
			return fmt.Errorf("the night is %s: %w", n.State, ErrState)
		}
		for _, g := range found {
			if g.Gate != gate || g.Subject != subject {
				continue
			}
			if g.Released() {
				return fmt.Errorf("%s released it already: %w", g.Who, ErrState)
			}
			_, err := tx.ExecContext(ctx, `UPDATE gates SET who = $1, why = $2, at = $3 WHERE night = $4 AND gate = $5 AND subject = $6`,
				plain(who), plain(why), timeText(at), night, gate, subject)
			return err
		}
		return fmt.Errorf("no gate has found it: %w", ErrUnknown)
	})
	if err != nil {
		return fmt.Errorf("release %s/%s of night %s: %w", gate, subject, night, err)
	}
	return nil
}
