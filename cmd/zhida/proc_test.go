package main

import (
	"os"
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
	if _, err := os.Stat(s.workspace + died); err != nil {
		t.Errorf("no worker died: %v", err)
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

// TestWorkspaceChangedMeanwhile edits the workspace while the night runs: the night ends at once and says so, and nothing is
// judged half by one rule and half by another; a workspace that cannot be read is no worker that died.
func TestWorkspaceChangedMeanwhile(t *testing.T) {
	t.Parallel()
	for how, told := range map[string]string{editing: "was changed while the night ran", breaking: "tags.yaml:"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, newKey(t))
			c := &child{args: []string{"run", "--engine", "proc", "--workers", "1", "--date", sampleNights()[0]}, kill: how}
			if code := s.run(c); code != exitInput {
				t.Fatalf("exit code %d\n%s", code, &c.stderr)
			}
			said := c.stderr.String()
			mustContain(t, said, "was changed while the night ran", told)
			if strings.Contains(said, "tried") {
				t.Errorf("it was tried again:\n%s", said)
			}
		})
	}
}

// TestNoSuchEngine wants the names.
func TestNoSuchEngine(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	if said := s.zhida(exitInput, "run", "--engine", "flink", "--date", sampleNights()[0]); !strings.Contains(said, "want local or proc, not flink") {
		t.Error(said)
	}
}
