package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// deliveries is the folder the site's source reads.
func (s *testSite) deliveries(name string) string {
	return filepath.Join(s.workspace, "deliveries", name)
}

func (s *testSite) read(path string) []byte {
	s.t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	return data
}

func (s *testSite) write(path string, data []byte) {
	s.t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *testSite) exists(name string) bool {
	_, err := os.Stat(filepath.Join(s.store, name))
	return err == nil
}

func mustContain(t testing.TB, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
}

// TestTruncatedDelivery checks that half a file publishes nothing, says so, and can be replaced.
func TestTruncatedDelivery(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	name := s.deliveries("registration_20260615_full.csv")
	whole := s.read(name)
	s.write(name, whole[:len(whole)*2/3])
	out := s.zhida(exitHeld, "run", "--date", "2026-06-15")
	mustContain(t, out, "night 2026-06-15 is held, nothing was published", "registration_20260615_full.csv:")
	if s.exists("nights/2026-06-15/manifest.json") || s.exists("summary.json") {
		t.Error("a held night left a manifest or a summary")
	}
	mustContain(t, s.zhida(exitDone, "status"), "held", "broken deliveries: replace the file")
	s.zhida(exitHeld, "run", "--date", "2026-06-15") // it does not go away by itself

	s.write(name, whole)
	mustContain(t, s.zhida(exitDone, "run", "--date", "2026-06-15"), "registration_20260615_full.csv    full       294 ")
	if out := s.zhida(exitDone, "status"); strings.Contains(out, "broken") {
		t.Errorf("the replaced delivery still counts as broken:\n%s", out)
	}
}

// TestWrongEncodingIsHeld: bytes that are text in no encoding we know are not guessed at.
func TestWrongEncodingIsHeld(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.write(s.deliveries("dishonest_20260615_full.csv"), bytes.Repeat([]byte{0xff, 0xfd, 0x80, 0x0a}, 200))
	mustContain(t, s.zhida(exitHeld, "run", "--date", "2026-06-15"), "dishonest_20260615_full.csv", "encoding")
}

// TestTwoAtOnce checks that a second process does not touch a night that runs.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	first := s.command(&child{args: []string{"run", "--date", "2026-06-15"}, pause: "mapped"})
	first.Stdout = nil
	waiting, err := first.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := waiting.Read(make([]byte, 8)); err != nil {
		t.Fatal(err)
	}
	mustContain(t, s.zhida(exitInput, "run", "--date", "2026-06-15"), "running", "pid")
	if err := first.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.Wait() // killed
	s.zhida(exitDone, "run", "--date", "2026-06-15")
}

