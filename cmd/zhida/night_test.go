package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"zhida/pipeline/store"
)

// A site is a copy of the small workspace with a store of its own, as a test works on it.
type testSite struct {
	t         testing.TB
	root      string
	workspace string
	store     string
}

// newSite copies the small workspace. Sites of one test share a key, so that sealed artefacts have equal names.
func newSite(t testing.TB, key *store.Key) *testSite {
	t.Helper()
	root := t.TempDir()
	folder := filepath.Join(root, "cmd", "zhida", "testdata", "small")
	s := &testSite{t: t, root: root, workspace: folder, store: filepath.Join(root, "out", "small")}
	if err := os.CopyFS(s.workspace, os.DirFS("testdata/small")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(root, "out"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := key.WriteFile(filepath.Join(root, "out", "small.key")); err != nil {
		t.Fatal(err)
	}
	return s
}

func newKey(t testing.TB) *store.Key {
	t.Helper()
	key, err := store.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// child is how a test runs zhida in a process of its own.
type child struct {
	args   []string
	kill   string // the boundary at which the process kills itself; "": none
	pause  string // the boundary at which it waits for a file
	fill   string // the boundary at which the disk of its store fills up
	cores  string // GOMAXPROCS
	now    string // what its clock says, 2026-06-15T21:30:00Z; "": afterTheSample
	stdout bytes.Buffer
	stderr bytes.Buffer
}

// Names of the environment variables that make a process of this test a zhida.
const (
	childArgs  = "ZHIDA_TEST_ARGS"
	childKill  = "ZHIDA_TEST_KILL"
	childPause = "ZHIDA_TEST_PAUSE"
	childNow   = "ZHIDA_TEST_NOW"
	childFill  = "ZHIDA_TEST_FILL"
)

// TestNightChild is zhida itself when a test runs this binary again, and nothing otherwise.
func TestNightChild(t *testing.T) {
	text := os.Getenv(childArgs)
	if text == "" {
		return
	}
	var args []string
	if err := json.Unmarshal([]byte(text), &args); err != nil {
		t.Fatal(err)
	}
	clock := afterTheSample
	if text := os.Getenv(childNow); text != "" {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		clock = func() time.Time { return moment }
	}
	waited := time.Duration(0) // by a night whose files must come to rest
	a := &app{stdout: os.Stdout, stderr: os.Stderr, now: func() time.Time { return clock().Add(waited) }, wait: func(_ context.Context, d time.Duration) error {
		waited += d
		return nil
	}, observer: &boundaries{kill: os.Getenv(childKill), pause: os.Getenv(childPause), fill: os.Getenv(childFill)}}
	if args[len(args)-1] == "task" {
		a.observer = nil
		dieAsWorker(t, os.Getenv(childKill), args[1])
	}
	a.worker = func() *exec.Cmd {
		task, err := json.Marshal([]string{"-w", a.workspace, "task"})
		if err != nil {
			t.Error(err)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^TestNightChild$")
		cmd.Env = append(os.Environ(), childArgs+"="+string(task))
		return cmd
	}
	os.Exit(a.run(context.Background(), args))
}

// How a child's workers die, as its kill.
const (
	killedNowAndThen = "workers now and then"
	killedAlways     = "workers always"
	editing          = "workers, with a workspace that is edited" // they live
	breaking         = "workers, with a workspace that is no YAML"
)

// died is what the name of a workspace ends with in that of a file that says that a worker of it died.
const died = ".died"

// dieAsWorker kills this process at once, or with a chance of one in six within a moment, or changes its workspace.
func dieAsWorker(t *testing.T, how, workspace string) {
	t.Helper()
	s := &testSite{t: t}
	tags := filepath.Join(workspace, "tags.yaml")
	die := func() {
		s.write(workspace+died, nil)
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
	switch {
	case how == killedAlways:
		die()
		select {}
	case how == killedNowAndThen && rand.IntN(6) == 0:
		time.AfterFunc(time.Duration(rand.IntN(300))*time.Millisecond, die)
	case how == editing:
		s.write(tags, append(s.read(tags), "\n# another\n"...))
	case how == breaking:
		s.write(tags, append(s.read(tags), "\nx: [\n"...))
	}
}

// afterTheSample is the clock of these tests: a moment after all nights of the sample.
func afterTheSample() time.Time { return time.Date(2026, 7, 1, 2, 0, 0, 0, time.UTC) }

// boundaries is an observer that at a boundary ends its process, makes it wait, or fills a disk.
type boundaries struct {
	kill, pause string
	fill        string // the boundary, a bar, and a file on the disk
}

func (*boundaries) Stage(string, int)                    {}
func (*boundaries) Unit(string, string, int, int, int64) {}

// Boundary is named as stageOf says.
func (b *boundaries) Boundary(name string) {
	switch stageOf(name) {
	case b.kill:
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // the signal comes
	case strings.Split(b.fill, "|")[0]:
		_, name, _ := strings.Cut(b.fill, "|")
		fillUp(name)
	case b.pause:
		fmt.Println("waiting")
		time.Sleep(time.Minute)
	}
}

// fillUp makes a file grow until the disk is full.
func fillUp(name string) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	_ = f.Close()
}

// stageOf leaves the unit out of a boundary's name: "map/registration-6 saved" is "map saved".
func stageOf(name string) string {
	kind, unit, ok := strings.Cut(name, "/")
	if !ok {
		return name
	}
	_, phase, _ := strings.Cut(unit, " ")
	return kind + " " + phase
}

// command prepares a zhida process.
func (s *testSite) command(c *child) *exec.Cmd {
	args, err := json.Marshal(append([]string{"-w", s.workspace}, c.args...))
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestNightChild$")
	cmd.Env = append(os.Environ(), childArgs+"="+string(args), childKill+"="+c.kill, childPause+"="+c.pause, childNow+"="+c.now)
	if c.fill != "" {
		cmd.Env = append(cmd.Env, childFill+"="+c.fill+"|"+filepath.Join(s.store, fillerName))
	}
	if c.cores != "" {
		cmd.Env = append(cmd.Env, "GOMAXPROCS="+c.cores)
	}
	cmd.Stdout, cmd.Stderr = &c.stdout, &c.stderr
	return cmd
}

// run runs zhida and returns its exit code; -1 if it was killed.
func (s *testSite) run(c *child) int {
	s.t.Helper()
	cmd := s.command(c)
	err := cmd.Run()
	if err != nil && cmd.ProcessState == nil {
		s.t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode()
}

// zhida runs a command that must end with the exit code and returns what it printed.
func (s *testSite) zhida(want int, args ...string) string {
	s.t.Helper()
	c := &child{args: args}
	if got := s.run(c); got != want {
		s.t.Fatalf("zhida %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), got, want, &c.stdout, &c.stderr)
	}
	return c.stdout.String() + c.stderr.String()
}

// nights runs the sample's nights.
func (s *testSite) nights() {
	s.t.Helper()
	for _, date := range sampleNights() {
		s.zhida(exitDone, "run", "--date", date)
	}
}

func sampleNights() []string { return []string{"2026-06-15", "2026-06-16"} }

// artefacts lists the store's files with a hash of their content. Logs, timings and ciphertext are left aside: of the
// ledger and locks nothing counts, of sealed artefacts the name, of a summary and a run report all but what took how long.
func (s *testSite) artefacts() map[string]string {
	s.t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(s.store, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(s.store, path)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(path)
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(name, "ledger.db"), strings.HasSuffix(name, "lock"):
			return nil
		case strings.HasSuffix(name, ".age"):
			out[name] = "sealed"
			return nil
		case filepath.Base(name) == "summary.json":
			var summary map[string]any
			if err := json.Unmarshal(data, &summary); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			delete(summary, "seconds")
			delete(summary, "stages")
			if data, err = json.Marshal(summary); err != nil {
				return err
			}
		case filepath.Base(name) == "run.html":
			before, durations, _ := strings.Cut(string(data), `<section id="durations">`)
			_, after, _ := strings.Cut(durations, "</section>")
			data = []byte(before + after)
		}
		out[name] = fmt.Sprintf("%x", sha256.Sum256(data))
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

// same fails unless both stores hold the same artefacts.
func (s *testSite) same(want map[string]string) {
	s.t.Helper()
	got := s.artefacts()
	var wrong []string
	for name, hash := range want {
		if got[name] != hash {
			wrong = append(wrong, "missing or different: "+name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			wrong = append(wrong, "not expected: "+name)
		}
	}
	if slices.Sort(wrong); len(wrong) > 0 {
		s.t.Errorf("%d artefacts differ:\n%s", len(wrong), strings.Join(wrong[:min(len(wrong), 20)], "\n"))
	}
}

// summary reads a night's summary.json.
func (s *testSite) summary(night string) map[string]any {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.store, "nights", night, "summary.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(data, &out); err != nil {
		s.t.Fatal(err)
	}
	return out
}
