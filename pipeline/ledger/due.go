package ledger

import (
	"context"
	"fmt"
	"slices"

	"zhida/schemas"
)

// DueQuery asks whom to tell of an item on a channel.
type DueQuery struct {
	Night    string // ID of the night that asks
	Item     string
	Revision int
	Window   schemas.Date // first day of the application window; zero: none
	Channel  Channel
}

// Due divides candidates, ids in ascending order, into those who are due and those the ledger has already: planned,
// sent or declined under the same key. What a published revision of the same date has planned and not yet sent is due
// again, since publishing the asking night supersedes it; a backfill supersedes nothing. What the asking night itself has
// planned is due to it still, so that its lists can be made again; and of a published night that asks, what nights published
// after it have planned. Whether the candidates
// are in a baseline is not asked here: see Baseline.
func (l *Ledger) Due(ctx context.Context, q DueQuery, candidates []uint32) (due, already []uint32, err error) {
	if !slices.IsSorted(candidates) {
		return nil, nil, fmt.Errorf("ask who is due for item %s: the candidates are not sorted", q.Item)
	}
	known, err := l.known(ctx, q)
	if err != nil {
		return nil, nil, fmt.Errorf("ask who is due for item %s: %w", q.Item, explain(err))
	}
	at := 0
	for _, id := range candidates {
		for at < len(known) && known[at] < id {
			at++
		}
		if at < len(known) && known[at] == id {
			already = append(already, id)
		} else {
			due = append(due, id)
		}
	}
	return due, already, nil
}

// known lists the enterprises that are not to be told again, ascending.
func (l *Ledger) known(ctx context.Context, q DueQuery) ([]uint32, error) {
	n, err := findNight(ctx, l.reader, q.Night)
	if err != nil {
		return nil, fmt.Errorf("night %q: %w", q.Night, err)
	}
	return list(ctx, l.reader, func(r row) (id uint32, err error) { return id, r.Scan(&id) }, `SELECT enterprise FROM pushes
		WHERE item = $1 AND revision = $2 AND window_from = $3 AND channel = $4 AND state <> 'cancelled'
		AND NOT (state = 'planned' AND night IN (SELECT id FROM nights WHERE date = $5 AND revision < $6))
		AND night <> $7 AND night NOT IN (SELECT id FROM nights WHERE state = 'published' AND finished > $8)
		ORDER BY enterprise`, q.Item, q.Revision, dateText(q.Window), q.Channel, dateText(n.Date), n.supersedes(), q.Night, n.until())
}

// supersedes is the revision up to which, exclusively, publishing this night supersedes those of its date.
func (n Night) supersedes() int {
	if n.Backfill {
		return 0
	}
	return n.Revision
}

// until is the moment up to which other nights count: that of its own publication, or any.
func (n Night) until() string {
	if n.State != NightPublished {
		return "9999"
	}
	return n.Finished.UTC().Format(timeForm)
}
