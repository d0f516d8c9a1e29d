package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"zhida/pipeline/store"
	"zhida/schemas"
)

// night0 is a business date, and evening the moment its first night begins.
var (
	night0  = schemas.NewDate(2026, 6, 15)
	evening = time.Date(2026, 6, 15, 21, 30, 0, 0, time.FixedZone("CST", 8*3600))
)

func aRef(n int) store.Ref {
	sum := fmt.Sprintf("%064x", n)
	return store.Ref{Name: "landing/" + sum[:2] + "/" + sum + ".csv.age", Size: int64(n), Sum: sum, Sealed: true}
}

func testOpen(t *testing.T, db testDatabase) {
	t.Parallel()
	at := db.place(t)
	l := at.ledger(t)
	if _, err := l.reader.db.Exec("DELETE FROM nights"); err == nil {
		t.Error("the reader can write")
	}
	at.ledger(t) // by another process
}

func testOpenTogether(t *testing.T, db testDatabase) {
	t.Parallel()
	at := db.place(t)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			l, err := at.open(t.Context())
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

func testNewerSchema(t *testing.T, db testDatabase) {
	t.Parallel()
	at := db.place(t)
	l := at.ledger(t)
	if _, err := l.writer.Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999999, '1')"); err != nil {
		t.Fatal(err)
	}
	if _, err := at.open(t.Context()); err == nil || !strings.Contains(err.Error(), "schema has version 999999") {
		t.Errorf("%v", err)
	}
}

// A file is private and durable, whatever its name looks like.
func TestFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "台账 #1?x=%41.db") // a path, whatever it looks like as a URI
	l := place{Path: path}.ledger(t)
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
}

func TestFileRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"": "no path given", filepath.Join(dir, "none", "l.db"): "no such file", text: "restore it from a backup",
	} {
		if _, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q) = %v, want %q", path, err, want)
		}
	}
}

// testWaitsForAnotherWriter: a second process's transaction is waited for.
func testWaitsForAnotherWriter(t *testing.T, db testDatabase) {
	t.Parallel()
	at := db.place(t)
	one, two := at.ledger(t), at.ledger(t)
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

// testOrderOfTexts: a lower case letter comes after all upper case ones, whatever the language of the database.
func testOrderOfTexts(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	var list []Push
	for _, item := range []string{"a", "B", "b", "A", "政", "策", "é", "_"} {
		p := sms(1)
		p.Item = item
		list = append(list, p)
	}
	n := publish(t, l, night0, list...)
	var items []string
	for p, err := range l.Pushes(t.Context(), n.ID) {
		if err != nil {
			t.Fatal(err)
		}
		items = append(items, p.Item)
	}
	if want := []string{"A", "B", "_", "a", "b", "é", "政", "策"}; !slices.Equal(items, want) {
		t.Errorf("in order: %v, want %v", items, want)
	}
}

// testPlainTexts: what is said of a broken delivery may quote it, byte by byte.
func testPlainTexts(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	land(t, l, aDelivery(1))
	n := begin(t, l, night0)
	const bytes, kept = "行 \xff\xfe\x00 坏", `行 \xff\xfe\x00 坏`
	err := errors.Join(
		l.MarkBroken(t.Context(), 1, bytes), l.HoldAtGates(t.Context(), n.ID, []Gate{{Gate: "g", Subject: "s", Finding: bytes}}),
		l.HoldNight(t.Context(), n.ID, bytes, evening), l.Release(t.Context(), n.ID, "g", "s", bytes, bytes, evening), l.Audit(t.Context(), evening, bytes, bytes),
		l.See(t.Context(), Sighting{Source: "s", Name: bytes, Version: bytes}),
	)
	if err != nil {
		t.Fatal(err)
	}
	d, err1 := l.Delivery(t.Context(), 1)
	n, err2 := l.Night(t.Context(), n.ID)
	gates, err3 := l.Gates(t.Context(), n.ID)
	audits, err4 := l.Audits(t.Context())
	seen, err5 := l.Sightings(t.Context(), "s")
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	if _, ok := seen[bytes]; !ok {
		t.Errorf("sightings: %q", slices.Collect(maps.Keys(seen)))
	}
	for _, text := range []string{d.Reason, n.Reason, gates[0].Finding, gates[0].Who, gates[0].Why, audits[0].Who, audits[0].What} {
		if text != kept {
			t.Errorf("%q, want %q", text, kept)
		}
	}
}
