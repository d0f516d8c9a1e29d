package collect_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zhida/connectors/source"
	"zhida/pipeline/collect"
	"zhida/pipeline/ledger"
	"zhida/pipeline/store"
	"zhida/schemas"
)

var night0 = schemas.NewDate(2026, 6, 15)

// fake is a source in memory. The names of its files are "<dataset>_<day>.csv", where day counts from night0; others
// match no dataset.
type fake struct {
	name     string
	files    map[string]string
	blunt    bool                          // it has no versions
	since    schemas.Date                  // it lists nothing older
	opened   int                           // calls of Open
	listErr  error                         //
	openErr  map[string]error              //
	read     map[string]func(string) error // called when a file has been opened
	listings int
	complete source.Complete // with {file}, for every delivery
	onList   func(listing int)
}

func (f *fake) Name() string { return f.name }

func (f *fake) Since() schemas.Date { return f.since }

func (f *fake) List(context.Context) ([]collect.Object, error) {
	f.listings++
	if f.onList != nil {
		f.onList(f.listings)
	}
	var out []collect.Object
	for name, content := range f.files { // in no order
		o := collect.Object{Name: name, Size: int64(len(content))}
		var day int
		if dataset, rest, ok := strings.Cut(name, "_"); ok {
			if _, err := fmt.Sscanf(rest, "%d", &day); err == nil {
				o.Dataset, o.Date, o.Mode, o.Scope = dataset, night0+schemas.Date(day), schemas.ModeFull, "5107"
				o.Complete = f.complete
				o.Complete.Marker = strings.ReplaceAll(o.Complete.Marker, "{file}", name)
			}
		}
		switch {
		case strings.HasSuffix(name, ".ok"):
			o = collect.Object{Name: name, Size: o.Size, Part: source.PartMarker}
		case strings.HasPrefix(name, "sums"):
			o = collect.Object{Name: name, Size: o.Size, Part: source.PartManifest, Dataset: "tax"}
		}
		if !f.blunt {
			o.Version = fmt.Sprintf("%x", content)
		}
		out = append(out, o)
	}
	return out, f.listErr
}

func (f *fake) Open(_ context.Context, o collect.Object) (io.ReadCloser, error) {
	f.opened++
	content := f.files[o.Name]
	var late error
	if hook := f.read[o.Name]; hook != nil {
		late = hook(o.Name)
		content = f.files[o.Name]
	}
	return io.NopCloser(io.MultiReader(strings.NewReader(content), failing{late})), f.openErr[o.Name]
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) {
	if f.err == nil {
		return 0, io.EOF
	}
	return 0, f.err
}

// site is a store and a ledger.
type site struct {
	t      testing.TB
	ledger *ledger.Ledger
	store  *store.Store

	now     time.Time
	waiting func() // called when a night waits
}

func newSite(t testing.TB) *site {
	t.Helper()
	dir := t.TempDir()
	key, err := store.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(filepath.Join(dir, "store"), key)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Open(t.Context(), filepath.Join(dir, "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(l.Close(), s.Close()); err != nil {
			t.Error(err)
		}
	})
	return &site{t: t, ledger: l, store: s, now: time.Date(2026, 6, 16, 1, 0, 0, 0, time.UTC)}
}

func (s *site) collect(day int, sources ...*fake) collect.Result {
	s.t.Helper()
	result, err := collect.Collect(s.t.Context(), as(sources), s.ledger, s.store, s.night(day))
	if err != nil {
		s.t.Fatal(err)
	}
	return result
}

// night is a night whose clock goes on when it waits.
func (s *site) night(day int) collect.Night {
	return collect.Night{
		Until: night0 + schemas.Date(day), Now: func() time.Time { return s.now },
		Wait: func(_ context.Context, d time.Duration) error {
			s.now = s.now.Add(d)
			if s.waiting != nil {
				s.waiting()
			}
			return nil
		},
	}
}

func as(sources []*fake) []collect.Source {
	var out []collect.Source
	for _, f := range sources {
		out = append(out, f)
	}
	return out
}

// content reads a delivery back from the landing zone.
func (s *site) content(d ledger.Delivery) string {
	s.t.Helper()
	f, size, err := s.store.OpenSealed(d.Ref)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.NewSectionReader(f, 0, size))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(data)
}

func names(deliveries []ledger.Delivery) string {
	var out []string
	for _, d := range deliveries {
		out = append(out, fmt.Sprintf("%d:%s", d.Seq, d.Name))
	}
	return strings.Join(out, " ")
}

func found(list []collect.Found) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Object.Name)
	}
	return strings.Join(out, " ")
}

func equal(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}
