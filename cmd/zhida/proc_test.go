package main

import (
	"strings"
	"testing"
)

// TestNightInProcesses runs the sample's nights with each task in a fresh process, one of six of which is killed at a random
// moment: the artefacts are those of nights in one process.
func TestNightInProcesses(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	reference := newSite(t, key)
	reference.nights()
	s := newSite(t, key)
	for _, date := range sampleNights() {
		c := &child{args: []string{"run", "--engine", "proc", "--workers", "3", "--date", date}, kill: killedNowAndThen}
		if code := s.run(c); code != exitDone {
			t.Fatalf("exit code %d\n%s", code, &c.stderr)
		}
	}
	s.same(reference.artefacts())
}

// TestNightGoesOnElsewhere kills every worker: the night fails and says why, and threads go on where it was.
func TestNightGoesOnElsewhere(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	reference := newSite(t, key)
	reference.nights()
	s := newSite(t, key)
	first := sampleNights()[0]
	c := &child{args: []string{"run", "--engine", "proc", "--date", first}, kill: killedAlways}
	if code := s.run(c); code != exitInternal || !strings.Contains(c.stderr.String(), "tried 5 times; a process that the system kills") {
		t.Fatalf("exit code %d\n%s", code, &c.stderr)
	}
	s.nights()
	s.same(reference.artefacts())
}

// TestNoSuchEngine wants the names.
func TestNoSuchEngine(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	if said := s.zhida(exitInput, "run", "--engine", "flink", "--date", sampleNights()[0]); !strings.Contains(said, "want local or proc, not flink") {
		t.Error(said)
	}
}
