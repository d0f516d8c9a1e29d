package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"zhida/schemas"
	"zhida/testdata/gen/nation"
)

// TestPeersAgree asks DuckDB and roaring the questions of a small province: all answers are ours, or match says so.
func TestPeersAgree(t *testing.T) {
	t.Parallel()
	b := &bench{enterprises: 60_000, items: 600, every: 1, measures: map[string]float64{}, said: map[string]bool{}, log: io.Discard}
	if err := b.match(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"match_seconds", "match_speedup_duckdb", "match_speedup_roaring", "match_all_over_sure"} {
		if b.measures[name] <= 0 {
			t.Errorf("%s is %v", name, b.measures[name])
		}
	}
}

// TestDifferencesAreSeen falsifies one answer.
func TestDifferencesAreSeen(t *testing.T) {
	t.Parallel()
	w, err := newWorkload(2_000, 50)
	if err != nil {
		t.Fatal(err)
	}
	ours, _, err := w.ours()
	if err != nil {
		t.Fatal(err)
	}
	theirs := w.roaring()
	if err := w.compare("roaring", ours, theirs, 1); err != nil {
		t.Fatal(err)
	}
	theirs[7].hash ^= 1
	if w.compare("roaring", ours, theirs, 1) == nil {
		t.Error("another hash passes for the same")
	}
}

// TestRefusals checks that what the translation does not know is refused by name.
func TestRefusals(t *testing.T) {
	t.Parallel()
	c, err := nation.NewColumns(nation.Options{Seed: 1, Enterprises: 100, Items: 1, Date: schemas.NewDate(2026, 6, 15)})
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorkload(2_000, 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"已知(营业收入)", "营业收入 + 研发费用 >= 3万元", "非 研发强度 >= 3%", "营业收入 >= 研发费用"} {
		x, err := c.Compile(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.ask.ask(x); err == nil {
			t.Errorf("%s was translated", text)
		}
	}
}

// TestOut writes the measures.
func TestOut(t *testing.T) {
	t.Parallel()
	b := &bench{measures: map[string]float64{"match_seconds": 0.5}, log: io.Discard}
	path := filepath.Join(t.TempDir(), "out", "bench.json")
	if err := b.write(path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if want := "{\n  \"match_seconds\": 0.5\n}\n"; err != nil || string(data) != want {
		t.Errorf("%s, %v", data, err)
	}
	if err := b.measure(context.Background(), "nothing"); err == nil {
		t.Error("a measure that is not there was made")
	}
}
