package ledger

import (
	"context"
	"database/sql"
	"fmt"
)

// Sighting is what stood under a name at a source when it was last looked at.
type Sighting struct {
	Source, Name string
	Bytes        int64
	Version      string // the source's mark of the content (time of change, ETag), or "" if it has none
	Seq          int64  // the delivery it is, or 0: it belongs to no dataset
}

// See records a sighting in place of the last one of that source and name.
func (l *Ledger) See(ctx context.Context, s Sighting) error {
	err := l.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO sightings (source, name, bytes, version, seq) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (source, name) DO UPDATE SET bytes = excluded.bytes, version = excluded.version, seq = excluded.seq`,
			s.Source, plain(s.Name), s.Bytes, plain(s.Version), s.Seq)
		return err
	})
	if err != nil {
		return fmt.Errorf("record sighting of %s: %w", s.Name, err)
	}
	return nil
}

// Sightings returns what is remembered of a source, by name.
func (l *Ledger) Sightings(ctx context.Context, source string) (map[string]Sighting, error) {
	all, err := list(ctx, l.reader, func(r row) (Sighting, error) {
		s := Sighting{Source: source}
		err := r.Scan(&s.Name, &s.Bytes, &s.Version, &s.Seq)
		s.Name = raw(s.Name)
		return s, err
	}, `SELECT name, bytes, version, seq FROM sightings WHERE source = $1`, source)
	if err != nil {
		return nil, fmt.Errorf("list sightings: %w", explain(err))
	}
	out := make(map[string]Sighting, len(all))
	for _, s := range all {
		out[s.Name] = s
	}
	return out, nil
}
