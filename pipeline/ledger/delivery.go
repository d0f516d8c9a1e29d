package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"zhida/pipeline/store"
	"zhida/schemas"
)

// DeliveryState is what became of a delivery.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryLanded    DeliveryState = "landed"    // in the landing zone, ready to be read
	DeliveryBroken    DeliveryState = "broken"    // cannot be read: its dataset's night is held until it is mended or withdrawn
	DeliveryWithdrawn DeliveryState = "withdrawn" // was broken, and the source has taken it back
)

// Delivery is one arrived file, table extract or pull.
type Delivery struct {
	Seq     int64 // arrival number, from 1, without gaps, given by Land; deliveries of one date apply in its order
	Dataset string
	Source  string
	Name    string // at the source
	Sum     string // of the content, as the store gives it
	Bytes   int64
	Date    schemas.Date // business date
	Mode    schemas.Mode
	Scope   string // declared scope; empty: everything
	State   DeliveryState
	Reason  string // why it is broken
	Ref     store.Ref
	Rows    sql.Null[int64] // that it must have, as its manifest says
	Night   string          // the night that last took it in, or ""; for people: what a night read stands in its manifest
	Arrived time.Time       // when it was landed, to the millisecond, UTC; zero: by a zhida that did not note it
	Purged  time.Time       // when its file was taken out of the landing zone; zero: it is there
}

const deliveryColumns = `seq, dataset, source, name, sum, bytes, date, mode, scope, state, reason, ref, declared, night, arrived, purged`

func scanDelivery(r row) (Delivery, error) {
	var d Delivery
	err := r.Scan(&d.Seq, &d.Dataset, &d.Source, &d.Name, &d.Sum, &d.Bytes, (*dateText)(&d.Date), &d.Mode, &d.Scope,
		&d.State, &d.Reason, (*refText)(&d.Ref), &d.Rows, &d.Night, (*timeText)(&d.Arrived), (*timeText)(&d.Purged))
	return d, err
}

// Land records an arrived delivery and gives it the next Seq; Seq, State, Reason and Night of d are ignored.
//
// The same content is one delivery, and isNew is false: if it is what last came under that name, or for a name not met
// before if it came for the same dataset, date, mode and scope under another. But content that comes back after other
// content stood in its place is new, for what stood between was applied: a file that is put right again, or a full
// list that follows another one. One that was withdrawn doesn't count.
func (l *Ledger) Land(ctx context.Context, d Delivery) (landed Delivery, isNew bool, err error) {
	d.State, d.Reason, d.Night, d.Arrived, d.Purged = DeliveryLanded, "", "", d.Arrived.UTC().Truncate(time.Millisecond), time.Time{}
	err = l.change(ctx, func(tx *sql.Tx) error {
		known, ok, err := cameBefore(ctx, tx, d)
		if landed = known; ok || err != nil {
			return err
		}
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) + 1 FROM deliveries`).Scan(&d.Seq); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO deliveries (`+deliveryColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, '')`,
			d.Seq, d.Dataset, d.Source, d.Name, d.Sum, d.Bytes, dateText(d.Date), d.Mode, d.Scope, d.State, d.Reason, refText(d.Ref), d.Rows, d.Night,
			timeText(d.Arrived))
		landed, isNew = d, true
		return err
	})
	if err != nil {
		return Delivery{}, false, fmt.Errorf("land delivery %s of %s: %w", d.Name, d.Dataset, err)
	}
	return landed, isNew, nil
}

// cameBefore finds the delivery that d is, if it is none of its own.
func cameBefore(ctx context.Context, tx *sql.Tx, d Delivery) (Delivery, bool, error) {
	last, err := scanDelivery(tx.QueryRowContext(ctx, `SELECT `+deliveryColumns+` FROM deliveries
		WHERE dataset = $1 AND date = $2 AND mode = $3 AND scope = $4 AND source = $5 AND name = $6 AND state <> 'withdrawn'
		ORDER BY seq DESC LIMIT 1`, d.Dataset, dateText(d.Date), d.Mode, d.Scope, d.Source, d.Name))
	if err == nil && last.Sum != d.Sum {
		return Delivery{}, false, nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		last, err = scanDelivery(tx.QueryRowContext(ctx, `SELECT `+deliveryColumns+` FROM deliveries
			WHERE dataset = $1 AND sum = $2 AND date = $3 AND mode = $4 AND scope = $5 AND state <> 'withdrawn'
			ORDER BY seq DESC LIMIT 1`, d.Dataset, d.Sum, dateText(d.Date), d.Mode, d.Scope))
	}
	if errors.Is(err, sql.ErrNoRows) {
		return Delivery{}, false, nil
	}
	if err != nil || d.Mode != schemas.ModeFull {
		return last, err == nil, err
	}
	var since int64
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM deliveries WHERE dataset = $1 AND date = $2 AND mode = $3 AND scope = $4
		AND seq > $5 AND sum <> $6 AND state <> 'withdrawn'`, d.Dataset, dateText(d.Date), d.Mode, d.Scope, last.Seq, d.Sum).Scan(&since)
	return last, since == 0, err
}

