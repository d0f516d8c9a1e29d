package retry

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"zhida/connectors/source"
)

var errBroken = errors.New("connection reset by peer")

// scripted is a source of one file whose connections break after so many bytes each.
type scripted struct {
	content []byte
	breaks  []int   // by opening; past its end they do not break
	opened  []int64 // from where
	fail    []error // of List and Open, one a call
}

func (s *scripted) next() error {
	if len(s.fail) == 0 {
		return nil
	}
	err := s.fail[0]
	s.fail = s.fail[1:]
	return err
}

func (s *scripted) List(context.Context) ([]source.Object, error) { return nil, s.next() }

func (s *scripted) Open(_ context.Context, _ source.Object, from int64) (io.ReadCloser, error) {
	if err := s.next(); err != nil {
		return nil, err
	}
	s.opened = append(s.opened, from)
	rest := s.content[from:]
	if len(s.breaks) == 0 {
		return io.NopCloser(bytes.NewReader(rest)), nil
	}
	n := min(s.breaks[0], len(rest))
	s.breaks = s.breaks[1:]
	return io.NopCloser(io.MultiReader(bytes.NewReader(rest[:n]), broken{})), nil
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }

// patient is a source that notes how long it would wait.
func patient(inner source.Source) (*Source, *[]time.Duration) {
	var waited []time.Duration
	return &Source{inner, func(_ context.Context, d time.Duration) error { waited = append(waited, d); return nil }}, &waited
}

func content(n int) []byte {
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(i ^ i>>8 ^ i>>16)
	}
	return out
}

func read(t *testing.T, s *Source) ([]byte, error) {
	t.Helper()
	body, err := s.Open(t.Context(), source.Object{Name: "f"}, 0)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(body)
}

func TestGoesOn(t *testing.T) {
	t.Parallel()
	want := content(10 << 20)
	inner := &scripted{content: want, breaks: []int{0, 100, 5000, 5 << 20, 10, 10, 2 << 20}}
	s, waited := patient(inner)
	got, err := read(t, s)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	// The tenth byte of a connection is one of those that have come already: it brings nothing.
	if from := []int64{0, 0, 0, 904, 5<<20 + 904 - overlap}; !slices.Equal(inner.opened[:5], from) {
		t.Errorf("opened from %d, want %d", inner.opened, from)
	}
	if len(*waited) != 7 || (*waited)[0] != time.Second || (*waited)[2] != 20*time.Second || (*waited)[3] != time.Second {
		t.Errorf("waited %v", *waited)
	}
}

func TestGivesUp(t *testing.T) {
	t.Parallel()
	inner := &scripted{content: content(1 << 20), breaks: []int{10, 5, 5, 5, 5, 5}}
	s, waited := patient(inner)
	got, err := read(t, s)
	if !errors.Is(err, errBroken) || !strings.HasPrefix(err.Error(), "after 4 attempts: ") || len(got) != 10 || len(*waited) != 3 {
		t.Errorf("%d bytes, waited %v, %v", len(got), *waited, err)
	}
	inner = &scripted{fail: []error{errBroken, errBroken, errBroken, errBroken, nil}}
	s, waited = patient(inner)
	if _, err := s.List(t.Context()); !errors.Is(err, errBroken) || len(*waited) != 3 {
		t.Errorf("waited %v, %v", *waited, err)
	}
	if _, err := s.List(t.Context()); err != nil {
		t.Errorf("a later call: %v", err)
	}
}

func TestSomeErrorsAreFinal(t *testing.T) {
	t.Parallel()
	for _, final := range []error{source.ErrDenied, source.ErrGone, source.ErrChanged, source.ErrRefused} {
		s, waited := patient(&scripted{fail: []error{final, final}})
		_, listing := s.List(t.Context())
		_, opening := read(t, s)
		if !errors.Is(listing, final) || !errors.Is(opening, final) || len(*waited) != 0 {
			t.Errorf("%v: %v, %v, waited %v", final, listing, opening, *waited)
		}
		inner := &scripted{content: content(100), breaks: []int{50}}
		s, waited = patient(inner)
		body, err := s.Open(t.Context(), source.Object{Name: "f"}, 0)
		if err != nil {
			t.Fatal(err)
		}
		inner.fail = []error{errBroken, final}
		got, err := io.ReadAll(body)
		if len(got) != 50 || !errors.Is(err, final) || len(*waited) != 2 {
			t.Errorf("%v while going on: %d bytes, waited %v, %v", final, len(got), *waited, err)
		}
		if err := errors.Join(body.Close(), body.Close()); err != nil {
			t.Error(err)
		}
	}
}

func TestAnotherFileOfTheSameSize(t *testing.T) {
	t.Parallel()
	inner := &scripted{content: content(1 << 20), breaks: []int{1 << 19}}
	s, _ := patient(inner)
	body, err := s.Open(t.Context(), source.Object{Name: "f"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(body, make([]byte, 1<<19)); err != nil {
		t.Fatal(err)
	}
	inner.content = slices.Clone(inner.content)
	inner.content[1<<19-1]++
	if _, err := io.ReadAll(body); !errors.Is(err, source.ErrChanged) {
		t.Errorf("got %v", err)
	}
}

// TestTableBeginsAgain: what has no size may be another by now, so that only its caller can begin again.
func TestTableBeginsAgain(t *testing.T) {
	t.Parallel()
	for breaks, opened := range map[int][]int64{0: {0, 0}, 10: {0}} {
		inner := &scripted{content: content(100), breaks: []int{breaks}}
		s, waited := patient(inner)
		body, err := s.Open(t.Context(), source.Object{Name: "t", Size: -1}, 0)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(body)
		whole := err == nil && len(got) == 100
		again := errors.Is(err, source.ErrAgain) && errors.Is(err, errBroken)
		if whole != (breaks == 0) || again == whole || !slices.Equal(inner.opened, opened) || len(*waited) != 1 {
			t.Errorf("broken after %d bytes: %d came, opened from %d, waited %v, %v", breaks, len(got), inner.opened, *waited, err)
		}
	}
}

func TestCancelledWhileWaiting(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	s := New(&scripted{fail: []error{errBroken, errBroken}})
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := s.List(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
