package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"time"

	"zhida/matcher"
	"zhida/matcher/plan"
	"zhida/testdata/gen/nation"
)

// tally is for how many an item holds.
type tally struct{ sure, needs, near int }

func (t *tally) add(u tally) { t.sure, t.needs, t.near = t.sure+u.sure, t.needs+u.needs, t.near+u.near }

// feeding matches profiles that were never delivered: blocks are made, matched and forgotten.
type feeding struct {
	columns  *nation.Columns
	workers  int
	now      func() time.Time
	to       *csv.Writer // items and their tallies; nil: nowhere
	all      tally
	items    int
	pairs    int
	matching time.Duration // of all workers together; a block is not matched while it is made
}

// matchProfiles is zhida gen --profiles. What it says on standard output, and the file, are the same for the same flags
// whatever the number of workers.
func (a *app) matchProfiles(ctx context.Context, path string, o nation.Options) (err error) {
	c, err := nation.NewColumns(o)
	if errors.Is(err, nation.ErrOptions) {
		return inputError(err)
	}
	if err != nil {
		return err
	}
	f := &feeding{columns: c, workers: o.Workers, now: a.now}
	if path != "" {
		file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, fs.ErrExist) {
			return inputError(fmt.Errorf("%s is there already", path))
		}
		if err != nil {
			return fmt.Errorf("write tallies: %w", err)
		}
		if err := errors.Join(f.write(ctx, file), file.Close()); err != nil {
			return errors.Join(err, os.Remove(path)) // half a file looks like a whole one
		}
	} else if err := f.match(ctx); err != nil {
		return err
	}
	blocks := 0
	for province := range c.Provinces() {
		from, to := c.Blocks(province)
		blocks += to - from
	}
	fmt.Fprintf(a.stderr, "matching took %.2f s, summed over %d workers; the making of blocks and items is not in it\n", f.matching.Seconds(), max(o.Workers, 1))
	_, err = fmt.Fprintf(a.stdout, "%d enterprises in %d blocks, %d items, %d pairs of a living enterprise and an item of its province: %d are sure, %d need facts, %d narrowly miss\n",
		o.Enterprises, blocks, f.items, f.pairs, f.all.sure, f.all.needs, f.all.near)
	return err
}

func (f *feeding) write(ctx context.Context, file io.Writer) error {
	out := bufio.NewWriter(file)
	f.to = csv.NewWriter(out)
	if err := f.to.Write([]string{"item", "condition", "sure", "needs", "near"}); err != nil {
		return fmt.Errorf("write tallies: %w", err)
	}
	if err := f.match(ctx); err != nil {
		return err
	}
	f.to.Flush()
	if err := errors.Join(f.to.Error(), out.Flush()); err != nil {
		return fmt.Errorf("write tallies: %w", err)
	}
	return nil
}

// match goes through province after province.
func (f *feeding) match(ctx context.Context) error {
	for province := range f.columns.Provinces() {
		if err := f.province(ctx, province); err != nil {
			return err
		}
	}
	return nil
}

// clerk is a worker's part of a province.
type clerk struct {
	*matcher.Matcher
	tallies  []tally
	pairs    int
	matching time.Duration
}

func (f *feeding) province(ctx context.Context, province int) error {
	items, lib, err := f.columns.Library(province)
	if err != nil {
		return err
	}
	clerks := make([]clerk, max(f.workers, 1))
	for i := range clerks {
		clerks[i] = clerk{Matcher: matcher.New(lib), tallies: make([]tally, len(items))}
	}
	err = f.columns.Feed(ctx, province, len(clerks), func(worker int, in *plan.Input) error {
		c := &clerks[worker]
		began := f.now()
		stats, err := c.Each(in, func(item int, v matcher.Verdict) {
			c.tallies[item].add(tally{v.Sure.Count(), v.Needs.Count(), v.Near.Count()})
		})
		c.matching += f.now().Sub(began)
		c.pairs += stats.Pairs
		return err
	})
	if err != nil {
		return fmt.Errorf("match profiles: %w", err)
	}
	f.items += len(items)
	for _, c := range clerks {
		f.matching += c.matching
		f.pairs += c.pairs
	}
	for i, it := range items {
		var t tally
		for _, c := range clerks {
			t.add(c.tallies[i])
		}
		f.all.add(t)
		if f.to == nil {
			continue
		}
		if err := f.to.Write([]string{it.ID, it.Condition, strconv.Itoa(t.sure), strconv.Itoa(t.needs), strconv.Itoa(t.near)}); err != nil {
			return fmt.Errorf("write tallies: %w", err)
		}
	}
	return nil
}
