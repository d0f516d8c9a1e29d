package collect

import (
	"context"
	"fmt"
	"time"
)

// isResting reports whether an object has not been seen to look as it does for long enough, and when it will have been. Both looks
// are by our own clock: the time of change that a server gives is by another one, which may be wrong. The first look is kept in the
// ledger, so that a night that is killed and begun again does not wait anew.
func (v *visit) isResting(ctx context.Context, object Object) (bool, error) {
	now := v.night.Now()
	since, err := v.ledger.Watch(ctx, sight(v.source, object, 0), now)
	if err != nil {
		return false, err
	}
	enough := since.Add(object.Complete.Rest)
	if !now.Before(enough) {
		return false, nil
	}
	if enough.After(v.rested) {
		v.rested = enough
	}
	return true, nil
}

// rest waits for the objects that must come to rest, and looks at them again.
func (c *collector) rest(ctx context.Context, sources []Source) error {
	if len(c.resting) == 0 {
		return nil
	}
	wait := c.night.Wait
	if wait == nil {
		wait = pause
	}
	if err := wait(ctx, c.rested.Sub(c.night.Now())); err != nil {
		return err
	}
	c.again = true
	for _, source := range sources {
		some := false
		for at := range c.resting {
			some = some || at.source == source.Name()
		}
		if !some {
			continue
		}
		if _, err := c.source(ctx, source); err != nil {
			return fmt.Errorf("collect from %s: %w", source.Name(), err)
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
