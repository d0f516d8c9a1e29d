package conntest

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"zhida/connectors/source"
	"zhida/connectors/source/retry"
	"zhida/connectors/source/wire"
)

// Remote is an empty place of a server, which stands behind a proxy.
type Remote struct {
	Place
	Proxy *Proxy
	Hasty func(deliveries []source.Delivery) (source.Source, error) // Open, with a clock by which a second is a minute
}

// Network runs the suite of what may happen between a server and a source that has been made patient. start makes a new place.
func Network(t *testing.T, start func(t *testing.T) Remote) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(t *testing.T, r Remote)
	}{
		{"cut in the middle of a file", networkCut},
		{"cut while listing", networkCutListing},
		{"server restarts", networkRestart},
		{"server is away", networkAway},
		{"slow trickle", networkTrickle},
		{"replaced while it was cut", networkReplaced},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, start(t))
		})
	}
}

// noise is content that no compression makes shorter.
func noise(n int) []byte {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	out := make([]byte, n)
	for i := range out {
		out[i] = byte(r.Uint32())
	}
	return out
}

const large = 8 << 20

func networkCut(t *testing.T, r Remote) {
	s := open(t, r.Place)
	want := noise(large)
	o := one(t, r.Place, s, want)
	for _, at := range []int64{1, 100_000, large / 2, large - 1} {
		r.Proxy.CutAfter(at)
		if got := all(t, retry.New(s), o, 0); !bytes.Equal(got, want) {
			t.Errorf("cut after %d bytes: %d bytes came, which are not those of the file", at, len(got))
		}
	}
	r.Proxy.CutAfter(large / 4)
	if got := all(t, retry.New(s), o, large/2); !bytes.Equal(got, want[large/2:]) {
		t.Errorf("the second half is another")
	}
	r.Proxy.CutAfter(large / 2)
	if err := drain(t.Context(), s, o); err == nil || isFinal(err) {
		t.Errorf("a source without patience: %v, which must be worth a retry", err)
	}
}

// all reads a file from a byte on.
func all(t *testing.T, s source.Source, o source.Object, from int64) []byte {
	t.Helper()
	body, err := s.Open(t.Context(), o, from)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	got, err := io.ReadAll(body)
	if err != nil {
		t.Fatalf("after %d bytes: %v", len(got), err)
	}
	return got
}

func isFinal(err error) bool {
	for _, final := range []error{source.ErrGone, source.ErrChanged, source.ErrRefused, source.ErrDenied} {
		if errors.Is(err, final) {
			return true
		}
	}
	return false
}

func networkCutListing(t *testing.T, r Remote) {
	s := open(t, r.Place)
	one(t, r.Place, s, []byte("x"))
	r.Proxy.CutAfter(1)
	if _, err := s.List(t.Context()); err == nil || isFinal(err) {
		t.Errorf("cut: %v, which must be worth a retry", err)
	}
	r.Proxy.CutAfter(1)
	if objects, err := retry.New(s).List(t.Context()); err != nil || len(objects) != 1 {
		t.Errorf("listed %+v, %v", objects, err)
	}
}

func networkRestart(t *testing.T, r Remote) {
	s := open(t, r.Place)
	want := noise(large)
	o := one(t, r.Place, s, want)
	body, err := retry.New(s).Open(t.Context(), o, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	got := make([]byte, large/2)
	if _, err := io.ReadFull(body, got); err != nil {
		t.Fatal(err)
	}
	r.Proxy.Down()
	time.AfterFunc(2*time.Second, func() { r.Proxy.Up(t) })
	rest, err := io.ReadAll(body)
	if err != nil || !bytes.Equal(append(got, rest...), want) {
		t.Errorf("%d bytes came, %v", len(rest), err)
	}
}

func networkAway(t *testing.T, r Remote) {
	s := open(t, r.Place)
	o := one(t, r.Place, s, []byte("x"))
	r.Proxy.Down()
	if _, err := s.List(t.Context()); err == nil || isFinal(err) {
		t.Errorf("list: %v, which must be worth a retry", err)
	}
	if _, err := s.Open(t.Context(), o, 0); err == nil || isFinal(err) {
		t.Errorf("open: %v, which must be worth a retry", err)
	}
}

func networkTrickle(t *testing.T, r Remote) {
	r.Open = r.Hasty
	s := open(t, r.Place)
	body, err := s.Open(t.Context(), one(t, r.Place, s, noise(large)), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	r.Proxy.Slow(20)
	if _, err := io.Copy(io.Discard, body); !errors.Is(err, wire.ErrSlow) || isFinal(err) {
		t.Errorf("%v, want %v", err, wire.ErrSlow)
	}
}

func networkReplaced(t *testing.T, r Remote) {
	s := open(t, r.Place)
	o := one(t, r.Place, s, noise(large))
	r.Proxy.CutAfter(large / 2) // else all of it may be on its way before the server is away
	body, err := retry.New(s).Open(t.Context(), o, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if _, err := io.ReadFull(body, make([]byte, large/4)); err != nil {
		t.Fatal(err)
	}
	r.Proxy.Down()
	r.Put(t, o.Name, append(noise(large + 1)[1:], 'x')[:large])
	r.Proxy.Up(t)
	if _, err := io.Copy(io.Discard, body); !errors.Is(err, source.ErrChanged) {
		t.Errorf("%v, want %v", err, source.ErrChanged)
	}
}
