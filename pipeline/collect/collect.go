package collect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
	"zhida/schemas"
)

// Collect lands what the sources hold with business dates up to and including until, and withdraws broken deliveries
// whose file is no longer there. What it lands is noted as arrived at the moment now. The store must have a key. It may be
// killed at any point and called again.
//
// An object is known, and not read again, if it has a Version and stood at its source with the same name, size,
// Version and meaning when it was landed, and its artefact is still in the store or was purged. An object whose content was landed
// before, under whatever name, gives no new delivery.
func Collect(ctx context.Context, sources []Source, book *ledger.Ledger, landing *store.Store, until schemas.Date, now time.Time) (Result, error) {
	c := &collector{ledger: book, store: landing, until: until, now: now, present: map[int64]bool{}, unsettled: map[place]bool{}}
	names := map[string]bool{}
	for _, source := range sources {
		if names[source.Name()] {
			return Result{}, fmt.Errorf("collect: two sources are called %q", source.Name())
		}
		names[source.Name()] = true
	}
	var listed []string
	for _, source := range sources {
		ok, err := c.source(ctx, source)
		if err != nil {
			return c.result, fmt.Errorf("collect from %s: %w", source.Name(), err)
		}
		if ok {
			listed = append(listed, source.Name())
		}
	}
	for _, name := range listed {
		if err := c.withdraw(ctx, name); err != nil {
			return c.result, fmt.Errorf("collect from %s: %w", name, err)
		}
	}
	return c.result, nil
}

type collector struct {
	ledger    *ledger.Ledger
	store     *store.Store
	until     schemas.Date
	now       time.Time
	result    Result
	present   map[int64]bool // deliveries whose content stands at a source
	unsettled map[place]bool // objects whose content we don't know tonight
}

type place struct{ source, name string }

// arrival is an object whose content is in the store and not yet in the ledger.
type arrival struct {
	object Object
	ref    store.Ref
}

// source goes through one source. ok is false if it could not be listed; an error is one of store or ledger.
func (c *collector) source(ctx context.Context, source Source) (ok bool, err error) {
	objects, err := list(ctx, source)
	if err != nil {
		return false, c.fail(ctx, source, "", err)
	}
	sightings, err := c.ledger.Sightings(ctx, source.Name())
	if err != nil {
		return false, err
	}
	var arrivals []arrival
	for _, object := range objects {
		sighting, seen := sightings[object.Name]
		wanted, err := c.sort(ctx, source, object, sighting, seen)
		if err != nil {
			return false, err
		}
		if !wanted {
			continue
		}
		ref, err := c.fetch(ctx, source, object)
		var unread *unreadable
		switch {
		case errors.Is(err, ErrChanging):
			c.changing(source, object, err)
			err = nil
		case errors.As(err, &unread):
			err = c.fail(ctx, source, object.Name, unread.err)
		case err == nil:
			arrivals = append(arrivals, arrival{object, ref})
		}
		if err != nil {
			return false, err
		}
	}
	return true, c.land(ctx, source, arrivals)
}

// list lists a source by name.
func list(ctx context.Context, source Source) ([]Object, error) {
	objects, err := source.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("list: %w", err)
	}
	objects = slices.Clone(objects)
	slices.SortFunc(objects, func(a, b Object) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(objects); i++ {
		if objects[i].Name == objects[i-1].Name {
			return nil, fmt.Errorf("list: it has two objects called %q", objects[i].Name)
		}
	}
	return objects, nil
}

// sort puts an object that need not be read in its place in the result, and reports whether it must be read.
func (c *collector) sort(ctx context.Context, source Source, object Object, sighting ledger.Sighting, seen bool) (wanted bool, err error) {
	found := Found{Source: source.Name(), Object: object}
	switch {
	case object.Dataset == "":
		found.New = !seen || sighting.Seq != 0
		c.result.Unknown = append(c.result.Unknown, found)
		return false, c.ledger.See(ctx, sight(source, object, 0))
	case object.Date.IsZero():
		return false, c.fail(ctx, source, object.Name, errors.New("it has no business date"))
	case object.Date > c.until:
		c.result.Later = append(c.result.Later, found)
		return false, nil
	case !seen || sighting != sight(source, object, sighting.Seq) || object.Version == "" || sighting.Seq == 0:
		return true, nil
	}
	d, err := c.ledger.Delivery(ctx, sighting.Seq)
	if err != nil {
		return false, err
	}
	same := d.Dataset == object.Dataset && d.Date == object.Date && d.Mode == object.Mode && d.Scope == object.Scope
	if !same || d.State == ledger.DeliveryWithdrawn || d.Purged.IsZero() && !c.store.Has(d.Ref) {
		return true, nil
	}
	c.result.Known++
	c.present[d.Seq] = true
	return false, nil
}

// land records what arrived, except for objects that look different by now.
func (c *collector) land(ctx context.Context, source Source, arrivals []arrival) error {
	if len(arrivals) == 0 {
		return nil
	}
	objects, err := list(ctx, source)
	if err != nil {
		for _, a := range arrivals {
			c.unsettled[place{source.Name(), a.object.Name}] = true
		}
		return c.fail(ctx, source, "", err)
	}
	now := make(map[string]Object, len(objects))
	for _, object := range objects {
		now[object.Name] = object
	}
	for _, a := range arrivals {
		if now[a.object.Name] != a.object {
			c.changing(source, a.object, nil)
			continue
		}
		d, isNew, err := c.ledger.Land(ctx, ledger.Delivery{
			Dataset: a.object.Dataset, Source: source.Name(), Name: a.object.Name, Sum: a.ref.Sum, Bytes: a.ref.Size,
			Date: a.object.Date, Mode: a.object.Mode, Scope: a.object.Scope, Ref: a.ref, Arrived: c.now,
		})
		if err != nil {
			return err
		}
		c.present[d.Seq] = true
		if isNew {
			c.result.Landed = append(c.result.Landed, d)
		} else {
			c.result.Known++
		}
		if err := c.ledger.See(ctx, sight(source, a.object, d.Seq)); err != nil {
			return err
		}
	}
	return nil
}

// withdraw takes back the broken deliveries of a source whose content stands nowhere any more.
func (c *collector) withdraw(ctx context.Context, source string) error {
	broken, err := c.ledger.Deliveries(ctx, ledger.DeliveryFilter{Source: source, State: ledger.DeliveryBroken, Until: c.until})
	if err != nil {
		return err
	}
	for _, d := range broken {
		if c.present[d.Seq] || c.unsettled[place{source, d.Name}] {
			continue
		}
		if err := c.ledger.Withdraw(ctx, d.Seq); err != nil {
			return err
		}
		d.State = ledger.DeliveryWithdrawn
		c.result.Withdrawn = append(c.result.Withdrawn, d)
	}
	return nil
}

func (c *collector) changing(source Source, object Object, why error) {
	c.unsettled[place{source.Name(), object.Name}] = true
	c.result.Changing = append(c.result.Changing, Found{Source: source.Name(), Object: object, Why: why})
}

// fail records what could not be read, unless the night itself was cancelled.
func (c *collector) fail(ctx context.Context, source Source, name string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	c.unsettled[place{source.Name(), name}] = true
	c.result.Failures = append(c.result.Failures, Failure{Source: source.Name(), Name: name, Err: err})
	return nil
}

func sight(source Source, object Object, seq int64) ledger.Sighting {
	return ledger.Sighting{Source: source.Name(), Name: object.Name, Bytes: object.Size, Version: object.Version, Seq: seq}
}
