package collect_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"zhida/pipeline/collect"
	"zhida/schemas"
)

// The same files give the same arrival numbers, contents included, however the source lists them and wherever an
// earlier attempt was cut off.
func TestArrivalOrderIsReproducible(t *testing.T) {
	t.Parallel()
	one, two := newSite(t), newSite(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		files := map[string]string{}
		for _, name := range rapid.SliceOfN(rapid.StringMatching(`[a-c]_[0-9]\.csv`), 0, 5).Draw(rt, "names") {
			n++
			files[name] = fmt.Sprint(n % 7)
		}
		source := func() *fake { return &fake{name: "dir", files: files} }
		first := one.collect(9, source())
		cut := source()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		if at := rapid.IntRange(0, 5).Draw(rt, "cut"); at < len(files) {
			name := slices.Sorted(func(yield func(string) bool) {
				for name := range files {
					if !yield(name) {
						return
					}
				}
			})[at]
			cut.read = map[string]func(string) error{name: func(string) error { cancel(); return nil }}
		}
		r, err := collect.Collect(ctx, []collect.Source{cut}, two.ledger, two.store, two.night(9))
		if err != nil {
			r = two.collect(9, source())
		}
		if names(first.Landed) != names(r.Landed) {
			rt.Fatalf("landed %s and %s", names(first.Landed), names(r.Landed))
		}
		for i := range r.Landed {
			if one.content(first.Landed[i]) != two.content(r.Landed[i]) {
				rt.Fatalf("%s has two contents", r.Landed[i].Name)
			}
		}
	})
}

// BenchmarkCollect lands one new file of 64 MiB: read, hashed, encrypted, synced, recorded.
func BenchmarkCollect(b *testing.B) {
	s := newSite(b)
	block := bytes.Repeat([]byte("91510703MA62000000,绵阳某某科技有限公司,510703\n"), (64<<20)/58)
	b.SetBytes(int64(len(block)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		copy(block, fmt.Sprintf("%018d", n))
		src := &bulk{data: block, version: fmt.Sprint(n)}
		if _, err := collect.Collect(b.Context(), []collect.Source{src}, s.ledger, s.store, s.night(0)); err != nil {
			b.Fatal(err)
		}
	}
}

type bulk struct {
	data    []byte
	version string
}

func (b *bulk) Name() string { return "bulk" }

func (b *bulk) Since() schemas.Date { return 0 }

func (b *bulk) List(context.Context) ([]collect.Object, error) {
	return []collect.Object{{Name: "tax_0.csv", Size: int64(len(b.data)), Dataset: "tax", Date: night0, Mode: schemas.ModeFull, Version: b.version}}, nil
}

func (b *bulk) Open(context.Context, collect.Object) (io.ReadCloser, error) {
	return io.NopCloser(bytes.NewReader(b.data)), nil
}
