package ledger

import (
	"context"
	"database/sql"
	"errors"
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

// Baseline returns the baseline of an item's revision and window as the night with that ID should see it: one that its
// publication supersedes, made by an earlier revision of its date, is left out.
func (l *Ledger) Baseline(ctx context.Context, night, item string, revision int, window schemas.Date) (Baseline, bool, error) {
	n, err := findNight(ctx, l.reader, night)
	b := Baseline{Item: item, Revision: revision, Window: window}
	if err == nil {
		err = l.reader.QueryRowContext(ctx, `SELECT night, ref, entry FROM baselines WHERE item = $1 AND revision = $2 AND window_from = $3
			AND night NOT IN (SELECT id FROM nights WHERE date = $4 AND revision < $5)`,
			item, revision, dateText(window), dateText(n.Date), n.supersedes()).Scan(&b.Night, (*refText)(&b.Ref), &b.Entry)
	}
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Baseline{}, false, nil
	case err != nil:
		return Baseline{}, false, fmt.Errorf("read baseline of item %s: %w", item, explain(err))
	}
	return b, true, nil
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