// TestDamagedArtefact checks that a flipped byte stops the night with the file's name, and that deleting what a unit
// made is a way on.
func TestDamagedArtefact(t *testing.T) {
	t.Parallel()
	s := newSite(t, newKey(t))
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	files, err := filepath.Glob(filepath.Join(s.store, "current", "*", "*.parquet"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no current rows: %v", err)
	}
	for _, name := range files {
		data := s.read(name)
		data[len(data)/2] ^= 1
		if err := os.Chmod(name, 0o600); err != nil {
			t.Fatal(err)
		}
		s.write(name, data)
	}
	out := s.zhida(exitInternal, "run", "--date", "2026-06-16")
	mustContain(t, out, "damaged", "current/")
	if s.exists("nights/2026-06-16/manifest.json") {
		t.Error("a night made from damaged rows left a manifest")
	}
	for _, name := range files {
		data := s.read(name)
		data[len(data)/2] ^= 1
		s.write(name, data)
	}
	s.zhida(exitDone, "run", "--date", "2026-06-16")
}

// fillerName is the file that fills a disk.
const fillerName = "filler"

// smallDisk puts the site's store on a disk of its own. It needs root, as the tests of this project do.
func (s *testSite) smallDisk(size string) {
	s.t.Helper()
	if err := os.MkdirAll(s.store, 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", s.store, "tmpfs", 0, size); err != nil {
		s.t.Fatalf("mount a small disk: %v", err)
	}
	s.t.Cleanup(func() { _ = syscall.Unmount(s.store, 0) })
}

// TestSmallDisk begins a night on a disk that is too small: it is refused before anything is written. On a larger one the night
// comes through.
func TestSmallDisk(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	reference := newSite(t, key)
	reference.zhida(exitDone, "run", "--date", "2026-06-15")
	s := newSite(t, key)
	s.smallDisk("size=300k")
	out := s.zhida(exitInternal, "run", "--date", "2026-06-15")
	mustContain(t, out, "the disk has too little room for the night", "KiB wait at the sources", "zhida prune --dry-run")
	if s.exists("landing") || s.exists("nights") {
		t.Error("something was written")
	}
	if err := syscall.Mount("tmpfs", s.store, "tmpfs", syscall.MS_REMOUNT, "size=12m,nr_inodes=60"); err != nil {
		t.Fatalf("enlarge the disk: %v", err)
	}
	mustContain(t, s.zhida(exitInternal, "run", "--date", "2026-06-15"), "more files, the night of 2026-06-15 will need about")
	if err := syscall.Mount("tmpfs", s.store, "tmpfs", syscall.MS_REMOUNT, "nr_inodes=10000"); err != nil {
		t.Fatalf("enlarge the disk: %v", err)
	}
	s.zhida(exitDone, "run", "--date", "2026-06-15")
	s.same(reference.artefacts())
	s.night("2026-06-16")
	filler := filepath.Join(s.store, fillerName)
	fillUp(filler)
	info, err := os.Stat(filler)
	if err == nil {
		err = os.Truncate(filler, info.Size()-300<<10)
	}
	if err != nil {
		t.Fatal(err)
	}
	mustContain(t, s.zhida(exitInternal, "run", "--date", "2026-06-17"), "the disk has too little room", "0 bytes wait at the sources, a night of late wrote")
	if s.exists("nights/2026-06-17") {
		t.Error("something was written")
	}
}

// TestDiskFillsUp fills the disk in the middle of a night: it says so and publishes nothing by halves, and when there is room
// again the night comes through as if nothing had happened.
func TestDiskFillsUp(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	reference := newSite(t, key)
	reference.zhida(exitDone, "run", "--date", "2026-06-15")
	want := reference.artefacts()
	for _, boundary := range []string{"collected", "planned", "mapped", "reduced", "pushes planned", "manifest written", "published", "scan saved"} {
		t.Run(boundary, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, key)
			s.smallDisk("size=12m")
			run := &child{args: []string{"run", "--date", "2026-06-15"}, fill: boundary}
			if code := s.run(run); code != exitInternal {
				t.Errorf("exit code %d\n%s", code, &run.stderr)
			}
			mustContain(t, run.stderr.String(), "full")
			if err := os.Remove(filepath.Join(s.store, fillerName)); err != nil {
				t.Fatal(err)
			}
			out := s.zhida(exitDone, "status")
			if published, wanted := strings.Contains(out, "published"), boundary == "published" || boundary == "scan saved"; published != wanted {
				t.Errorf("published: %v\n%s", published, out)
			}
			s.zhida(exitDone, "run", "--date", "2026-06-15")
			s.same(want)
		})
	}
}

// TestWrongClock checks that the machine's clock decides nothing but the default date and the times in the ledger.
func TestWrongClock(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	reference, s := newSite(t, key), newSite(t, key)
	reference.nights()
	for _, date := range sampleNights() {
		var out, errs bytes.Buffer
		a := &app{stdout: &out, stderr: &errs, now: func() time.Time { return time.Unix(0, 0) }}
		if code := a.run(t.Context(), []string{"-w", s.workspace, "run", "--ahead", "--date", date}); code != exitDone {
			t.Fatalf("exit code %d\n%s", code, &errs)
		}
	}
	s.same(reference.artefacts())
}
