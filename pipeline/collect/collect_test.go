package collect_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"zhida/pipeline/collect"
	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
	"zhida/schemas"
)

func TestCollectLandsByName(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	a := &fake{name: "sftp", files: map[string]string{"tax_0.csv": "b", "court_0.csv": "a", "zz_-3.csv": "c", "tax_1.csv": "later"}}
	b := &fake{name: "dir", files: map[string]string{"aa_0.csv": "d"}, blunt: true}
	r := s.collect(0, a, b)
	equal(t, "landed", names(r.Landed), "1:court_0.csv 2:tax_0.csv 3:zz_-3.csv 4:aa_0.csv")
	equal(t, "later", found(r.Later), "tax_1.csv")
	d := r.Landed[1]
	want := ledger.Delivery{
		Seq: 2, Dataset: "tax", Source: "sftp", Name: "tax_0.csv", Sum: d.Ref.Sum, Bytes: 1, Date: night0, Mode: schemas.ModeFull,
		Scope: "5107", State: ledger.DeliveryLanded, Ref: d.Ref, Arrived: s.now,
	}
	if d != want || !d.Ref.Sealed || !strings.HasPrefix(d.Ref.Name, "landing/") || !strings.HasSuffix(d.Ref.Name, ".csv.age") {
		t.Errorf("landed %+v, want %+v", d, want)
	}
	equal(t, "content", s.content(d), "b")

	opened := a.opened
	r = s.collect(1, a, b)
	equal(t, "landed the next night", names(r.Landed), "5:tax_1.csv")
	if r.Known != 4 || a.opened != opened+1 || b.opened != 2 {
		t.Errorf("%d known; the source with versions was read %d times, the other %d times", r.Known, a.opened-opened, b.opened)
	}
}

func TestSameContentIsOneDelivery(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "x", "tax_0_copy.csv": "x", "court_0.csv": "x"}}
	r := s.collect(0, src)
	equal(t, "landed", names(r.Landed), "1:court_0.csv 2:tax_0.csv")
	if r.Known != 1 {
		t.Errorf("%d known, want the copy", r.Known)
	}
	src.files = map[string]string{"tax_0_moved.csv": "x"}
	if r = s.collect(0, src); len(r.Landed) != 0 || r.Known != 1 {
		t.Errorf("a renamed file: %+v", r)
	}
}

func TestChangedFileIsNew(t *testing.T) {
	t.Parallel()
	for _, blunt := range []bool{false, true} {
		s := newSite(t)
		src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "old"}, blunt: blunt}
		s.collect(0, src)
		src.files["tax_0.csv"] = "new" // of the same size
		r := s.collect(0, src)
		equal(t, "landed", names(r.Landed), "2:tax_0.csv")
		equal(t, "content", s.content(r.Landed[0]), "new")
	}
}

func TestGrowingFilesAreLeft(t *testing.T) {
	t.Parallel()
	cases := map[string]func(*fake){
		"grows before it is read": func(f *fake) {
			f.read = map[string]func(string) error{"tax_0.csv": func(n string) error { f.files[n] += "more"; return nil }}
		},
		"shrinks before it is read": func(f *fake) {
			f.read = map[string]func(string) error{"tax_0.csv": func(n string) error { f.files[n] = "x"; return nil }}
		},
		"is replaced after it was read": func(f *fake) {
			f.onList = func(n int) {
				if n == 2 {
					f.files["tax_0.csv"] = "other!"
				}
			}
		},
		"goes after it was read": func(f *fake) {
			f.onList = func(n int) {
				if n == 2 {
					delete(f.files, "tax_0.csv")
				}
			}
		},
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "before", "court_0.csv": "x"}}
			change(src)
			r := s.collect(0, src)
			equal(t, "changing", found(r.Changing), "tax_0.csv")
			equal(t, "landed", names(r.Landed), "1:court_0.csv")
			src.read, src.onList = nil, nil
			src.files["tax_0.csv"] = "whole"
			r = s.collect(0, src)
			equal(t, "landed when it is whole", names(r.Landed), "2:tax_0.csv")
			equal(t, "content", s.content(r.Landed[0]), "whole")
		})
	}
}

