package nation_test

import (
	"os"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"zhida/matcher"
	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
	"zhida/testdata/gen/nation"
)

// TestItemsOfColumnsCompile compiles the libraries of two provinces.
func TestItemsOfColumnsCompile(t *testing.T) {
	t.Parallel()
	c := columns(t, 40_000, 1000, true)
	for _, province := range []int{0, 22} {
		if lib := library(t, c, province); lib.Size().Items < 32 || lib.Size().Distinct < 50 {
			t.Errorf("%+v", lib.Size())
		}
	}
}

func columns(tb testing.TB, enterprises, items int, whole bool) *nation.Columns {
	tb.Helper()
	c, err := nation.NewColumns(nation.Options{Seed: 1, Enterprises: enterprises, Items: items, Nation: whole, Date: schemas.NewDate(2026, 6, 15)})
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func library(tb testing.TB, c *nation.Columns, province int) *matcher.Library {
	tb.Helper()
	_, lib, err := c.Library(province)
	if err != nil {
		tb.Fatal(err)
	}
	return lib
}

// BenchmarkProvince matches ZHIDA_ENTERPRISES (a million) enterprises against 10,488 items on two goroutines: who is sure,
// and all verdicts. all/sure is the ratio of the two, pairs/s is the
// first's per second of processor time.
func BenchmarkProvince(b *testing.B) {
	n := 1_000_000
	if text := os.Getenv("ZHIDA_ENTERPRISES"); text != "" {
		n, _ = strconv.Atoi(text)
	}
	c := columns(b, n, 10_488, false)
	began := time.Now()
	lib := library(b, c, 0)
	compiled := time.Since(began)
	_, end := c.Blocks(0)
	inputs := make([]*plan.Input, end)
	began = time.Now()
	both(end, func(k int, _ *matcher.Matcher) { inputs[k] = c.Input(c.Block(k)) }, lib)
	b.Logf("%d blocks in %v, %d items compiled in %v: %+v", end, time.Since(began), len(lib.Items), compiled, lib.Size())
	var sure, whole float64
	var stats [2]matcher.Stats
	var pairs, found int
	for b.Loop() {
		began := spent(b)
		pairs, found = 0, 0
		var lock sync.Mutex
		both(end, func(k int, m *matcher.Matcher) {
			count := 0
			s, err := m.EachSure(inputs[k], func(_ int, sure bits.Set) { count += sure.Count() })
			if err != nil {
				panic(err)
			}
			lock.Lock()
			pairs += s.Pairs
			found += count
			stats[0].Tests += s.Tests
			stats[0].Shut += s.Shut
			lock.Unlock()
		}, lib)
		sure += spent(b) - began
		began = spent(b)
		both(end, func(k int, m *matcher.Matcher) {
			if _, err := m.Each(inputs[k], func(int, matcher.Verdict) {}); err != nil {
				panic(err)
			}
		}, lib)
		whole += spent(b) - began
	}
	b.ReportMetric(float64(pairs)*float64(b.N)/sure, "pairs/s")
	b.ReportMetric(whole/sure, "all/sure")
	b.ReportMetric(sure*1000/float64(b.N), "sure-cpu-ms")
	b.ReportMetric(float64(found), "sure-pairs")
	b.ReportMetric(float64(stats[0].Tests)/float64(end*b.N), "tests/block")
	b.ReportMetric(float64(len(lib.Items))-float64(stats[0].Shut)/float64(end*b.N), "items/block")
}

// spent is the processor time of this process in seconds: other work on the machine does not count.
func spent(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

// both does the blocks on two goroutines.
func both(n int, do func(k int, m *matcher.Matcher), lib *matcher.Library) {
	next := make(chan int)
	var running sync.WaitGroup
	for range 2 {
		running.Go(func() {
			m := matcher.New(lib)
			for k := range next {
				do(k, m)
			}
		})
	}
	for k := range n {
		next <- k
	}
	close(next)
	running.Wait()
}
