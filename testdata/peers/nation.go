package main

import (
	"context"
	"sync"
	"syscall"
	"time"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
	"zhida/testdata/gen/nation"
)

// The size of the nation.
const (
	nationEnterprises = 189_000_000
	nationItems       = 325_000
)

// nation matches the whole nation, province by province: a library each, compiled before the clock starts, and blocks from a
// pool of those of the province that is made before too, larger than the cache and used again and again.
func (b *bench) nation(context.Context) error {
	c, err := nation.NewColumns(nation.Options{Seed: 1, Enterprises: nationEnterprises, Items: nationItems, Nation: true, Date: schemas.NewDate(2026, 6, 15)})
	if err != nil {
		return err
	}
	var took time.Duration
	var pairs, sure, items int
	for province := range c.Provinces() {
		own, lib, err := c.Library(province)
		if err != nil {
			return err
		}
		items += len(own)
		from, to := c.Blocks(province)
		pool := make([]*plan.Input, min(poolBlocks, to-from))
		parallel(len(pool), func(i int) { pool[i] = c.Input(c.Block(from + i*(to-from)/len(pool))) })
		matchers := make(chan *matcher.Matcher, threads)
		for range threads {
			matchers <- matcher.New(lib)
		}
		var lock sync.Mutex
		began := time.Now()
		parallel(to-from, func(k int) {
			m := <-matchers
			defer func() { matchers <- m }()
			count := 0
			s, err := m.EachSure(pool[k*len(pool)/(to-from)], func(_ int, sure bits.Set) { count += sure.Count() })
			if err != nil {
				panic(err)
			}
			lock.Lock()
			pairs, sure = pairs+s.Pairs, sure+count
			lock.Unlock()
		})
		took += time.Since(began)
	}
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return err
	}
	b.logf("nation: %d items, %.2e pairs of an enterprise and an item of its province, %d sure", items, float64(pairs), sure)
	b.put("nation_seconds", took.Seconds())
	b.put("nation_peak_mib", float64(u.Maxrss)/1024)
	return nil
}

// poolBlocks is how many blocks of a province are made: 32 of full size are 300 MB.
const poolBlocks = 32
