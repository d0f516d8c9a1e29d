package conntest

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"zhida/connectors/source"
	"zhida/connectors/source/retry"
	"zhida/connectors/source/wire"
)

// RemoteRecords is a place of records on a server, which stands behind a proxy.
type RemoteRecords struct {
	Records
	Proxy *Proxy
	Hasty func() (source.Source, error) // Open, with a clock by which a second is a minute
}

// RecordNetwork runs the suite of what may happen between a server and a source of records. start makes a new place.
func RecordNetwork(t *testing.T, start func(t *testing.T) RemoteRecords) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(t *testing.T, r RemoteRecords)
	}{
		{"cut in the middle", recordsCut},
		{"cut while listing", recordsCutListing},
		{"server is away", recordsAway},
		{"slow trickle", recordsTrickle},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.test(t, start(t))
		})
	}
}

// manyRows is how many make 4 MB.
const manyRows = 30_000

func recordsCut(t *testing.T, r RemoteRecords) {
	s, o := r.delivery(t, numberedRows(manyRows))
	want := all(t, s, o, 0)
	for _, at := range []int64{1, int64(len(want)) / 2, int64(len(want)) * 9 / 10} {
		r.Proxy.CutAfter(at)
		if got, begun := begunAgain(t, retry.New(s), o); !bytes.Equal(got, want) || begun > 2 {
			t.Errorf("cut after %d bytes: %d bytes came in the end, begun %d times, want %d", at, len(got), begun, len(want))
		}
	}
	r.Proxy.CutAfter(int64(len(want)) / 2)
	body, err := s.Open(t.Context(), o, 0)
	var got []byte
	if err == nil {
		got, err = io.ReadAll(body)
		_ = body.Close()
	}
	if err == nil && !bytes.Equal(got, want) || isFinal(err) { // one that comes in pages may ask for one again
		t.Errorf("a source without patience: %d bytes came, %v, which must be worth a retry", len(got), err)
	}
}

// begunAgain reads as collect does: from the beginning as long as the source asks for it.
func begunAgain(t *testing.T, s source.Source, o source.Object) (content []byte, begun int) {
	t.Helper()
	for begun = 1; ; begun++ {
		body, err := s.Open(t.Context(), o, 0)
		if err == nil {
			content, err = io.ReadAll(body)
			_ = body.Close()
		}
		if err == nil {
			return content, begun
		}
		if !errors.Is(err, source.ErrAgain) || begun == 4 {
			t.Fatalf("begun %d times, %d bytes came: %v", begun, len(content), err)
		}
	}
}

func recordsCutListing(t *testing.T, r RemoteRecords) {
	s, _ := r.delivery(t, someRows())
	r.Proxy.CutAfter(1)
	if _, err := s.List(t.Context()); err == nil || isFinal(err) {
		t.Errorf("cut: %v, which must be worth a retry", err)
	}
	r.Proxy.CutAfter(1)
	listed(t, retry.New(s))
}

func recordsAway(t *testing.T, r RemoteRecords) {
	s, o := r.delivery(t, someRows())
	r.Proxy.Down()
	if _, err := s.List(t.Context()); err == nil || isFinal(err) {
		t.Errorf("list: %v, which must be worth a retry", err)
	}
	if err := drain(t.Context(), s, o); err == nil || isFinal(err) {
		t.Errorf("read: %v, which must be worth a retry", err)
	}
	time.AfterFunc(2*time.Second, func() { r.Proxy.Up(t) })
	patient := retry.New(s)
	if got, _ := begunAgain(t, patient, listed(t, patient)); len(got) == 0 {
		t.Error("nothing came when the server was back")
	}
}

func recordsTrickle(t *testing.T, r RemoteRecords) {
	r.Open = r.Hasty
	s, o := r.delivery(t, numberedRows(manyRows))
	body, err := s.Open(t.Context(), o, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	r.Proxy.Slow(20)
	if _, err := io.Copy(io.Discard, body); !errors.Is(err, wire.ErrSlow) || isFinal(err) {
		t.Errorf("%v, want %v", err, wire.ErrSlow)
	}
}
