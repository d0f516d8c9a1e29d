package conntest

import (
	"errors"
	"io"
	"testing"

	"zhida/connectors/source"
)

// throughputBytes is what a benchmark brings each time; sourceBound the memory a source may hold meanwhile.
const (
	throughputBytes = 256 << 20
	sourceBound     = 16 << 20
)

// Throughput measures how fast a file comes from a source.
func Throughput(b *testing.B, p Place) {
	b.Helper()
	s, o := oneLarge(b, p)
	ThroughputOf(b, s, o)
}

// ThroughputOf measures how fast an object comes from a source.
func ThroughputOf(b *testing.B, s source.Source, o source.Object) {
	b.Helper()
	for b.Loop() {
		body, err := s.Open(b.Context(), o, 0)
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, body)
		if err = errors.Join(err, body.Close()); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(n)
	}
}

// FlatSource reads a file of 256 MB, which no source may hold. It must be called from a test that is not parallel, so that it
// measures the source alone.
func FlatSource(t *testing.T, p Place) {
	t.Helper()
	s, o := oneLarge(t, p)
	FlatObject(t, s, o, throughputBytes)
}

// FlatObject reads an object of so many bytes or more, as FlatSource does.
func FlatObject(t *testing.T, s source.Source, o source.Object, bytes int64) {
	t.Helper()
	before := live()
	body, err := s.Open(t.Context(), o, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	for part := range 8 {
		if _, err := io.CopyN(io.Discard, body, bytes/8); err != nil {
			t.Fatal(err)
		}
		if now := live(); now > before+sourceBound {
			t.Errorf("%d MB live after %d of 8 parts", (now-before)>>20, part+1)
		}
	}
}

func oneLarge(t testing.TB, p Place) (source.Source, source.Object) {
	t.Helper()
	s, err := p.Open([]source.Delivery{{Dataset: "tax", Files: "tax_{date}_{mode}.csv"}})
	if err != nil {
		t.Fatal(err)
	}
	p.Put(t, delivered, make([]byte, throughputBytes))
	objects, err := s.List(t.Context())
	if err != nil || len(objects) != 1 {
		t.Fatalf("listed %+v, %v", objects, err)
	}
	return s, objects[0]
}
