package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"zhida/connectors/conntest/postgres"
)

// publisherVariable tells a copy of the test program to publish a night and be killed while it does, as a dying says.
const publisherVariable = "ZHIDA_LEDGER_TEST_PUBLISHER"

// manyPushes of wide rows are more than SQLite's cache holds: it writes pages of the open transaction into the
// write-ahead log, which must not count.
const manyPushes = 5000

// wide is the push with that number.
func wide(i int) Push {
	p := sms(int64(i))
	p.Contact = strings.Repeat("0123456789abcdef", 40)
	return p
}

func TestMain(m *testing.M) {
	if text, ok := os.LookupEnv(publisherVariable); ok {
		if err := publishAndDie(text); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// dying is where the publisher's ledger is, and the number of the push before which it kills itself, -1 for never.
type dying struct {
	Path, Host, Database string
	On                   int
}

func (d *dying) at() place {
	return place{d.Path, Server{Host: d.Host, Database: d.Database, User: postgres.User, Password: postgres.Password}}
}

func publishAndDie(text string) error {
	var d dying
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		return err
	}
	last := d.On
	l, err := d.at().open(context.Background())
	if err != nil {
		return err
	}
	n, err := l.BeginNight(context.Background(), night0, evening)
	if err != nil {
		return err
	}
	n.Manifest = "nights/" + n.ID + ".json"
	fmt.Println("begun")
	err = l.PublishNight(context.Background(), n, func(yield func(Push, error) bool) {
		for i := range manyPushes {
			if i == last {
				_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			}
			if !yield(wide(i), nil) {
				return
			}
		}
		if last == manyPushes {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		fmt.Println("read") // what is left is the commit
	}, []Baseline{{Item: "zj-02", Revision: 1, Ref: aRef(1), Entry: "zj-02"}})
	if err != nil {
		return err
	}
	fmt.Println("published")
	time.Sleep(time.Hour)
	return nil
}

func publisher(t *testing.T, on int, at place) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(dying{at.Path, at.Server.Host, at.Server.Database, on})
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), publisherVariable+"="+string(text))
	cmd.Stderr = os.Stderr
	return cmd
}

func testKilledWhilePlanning(t *testing.T, db testDatabase) {
	t.Parallel()
	for _, on := range []int{0, 1, 1000, manyPushes - 1, manyPushes} {
		t.Run(strconv.Itoa(on), func(t *testing.T) {
			t.Parallel()
			at := db.place(t)
			cmd := publisher(t, on, at)
			out, err := cmd.Output()
			if err == nil || string(out) == "" || cmd.ProcessState.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
				t.Fatalf("the publisher ended with %v, %s", err, out)
			}
			if at.isFile() {
				if log, err := os.Stat(at.Path + "-wal"); err != nil || on == manyPushes && log.Size() < 1<<20 {
					t.Fatalf("the log holds no pages of the transaction: %v, %v", log, err)
				}
			}
			if published := checkAllOrNothing(t, at); published {
				t.Error("the night is published though it was killed before the commit")
			}
			publishAgain(t, at)
		})
	}
}

func testKilledWhileCommitting(t *testing.T, db testDatabase) {
	t.Parallel()
	counts := map[bool]int{}
	for delay := range 7 {
		at := db.place(t)
		cmd := publisher(t, -1, at)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var said string
		for buffer := make([]byte, 64); !strings.Contains(said, "read"); {
			n, err := out.Read(buffer)
			if said += string(buffer[:n]); err != nil {
				t.Fatalf("the publisher said %q, %v", said, err)
			}
		}
		time.Sleep(time.Duration(delay*delay) * 150 * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		counts[checkAllOrNothing(t, at)]++
		publishAgain(t, at)
	}
	t.Logf("killed around the commit: %d published, %d not", counts[true], counts[false])
}

// checkAllOrNothing makes sure that the night is published with all it brings, or not at all.
func checkAllOrNothing(t *testing.T, at place) (published bool) {
	t.Helper()
	l := at.ledger(t)
	n, err := l.Night(t.Context(), night0.String())
	if err != nil {
		t.Fatal(err)
	}
	bases, err := l.Baselines(t.Context(), n.ID)
	_, based := bases[BaselineKey{"zj-02", 1, 0}]
	if err != nil {
		t.Fatal(err)
	}
	planned := len(pushes(t, l, n.ID))
	published = n.State == NightPublished
	if published != based || published && planned != manyPushes || !published && (planned != 0 || n.State != NightRunning) {
		t.Fatalf("half a night: %s, %d pushes, baseline %v", n.State, planned, based)
	}
	if at.isFile() {
		var sound string
		if err := l.reader.db.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
			t.Fatalf("integrity: %s, %v", sound, err)
		}
	}
	return published
}

// publishAgain does what the next process does, which doesn't know how far the killed one came.
func publishAgain(t *testing.T, at place) {
	t.Helper()
	l := at.ledger(t)
	n, err := l.Night(t.Context(), night0.String())
	if err != nil {
		t.Fatal(err)
	}
	n.Manifest = "nights/" + n.ID + ".json"
	err = l.PublishNight(t.Context(), n, func(yield func(Push, error) bool) {
		for i := range manyPushes {
			if !yield(wide(i), nil) {
				return
			}
		}
	}, []Baseline{{Item: "zj-02", Revision: 1, Ref: aRef(1), Entry: "zj-02"}})
	if err != nil {
		t.Fatal(err)
	}
	if !checkAllOrNothing(t, at) {
		t.Fatal("it isn't published")
	}
}
