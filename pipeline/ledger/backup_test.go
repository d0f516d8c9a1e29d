package ledger

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"zhida/connectors/conntest/postgres"
	"zhida/schemas"
)

// lived is a ledger with rows in every table.
func lived(t *testing.T, l *Ledger) {
	t.Helper()
	for i := range 3 {
		land(t, l, aDelivery(i+1))
	}
	n := begin(t, l, night0)
	n.Manifest, n.Finished = "nights/"+n.ID+"/manifest.json", evening
	err := errors.Join(
		l.MarkBroken(t.Context(), 2, "第3行多一列\n“引号”"), l.Assign(t.Context(), n.ID, []int64{1, 3}),
		l.See(t.Context(), Sighting{Source: "exchange", Name: "a\xffb.csv", Bytes: 5, Version: "v", Seq: 1}),
		l.HoldAtGates(t.Context(), n.ID, []Gate{{Gate: "rows", Subject: "tax", Finding: "600 of 1000"}}),
		l.Audit(t.Context(), evening, "王五", "export rejects --raw"),
		l.PublishNight(t.Context(), n, each(sms(1), sms(2), sms(3)), []Baseline{{Item: "zj-02", Ref: aRef(9), Entry: "zj-02"}}),
	)
	if err != nil {
		t.Fatal(err)
	}
}

// told is all that a ledger says, but for audits of restores.
func told(t *testing.T, l *Ledger) string {
	t.Helper()
	deliveries, err1 := l.Deliveries(t.Context(), DeliveryFilter{})
	nights, err2 := l.Nights(t.Context())
	gates, err3 := l.Gates(t.Context(), "")
	seen, err4 := l.Sightings(t.Context(), "exchange")
	bases, err5 := l.Baselines(t.Context(), night0.String())
	audits, err6 := l.Audits(t.Context())
	if err := errors.Join(err1, err2, err3, err4, err5, err6); err != nil {
		t.Fatal(err)
	}
	audits = slices.DeleteFunc(audits, func(r Record) bool { return strings.HasPrefix(r.What, "ledger restore") })
	return fmt.Sprintf("%+v\n%+v\n%+v\n%+v\n%+v\n%+v\n%q", deliveries, nights, gates, seen, bases, audits, pushes(t, l, night0.String()))
}

func backup(t *testing.T, l *Ledger) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "ledger-2026-06-15")
	if _, err := l.Backup(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	return name
}

func restore(t *testing.T, l *Ledger, name string, replace bool) error {
	t.Helper()
	_, err := l.Restore(t.Context(), Restoring{File: name, Scratch: t.TempDir(), Replace: replace, Who: "王五", At: evening.Add(time.Hour)})
	return err
}

// sums are what a backup says of its tables.
func sums(t *testing.T, name string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", sqliteReader(name))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	out, err := list(t.Context(), db, func(r row) (string, error) {
		var name, sum string
		var n int64
		err := r.Scan(&name, &n, &sum)
		return fmt.Sprint(name, n, sum), err
	}, `SELECT name, number, sum FROM backup WHERE name <> 'audits' ORDER BY name`)
	if err != nil || len(out) < 6 {
		t.Fatalf("%s: %v, %v", name, out, err)
	}
	return out
}

// A backup of either database restores into either, and the next backup is the same.
func TestBackupFromOneToTheOther(t *testing.T) {
	t.Parallel()
	all := map[string]testDatabase{"sqlite": inFiles(), "postgresql": onServer(postgres.Start(t))}
	for from, source := range all {
		for to, target := range all {
			t.Run(from+" to "+to, func(t *testing.T) {
				t.Parallel()
				l, into := source.empty(t), target.empty(t)
				lived(t, l)
				name := backup(t, l)
				if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
					t.Errorf("%v, %v; want mode 0600", info, err)
				}
				if err := restore(t, into, name, false); err != nil {
					t.Fatal(err)
				}
				if got, want := told(t, into), told(t, l); got != want {
					t.Errorf("restored:\n%s\nwant:\n%s", got, want)
				}
				if got, want := sums(t, backup(t, into)), sums(t, name); !slices.Equal(got, want) {
					t.Errorf("backed up again: %q, want %q", got, want)
				}
				audits, err := into.Audits(t.Context())
				if err != nil || !slices.Contains(audits, Record{evening.Add(time.Hour).UTC(), "王五", "ledger restore of ledger-2026-06-15"}) {
					t.Errorf("audits: %+v, %v", audits, err)
				}
				if n := begin(t, into, night0+1); n.Predecessor != night0.String() {
					t.Errorf("the next night: %+v", n)
				}
				if got, _ := land(t, into, aDelivery(9)); got.Seq != 4 {
					t.Errorf("the next delivery has number %d", got.Seq)
				}
			})
		}
	}
}

func testRestoreIntoWhatIsThere(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	lived(t, l)
	name, before := backup(t, l), told(t, l)
	publish(t, l, night0+1, sms(7))
	if err := restore(t, l, name, false); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("into a ledger with rows: %v", err)
	}
	if _, err := l.Night(t.Context(), "2026-06-16"); err != nil {
		t.Errorf("it was changed: %v", err)
	}
	if err := restore(t, l, name, true); err != nil {
		t.Fatal(err)
	}
	if got := told(t, l); got != before {
		t.Errorf("restored:\n%s\nwant:\n%s", got, before)
	}
}

