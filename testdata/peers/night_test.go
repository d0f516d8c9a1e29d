package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestNights runs small nights: each measure is made, and nothing is left behind.
func TestNights(t *testing.T) {
	t.Parallel()
	b := &bench{
		nightly: 500, items: 60, measures: map[string]float64{}, log: &bytes.Buffer{},
		zhida: filepath.Join(t.TempDir(), "zhida"), scratch: t.TempDir(),
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-o", b.zhida, "./cmd/zhida")
	build.Dir = filepath.Join("..", "..")
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if err := b.nights(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"night_peak_mib_1m", "night_peak_mib_4m", "night_4m_over_1m", "incremental_over_full", "proc_over_local", "match_stage_over_match", "explain_ms", "simulate_ms"} {
		if b.measures[name] <= 0 {
			t.Errorf("%s is %v", name, b.measures[name])
		}
	}
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
