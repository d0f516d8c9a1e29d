package proc_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"zhida/pipeline/engine"
	"zhida/pipeline/engine/enginetest"
	"zhida/pipeline/engine/proc"
)

// counterFile names a file to which each worker adds a byte when it begins; a process of this test that knows it is a worker.
const counterFile = "ZHIDA_TEST_WORKER"

func TestMain(m *testing.M) {
	path := os.Getenv(counterFile)
	if path == "" {
		os.Exit(m.Run())
	}
	if err := proc.Serve(context.Background(), os.Stdin, os.Stdout, func(ctx context.Context, task engine.Task) (json.RawMessage, error) {
		if task.Kind == enginetest.Kind {
			return enginetest.Work(ctx, task)
		}
		return work(ctx, task, path)
	}, kept()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func kept() proc.Kept { return proc.Kept{"no file": fs.ErrNotExist, "gone": enginetest.ErrGone} }

// work does what the spec says.
func work(_ context.Context, task engine.Task, path string) (json.RawMessage, error) {
	begun := begin(path + "-" + task.ID)
	var spec string
	if err := json.Unmarshal(task.Spec, &spec); err != nil {
		return nil, err
	}
	what, number, _ := strings.Cut(spec, " ")
	n, _ := strconv.Atoi(number)
	switch what {
	case "die": // the first n times
		if begun <= n {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	case "fail":
		return nil, fmt.Errorf("no such thing: %w", fs.ErrNotExist)
	case "panic":
		panic("at the disco")
	case "babble":
		fmt.Println("what is this?")
		os.Exit(0)
	case "leave": // something behind that holds this process's output, out of reach of a signal to its group
		child := exec.Command("sleep", "60")
		child.Stdout, child.SysProcAttr = os.Stdout, &syscall.SysProcAttr{Setsid: true}
		if err := child.Start(); err != nil {
			return nil, err
		}
		return json.RawMessage(strconv.Itoa(child.Process.Pid)), nil
	case "sleep":
		fmt.Fprintln(os.Stderr, "asleep as", os.Getpid())
		time.Sleep(time.Minute)
	}
	return json.RawMessage(fmt.Sprintf(`{"rows": %d, "of": %q}`, n, task.Name())), nil
}

// begin counts this process and returns how many have begun on the task.
func begin(path string) int {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	if _, err := f.WriteString("."); err != nil {
		panic(err)
	}
	info, err := f.Stat()
	if err != nil {
		panic(err)
	}
	_ = f.Close()
	return int(info.Size())
}

// bench is an engine with its counter.
type bench struct {
	*proc.Engine
	path string
}

func newBench(t *testing.T, workers int, log io.Writer) *bench {
	t.Helper()
	b := &bench{path: filepath.Join(t.TempDir(), "begun")}
	b.Engine = proc.New(workers, nil, nil, func() *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), counterFile+"="+b.path)
		return cmd
	}, kept(), log)
	return b
}

func (b *bench) begun(t *testing.T, id string) int {
	t.Helper()
	data, err := os.ReadFile(b.path + "-" + id)
	if err != nil {
		t.Fatal(err)
	}
	return len(data)
}

func tasks(specs ...string) []engine.Task {
	var out []engine.Task
	for i, s := range specs {
		out = append(out, engine.Task{Kind: "reduce", ID: strconv.Itoa(i), Spec: json.RawMessage(strconv.Quote(s))})
	}
	return out
}

func TestTasksRunInProcessesAndInOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t, 3, nil)
	got, err := b.Do(t.Context(), tasks("do 1", "die 2", "do 3", "die 4", "do 5"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range []int{1, 2, 3, 4, 5} {
		if want := fmt.Sprintf(`{"rows":%d,"of":"reduce/%d"}`, n, i); string(got[i].Output) != want {
			t.Errorf("%s, want %s", got[i].Output, want)
		}
	}
	if b.begun(t, "0") != 1 || b.begun(t, "1") != 3 || b.begun(t, "3") != 5 {
		t.Errorf("begun %d, %d, %d times", b.begun(t, "0"), b.begun(t, "1"), b.begun(t, "3"))
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		spec, text, stack string
		begun             int
		is                error
	}{
		{"fail", "unit reduce/0: no such thing: file does not exist", "", 1, fs.ErrNotExist},
		{"panic", "unit reduce/0: panic: at the disco", "proc_test.work", 1, nil},
		{"die 99", "its process ended without a reply: signal: killed (tried 5 times", "", proc.Tries, nil},
		{"babble", "14 bytes that are no reply (tried 5 times", "", proc.Tries, nil},
	} {
		t.Run(c.spec, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, 1, nil)
			results, err := b.Do(t.Context(), tasks(c.spec, "do 1"), nil)
			var unit *engine.UnitError
			if results != nil || !errors.As(err, &unit) || !strings.Contains(err.Error(), c.text) || !strings.Contains(unit.Stack, c.stack) {
				t.Fatalf("%v, %v", results, err)
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("%v is no %v", err, c.is)
			}
			if strings.Count(err.Error(), "unit ") != 1 {
				t.Errorf("the unit is named more than once: %v", err)
			}
			if n := b.begun(t, "0"); n != c.begun {
				t.Errorf("begun %d times, want %d", n, c.begun)
			}
			if _, err := os.Stat(b.path + "-1"); err == nil {
				t.Error("the next task was begun")
			}
		})
	}
}

// notice is a log that tells of its first line.
type notice struct {
	bytes.Buffer
	first chan string
}

func (n *notice) Write(p []byte) (int, error) {
	select {
	case n.first <- string(p):
	default:
	}
	return len(p), nil
}

func TestCancelKills(t *testing.T) {
	t.Parallel()
	log := &notice{first: make(chan string, 1)}
	b := newBench(t, 1, log)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := b.Do(ctx, tasks("sleep"), nil)
		ended <- err
	}()
	var pid int
	if _, err := fmt.Sscanf(<-log.first, "asleep as %d", &pid); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("process %d is still there: %v", pid, err)
	}
}

// TestWhatAWorkerLeaves wants the reply of a worker that ended, though something it started still holds its output.
func TestWhatAWorkerLeaves(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "begun")
	e := proc.New(1, nil, nil, func() *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env, cmd.WaitDelay = append(os.Environ(), counterFile+"="+path), 50*time.Millisecond
		return cmd
	}, kept(), nil)
	results, err := e.Do(t.Context(), tasks("leave"), nil)
	if err != nil {
		t.Fatal(err)
	}
	left, err := strconv.Atoi(string(results[0].Output))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(left, syscall.SIGKILL); err != nil { // it is still there: that the reply came did not wait for it
		t.Error(err)
	}
}

func TestNoSuchProgram(t *testing.T) {
	t.Parallel()
	e := proc.New(1, nil, nil, func() *exec.Cmd { return exec.Command("/nowhere/zhida") }, nil, nil)
	if _, err := e.Do(t.Context(), tasks("do 1"), nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