func TestUnknownFiles(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	src := &fake{name: "dir", files: map[string]string{"readme.txt": "x"}}
	for night, isNew := range []bool{true, false} {
		r := s.collect(night, src)
		if len(r.Unknown) != 1 || r.Unknown[0].Object.Name != "readme.txt" || r.Unknown[0].New != isNew || src.opened != 0 {
			t.Errorf("night %d: %+v, opened %d", night, r.Unknown, src.opened)
		}
	}
}

func TestFailuresDoNotStopOthers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	gone, denied, torn := errors.New("connection refused"), errors.New("permission denied"), errors.New("connection reset")
	down := &fake{name: "down", listErr: gone, files: map[string]string{"tax_0.csv": "1"}}
	lists := &fake{name: "lists", files: map[string]string{"tax_0.csv": "2"}}
	lists.onList = func(n int) {
		if n == 2 {
			lists.listErr = gone
		}
	}
	partly := &fake{
		name: "partly", files: map[string]string{"a_0.csv": "x", "b_0.csv": "y", "c_0.csv": "z", "d_0.csv": "w"},
		openErr: map[string]error{"a_0.csv": denied},
		read:    map[string]func(string) error{"c_0.csv": func(string) error { return torn }},
	}
	r := s.collect(0, down, lists, partly)
	equal(t, "landed", names(r.Landed), "1:b_0.csv 2:d_0.csv")
	want := []string{
		"source down: list: connection refused", "source lists: list: connection refused",
		"source partly: a_0.csv: permission denied", "source partly: c_0.csv: connection reset",
	}
	for i, f := range r.Failures {
		equal(t, "failure", f.Error(), want[i])
	}
	if len(r.Failures) != len(want) || !errors.Is(r.Failures[3], torn) {
		t.Errorf("failures %v", r.Failures)
	}
	partly.openErr, partly.read, down.listErr = nil, nil, nil
	r = s.collect(0, down, partly)
	equal(t, "landed when they are back", names(r.Landed), "3:tax_0.csv 4:a_0.csv 5:c_0.csv")
}

// TestTablesAreBegunAgain: a table whose reading broke is read again from its beginning, and given up when that does not help.
func TestTablesAreBegunAgain(t *testing.T) {
	t.Parallel()
	for fails, landed := range map[int]string{3: "1:court_0.csv 2:tax_0.csv", 4: "1:court_0.csv"} {
		s := newSite(t)
		src := &fake{name: "tables", files: map[string]string{"tax_0.csv": "rows", "court_0.csv": "x"}}
		src.read = map[string]func(string) error{"tax_0.csv": func(string) error {
			if fails--; fails >= 0 {
				return fmt.Errorf("%w: connection reset", collect.ErrAgain)
			}
			return nil
		}}
		r := s.collect(0, src)
		equal(t, "landed", names(r.Landed), landed)
		if len(r.Failures)+len(r.Landed) != 2 {
			t.Errorf("failures %v", r.Failures)
		}
		if len(r.Landed) == 2 {
			equal(t, "content", s.content(r.Landed[1]), "rows")
		}
	}
}

func TestBrokenOnesAreWithdrawn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	src := &fake{name: "dir", files: map[string]string{"a_0.csv": "bad", "b_0.csv": "bad", "c_0.csv": "bad", "d_0.csv": "bad", "e_0.csv": "bad", "f_0.csv": "good"}}
	s.collect(0, src)
	for seq := range int64(5) {
		if err := s.ledger.MarkBroken(t.Context(), seq+1, "坏"); err != nil {
			t.Fatal(err)
		}
	}
	if r := s.collect(0, src); len(r.Withdrawn) != 0 || r.Known != 6 {
		t.Errorf("all still there: %+v", r)
	}
	delete(src.files, "a_0.csv")
	src.files["b_0.csv"] = "right"                      // replaced
	src.files["c_0_renamed.csv"] = src.files["c_0.csv"] // moved
	delete(src.files, "c_0.csv")
	src.files["d_0.csv"] = "who knows"
	src.openErr = map[string]error{"d_0.csv": errors.New("permission denied")}
	src.read = map[string]func(string) error{"e_0.csv": func(n string) error { src.files[n] += "…"; return nil }}
	src.files["e_0.csv"] = "is written anew"
	src.listErr = errors.New("down")
	if r := s.collect(0, src); len(r.Withdrawn) != 0 {
		t.Errorf("withdrawn though the source could not be listed: %s", names(r.Withdrawn))
	}
	src.listErr = nil
	r := s.collect(0, src)
	equal(t, "withdrawn", names(r.Withdrawn), "1:a_0.csv 2:b_0.csv")
	equal(t, "landed", names(r.Landed), "7:b_0.csv")
	equal(t, "changing", found(r.Changing), "e_0.csv")
	src.files["a_0.csv"] = "bad" // it comes back
	src.openErr, src.read = nil, nil
	r = s.collect(0, src)
	equal(t, "withdrawn then", names(r.Withdrawn), "4:d_0.csv 5:e_0.csv")
	equal(t, "landed then", names(r.Landed), "8:a_0.csv 9:d_0.csv 10:e_0.csv")
}

