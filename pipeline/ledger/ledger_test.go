package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"zhida/pipeline/store"
	"zhida/schemas"
)

// night0 is a business date, and evening the moment its first night begins.
var (
	night0  = schemas.NewDate(2026, 6, 15)
	evening = time.Date(2026, 6, 15, 21, 30, 0, 0, time.FixedZone("CST", 8*3600))
)

func openLedger(t *testing.T, path string) *Ledger {
	t.Helper()
	l, err := Open(t.Context(), "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func newLedger(t *testing.T) *Ledger {
	t.Helper()
	return openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
}

func aRef(n int) store.Ref {
	sum := fmt.Sprintf("%064x", n)
	return store.Ref{Name: "landing/" + sum[:2] + "/" + sum + ".csv.age", Size: int64(n), Sum: sum, Sealed: true}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "台账 #1?x=%41.db") // a path, whatever it looks like as a URI
	l := openLedger(t, path)
	for _, name := range []string{path, path + "-wal"} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want mode 0600", name, info, err)
		}
	}
	var mode string
	var sync int
	err := errors.Join(l.writer.QueryRow("PRAGMA journal_mode").Scan(&mode), l.writer.QueryRow("PRAGMA synchronous").Scan(&sync))
	if err != nil || mode != "wal" || sync != 2 {
		t.Errorf("journal_mode %s, synchronous %d, %v; want wal, 2 (FULL)", mode, sync, err)
	}
	if _, err := l.reader.Exec("DELETE FROM nights"); err == nil {
		t.Error("the reader can write")
	}
	openLedger(t, path) // by another process
}

func TestOpenTogether(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ledger.db")
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			l, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, "newer.db")
	l := openLedger(t, newer)
	if _, err := l.writer.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999999, 1)"); err != nil {
		t.Fatal(err)
	}
	for dsn, want := range map[string]string{
		"": "no path given", "sqlite:": "no path given", "postgres://db/zhida": "PostgreSQL is not supported yet",
		"sqlite:" + filepath.Join(dir, "none", "l.db"): "no such file", text: "restore it from a backup",
		newer: "schema has version 999999",
	} {
		if _, err := Open(t.Context(), dsn); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q) = %v, want %q", dsn, err, want)
		}
	}
}

// A ledger as the first migration made it, filled by the first release, is brought forward and says the same.
func TestOldLedger(t *testing.T) {
	t.Parallel()
	dump, err := os.ReadFile("testdata/ledger.v1.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(string(dump)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	source, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	next := fstest.MapFS{"99999_next.sql": {Data: []byte("-- +goose Up\nALTER TABLE nights ADD COLUMN next TEXT NOT NULL DEFAULT 'x';\n")}}
	for name, data := range readAll(t, source) {
		next[name] = &fstest.MapFile{Data: data}
	}
	for _, source := range []fs.FS{source, next} {
		l, err := open(t.Context(), path, source)
		if err != nil {
			t.Fatal(err)
		}
		checkOld(t, l)
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func readAll(t *testing.T, source fs.FS) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	names, err := fs.Glob(source, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if out[name], err = fs.ReadFile(source, name); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func checkOld(t *testing.T, l *Ledger) {
	t.Helper()
	last, ok, err := l.LastPublished(t.Context(), 0)
	if err != nil || !ok || last.ID != "2026-06-15.2" || last.Predecessor != "2026-06-14" || !last.Started.Equal(evening.Add(time.Hour)) {
		t.Errorf("LastPublished = %+v, %v, %v", last, ok, err)
	}
	all, err := l.Deliveries(t.Context(), DeliveryFilter{})
	if err != nil || len(all) != 2 || all[0].Ref != aRef(1) || all[1].State != DeliveryBroken || all[1].Reason != "第3行多一列" {
		t.Errorf("Deliveries = %+v, %v", all, err)
	}
	push := Push{Channel: ChannelSMS, Item: "zj-01", Revision: 1, Enterprise: 65536, Window: schemas.NewDate(2026, 1, 1)}
	found, err := l.Planned(t.Context(), []string{PushKey(push)})
	if p := found[PushKey(push)]; err != nil || p.State != PushPlanned || p.Night != "2026-06-15.2" || p.Contact != "0123456789abcdef" {
		t.Errorf("Planned = %+v, %v", found, err)
	}
	bases, err := l.Baselines(t.Context(), "2026-06-15.2")
	b, ok := bases[BaselineKey{"zj-02", 3, 0}]
	if err != nil || !ok || b.Ref != aRef(9) || b.Entry != "zj-02" || b.Night != "2026-06-14" {
		t.Errorf("Baseline = %+v, %v, %v", b, ok, err)
	}
}

// TestWaitsForAnotherWriter: a second process's transaction is waited for.
func TestWaitsForAnotherWriter(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ledger.db")
	one, two := openLedger(t, path), openLedger(t, path)
	inside, done := make(chan struct{}), make(chan error)
	go func() {
		done <- one.change(context.Background(), func(*sql.Tx) error {
			close(inside)
			time.Sleep(50 * time.Millisecond)
			return nil
		})
	}()
	<-inside
	if _, err := two.Nights(t.Context()); err != nil {
		t.Errorf("reading while another writes: %v", err)
	}
	if _, err := two.BeginNight(t.Context(), night0, evening); err != nil {
		t.Errorf("writing while another writes: %v", err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}
