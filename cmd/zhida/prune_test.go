package main

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"zhida/pipeline"
	"zhida/pipeline/store"
)

// newKeeping is a site that keeps things for days, after five nights, the third of which was replaced.
func newKeeping(t *testing.T, key *store.Key) *testSite {
	t.Helper()
	s := newSite(t, key)
	config := filepath.Join(s.workspace, "zhida.yaml")
	s.write(config, append(s.read(config), "\nretention: {landing: 5天, nights: 6天, reports: 8天, units: 3天}\n"...))
	for _, day := range []string{"15", "16", "17"} {
		s.at("2026-06-"+day+"T21:30:00Z", "2026-06-"+day, exitDone, "")
	}
	s.deliver("qualification_20260617_increment.csv", qualificationHead, qualificationRow("91510703205451059P", "GR1"))
	s.at("2026-06-18T09:00:00Z", "2026-06-17", exitDone, "")
	s.at("2026-06-18T21:30:00Z", "2026-06-18", exitDone, "")
	return s
}

// copy is a site of another test that has all that this one has.
func (s *testSite) copy(t *testing.T) *testSite {
	t.Helper()
	root := t.TempDir()
	if out, err := exec.Command("cp", "-a", s.root+"/.", root).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	place := func(folder string) string { return root + strings.TrimPrefix(folder, s.root) }
	return &testSite{t: t, root: root, workspace: place(s.workspace), store: place(s.store)}
}

// prune prunes at a moment and returns what it says.
func (s *testSite) prune(moment string, flags ...string) pipeline.Pruned {
	s.t.Helper()
	c := &child{args: append([]string{"prune", "--json"}, flags...), now: moment}
	if code := s.run(c); code != exitDone {
		s.t.Fatalf("prune: exit code %d\n%s", code, &c.stderr)
	}
	var p pipeline.Pruned
	if err := json.Unmarshal(c.stdout.Bytes(), &p); err != nil {
		s.t.Fatal(err)
	}
	return p
}

// landed counts the files in the landing zone.
func (s *testSite) landed() int {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.store, "landing", "*", "*"))
	if err != nil {
		s.t.Fatal(err)
	}
	return len(files)
}

const pruneDay = "2026-06-25T12:00:00Z"

// TestPrune prunes a site and compares the nights after with those of one that keeps everything.
func TestPrune(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	whole := newKeeping(t, key)
	s := whole.copy(t)
	want := s.artefacts()
	dry := s.prune(pruneDay, "--dry-run")
	s.same(want)
	bytes, landed := s.bytes(), s.landed()
	p := s.prune(pruneDay)
	if freed := bytes - s.bytes(); p.Bytes != dry.Bytes || freed < p.Bytes-4096 || freed > p.Bytes+4096 {
		t.Errorf("the dry run says %d bytes, prune %d, and %d were freed", dry.Bytes, p.Bytes, freed)
	}
	for _, c := range p.Classes {
		if c.Files == 0 || c.Bytes == 0 {
			t.Errorf("nothing of class %s was pruned", c.Class)
		}
	}
	if got := strings.Join(p.Nights, " "); got != "2026-06-15 2026-06-16 2026-06-17" { // 17.2 is what the newest starts from
		t.Errorf("pruned nights %s", got)
	}
	if s.landed() >= landed {
		t.Errorf("%d of %d deliveries are left", s.landed(), landed)
	}
	if again := s.prune(pruneDay); again.Bytes != 0 || len(again.Nights) > 0 {
		t.Errorf("a second prune finds %+v", again)
	}
	left := s.landed()
	mustContain(t, s.zhida(exitInput, "export", "verdicts", "--night", "2026-06-15"), "inputs purged: night 2026-06-15 was pruned on 2026-06-25")
	mustContain(t, s.zhida(exitInput, "replay", "2026-06-16"), "night 2026-06-16 was pruned")
	mustContain(t, s.zhida(exitInput, "run", "--date", "2026-06-16"), "was pruned")
	mustContain(t, s.zhida(exitDone, "status", "--all"), "2026-06-15")
	s.zhida(exitDone, "export", "verdicts", "--night", "2026-06-17.2")
	s.zhida(exitDone, "replay", "2026-06-18")
	for _, site := range []*testSite{whole, s} {
		site.deliver("dishonest_20260626_full.csv", strings.Split(strings.TrimSpace(string(site.read(site.deliveries("dishonest_20260616_full.csv")))), "\n")...)
		site.deliver("registration_20260626_increment.csv", registrationHead, registrationRow(uscc(t, "92510703MA0000001")))
		site.at("2026-06-26T21:30:00Z", "2026-06-26", exitDone, "")
		site.at("2026-06-27T21:30:00Z", "2026-06-27", exitDone, "")
	}
	if s.landed() != left+2 {
		t.Errorf("%d deliveries were landed, want the 2 that came", s.landed()-left)
	}
	for _, name := range []string{"nights/2026-06-26/manifest.json", "nights/2026-06-27/manifest.json", "nights/2026-06-26/portal.jsonl"} {
		if string(s.read(filepath.Join(s.store, name))) != string(whole.read(filepath.Join(whole.store, name))) {
			t.Errorf("%s is not what it is where nothing was pruned", name)
		}
	}
	s.replays("2026-06-26", "2026-06-27")
}