// DeliveryFilter selects deliveries; zero fields select all.
type DeliveryFilter struct {
	After   int64        // only Seq above it
	Until   schemas.Date // only business dates up to and including it
	Dataset string
	Source  string
	State   DeliveryState
}

// Deliveries lists deliveries by Seq.
func (l *Ledger) Deliveries(ctx context.Context, f DeliveryFilter) ([]Delivery, error) {
	until := f.Until
	if until.IsZero() {
		until = schemas.NewDate(9999, 12, 31)
	}
	out, err := list(ctx, l.reader, scanDelivery, `SELECT `+deliveryColumns+` FROM deliveries
		WHERE seq > $1 AND date <= $2 AND (dataset = $3 OR $3 = '') AND (source = $4 OR $4 = '') AND (state = $5 OR $5 = '')
		ORDER BY seq`, f.After, dateText(until), f.Dataset, f.Source, f.State)
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", explain(err))
	}
	return out, nil
}

// Delivery returns the delivery with that arrival number, or ErrUnknown.
func (l *Ledger) Delivery(ctx context.Context, seq int64) (Delivery, error) {
	d, err := findDelivery(ctx, l.reader, seq)
	if err != nil {
		return Delivery{}, fmt.Errorf("read delivery %d: %w", seq, explain(err))
	}
	return d, nil
}

func findDelivery(ctx context.Context, q querier, seq int64) (Delivery, error) {
	d, err := scanDelivery(q.QueryRowContext(ctx, `SELECT `+deliveryColumns+` FROM deliveries WHERE seq = $1`, seq))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrUnknown
	}
	return d, err
}

// MarkBroken records that the delivery cannot be read, and why. Doing it again replaces the reason.
func (l *Ledger) MarkBroken(ctx context.Context, seq int64, reason string) error {
	return l.move(ctx, seq, DeliveryBroken, reason, DeliveryLanded, DeliveryBroken)
}

// Mend records that a broken delivery could be read after all, say after its dataset's document was corrected.
func (l *Ledger) Mend(ctx context.Context, seq int64) error {
	return l.move(ctx, seq, DeliveryLanded, "", DeliveryLanded, DeliveryBroken)
}

// Withdraw records that the source has taken a broken delivery back. The reason it was broken stays.
func (l *Ledger) Withdraw(ctx context.Context, seq int64) error {
	return l.move(ctx, seq, DeliveryWithdrawn, "", DeliveryBroken, DeliveryWithdrawn)
}

// move changes the state of a delivery that is in one of two states.
func (l *Ledger) move(ctx context.Context, seq int64, to DeliveryState, reason string, from ...DeliveryState) error {
	err := l.change(ctx, func(tx *sql.Tx) error {
		d, err := findDelivery(ctx, tx, seq)
		if err != nil {
			return err
		}
		if d.State != from[0] && d.State != from[1] {
			return fmt.Errorf("it is %s: %w", d.State, ErrState)
		}
		if to == DeliveryWithdrawn {
			reason = d.Reason
		}
		_, err = tx.ExecContext(ctx, `UPDATE deliveries SET state = $1, reason = $2 WHERE seq = $3`, to, plain(reason), seq)
		return err
	})
	if err != nil {
		return fmt.Errorf("mark delivery %d %s: %w", seq, to, err)
	}
	return nil
}

// Declare records that the manifest of a broken delivery has come to say another number of rows, or none. One that could be read
// keeps the number it was read with.
func (l *Ledger) Declare(ctx context.Context, seq int64, rows sql.Null[int64]) error {
	err := l.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE deliveries SET declared = $1 WHERE seq = $2 AND state = 'broken'`, rows, seq)
		return err
	})
	if err != nil {
		return fmt.Errorf("declare rows of delivery %d: %w", seq, err)
	}
	return nil
}

// Assign records which night took the deliveries in.
func (l *Ledger) Assign(ctx context.Context, night string, seqs []int64) error {
	err := l.change(ctx, func(tx *sql.Tx) error {
		if _, err := findNight(ctx, tx, night); err != nil {
			return err
		}
		for _, seq := range seqs {
			result, err := tx.ExecContext(ctx, `UPDATE deliveries SET night = $1 WHERE seq = $2`, night, seq)
			if err != nil {
				return err
			}
			if n, err := result.RowsAffected(); err != nil || n != 1 {
				return errors.Join(err, fmt.Errorf("delivery %d: %w", seq, ErrUnknown))
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("assign deliveries to night %s: %w", night, err)
	}
	return nil
}

// Purge records that the files of deliveries are taken out of the landing zone. Those that are known to be keep their moment.
func (l *Ledger) Purge(ctx context.Context, seqs []int64, at time.Time) error {
	err := l.change(ctx, func(tx *sql.Tx) error {
		for _, seq := range seqs {
			if _, err := tx.ExecContext(ctx, `UPDATE deliveries SET purged = $1 WHERE seq = $2 AND purged = ''`, timeText(at), seq); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("purge deliveries: %w", err)
	}
	return nil
}
