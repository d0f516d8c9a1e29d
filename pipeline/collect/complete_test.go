package collect_test

import (
	"context"
	"crypto/md5"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"zhida/connectors/source"
	"zhida/pipeline/collect"
	"zhida/pipeline/ledger"
)

func why(list []collect.Found) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Object.Name+": "+f.Why.Error())
	}
	return strings.Join(out, "; ")
}

func TestMarker(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "x"}, complete: source.Complete{Marker: "{file}.ok"}}
	r := s.collect(0, src)
	equal(t, "waits", why(r.Waiting), "tax_0.csv: its marker tax_0.csv.ok is not there")
	if len(r.Landed)+len(r.Unknown)+src.opened != 0 {
		t.Errorf("%+v, opened %d", r, src.opened)
	}
	src.files["tax_0.csv.ok"], src.files["court_0.csv.ok"] = "1", "1"
	r = s.collect(0, src)
	equal(t, "landed", names(r.Landed), "1:tax_0.csv")
	equal(t, "alone", found(r.Alone), "court_0.csv.ok")
	if len(r.Waiting)+len(r.Unknown) != 0 {
		t.Errorf("%+v", r)
	}

	delete(src.files, "tax_0.csv.ok") // what was landed needs it no longer
	if r = s.collect(1, src); r.Known != 1 || len(r.Waiting) != 0 {
		t.Errorf("its marker is gone: %+v", r)
	}
	src.files["tax_0.csv.ok"], src.files["tax_0.csv"] = "1", "corrected, in part"
	r = s.collect(1, src)
	equal(t, "waits for its own marker", why(r.Waiting), "tax_0.csv: it was replaced, and its marker tax_0.csv.ok is the one of before: the sender should write it anew when the file is complete")
	src.files["tax_0.csv.ok"], src.files["tax_0.csv"] = "2", "corrected"
	r = s.collect(1, src)
	equal(t, "landed", names(r.Landed), "2:tax_0.csv")
}

// TestBrokenWaits: a broken delivery whose file is being replaced is not taken for one that was taken away.
func TestBrokenWaits(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "x", "tax_0.csv.ok": "1"}, complete: source.Complete{Marker: "{file}.ok"}}
	s.collect(0, src)
	if err := s.ledger.MarkBroken(t.Context(), 1, "cut off"); err != nil {
		t.Fatal(err)
	}
	src.files["tax_0.csv"] = "y"
	if r := s.collect(0, src); len(r.Withdrawn) != 0 || len(r.Waiting) != 1 {
		t.Errorf("%+v", r)
	}
	src.files["tax_0.csv.ok"] = "2"
	r := s.collect(0, src)
	equal(t, "landed", names(r.Landed), "2:tax_0.csv")
	equal(t, "withdrawn", names(r.Withdrawn), "1:tax_0.csv")
}

func sum(content string) string { return fmt.Sprintf("%x", md5.Sum([]byte(content))) }

func TestManifest(t *testing.T) {
	t.Parallel()
	for _, blunt := range []bool{false, true} {
		s := newSite(t)
		src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "abc", "court_0.csv": "x"}, blunt: blunt, complete: source.Complete{Manifest: "sums"}}
		r := s.collect(0, src)
		equal(t, "waits", why(r.Waiting), "court_0.csv: its manifest sums is not there; tax_0.csv: its manifest sums is not there")

		src.files["sums"] = "what?"
		r = s.collect(0, src)
		equal(t, "waits", why(r.Waiting), "court_0.csv: its manifest sums cannot be read; tax_0.csv: its manifest sums cannot be read")
		if len(r.Failures) != 1 || !strings.HasPrefix(r.Failures[0].Error(), "source dir: sums: line 1: want checksum lines") {
			t.Errorf("failures %v", r.Failures)
		}

		src.files["sums"] = sum("abd") + "  tax_0.csv\n" + sum("y") + "  later_0.csv\n"
		r = s.collect(0, src)
		equal(t, "waits", why(r.Waiting), "court_0.csv: its manifest sums does not name it")
		want := "source dir: tax_0.csv: it has the checksum MD5 " + sum("abc") + ", its manifest says " + sum("abd") + " (sums): ask the sender to deliver it again, and its manifest with it"
		if len(r.Failures) != 1 || r.Failures[0].Error() != want || len(r.Landed) != 0 {
			t.Errorf("%+v, want %s", r, want)
		}
		if len(r.Missing) != 1 || r.Missing[0] != (collect.Missing{Source: "dir", Manifest: "sums", File: "later_0.csv"}) {
			t.Errorf("missing %+v", r.Missing)
		}

		src.files["sums"] = "file,rows,bytes,sum\ntax_0.csv,7,3," + sum("abc") + "\ncourt_0.csv,,2,\n"
		r = s.collect(0, src)
		equal(t, "landed", names(r.Landed), "1:tax_0.csv")
		if r.Landed[0].Rows != (sql.Null[int64]{V: 7, Valid: true}) {
			t.Errorf("rows %+v", r.Landed[0].Rows)
		}
		want = "source dir: court_0.csv: it has 1 bytes, its manifest sums says 2: ask the sender to deliver it again, and its manifest with it"
		if len(r.Failures) != 1 || r.Failures[0].Error() != want {
			t.Errorf("failures %v, want %s", r.Failures, want)
		}
		src.files["court_0.csv"] = "xy"
		r = s.collect(0, src)
		equal(t, "landed the next night", names(r.Landed), "2:court_0.csv")
		if r.Landed[0].Rows.Valid || r.Known != 1 {
			t.Errorf("%+v", r)
		}
	}
}

