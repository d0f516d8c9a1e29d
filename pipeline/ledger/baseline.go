package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"zhida/pipeline/store"
	"zhida/schemas"
)

// Baseline says that the enterprises sure of an item on a certain night are not told of it: they were there before
// telling began.
type Baseline struct {
	Item     string
	Revision int
	Window   schemas.Date // first day of the application window; zero: none
	Night    string       // filled in by PublishNight
	Ref      store.Ref    // the artefact that holds the set
	Entry    string       // the name of the bitmap in it
}

// BaselineKey is what a baseline is of.
type BaselineKey struct {
	Item     string
	Revision int
	Window   schemas.Date
}

// Baselines returns all baselines as the night with that ID should see them: those that its publication supersedes, made by
// an earlier revision of its date, are left out. It is one question: one for each of 10,488 items took seconds.
func (l *Ledger) Baselines(ctx context.Context, night string) (map[BaselineKey]Baseline, error) {
	n, err := findNight(ctx, l.reader, night)
	var all []Baseline
	if err == nil {
		all, err = list(ctx, l.reader, scanBaseline, `SELECT item, revision, window_from, night, ref, entry FROM baselines
			WHERE night NOT IN (SELECT id FROM nights WHERE date = $1 AND revision < $2)`, dateText(n.Date), n.supersedes())
	}
	if err != nil {
		return nil, fmt.Errorf("read baselines: %w", explain(err))
	}
	out := make(map[BaselineKey]Baseline, len(all))
	for _, b := range all {
		out[BaselineKey{b.Item, b.Revision, b.Window}] = b
	}
	return out, nil
}

func scanBaseline(r row) (Baseline, error) {
	var b Baseline
	err := r.Scan(&b.Item, &b.Revision, (*dateText)(&b.Window), &b.Night, (*refText)(&b.Ref), &b.Entry)
	return b, err
}

func insertBaselines(ctx context.Context, tx *sql.Tx, night string, baselines []Baseline) error {
	for _, b := range baselines {
		_, err := tx.ExecContext(ctx, `INSERT INTO baselines (item, revision, window_from, night, ref, entry) VALUES ($1, $2, $3, $4, $5, $6)`,
			b.Item, b.Revision, dateText(b.Window), night, refText(b.Ref), b.Entry)
		if err != nil {
			return fmt.Errorf("baseline of item %s revision %d: %w", b.Item, b.Revision, err)
		}
	}
	return nil
}
