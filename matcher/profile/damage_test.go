package profile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

// goldenBitmaps is what testdata/v1.bits holds: an array, a bitmap, runs, nothing.
func goldenBitmaps() map[Key]*roaring.Bitmap {
	dense, runs := roaring.New(), roaring.New()
	for i := range uint32(5000) {
		dense.Add(7<<16 | i*13)
	}
	runs.AddRange(70_000, 200_000)
	return map[Key]*roaring.Bitmap{
		{"高新技术企业", KindYes}:   roaring.BitmapOf(0, 65_535, 65_536, 1<<31),
		{"高新技术企业", KindNo}:    dense,
		{"item-1", KindSure}:  runs,
		{"item-1", KindNeeds}: roaring.New(),
		{"", ""}:              roaring.BitmapOf(1<<32 - 1),
	}
}

func writeGolden(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := NewBitmapWriter(&out)
	for _, key := range []Key{{"高新技术企业", KindYes}, {"item-1", KindSure}, {"", ""}, {"高新技术企业", KindNo}, {"item-1", KindNeeds}} {
		if err := w.Add(key.Name, key.Kind, goldenBitmaps()[key]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func goldenFile(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/v1.bits")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestGoldenBitmaps(t *testing.T) {
	t.Parallel()
	fresh := writeGolden(t)
	if *Update {
		if err := os.WriteFile("testdata/v1.bits", fresh, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data := goldenFile(t)
	if !bytes.Equal(data, fresh) {
		t.Error("the same bitmaps no longer give the bytes of the golden file: every artefact would change its name")
	}
	file, err := OpenBitmaps(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range goldenBitmaps() {
		got, err := file.Get(key.Name, key.Kind)
		if err != nil || !got.Equals(want) {
			t.Errorf("%v: %v, %v", key, got, err)
		}
	}
}

// readAll opens a file and reads all of it. It returns what was found wrong.
func readAll(data []byte) error {
	file, err := OpenBitmaps(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, key := range file.Keys() {
		rb, err := file.Get(key.Name, key.Kind)
		if err != nil {
			return err
		}
		if _, err := roaring.Or(rb, roaring.BitmapOf(1)).ToBytes(); err != nil {
			return err
		}
	}
	return nil
}

// reseal makes the sums of an altered file right again, as a forger would.
func reseal(data []byte) []byte {
	data = bytes.Clone(data)
	if len(data) < len(bitsMagic)+4+trailerSize {
		return data
	}
	trailer := len(data) - trailerSize
	at := binary.LittleEndian.Uint64(data[trailer:])
	if at > uint64(trailer) {
		return data
	}
	p := parser{rest: data[at:trailer]}
	for range p.uint(4) {
		p.take(p.uint(2))
		p.take(p.uint(1))
		from, size := p.uint(8), p.uint(8)
		sum := p.take(4)
		if p.short {
			break
		}
		if from <= at && size <= at-from {
			binary.LittleEndian.PutUint32(sum, crc32.Checksum(data[from:from+size], castagnoli()))
		}
	}
	binary.LittleEndian.PutUint32(data[trailer+8:], crc32.Checksum(data[at:trailer+8], castagnoli()))
	return data
}

func TestDamagedBitmaps(t *testing.T) {
	t.Parallel()
	good := goldenFile(t)
	for at := range good {
		data := bytes.Clone(good)
		data[at] ^= 1 << (at % 8)
		if err := readAll(data); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
			t.Fatalf("byte %d of %d: %v", at, len(good), err)
		}
		if err := readAll(reseal(data)); err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
			t.Fatalf("byte %d of %d, with right sums: %v", at, len(good), err)
		}
		if err := readAll(good[:at]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut off at %d of %d: %v", at, len(good), err)
		}
	}
	for name, data := range map[string][]byte{
		"a byte more":     append(bytes.Clone(good), 0),
		"twice":           append(bytes.Clone(good), good...),
		"another file":    bytes.Repeat([]byte("企业名称,代码\n"), 10),
		"nothing":         nil,
		"a table's magic": append([]byte("PAR1"), good[4:]...),
	} {
		if err := readAll(data); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	newer := bytes.ReplaceAll(good, []byte(bitsMagic), []byte("ZHDBITS2"))
	if err := readAll(newer); !errors.Is(err, ErrVersion) {
		t.Errorf("a newer version: %v", err)
	}
}

// failing is a disk that breaks: ReadAt fails from some call on.
type failing struct {
	*bytes.Reader
	after int
}

var errDisk = errors.New("input/output error")

func (f *failing) ReadAt(p []byte, off int64) (int, error) {
	if f.after--; f.after < 0 {
		return 0, errDisk
	}
	return f.Reader.ReadAt(p, off)
}

func TestErrorsOfTheMediumAreNotDamage(t *testing.T) {
	t.Parallel()
	good := goldenFile(t)
	for after := range 4 {
		file, err := OpenBitmaps(&failing{bytes.NewReader(good), after}, int64(len(good)))
		if err == nil {
			_, err = file.Get("item-1", KindSure)
		}
		if !errors.Is(err, errDisk) || errors.Is(err, ErrDamaged) {
			t.Errorf("after %d reads: %v", after, err)
		}
	}
}

func FuzzOpenBitmaps(f *testing.F) {
	good := goldenFile(f)
	f.Add(good, false)
	f.Add(good, true)
	f.Add(good[:len(good)/2], false)
	f.Add([]byte(bitsMagic+bitsMagic), false)
	f.Fuzz(func(t *testing.T, data []byte, forged bool) {
		if forged {
			data = reseal(data)
		}
		if err := readAll(data); err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
			t.Error(err)
		}
	})
}
