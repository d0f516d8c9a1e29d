package ledger

import (
	"database/sql"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"zhida/schemas"
)

// versions are those of the schema that the migrations lead to, in order, with the names of their files.
func versions(t *testing.T) []string {
	t.Helper()
	names, err := fs.Glob(migrations(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// upTo is the first migrations.
func upTo(t *testing.T, version int) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for _, name := range versions(t)[:version] {
		data, err := fs.ReadFile(migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: data}
	}
	return out
}

var insertion = regexp.MustCompile(`(?m)^INSERT INTO (\w+) VALUES\(.*\);$`)

// A ledger as each earlier version of the schema had it, filled by a release of then, is brought forward and says the same; and so
// is today's by the next version.
func testOldLedger(t *testing.T, db testDatabase) {
	t.Parallel()
	newest := len(versions(t))
	next := upTo(t, newest)
	next["99999_next.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nALTER TABLE nights ADD COLUMN next TEXT NOT NULL DEFAULT 'x';\n")}
	for version := 1; version <= newest; version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			t.Parallel()
			at := db.place(t)
			makeOld(t, at, version)
			for _, source := range []fs.FS{migrations(), next} {
				l, err := at.openWith(t.Context(), source)
				if err != nil {
					t.Fatal(err)
				}
				checkOld(t, l, version)
				if err := l.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// makeOld makes a ledger of that version, from its dump: on a server the first migrations make its tables.
func makeOld(t *testing.T, at place, version int) {
	t.Helper()
	name := filepath.Join("testdata", fmt.Sprintf("ledger.v%d.sql", version))
	dump, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v: it is what sqlite3 dumps of a ledger of that version", err)
	}
	if at.isFile() {
		db, err := sql.Open("sqlite", at.Path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(string(dump)); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		return
	}
	l, err := at.openWith(t.Context(), upTo(t, version))
	if err != nil {
		t.Fatal(err)
	}
	rows := insertion.FindAllStringSubmatch(string(dump), -1)
	rows = slices.DeleteFunc(rows, func(row []string) bool { return row[1] == "goose_db_version" || strings.HasPrefix(row[1], "sqlite_") })
	if len(rows) < 7 {
		t.Fatalf("%s has %d rows", name, len(rows))
	}
	for _, row := range rows {
		if _, err := l.writer.Exec(row[0]); err != nil {
			t.Fatalf("%s: %v", row[0], err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// checkOld checks what the version had.
func checkOld(t *testing.T, l *Ledger, version int) {
	t.Helper()
	last, ok, err := l.LastPublished(t.Context(), 0)
	if err != nil || !ok || last.ID != "2026-06-15.2" || last.Predecessor != "2026-06-14" || !last.Started.Equal(evening.Add(time.Hour)) {
		t.Errorf("LastPublished = %+v, %v, %v", last, ok, err)
	}
	all, err := l.Deliveries(t.Context(), DeliveryFilter{})
	if err != nil || len(all) != 2 || all[0].Ref != aRef(1) || all[1].State != DeliveryBroken || all[1].Reason != "第3行多一列" {
		t.Errorf("Deliveries = %+v, %v", all, err)
	}
	if arrived := evening.Add(-30 * time.Minute); err == nil && version >= 4 != all[0].Arrived.Equal(arrived) {
		t.Errorf("delivery 1 arrived at %v", all[0].Arrived)
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
	audits, err := l.Audits(t.Context())
	if want := (Record{evening.UTC(), "王五", "export rejects --raw"}); err != nil || version >= 2 != slices.Contains(audits, want) {
		t.Errorf("Audits = %+v, %v", audits, err)
	}
	if rows := (sql.Null[int64]{V: 1000, Valid: true}); err == nil && version >= 6 != (all[0].Rows == rows) {
		t.Errorf("delivery 1 must have %+v rows", all[0].Rows)
	}
	watched := Sighting{Source: "exchange", Name: "tax_2026-06-16_full.csv", Bytes: 10, Version: "v1"}
	if since, err := l.Watch(t.Context(), watched, evening.Add(time.Hour)); err != nil || version >= 6 != since.Equal(evening) {
		t.Errorf("a file is watched since %v, %v", since, err)
	}
	held := Hold{"tax", evening.UTC(), "王五", "交错了", evening.Add(time.Hour).UTC(), "李四", "换好了"}
	if holds, err := l.Holds(t.Context()); err != nil || version >= 5 != slices.Contains(holds, held) {
		t.Errorf("Holds = %+v, %v", holds, err)
	}
	gates, err := l.Gates(t.Context(), "2026-06-15.2")
	want := Gate{"2026-06-15.2", "rows", "tax", "600 of 1000", "王五", "两个所合并", evening.UTC()}
	if err != nil || version >= 3 != slices.Contains(gates, want) {
		t.Errorf("Gates = %+v, %v", gates, err)
	}
}
