package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhida/pipeline"
)

// replays wants the replay of each night to come to the same, and to leave the store as it was.
func (s *testSite) replays(nights ...string) {
	s.t.Helper()
	want := s.artefacts()
	for _, night := range nights {
		var r pipeline.Replay
		c := &child{args: []string{"replay", night, "--json"}}
		if code := s.run(c); code != exitDone {
			s.t.Fatalf("replay %s: exit code %d\n%s%s", night, code, &c.stdout, &c.stderr)
		}
		if err := json.Unmarshal(c.stdout.Bytes(), &r); err != nil {
			s.t.Fatal(err)
		}
		compared := map[string]int{}
		for _, k := range r.Kinds {
			compared[k.Kind] = k.Artefacts
		}
		for _, kind := range []string{"current", "match", "profile", "summary", "definitions", "manifest"} {
			if compared[kind] == 0 {
				s.t.Errorf("replay %s compared no artefacts of %s: %v", night, kind, compared)
			}
		}
	}
	s.same(want)
	s.tidy()
}

// tidy wants no drafts and scratches in the store.
func (s *testSite) tidy() {
	s.t.Helper()
	left, err := os.ReadDir(filepath.Join(s.store, "tmp"))
	if err != nil || len(left) > 0 {
		s.t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestReplay replays regular nights, the first of them a baseline, one that judged everybody, one that was replaced, what
// replaced it, and a backfill; and all of them again when the workspace has changed since.
func TestReplay(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.at("2026-06-15T21:30:00Z", "2026-06-15", exitDone, "")
	s.at("2026-06-16T21:30:00Z", "2026-06-16", exitDone, "")
	s.write(s.deliveries("dishonest_20260617_full.csv"), s.read(s.deliveries("dishonest_20260616_full.csv"))) // not parsed again
	s.at("2026-06-17T21:30:00Z", "2026-06-17", exitDone, "")
	s.deliver("qualification_20260617_increment.csv", qualificationHead, qualificationRow("91510703205451059P", "GR1"))
	s.at("2026-06-18T09:00:00Z", "2026-06-17", exitDone, "")
	c := &child{args: []string{"run", "--date", "2026-06-19", "--afresh"}, now: "2026-06-19T21:30:00Z"}
	if code := s.run(c); code != exitDone {
		t.Fatal(c.stderr.String())
	}
	s.at("2026-06-20T09:00:00Z", "2026-06-18", exitDone, "")
	nights := []string{"2026-06-15", "2026-06-16", "2026-06-17", "2026-06-17.2", "2026-06-18", "2026-06-19"}
	s.replays(nights...)
	tags := filepath.Join(s.workspace, "tags.yaml")
	s.write(tags, append(s.read(tags), "\n# another\n"...))
	s.replays(nights...)
}

// TestReplayFindsWhatDiffers: an artefact that is damaged, one that is not what its inputs give, and a workbook that somebody edited.
func TestReplayFindsWhatDiffers(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	mustContain(t, s.zhida(exitDone, "replay", "2026-06-16"), "night 2026-06-16, replayed from", "landing", "match")

	book := s.bookFiles("2026-06-16")[0]
	s.write(book, append(s.read(book), 0))
	mustContain(t, s.zhida(exitInternal, "replay", "2026-06-16"), filepath.Base(book), "the content differs", "1 artefacts of night 2026-06-16 are not what its inputs give")

	manifest := filepath.Join(s.store, "nights", "2026-06-16", "manifest.json")
	text := s.read(manifest)
	s.write(manifest, bytes.Replace(text, []byte(`"pairs": `), []byte(`"pairs": 1`), 1))
	mustContain(t, s.zhida(exitInternal, "replay", "2026-06-16"), "its figures differ")
	s.write(manifest, text)

	crosswalks, err := filepath.Glob(filepath.Join(s.store, "profile", "*", "*"))
	if err != nil || len(crosswalks) == 0 {
		t.Fatal(err)
	}
	for _, name := range crosswalks {
		data := s.read(name)
		data[len(data)/2] ^= 1
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		s.write(name, data)
	}
	mustContain(t, s.zhida(exitInternal, "replay", "2026-06-15"), "its checksum differs")
}

// bookFiles are the files of a night's workbooks.
func (s *testSite) bookFiles(night string) []string {
	s.t.Helper()
	books, err := filepath.Glob(filepath.Join(s.store, "nights", night, "report", "departments", "*.xlsx"))
	if err != nil || len(books) == 0 {
		s.t.Fatalf("no workbooks: %v", err)
	}
	return books
}

// TestReplayOfPurgedInputs says which inputs are gone.
func TestReplayOfPurgedInputs(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	landed, err := filepath.Glob(filepath.Join(s.store, "landing", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range landed {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	mustContain(t, s.zhida(exitInput, "replay", "2026-06-16"), "inputs purged: night 2026-06-16 cannot be worked out again without delivery #", "dishonest_20260616_full.csv")
	mustContain(t, s.zhida(exitInput, "replay", "2026-06-14"), "night 2026-06-14 is not published")
	mustContain(t, s.zhida(exitInput, "replay"), "takes a night, 2026-06-15")
}

// TestReplayKilled kills a replay at each of its boundaries: the next command finds nothing of it.
func TestReplayKilled(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.nights()
	want := s.artefacts()
	for _, boundary := range []string{"map begin", "map saved", "seal run", "reduce run", "scan run", "book run"} {
		if code := s.run(&child{args: []string{"replay", "2026-06-16"}, kill: boundary}); code != -1 {
			t.Errorf("the replay was not killed at %q but ended with exit code %d", boundary, code)
		}
		if left, err := os.ReadDir(filepath.Join(s.store, "tmp")); err != nil || len(left) != 1 {
			t.Errorf("killed at %q: %v, %v; want one scratch", boundary, left, err)
		}
		if out := s.zhida(exitDone, "status"); !strings.Contains(out, "2026-06-16") {
			t.Error(out)
		}
		s.tidy()
		s.same(want)
	}
}
