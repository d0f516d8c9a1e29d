package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain makes the test binary the process of a night in SQL too.
func TestMain(m *testing.M) {
	if isScript(os.Args) {
		if err := runScript(context.Background(), os.Args[2], os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// TestNights runs small nights: each measure is made, and nothing is left behind.
func TestNights(t *testing.T) {
	t.Parallel()
	b := ofNights(t, 500, 60)
	if err := b.nights(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"night_peak_mib_1m", "night_peak_mib_4m", "night_4m_over_1m", "incremental_over_full", "proc_over_local", "match_stage_over_match", "explain_ms", "simulate_ms"} {
		if b.measures[name] <= 0 {
			t.Errorf("%s is %v", name, b.measures[name])
		}
	}
	nothingLeft(t, b)
}

// TestNightInSQL wants DuckDB to be asked all items of a small night, and to find the same number of enterprises for each.
func TestNightInSQL(t *testing.T) {
	t.Parallel()
	b := ofNights(t, 3000, 200)
	if err := b.sqlNight(t.Context()); err != nil {
		t.Fatal(err)
	}
	if b.measures["night_speedup_duckdb"] <= 0 {
		t.Errorf("%v", b.measures)
	}
	if said := b.log.(*bytes.Buffer).String(); !strings.Contains(said, "the same number is sure for 200 of 200 items") || !strings.Contains(said, "113 of 114 tags are the same") {
		t.Error(said)
	}
	nothingLeft(t, b)
}

// TestOtherNightsInSQLAreSeen falsifies one answer of DuckDB's, and leaves one out.
func TestOtherNightsInSQLAreSeen(t *testing.T) {
	t.Parallel()
	b := ofNights(t, 3000, 200)
	s := b.site(t.TempDir(), "sql", b.nightly, "--nights", "1")
	if _, err := s.first(t.Context()); err != nil {
		t.Fatal(err)
	}
	theirs, err := s.inSQL(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.compareNights(theirs); err != nil {
		t.Fatal(err)
	}
	for id, n := range theirs.Items {
		theirs.Items[id] = n + 1
		if err := s.compareNights(theirs); err == nil || !strings.Contains(err.Error(), "otherwise of 1 items") || !strings.Contains(err.Error(), id) {
			t.Errorf("one enterprise more: %v", err)
		}
		clear(theirs.Items)
		if err := s.compareNights(theirs); err == nil || !strings.Contains(err.Error(), "nothing to compare") {
			t.Errorf("no answers: %v", err)
		}
		return
	}
	t.Error("no items")
}

// ofNights is a bench with the command as it is now.
func ofNights(t *testing.T, enterprises, items int) *bench {
	t.Helper()
	b := &bench{
		nightly: enterprises, items: items, measures: map[string]float64{}, log: &bytes.Buffer{},
		zhida: filepath.Join(t.TempDir(), "zhida"), scratch: t.TempDir(),
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", b.zhida, "./cmd/zhida")
	build.Dir = filepath.Join("..", "..")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return b
}

func nothingLeft(t *testing.T, b *bench) {
	t.Helper()
	if left, err := filepath.Glob(filepath.Join(b.scratch, "*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestNightsThatFail says what the command said.
func TestNightsThatFail(t *testing.T) {
	t.Parallel()
	b := &bench{nightly: 1, items: 1, zhida: filepath.Join(t.TempDir(), "nothing"), scratch: t.TempDir(), log: &bytes.Buffer{}}
	if b.nights(t.Context()) == nil {
		t.Error("nights of no command pass")
	}
}
