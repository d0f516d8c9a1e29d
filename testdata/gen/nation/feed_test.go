package nation_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
)

// TestFeed wants each block of a province once, whatever the number of workers, and the answers of blocks made one by one.
func TestFeed(t *testing.T) {
	t.Parallel()
	c := columns(t, 30_000, 200, false)
	items, lib, err := c.Library(0)
	if err != nil || len(items) != 200 {
		t.Fatal(len(items), err)
	}
	count := func(m *matcher.Matcher, in *plan.Input, into []int) error {
		_, err := m.EachSure(in, func(item int, sure bits.Set) { into[item] += sure.Count() })
		return err
	}
	want, all := make([]int, len(items)), 0
	from, to := c.Blocks(0)
	for k := from; k < to; k++ {
		in := c.Input(c.Block(k))
		all += in.Block.N
		if err := count(matcher.New(lib), in, want); err != nil {
			t.Fatal(err)
		}
	}
	if all != 30_000 {
		t.Errorf("the blocks have %d enterprises", all)
	}
	for _, workers := range []int{0, 1, 3} {
		got := make([]int, len(items))
		var lock sync.Mutex
		seen := map[uint16]int{}
		err := c.Feed(t.Context(), 0, workers, func(worker int, in *plan.Input) error {
			if worker < 0 || worker >= max(workers, 1) {
				t.Errorf("worker %d of %d", worker, workers)
			}
			lock.Lock()
			defer lock.Unlock()
			seen[in.Block.Number]++
			return count(matcher.New(lib), in, got)
		})
		if err != nil || !slices.Equal(got, want) || len(seen) != to-from {
			t.Errorf("%d workers: %d blocks of %d, %v", workers, len(seen), to-from, err)
		}
	}
}

// TestFeedEnds wants an error to end it, and a context that ends.
func TestFeedEnds(t *testing.T) {
	t.Parallel()
	c := columns(t, 30_000, 200, false)
	broken := errors.New("broken")
	taken := 0
	if err := c.Feed(t.Context(), 0, 1, func(int, *plan.Input) error { taken++; return broken }); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if taken > 2 { // one that was handed out before the error was known
		t.Errorf("%d blocks were taken", taken)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Feed(ctx, 0, 2, func(int, *plan.Input) error { t.Error("taken"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
