package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"zhida/schemas"
)

// Channel is a way to an enterprise.
type Channel string

// The channels.
const (
	ChannelSMS    Channel = "sms"
	ChannelPortal Channel = "portal"
)

// PushState is what became of a push.
type PushState string

// The states of a push. Only a cancelled one may be planned again.
const (
	PushPlanned   PushState = "planned"   // on a published push list
	PushSent      PushState = "sent"      // handed to its channel
	PushDeclined  PushState = "declined"  // the enterprise doesn't want it
	PushCancelled PushState = "cancelled" // its night was superseded before it was sent
)

// Push is one notice of an item to an enterprise on a channel.
type Push struct {
	Key        string // PushKey of the fields below; filled in by the ledger
	Night      string // ID of the night that planned it; filled in by PublishNight
	Channel    Channel
	Item       string
	Revision   int   // of the item
	Enterprise int64 // canonical id, a uint32
	Code       string
	Contact    string       // reference into the contact store; empty for the portal
	State      PushState    // filled in by PublishNight: planned
	Window     schemas.Date // first day of the application window; zero: none
}

// PushKey names a push: no two have the same enterprise, channel, item, revision and window. It reads
// "<enterprise>/<channel>/<revision>/<window>/<item>".
func PushKey(p Push) string {
	return fmt.Sprintf("%d/%s/%d/%s/%s", p.Enterprise, p.Channel, p.Revision, p.Window, p.Item)
}

// ParsePushKey returns a Push with the fields that the key is made of.
func ParsePushKey(key string) (Push, error) {
	fail := fmt.Errorf("%q is not the key of a push", key)
	parts := strings.SplitN(key, "/", 5)
	if len(parts) != 5 {
		return Push{}, fail
	}
	enterprise, err1 := strconv.ParseUint(parts[0], 10, 32)
	revision, err2 := strconv.Atoi(parts[2])
	var window schemas.Date
	var err3 error
	if parts[3] != "" {
		window, err3 = schemas.ParseDate(parts[3])
	}
	p := Push{Channel: Channel(parts[1]), Item: parts[4], Revision: revision, Enterprise: int64(enterprise), Window: window}
	if p.Key = PushKey(p); errors.Join(err1, err2, err3) != nil || p.Key != key {
		return Push{}, fail
	}
	return p, nil
}

// check refuses a push that could not be told from another, or told at all.
func (p Push) check() error {
	switch {
	case p.Enterprise < 0 || p.Enterprise > 1<<32-1:
		return fmt.Errorf("enterprise %d is not an id", p.Enterprise)
	case p.Channel != ChannelSMS && p.Channel != ChannelPortal:
		return fmt.Errorf("%q is not a channel", p.Channel)
	case p.Item == "" || p.Revision < 0:
		return fmt.Errorf("item %q revision %d", p.Item, p.Revision)
	case p.Key != "" && p.Key != PushKey(p):
		return fmt.Errorf("key %q does not belong to it", p.Key)
	}
	return nil
}

const pushColumns = `item, revision, window_from, channel, enterprise, state, night, code, contact`

func scanPush(r row) (Push, error) {
	var p Push
	err := r.Scan(&p.Item, &p.Revision, (*dateText)(&p.Window), &p.Channel, &p.Enterprise, &p.State, &p.Night, &p.Code, &p.Contact)
	p.Key = PushKey(p)
	return p, err
}

// Planned looks keys up and returns the pushes that the ledger has of them, in whatever state, by key.
func (l *Ledger) Planned(ctx context.Context, keys []string) (map[string]Push, error) {
	out := map[string]Push{}
	err := l.planned(ctx, keys, out)
	if err != nil {
		return nil, fmt.Errorf("look pushes up: %w", explain(err))
	}
	return out, nil
}

func (l *Ledger) planned(ctx context.Context, keys []string, out map[string]Push) error {
	for _, key := range keys {
		p, err := ParsePushKey(key)
		if err != nil {
			return err
		}
		p, err = scanPush(l.reader.QueryRowContext(ctx, `SELECT `+pushColumns+` FROM pushes
			WHERE item = $1 AND revision = $2 AND window_from = $3 AND channel = $4 AND enterprise = $5`,
			p.Item, p.Revision, dateText(p.Window), p.Channel, p.Enterprise))
		switch {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return err
		default:
			out[key] = p
		}
	}
	return nil
}

// Pushes goes through the pushes that a night planned, cancelled ones too, by item, revision, window, channel and
// enterprise. After an error it ends.
func (l *Ledger) Pushes(ctx context.Context, night string) iter.Seq2[Push, error] {
	return func(yield func(Push, error) bool) {
		rows, err := l.reader.QueryContext(ctx, `SELECT `+pushColumns+` FROM pushes WHERE night = $1
			ORDER BY item, revision, window_from, channel, enterprise`, night)
		if err != nil {
			yield(Push{}, fmt.Errorf("list pushes: %w", explain(err)))
			return
		}
		defer rows.Close() //nolint:errcheck // rows.Err tells
		for rows.Next() {
			p, err := scanPush(rows)
			if !yield(p, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Push{}, fmt.Errorf("list pushes: %w", explain(err)))
		}
	}
}
