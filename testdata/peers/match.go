package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// match measures who is sure of what. Ours and the peers' answers are compared, all of them, before a time is printed.
func (b *bench) match(ctx context.Context) error {
	b.logf("match: making %d enterprises and %d items", b.enterprises, b.items)
	w, err := newWorkload(b.enterprises, b.items)
	if err != nil {
		return err
	}
	w.describe(b)
	ours, _, err := w.ours() // warms up
	if err != nil {
		return err
	}
	began := time.Now()
	roaring := w.roaring()
	b.roaringTook = time.Since(began).Seconds()
	if err := w.compare("plain roaring", ours, roaring, 1); err != nil {
		return err
	}
	var times []float64
	all := 0.0
	for range 5 { // other work on the machine only ever adds, so that the best is what it takes
		began := time.Now()
		again, stats, err := w.ours()
		took := time.Since(began).Seconds()
		if err != nil {
			return err
		}
		if err := w.compare("ours, once more", ours, again, 1); err != nil {
			return err
		}
		times = append(times, took)
		began = time.Now()
		sure, needs, near := w.all()
		if t := time.Since(began).Seconds(); all == 0 || t < all {
			all = t
		}
		b.once("stats", "match: %d tests on %d blocks, %d of %d items shut out a block; %d sure, %d need facts, %d near misses",
			stats.Tests, len(w.inputs), stats.Shut/len(w.inputs), len(w.items), sure, needs, near)
	}
	d, err := newDuck(ctx, w)
	if err != nil {
		return fmt.Errorf("load DuckDB: %w", err)
	}
	defer func() { _ = d.close() }()
	duck, asked := make([]answer, len(w.items)), 0
	began = time.Now()
	for i := 0; i < len(w.items); i += b.every {
		if duck[i], err = d.answer(ctx, w.questions[i]); err != nil {
			return fmt.Errorf("%s: %w", w.items[i].Condition, err)
		}
		asked++
	}
	took := time.Since(began).Seconds() * float64(len(w.items)) / float64(asked)
	if err := w.compare("DuckDB", ours, duck, b.every); err != nil {
		return err
	}
	b.logf("match: DuckDB was asked %d of %d items, plain roaring all; all their answers are ours", asked, len(w.items))
	slices.Sort(times)
	best, usual := times[0], times[len(times)/2] // the peers have one try, and are not compared with our luckiest
	b.put("match_seconds", best)
	b.put("match_speedup_duckdb", took/usual)
	b.put("match_speedup_roaring", b.roaringTook/usual)
	b.put("match_all_over_sure", all/best)
	return nil
}

// compare wants the same count and hash for each item.
func (w *workload) compare(who string, ours, theirs []answer, every int) error {
	wrong := 0
	text := ""
	for i := 0; i < len(ours); i += every {
		if ours[i] != theirs[i] {
			if wrong++; wrong <= 3 {
				text += fmt.Sprintf("\n  %s: ours %v, %v: %s", w.items[i].ID, ours[i], theirs[i], w.items[i].Condition)
			}
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%s says otherwise of %d items:%s", who, wrong, text)
	}
	return nil
}

// describe prints what fixes the workload: the distinct tests, and how many enterprises each is sure for.
func (w *workload) describe(b *bench) {
	size := w.lib.Size()
	distinct := map[string]*question{}
	for _, q := range w.questions {
		q.leaves(distinct)
	}
	kinds := map[kind]int{}
	for _, q := range distinct {
		kinds[q.kind]++
	}
	bytes := 0
	for k := range w.raw {
		n := w.inputs[k].Block.N
		for _, c := range w.raw[k].columns {
			if c.Coded != nil {
				bytes += 2 * n
			} else {
				bytes += 8 * n
			}
		}
		bytes += len(w.tags) * n / 4
	}
	b.logf("match: %d blocks; %d tests in conditions, %d distinct in our plan; peers: %d thresholds, %d sets of codes, %d tags, %d quotients; a pass over all columns reads %d MiB",
		len(w.inputs), size.Uses, size.Distinct, kinds[number], kinds[code], kinds[tag], kinds[sum], bytes>>20)
}