// TestWhatANightReadStays: a broken delivery is not taken back for leaving the days that its source lists, nor after a night has
// read it.
func TestWhatANightReadStays(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	src := &fake{name: "tables", files: map[string]string{"a_0.csv": "bad", "b_1.csv": "bad", "c_1.csv": "bad"}}
	s.collect(1, src)
	n, err := s.ledger.BeginNight(t.Context(), night0+1, s.now)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ledger.Assign(t.Context(), n.ID, []int64{3}); err != nil {
		t.Fatal(err)
	}
	for seq := range int64(3) {
		if err := s.ledger.MarkBroken(t.Context(), seq+1, "坏"); err != nil {
			t.Fatal(err)
		}
	}
	src.files, src.since = nil, night0+1
	equal(t, "withdrawn", names(s.collect(1, src).Withdrawn), "2:b_1.csv")
}

// A delivery whose artefact is gone from the store is brought again as long as its source has it.
func TestLostArtefactIsBroughtAgain(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	dir := t.TempDir()
	src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "x"}}
	first := s.collect(0, src).Landed[0]
	key, err := store.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	empty, err := store.Open(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	defer empty.Close()
	result, err := collect.Collect(t.Context(), as([]*fake{src}), s.ledger, empty, s.night(0))
	if err != nil || len(result.Landed) != 1 || src.opened != 2 || result.Landed[0].Sum == first.Sum {
		t.Errorf("Collect into another store: %+v, %v", result, err)
	}
}

func TestFatalErrors(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	src := &fake{name: "dir", files: map[string]string{"tax_0.csv": "x"}}
	blind, err := store.Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer blind.Close()
	if _, err := collect.Collect(t.Context(), as([]*fake{src}), s.ledger, blind, s.night(0)); !errors.Is(err, store.ErrNoKey) {
		t.Errorf("Collect without a key = %v", err)
	}
	if _, err := collect.Collect(t.Context(), as([]*fake{src, src}), s.ledger, s.store, s.night(0)); err == nil {
		t.Error("Collect from two sources of one name succeeded")
	}
	ctx, cancel := context.WithCancel(t.Context())
	src.read = map[string]func(string) error{"tax_0.csv": func(string) error { cancel(); return nil }}
	if _, err := collect.Collect(ctx, as([]*fake{src}), s.ledger, s.store, s.night(0)); !errors.Is(err, context.Canceled) {
		t.Errorf("Collect when cancelled = %v", err)
	}
	src.read = nil
	dateless := &nodate{src}
	r, err := collect.Collect(t.Context(), []collect.Source{dateless}, s.ledger, s.store, s.night(0))
	if err != nil || len(r.Failures) != 1 || !strings.Contains(r.Failures[0].Error(), "no business date") {
		t.Errorf("Collect of an object without a date = %+v, %v", r, err)
	}
	r, err = collect.Collect(t.Context(), []collect.Source{&double{src}}, s.ledger, s.store, s.night(0))
	if err != nil || len(r.Failures) != 1 || !strings.Contains(r.Failures[0].Error(), "two objects called") {
		t.Errorf("Collect from a source that lists twice = %+v, %v", r, err)
	}
}

type nodate struct{ *fake }

func (n *nodate) List(ctx context.Context) ([]collect.Object, error) {
	out, err := n.fake.List(ctx)
	for i := range out {
		out[i].Date = 0
	}
	return out, err
}

type double struct{ *fake }

func (d *double) List(ctx context.Context) ([]collect.Object, error) {
	out, err := d.fake.List(ctx)
	return append(out, out...), err
}
