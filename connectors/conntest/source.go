package conntest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"zhida/connectors/source"
	"zhida/schemas"
)

// Place is an empty place that a source reads.
type Place struct {
	Put    func(t testing.TB, name string, content []byte) // makes or replaces a file, with its folders
	Remove func(t testing.TB, name string)
	Open   func(deliveries []source.Delivery) (source.Source, error)
}

// Source runs the suite of source.Source; start makes a new empty place.
func Source(t *testing.T, start func(t *testing.T) Place) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(t *testing.T, p Place)
	}{
		{"listing", sourceListing},
		{"configuration", sourceConfiguration},
		{"content", sourceContent},
		{"gone", sourceGone},
		{"changed", sourceChanged},
		{"cancelled", sourceCancelled},
		{"several goroutines", sourceGoroutines},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, start(t))
		})
	}
}

const delivered = "tax_20260615_full.csv"

func open(t *testing.T, p Place) source.Source {
	t.Helper()
	s, err := p.Open([]source.Delivery{
		{Dataset: "tax", Files: "tax_{date}_{mode}.csv"},
		{Dataset: "court", Files: "court/{scope}/{date}.csv", Mode: schemas.ModeIncrement},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// one puts a delivery and returns it as listed.
func one(t *testing.T, p Place, s source.Source, content []byte) source.Object {
	t.Helper()
	p.Put(t, delivered, content)
	objects, err := s.List(t.Context())
	if err != nil || len(objects) != 1 || !objects[0].IsDelivery() {
		t.Fatalf("listed %+v, %v", objects, err)
	}
	return objects[0]
}

func sourceListing(t *testing.T, p Place) {
	s := open(t, p)
	if objects, err := s.List(t.Context()); err != nil || len(objects) != 0 {
		t.Errorf("an empty place lists %+v, %v", objects, err)
	}
	for _, name := range []string{
		delivered, "court/510703/20260615.csv", "court/510703/2026-06-16.csv", "读我.txt", "archive/tax_20260615_full.csv",
		delivered + ".part", "x.tmp", ".hidden", "old~", ".trash/" + delivered, "tax_20260231_full.csv",
	} {
		p.Put(t, name, []byte(name))
	}
	objects, err := s.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range objects {
		got = append(got, fmt.Sprintf("%s %d %s %s %s %s", o.Name, o.Size, o.Dataset, o.Date, o.Mode, o.Scope))
		if o.IsDelivery() == (o.Problem != "") {
			t.Errorf("%+v: a file is either a delivery or has a problem", o)
		}
	}
	want := []string{
		"archive/tax_20260615_full.csv 29    ",
		"court/510703/2026-06-16.csv 27 court 2026-06-16 increment 510703",
		"court/510703/20260615.csv 25 court 2026-06-15 increment 510703",
		"tax_20260231_full.csv 21    ",
		"tax_20260615_full.csv 21 tax 2026-06-15 full ",
		"读我.txt 10    ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("listed\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if again, err := s.List(t.Context()); err != nil || !slices.Equal(again, objects) {
		t.Errorf("a second listing differs: %+v, %v", again, err)
	}
	for _, o := range objects {
		if o.IsDelivery() {
			continue
		}
		if _, err := s.Open(t.Context(), o, 0); !errors.Is(err, source.ErrRefused) {
			t.Errorf("%s is opened: %v", o.Name, err)
		}
	}
}

func sourceConfiguration(t *testing.T, p Place) {
	_, err := p.Open([]source.Delivery{{Dataset: "a", Files: "{date}.csv"}, {Dataset: "b", Files: "*"}})
	var fault *source.ConfigError
	if !errors.As(err, &fault) {
		t.Errorf("got %v", err)
	}
}

func sourceContent(t *testing.T, p Place) {
	s := open(t, p)
	want := bytes.Repeat([]byte("0123456789"), 100_000)
	r, err := s.Open(t.Context(), one(t, p, s, want), 0)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want) {
		t.Errorf("read %d bytes, %v", len(got), err)
	}
	for range 2 {
		if err := r.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	for _, from := range []int64{1, 999_999, 1_000_000} {
		o := one(t, p, s, want)
		r, err := s.Open(t.Context(), o, from)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, want[from:]) {
			t.Errorf("from byte %d: read %d bytes, %v", from, len(got), err)
		}
		_ = r.Close()
	}
	r, err = s.Open(t.Context(), one(t, p, s, nil), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); err != nil || len(got) != 0 {
		t.Errorf("an empty file gives %d bytes, %v", len(got), err)
	}
}

func sourceGone(t *testing.T, p Place) {
	s := open(t, p)
	o := one(t, p, s, []byte("x"))
	p.Remove(t, o.Name)
	if _, err := s.Open(t.Context(), o, 0); !errors.Is(err, source.ErrGone) {
		t.Errorf("got %v", err)
	}
}

func sourceChanged(t *testing.T, p Place) {
	s := open(t, p)
	o := one(t, p, s, []byte("half"))
	p.Put(t, o.Name, []byte("half and half"))
	if err := drain(t.Context(), s, o); !errors.Is(err, source.ErrChanged) {
		t.Errorf("longer: %v", err)
	}
	p.Put(t, o.Name, []byte("h"))
	if err := drain(t.Context(), s, o); !errors.Is(err, source.ErrChanged) {
		t.Errorf("shorter: %v", err)
	}
	now := one(t, p, s, []byte("flah")) // other content: the mark may be one of the content alone
	if o.Version != "" && now.Version == o.Version {
		t.Errorf("version %q stays after writing", o.Version)
	}
}

func sourceCancelled(t *testing.T, p Place) {
	s := open(t, p)
	o := one(t, p, s, []byte("x"))
	ctx, cancel := context.WithCancel(t.Context())
	r, err := s.Open(ctx, o, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cancel()
	if _, err := r.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("read: %v", err)
	}
	if _, err := s.Open(ctx, o, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
	if _, err := s.List(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("list: %v", err)
	}
}

func sourceGoroutines(t *testing.T, p Place) {
	s := open(t, p)
	o := one(t, p, s, bytes.Repeat([]byte("x"), 100_000))
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if _, err := s.List(t.Context()); err != nil {
				t.Error(err)
			}
			if err := drain(t.Context(), s, o); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

// drain opens and reads the object.
func drain(ctx context.Context, s source.Source, o source.Object) error {
	r, err := s.Open(ctx, o, 0)
	if err != nil {
		return err
	}
	n, err := io.Copy(io.Discard, r)
	if err == nil && o.Size >= 0 && n != o.Size {
		err = fmt.Errorf("%d bytes instead of %d", n, o.Size)
	}
	return errors.Join(err, r.Close())
}