// bytes is what the artefacts and nights of the store take, a file of two names once.
func (s *testSite) bytes() int64 {
	s.t.Helper()
	var sum int64
	for name := range s.artefacts() {
		info, err := os.Stat(filepath.Join(s.store, name))
		if err != nil {
			s.t.Fatal(err)
		}
		if base := filepath.Base(name); base != "sms.csv" && base != "portal.jsonl" {
			sum += info.Size()
		}
	}
	return sum
}

// TestPruneKilled kills a prune at each boundary: what is kept stays readable, and the next prune comes to the same.
func TestPruneKilled(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	whole := newKeeping(t, key)
	reference := whole.copy(t)
	reference.prune(pruneDay)
	want := reference.artefacts()
	for _, boundary := range []string{"deliveries marked", "nights marked", "half pruned", "artefacts pruned", "files pruned"} {
		t.Run(boundary, func(t *testing.T) {
			t.Parallel()
			s := whole.copy(t)
			if code := s.run(&child{args: []string{"prune"}, now: pruneDay, kill: boundary}); code != -1 {
				t.Fatalf("it was not killed but ended with exit code %d", code)
			}
			s.zhida(exitDone, "export", "verdicts", "--night", "2026-06-18")
			s.zhida(exitDone, "replay", "2026-06-18")
			s.prune(pruneDay)
			got := s.artefacts()
			maps.DeleteFunc(got, func(name, _ string) bool { return want[name] != "" })
			if len(got) > 0 {
				t.Errorf("%d files are left that an unbroken prune takes: %v", len(got), got)
			}
			s.same(want)
			s.at("2026-06-26T21:30:00Z", "2026-06-26", exitDone, "")
		})
	}
}

// TestPruneAlone: neither a night nor another prune runs beside it, and it does not run beside a night.
func TestPruneAlone(t *testing.T) {
	t.Parallel()
	s := newKeeping(t, newKey(t))
	release := s.hold()
	mustContain(t, s.zhida(exitInput, "prune"), "another zhida", "is running")
	s.zhida(exitDone, "prune", "--dry-run")
	release()
	s.prune(pruneDay)
}

// hold takes the store's lock, as a night or a prune does.
func (s *testSite) hold() func() {
	s.t.Helper()
	st, err := store.Open(s.store, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	release, err := st.Lock()
	if err != nil {
		s.t.Fatal(err)
	}
	return func() {
		if err := release(); err != nil {
			s.t.Error(err)
		}
		_ = st.Close()
	}
}

// TestPruneKeepsWhatIsUnderWay: nothing is published, or a night is held: its deliveries and all it has made stay.
func TestPruneKeepsWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.at("2026-06-15T21:30:00Z", "2026-06-15", -1, "reduced")
	if p := s.prune("2029-06-15T12:00:00Z"); p.Bytes != 0 {
		t.Errorf("before the first night is published, %+v goes", p)
	}
	s.at("2026-06-15T21:30:00Z", "2026-06-15", exitDone, "")
	s.at("2026-06-16T21:30:00Z", "2026-06-16", -1, "reduced")
	want := s.artefacts()
	s.prune("2029-06-15T12:00:00Z")
	got := s.artefacts()
	for name := range want {
		if got[name] == "" && !strings.Contains(name, "/report/") && !strings.HasPrefix(name, "nights/2026-06-15/units/") {
			t.Errorf("%s is gone, though night 2026-06-16 runs", name)
		}
	}
	s.at("2029-06-15T21:30:00Z", "2026-06-16", exitDone, "")
	s.zhida(exitDone, "replay", "2026-06-16")
}
