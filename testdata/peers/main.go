package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	work := run
	if isScript(os.Args) {
		work = func(ctx context.Context) error { return runScript(ctx, os.Args[2], os.Args[3]) }
	}
	if err := work(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// isScript says whether this program was started to run a night in SQL and nothing else.
func isScript(args []string) bool { return len(args) == 4 && args[1] == scriptCommand }

// bench gathers the measures.
type bench struct {
	enterprises, items, every int
	nightly                   int
	zhida, scratch            string
	roaringTook               float64
	measures                  map[string]float64
	said                      map[string]bool
	log                       io.Writer
}

func run(ctx context.Context) error {
	b := &bench{measures: map[string]float64{}, said: map[string]bool{}, log: os.Stderr}
	only := flag.String("only", strings.Join(measures(), ","), "measures to make, with commas between: "+strings.Join(measures(), ", "))
	out := flag.String("out", "", "file to write the measures to, as JSON")
	flag.IntVar(&b.enterprises, "enterprises", 10_000_000, "of match")
	flag.IntVar(&b.items, "items", 10_488, "of match and night")
	flag.IntVar(&b.every, "every", 1, "ask DuckDB every so many items, and take its time for all from that")
	flag.IntVar(&b.nightly, "nightly", 1_000_000, "enterprises of night; another one has four times as many")
	flag.StringVar(&b.zhida, "zhida", "bin/zhida", "the command of night")
	flag.StringVar(&b.scratch, "scratch", "", "folder where nights have room (default that of temporary files)")
	flag.Parse()
	b.logf("machine: %d cores, %s, copies %.1f GB/s", runtime.NumCPU(), runtime.GOARCH, bandwidth())
	chosen := strings.Split(*only, ",")
	for _, name := range chosen {
		if !slices.Contains(measures(), name) {
			return fmt.Errorf("no such measure: %q", name)
		}
	}
	for _, name := range measures() {
		if !slices.Contains(chosen, name) {
			continue
		}
		if err := b.measure(ctx, name); err != nil {
			return err
		}
	}
	b.print()
	if *out == "" {
		return nil
	}
	return b.write(*out)
}

// measures are in the order in which they are made: what a process had at most, and its children begin with, never goes down
// again, so that those that hold most come last.
func measures() []string { return []string{"night", "sqlnight", "nation", "match"} }

func (b *bench) measure(ctx context.Context, name string) error {
	do := map[string]func(context.Context) error{"night": b.nights, "sqlnight": b.sqlNight, "nation": b.nation, "match": b.match}[name]
	if do == nil {
		return fmt.Errorf("no such measure: %q", name)
	}
	defer runtime.GC() // the next one's memory is its own
	if err := do(ctx); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// write writes the measures as JSON.
func (b *bench) write(path string) error {
	data, err := json.MarshalIndent(b.measures, "", "  ")
	if err != nil {
		return fmt.Errorf("write measures: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return fmt.Errorf("write measures: %w", err)
	}
	return os.WriteFile(path, append(data, '\n'), 0o600)
}

func (b *bench) logf(format string, args ...any) { fmt.Fprintf(b.log, format+"\n", args...) }

// once logs the first of several lines of a kind.
func (b *bench) once(kind, format string, args ...any) {
	if !b.said[kind] {
		b.said[kind] = true
		b.logf(format, args...)
	}
}

func (b *bench) put(name string, value float64) { b.measures[name] = value }

// goals are those of the design: at least, or at most.
func goals() map[string]string {
	return map[string]string{
		"match_speedup_duckdb": "at least 100", "match_speedup_roaring": "at least 20", "match_seconds": "under 0.6 (idle machine)",
		"match_all_over_sure": "under 2.5", "nation_seconds": "under 40", "nation_peak_mib": "under 2048",
		"match_stage_over_match": "under 4", "night_speedup_duckdb": "at least 2", "night_4m_over_1m": "under 4.4",
		"night_peak_mib_1m": "", "night_peak_mib_4m": "under 3072", "incremental_over_full": "under 0.15", "proc_over_local": "",
		"explain_ms": "under 50", "simulate_ms": "under 1000",
	}
}

func (b *bench) print() {
	names := make([]string, 0, len(b.measures))
	for name := range b.measures {
		names = append(names, name)
	}
	slices.Sort(names)
	fmt.Printf("%-24s %12s  %s\n", "measure", "value", "goal")
	for _, name := range names {
		fmt.Printf("%-24s %12.3f  %s\n", name, b.measures[name], goals()[name])
	}
}

// bandwidth is how fast two threads copy memory that no cache holds, in GB/s read.
func bandwidth() float64 {
	const size = 256 << 20
	from, to := make([]byte, size), make([]byte, size)
	copy(to, from)
	began := time.Now()
	parallel(threads, func(i int) { copy(to[i*size/threads:(i+1)*size/threads], from[i*size/threads:]) })
	return size / time.Since(began).Seconds() / 1e9
}
