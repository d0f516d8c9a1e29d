package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"
)

// stageBoundaries are the points between two steps of a night at which a crash is tried.
func stageBoundaries() []string {
	return []string{
		"collected", "planned", "map begin", "map run", "map saved", "mapped", "seal begin", "seal run", "seal saved", "sealed",
		"reduce begin", "reduce run", "reduce saved", "reduced", "pushes planned", "manifest written", "published",
		"scan begin", "scan run", "scan saved", "book begin", "book run", "book saved",
	}
}

// TestCrash kills both nights with SIGKILL at a boundary, runs them again, and compares all artefacts with those of
// nights that were left alone.
func TestCrash(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	reference := newSite(t, key)
	reference.nights()
	want := reference.artefacts()
	if len(want) < 40 {
		t.Fatalf("the sample's nights made %d artefacts only", len(want))
	}
	for _, boundary := range stageBoundaries() {
		t.Run(boundary, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, key)
			for _, date := range sampleNights() {
				if code := s.run(&child{args: []string{"run", "--date", date}, kill: boundary}); code != -1 {
					t.Fatalf("the night of %s was not killed at %q but ended with exit code %d", date, boundary, code)
				}
				s.zhida(exitDone, "run", "--date", date)
			}
			s.same(want)
		})
	}
}

// TestCrashAnywhere kills nights at random moments, again and again until they come through. ZHIDA_CRASHES says how
// often; make soak does it for long.
func TestCrashAnywhere(t *testing.T) {
	t.Parallel()
	rounds := 2
	if text := os.Getenv("ZHIDA_CRASHES"); text != "" {
		var err error
		if rounds, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	key := newKey(t)
	reference := newSite(t, key)
	begun := time.Now()
	reference.nights()
	whole := time.Since(begun) / 2
	want := reference.artefacts()
	moments := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			s := newSite(t, key)
			for _, date := range sampleNights() {
				for tries := 0; ; tries++ {
					if tries == 50 {
						t.Fatal("the night never came through")
					}
					cmd := s.command(&child{args: []string{"run", "--date", date}})
					if err := cmd.Start(); err != nil {
						t.Fatal(err)
					}
					// Later tries get more time, so that a night that starts over each time is found out, but ends.
					timer := time.AfterFunc(time.Duration(moments.Int64N(int64(whole)*int64(10+tries)/10)), func() { _ = cmd.Process.Kill() })
					err := cmd.Wait()
					timer.Stop()
					if err == nil {
						break
					}
				}
			}
			s.same(want)
		})
	}
}

// TestOneCoreAndTwo checks that neither cores nor workers show in what a night makes.
func TestOneCoreAndTwo(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	one, two := newSite(t, key), newSite(t, key)
	for _, date := range sampleNights() {
		for _, c := range []struct {
			site           *testSite
			cores, workers string
		}{{one, "1", "1"}, {two, "2", "4"}} {
			run := &child{args: []string{"run", "--date", date, "--workers", c.workers}, cores: c.cores}
			if code := c.site.run(run); code != exitDone {
				t.Fatalf("%s cores: exit code %d\n%s", c.cores, code, &run.stderr)
			}
		}
	}
	two.same(one.artefacts())
}