// TestManifestCorrected: of a broken delivery the sender may correct the manifest only.
func TestManifestCorrected(t *testing.T) {
	t.Parallel()
	for _, blunt := range []bool{false, true} {
		s := newSite(t)
		src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "x", "sums": "file,rows\ntax_0.csv,7\n"}, blunt: blunt, complete: source.Complete{Manifest: "sums"}}
		s.collect(0, src)
		said := func() int64 {
			d, err := s.ledger.Delivery(t.Context(), 1)
			if err != nil || !d.Rows.Valid {
				t.Fatal(d, err)
			}
			return d.Rows.V
		}
		src.files["sums"] = "file,rows\ntax_0.csv,8\n"
		if s.collect(0, src); said() != 7 {
			t.Errorf("a delivery that can be read has %d rows now", said())
		}
		if err := s.ledger.MarkBroken(t.Context(), 1, "it has 8 rows"); err != nil {
			t.Fatal(err)
		}
		r := s.collect(0, src)
		if said() != 8 || r.Known != 1 || len(r.Landed) != 0 {
			t.Errorf("it says %d; %+v", said(), r)
		}
	}
}

// TestRest lands what has been left alone for long enough, by our clock, and waits for it once.
func TestRest(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "x", "court_0.csv": "x"}, complete: source.Complete{Rest: 10 * time.Minute}}
	quick := &fake{name: "quick", files: map[string]string{"tax_0.csv": "y"}}
	begun := s.now
	s.waiting = func() { src.files["tax_0.csv"] += "more" }
	r := s.collect(0, src, quick)
	equal(t, "landed", names(r.Landed), "1:tax_0.csv 2:court_0.csv")
	equal(t, "waits", why(r.Waiting), "tax_0.csv: it was written to while it should have rested for 10m0s")
	if waited := s.now.Sub(begun); waited != 10*time.Minute {
		t.Errorf("waited %v", waited)
	}

	s.waiting = nil
	s.now = s.now.Add(4 * time.Minute) // the same night, run again
	begun = s.now
	r = s.collect(0, src, quick)
	equal(t, "landed", names(r.Landed), "3:tax_0.csv")
	if waited := s.now.Sub(begun); waited != 6*time.Minute || r.Known != 2 {
		t.Errorf("waited %v; %+v", waited, r)
	}

	begun = s.now
	src.files["tax_0.csv"] += "!" // replaced: it must rest anew
	s.waiting = func() { delete(src.files, "tax_0.csv") }
	if r = s.collect(0, src, quick); len(r.Landed)+len(r.Failures) != 0 || s.now.Sub(begun) != 10*time.Minute {
		t.Errorf("taken away while it rested, after %v: %+v", s.now.Sub(begun), r)
	}
}

// TestRestOfTheClock has the wait end with the night, and waits for a moment by the real clock.
func TestRestOfTheClock(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "x"}, complete: source.Complete{Rest: time.Hour}}
	ctx, cancel := context.WithCancel(t.Context())
	looks := 0
	night := collect.Night{Until: night0, Now: func() time.Time {
		if looks++; looks == 3 { // it wants to know how long to wait
			cancel()
		}
		return s.now
	}}
	if _, err := collect.Collect(ctx, as([]*fake{src}), s.ledger, s.store, night); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while it waits: %v", err)
	}
	src.complete.Rest, src.files["tax_0.csv"] = 50*time.Millisecond, "y"
	night.Now = time.Now
	r, err := collect.Collect(t.Context(), as([]*fake{src}), s.ledger, s.store, night)
	if err != nil || len(r.Landed) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	if d, err := s.ledger.Deliveries(t.Context(), ledger.DeliveryFilter{}); err != nil || len(d) != 1 {
		t.Errorf("%v, %v", d, err)
	}
}
