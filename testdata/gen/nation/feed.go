package nation

import (
	"context"
	"fmt"
	"sync"

	"zhida/matcher"
	"zhida/matcher/plan"
)

// Library is the items of a province and their compiled form, in the same order.
func (c *Columns) Library(province int) ([]Item, *matcher.Library, error) {
	d := matcher.Definitions{Attributes: c.env.Attributes}
	items := c.Items(province)
	for _, it := range items {
		x, err := c.Compile(it.Condition)
		if err != nil {
			return nil, nil, err
		}
		d.Items = append(d.Items, matcher.Item{Rule: matcher.Rule{ID: it.ID, Expr: x}})
	}
	lib, err := matcher.Compile(d)
	if err != nil {
		return nil, nil, fmt.Errorf("compile library: %w", err)
	}
	return items, lib, nil
}

// Feed makes the blocks of a province, one at a time on each worker, and hands them to take with the number of the worker.
// A block is forgotten when take returns, so that memory is that of as many blocks as there are workers. Which worker
// has which block is not told beforehand. The first error ends it.
func (c *Columns) Feed(ctx context.Context, province, workers int, take func(worker int, in *plan.Input) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	from, to := c.Blocks(province)
	next := make(chan int)
	var running sync.WaitGroup
	for worker := range max(workers, 1) {
		running.Go(func() {
			for k := range next {
				if err := take(worker, c.Input(c.Block(k))); err != nil {
					stop(err)
				}
			}
		})
	}
	for k := from; k < to && ctx.Err() == nil; k++ {
		select {
		case next <- k:
		case <-ctx.Done():
		}
	}
	close(next)
	running.Wait()
	return context.Cause(ctx)
}
