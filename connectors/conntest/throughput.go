package conntest

import (
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
	b.SetBytes(throughputBytes)
	for b.Loop() {
		if err := drain(b.Context(), s, o); err != nil {
			b.Fatal(err)
		}
	}
}

// FlatSource reads a file of 256 MB, which no source may hold. It must be called from a test that is not parallel, so that it
// measures the source alone.
func FlatSource(t *testing.T, p Place) {
	t.Helper()
	s, o := oneLarge(t, p)
	before := live()
	body, err := s.Open(t.Context(), o, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	for part := range 8 {
		if _, err := io.CopyN(io.Discard, body, throughputBytes/8); err != nil {
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
