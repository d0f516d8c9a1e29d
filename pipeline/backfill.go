package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"time"

	"zhida/pipeline/ledger"
	"zhida/schemas"
)

// arrivedBy is the arrival number up to which the night of a date may read. A backfill, which is dated before a published
// night, reads what had arrived by then: what the night of that date saw, or if there was none what was landed by the end of
// the day in the zone. Any other night reads all that is there: what comes late for it makes a new revision.
func (n *Night) arrivedBy(ctx context.Context, date schemas.Date, zone *time.Location) (int64, error) {
	nights, err := n.Ledger.Nights(ctx)
	if err != nil {
		return 0, err
	}
	later := slices.DeleteFunc(slices.Clone(nights), func(o ledger.Night) bool { return o.State != ledger.NightPublished || o.Date <= date })
	if len(later) == 0 {
		return math.MaxInt64, nil
	}
	mine := slices.DeleteFunc(nights, func(o ledger.Night) bool { return o.Date != date })
	slices.Reverse(mine)
	if until, ok, err := n.saw(mine, planName); ok || err != nil {
		return until, err
	}
	first, _, err := n.saw(later, manifestName) // for deliveries of which nobody noted when they arrived
	if err != nil {
		return 0, err
	}
	all, err := n.Ledger.Deliveries(ctx, ledger.DeliveryFilter{})
	if err != nil {
		return 0, err
	}
	y, m, d := date.YMD()
	end := time.Date(y, time.Month(m), d+1, 0, 0, 0, 0, zone)
	until := int64(0)
	for _, d := range all {
		if d.Arrived.IsZero() && d.Seq <= first || !d.Arrived.IsZero() && d.Arrived.Before(end) {
			until = d.Seq
		}
	}
	return until, nil
}

// saw is the arrival number up to which the first of the nights of which there is a record saw deliveries.
func (n *Night) saw(nights []ledger.Night, record func(night string) string) (until int64, ok bool, err error) {
	for _, o := range nights {
		var r struct {
			Horizon int64 `json:"horizon"`
		}
		err := n.Store.ReadManifest(record(o.ID), &r)
		if !errors.Is(err, fs.ErrNotExist) {
			return r.Horizon, err == nil, err
		}
	}
	return 0, false, nil
}

// leftOut are the words of a summary for what a backfill does not read, and for what it reads though it came later.
func leftOut(before *Manifest, until int64, late []ledger.Delivery) []string {
	var out []string
	if before.Horizon > until {
		out = append(out, fmt.Sprintf("night %s, from which this one starts, was run again later, with deliveries up to #%d; by the day of this one #%d had arrived",
			before.Night, before.Horizon, until))
	}
	if len(late) == 0 {
		return out
	}
	const named = 3
	text := fmt.Sprintf("left out, as it arrived later: %d deliveries", len(late))
	for i, d := range late[:min(len(late), named)] {
		text += fmt.Sprintf("%s #%d %s", []string{":", ","}[min(i, 1)], d.Seq, d.Name)
	}
	if len(late) > named {
		text += ", …"
	}
	return append(out, text+"; the nights after it read them")
}
