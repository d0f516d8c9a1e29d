package collect

import (
	"context"
	"database/sql"
	"errors"

	"zhida/connectors/source/manifest"
	"zhida/pipeline/ledger"
)

// visit is one look at a source.
type visit struct {
	*collector
	source    Source
	objects   []Object // by name
	there     map[string]Object
	sightings map[string]ledger.Sighting
	manifests map[string]*manifest.Manifest // that were asked for; nil: it cannot be read
	arrivals  []arrival
}

// visit lists a source; nil if it cannot be listed.
func (c *collector) visit(ctx context.Context, source Source) (*visit, error) {
	objects, err := list(ctx, source)
	if err != nil {
		return nil, c.fail(ctx, source, "", err)
	}
	v := &visit{collector: c, source: source, objects: objects, there: map[string]Object{}, manifests: map[string]*manifest.Manifest{}}
	for _, object := range objects {
		v.there[object.Name] = object
	}
	v.sightings, err = c.ledger.Sightings(ctx, source.Name())
	return v, err
}

func (v *visit) place(object Object) place { return place{v.source.Name(), object.Name} }

func (v *visit) found(object Object) Found { return Found{Source: v.source.Name(), Object: object} }

// object puts an object in its place in the result, or reads it.
func (v *visit) object(ctx context.Context, object Object) error {
	wanted, err := v.sort(ctx, object)
	if err != nil || !wanted {
		return err
	}
	said, why, err := v.said(ctx, object)
	if err != nil {
		return v.failed(ctx, object, err)
	}
	if why == "" && object.Complete.Rest > 0 {
		resting, err := v.isResting(ctx, object)
		if err != nil {
			return err
		}
		if resting && !v.again {
			v.unsettled[v.place(object)], v.resting[v.place(object)] = true, true
			return nil
		}
		if resting {
			why = "it was written to while it should have rested for " + object.Complete.Rest.String()
		}
	}
	if why != "" {
		found := v.found(object)
		found.Why = errors.New(why)
		v.unsettled[v.place(object)] = true
		v.result.Waiting = append(v.result.Waiting, found)
		return nil
	}
	ref, err := v.fetch(ctx, v.source, object, said)
	if err != nil {
		return v.failed(ctx, object, err)
	}
	v.arrivals = append(v.arrivals, arrival{object, ref, rows(said)})
	return nil
}

// sort puts an object that need not be read in its place in the result, and reports whether it must be read.
func (v *visit) sort(ctx context.Context, object Object) (wanted bool, err error) {
	sighting, seen := v.sightings[object.Name]
	found := v.found(object)
	switch {
	case object.Dataset == "":
		found.New = !seen || sighting.Seq != 0
		v.result.Unknown = append(v.result.Unknown, found)
		return false, v.ledger.See(ctx, sight(v.source, object, 0))
	case object.Date.IsZero():
		return false, v.fail(ctx, v.source, object.Name, errors.New("it has no business date"))
	case object.Date > v.night.Until:
		v.result.Later = append(v.result.Later, found)
		return false, nil
	case !seen || sighting != sight(v.source, object, sighting.Seq) || object.Version == "" || sighting.Seq == 0:
		return true, nil
	}
	d, err := v.ledger.Delivery(ctx, sighting.Seq)
	if err != nil {
		return false, err
	}
	same := d.Dataset == object.Dataset && d.Date == object.Date && d.Mode == object.Mode && d.Scope == object.Scope
	if !same || d.State == ledger.DeliveryWithdrawn || d.Purged.IsZero() && !v.store.Has(d.Ref) {
		return true, nil
	}
	v.result.Known++
	v.present[d.Seq] = true
	if d.State != ledger.DeliveryBroken {
		return false, nil
	}
	said, why, err := v.said(ctx, object)
	if err != nil || why != "" {
		return false, v.failed(ctx, object, err)
	}
	return false, v.declare(ctx, d, rows(said))
}

// declare notes that the manifest of a broken delivery was corrected.
func (v *visit) declare(ctx context.Context, d ledger.Delivery, rows sql.Null[int64]) error {
	if d.State != ledger.DeliveryBroken || d.Rows == rows {
		return nil
	}
	return v.ledger.Declare(ctx, d.Seq, rows)
}

// land records what arrived, except for objects that look different by now.
func (v *visit) land(ctx context.Context) error {
	if len(v.arrivals) == 0 {
		return nil
	}
	objects, err := list(ctx, v.source)
	if err != nil {
		for _, a := range v.arrivals {
			v.unsettled[v.place(a.object)] = true
		}
		return v.fail(ctx, v.source, "", err)
	}
	now := make(map[string]Object, len(objects))
	for _, object := range objects {
		now[object.Name] = object
	}
	for _, a := range v.arrivals {
		if now[a.object.Name] != a.object {
			v.changing(v.source, a.object, nil)
			continue
		}
		if err := v.landOne(ctx, a); err != nil {
			return err
		}
	}
	return nil
}

// landOne records an arrival. Its marker is remembered first: it stands for no other content under that name.
func (v *visit) landOne(ctx context.Context, a arrival) error {
	if marker, ok := v.there[a.object.Complete.Marker]; ok {
		if err := v.ledger.See(ctx, sight(v.source, marker, 0)); err != nil {
			return err
		}
	}
	d, isNew, err := v.ledger.Land(ctx, ledger.Delivery{
		Dataset: a.object.Dataset, Source: v.source.Name(), Name: a.object.Name, Sum: a.ref.Sum, Bytes: a.ref.Size,
		Date: a.object.Date, Mode: a.object.Mode, Scope: a.object.Scope, Ref: a.ref, Rows: a.rows, Arrived: v.begun,
	})
	if err != nil {
		return err
	}
	v.present[d.Seq] = true
	if isNew {
		v.result.Landed = append(v.result.Landed, d)
	} else {
		v.result.Known++
		if err := v.declare(ctx, d, a.rows); err != nil {
			return err
		}
	}
	if a.object.Complete.Rest > 0 {
		if err := v.ledger.Unwatch(ctx, v.source.Name(), a.object.Name); err != nil {
			return err
		}
	}
	return v.ledger.See(ctx, sight(v.source, a.object, d.Seq))
}
