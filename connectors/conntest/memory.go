package conntest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"

	"zhida/connectors/format"
)

// flatBytes is the size of the files for tests of memory, flatBound the memory a reader may hold while it reads them:
// some batches of the default limits.
const (
	flatBytes = 50 << 20
	flatBound = 24 << 20
)

// FlatMemory reads a file of 50 MB, which no reader may hold. It must be called from a test that is not parallel, so
// that it measures the reader alone.
func FlatMemory(t *testing.T, f Format) {
	t.Helper()
	const rows = 450_000
	file, err := os.Create(filepath.Join(t.TempDir(), "large"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := f.Write(file, columns(), numbered(rows)); err != nil {
		t.Fatal(err)
	}
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	s, err := readFlat(t, f.Open, io.NewSectionReader(file, 0, info.Size()))
	if !errors.Is(err, io.EOF) || s.Good != rows {
		t.Errorf("%v after %d rows", err, s.Good)
	}
}

// FlatBytes reads 50 MB made of head and then the same bytes over and over. What comes of it does not matter, as long
// as it ends and memory stays flat. It must not be called from a parallel test either.
func FlatBytes(t *testing.T, open format.Opener, head, bytes []byte) {
	t.Helper()
	s, err := readFlat(t, open, io.NewSectionReader(repeated{head, bytes}, 0, flatBytes))
	var fatal *format.FatalError
	if !errors.Is(err, io.EOF) && !errors.As(err, &fatal) {
		t.Errorf("%q: %v after %+v", bytes, err, s)
	}
}

// repeated is a file without end.
type repeated struct{ head, bytes []byte }

func (r repeated) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	if off < int64(len(r.head)) {
		n = copy(p, r.head[off:])
	}
	for n < len(p) {
		at := (off + int64(n) - int64(len(r.head))) % int64(len(r.bytes))
		n += copy(p[n:], r.bytes[at:])
	}
	return n, nil
}

// readFlat reads to the end and measures now and then.
func readFlat(t *testing.T, open format.Opener, file *io.SectionReader) (format.Stats, error) {
	t.Helper()
	before := live()
	r, err := open(file, "large", format.Options{})
	if err != nil {
		return format.Stats{}, err
	}
	defer r.Close()
	batches := 0
	err = each(t.Context(), r, func(arrow.Record, []format.RowFault) error {
		if batches++; batches%10 == 1 {
			if now := live(); now > before+flatBound {
				return fmt.Errorf("%d MB live after %d rows", (now-before)>>20, r.Stats().Rows)
			}
		}
		return nil
	})
	return r.Stats(), err
}

// live is the memory in use after a collection.
func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
