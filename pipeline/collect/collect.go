package collect

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
)

// Collect lands what the sources hold with business dates up to and including the night's, and withdraws broken deliveries
// whose file is no longer there. The store must have a key. It may be killed at any point and called again.
//
// An object is known, and not read again, if it has a Version and stood at its source with the same name, size,
// Version and meaning when it was landed, and its artefact is still in the store or was purged. An object whose content was landed
// before, under whatever name, gives no new delivery. One that is not complete is left; for those that need only be left alone
// for a while, Collect waits when it is through with everything else.
func Collect(ctx context.Context, sources []Source, book *ledger.Ledger, landing *store.Store, night Night) (Result, error) {
	c := &collector{ledger: book, store: landing, night: night, begun: night.Now(), present: map[int64]bool{}, unsettled: map[place]bool{}, resting: map[place]bool{}}
	names := map[string]bool{}
	for _, source := range sources {
		if names[source.Name()] {
			return Result{}, fmt.Errorf("collect: two sources are called %q", source.Name())
		}
		names[source.Name()] = true
	}
	var listed []Source
	for _, source := range sources {
		ok, err := c.source(ctx, source)
		if err != nil {
			return c.result, fmt.Errorf("collect from %s: %w", source.Name(), err)
		}
		if ok {
			listed = append(listed, source)
		}
	}
	if err := c.rest(ctx, listed); err != nil {
		return c.result, err
	}
	for _, source := range listed {
		if err := c.withdraw(ctx, source); err != nil {
			return c.result, fmt.Errorf("collect from %s: %w", source.Name(), err)
		}
	}
	return c.result, nil
}

type collector struct {
	ledger    *ledger.Ledger
	store     *store.Store
	night     Night
	begun     time.Time // when what is landed is said to have arrived
	result    Result
	present   map[int64]bool // deliveries whose content stands at a source
	unsettled map[place]bool // objects whose content we don't know tonight
	resting   map[place]bool // objects to be looked at again
	rested    time.Time      // when all of them will have rested
	again     bool           // they are being looked at again
}

type place struct{ source, name string }

// arrival is an object whose content is in the store and not yet in the ledger.
type arrival struct {
	object Object
	ref    store.Ref
	rows   sql.Null[int64] // as its manifest says
}

// source goes through one source. ok is false if it could not be listed; an error is one of store or ledger.
func (c *collector) source(ctx context.Context, source Source) (ok bool, err error) {
	v, err := c.visit(ctx, source)
	if v == nil || err != nil {
		return false, err
	}
	for _, object := range v.objects {
		if object.Part != "" || c.again && !c.resting[v.place(object)] {
			continue
		}
		delete(c.unsettled, v.place(object))
		if err := v.object(ctx, object); err != nil {
			return false, err
		}
	}
	if !c.again {
		v.alone()
	}
	return true, v.land(ctx)
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

// withdraw takes back the broken deliveries of a source whose content stands nowhere any more.
func (c *collector) withdraw(ctx context.Context, source Source) error {
	broken, err := c.ledger.Deliveries(ctx, ledger.DeliveryFilter{Source: source.Name(), State: ledger.DeliveryBroken, Until: c.night.Until})
	if err != nil {
		return err
	}
	for _, d := range broken {
		taken := d.Night != "" // by a night that could read it: its bytes are here
		if taken || d.Date < source.Since() || c.present[d.Seq] || c.unsettled[place{source.Name(), d.Name}] {
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

// failed tells trouble with the object from trouble with store or ledger, which it returns.
func (v *visit) failed(ctx context.Context, object Object, err error) error {
	var unread *unreadable
	switch {
	case errors.Is(err, ErrChanging):
		v.changing(v.source, object, err)
		return nil
	case errors.As(err, &unread):
		return v.fail(ctx, v.source, object.Name, unread.err)
	}
	return err
}