// testBackupWhileWritten: a backup holds what was committed when it began, however much is written meanwhile.
func testBackupWhileWritten(t *testing.T, db testDatabase) {
	t.Parallel()
	l := db.empty(t)
	lived(t, l)
	before := told(t, l)
	n := begin(t, l, night0+1)
	inside, done := make(chan struct{}), make(chan error)
	backedUp := make(chan struct{})
	go func() {
		done <- l.PublishNight(t.Context(), n, func(yield func(Push, error) bool) {
			if yield(sms(8), nil) {
				close(inside)
				<-backedUp
			}
		}, nil)
	}()
	<-inside
	name := backup(t, l)
	close(backedUp)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	into := inFiles().empty(t)
	if err := restore(t, into, name, false); err != nil {
		t.Fatal(err)
	}
	if m, err := into.Night(t.Context(), n.ID); err != nil || m.State != NightRunning || len(pushes(t, into, n.ID)) != 0 {
		t.Errorf("the night that was being published: %+v, %v", m, err)
	}
	if _, err := into.writer.Exec(`DELETE FROM nights WHERE id = $1`, n.ID); err != nil {
		t.Fatal(err)
	}
	if got := told(t, into); got != before {
		t.Errorf("restored:\n%s\nwant:\n%s", got, before)
	}
}

// Whatever byte of a backup is lost or changed, nothing is restored, or all of it as it was.
func TestDamagedBackups(t *testing.T) {
	t.Parallel()
	l := inFiles().empty(t)
	lived(t, l)
	name := backup(t, l)
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want := told(t, l)
	damaged := filepath.Join(t.TempDir(), "damaged")
	refused := 0
	try := func(what string, data []byte) {
		t.Helper()
		if err := os.WriteFile(damaged, data, 0o600); err != nil {
			t.Fatal(err)
		}
		into := inFiles().empty(t)
		switch err := restore(t, into, damaged, false); {
		case errors.Is(err, ErrBackup):
			refused++
			if nights, err := into.Nights(t.Context()); err != nil || len(nights) > 0 {
				t.Errorf("%s: refused, and %+v, %v", what, nights, err)
			}
		case err != nil:
			t.Errorf("%s: %v", what, err)
		case told(t, into) != want:
			t.Errorf("%s: restored to something else", what)
		}
	}
	for _, length := range []int{0, 15, 100, 4096, len(good) / 2, len(good) - 1} {
		try(fmt.Sprintf("cut to %d bytes", length), good[:length])
	}
	if refused != 6 {
		t.Errorf("%d of 6 backups that were cut off were refused", refused)
	}
	for _, text := range []string{"91510703MA62000000", "tax_2026-06-15_full.csv", "第3行", "王五"} {
		at := bytes.LastIndex(good, []byte(text))
		if at < 0 {
			t.Fatalf("the backup has no %s", text)
		}
		refused = 0
		bad := slices.Clone(good)
		bad[at]++
		try("a changed "+text, bad)
		if refused != 1 {
			t.Errorf("a changed %s was not noticed", text)
		}
	}
	for at := 97; at < len(good); at += 1493 {
		bad := slices.Clone(good)
		bad[at] ^= 0x10
		try(fmt.Sprintf("byte %d", at), bad)
	}
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	l := inFiles().empty(t)
	lived(t, l)
	change := func(statement string) string {
		name := backup(t, l)
		db, err := sql.Open("sqlite", name)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
		return name
	}
	raw := place{Path: filepath.Join(t.TempDir(), "ledger.db")}
	lived(t, raw.ledger(t))
	for _, c := range []struct{ name, file, want string }{
		{"a newer schema", change("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999999, 1)"), "schema has version 999999"},
		{"a newer format", change("PRAGMA user_version = 2"), "it has format 2"},
		{"a ledger that is no backup", raw.Path, "zhida ledger backup has not made it"},
		{"a row too few", change("DELETE FROM pushes WHERE enterprise = 2"), "table pushes: 2 rows, written were 3"},
		{"none", filepath.Join(t.TempDir(), "none"), "no such file"},
	} {
		into := inFiles().empty(t)
		if err := restore(t, into, c.file, false); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if nights, err := into.Nights(t.Context()); err != nil || len(nights) > 0 {
			t.Errorf("%s: %+v, %v", c.name, nights, err)
		}
	}
	name := backup(t, l)
	if _, err := l.Backup(t.Context(), name); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("over another backup: %v", err)
	}
}

// A backup that an older zhida wrote is brought forward.
func TestRestoreOfAnOldBackup(t *testing.T) {
	t.Parallel()
	at := place{Path: filepath.Join(t.TempDir(), "old")}
	makeOld(t, at, 1)
	db, err := sql.Open("sqlite", at.Path)
	if err != nil {
		t.Fatal(err)
	}
	all, err := tables(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	statements := []string{
		`CREATE TABLE backup (name TEXT NOT NULL PRIMARY KEY, number BIGINT NOT NULL, sum TEXT NOT NULL)`,
		fmt.Sprintf("PRAGMA application_id = %d", backupMark), fmt.Sprintf("PRAGMA user_version = %d", backupFormat),
	}
	for i := range all {
		c, err := read(t.Context(), db, all[i].rows(), func([]any) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		statements = append(statements, fmt.Sprintf("INSERT INTO backup VALUES ('%s', %d, '%s')", all[i].name, c.rows, c.sum))
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	l := inFiles().empty(t)
	if err := restore(t, l, at.Path, false); err != nil {
		t.Fatal(err)
	}
	checkOld(t, l, 1)
	if d, ok, err := l.LastPublished(t.Context(), schemas.NewDate(2026, 6, 15)); err != nil || !ok || d.ID != "2026-06-14" {
		t.Errorf("%+v, %v, %v", d, ok, err)
	}
}
