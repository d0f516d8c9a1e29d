package profile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher/bits"
)

// Bitmaps reads a file of named bitmaps. It keeps the index in memory. Several goroutines may read at once if the
// underlying io.ReaderAt allows it.
type Bitmaps struct {
	r       io.ReaderAt
	entries []entry // by name, then kind
	whole   []byte  // the file up to the index; nil: it is read as it is asked for
}

// OpenBitmaps reads and checks the index of a file of the given size. Whatever the bytes are, it returns bitmaps or
// an error and never panics: ErrDamaged if the file is cut off, altered or not ours, ErrVersion if it is of a version
// this zhida does not know; errors of r itself are wrapped as they are.
func OpenBitmaps(r io.ReaderAt, size int64) (*Bitmaps, error) {
	entries, err := readIndex(r, size)
	if err != nil {
		return nil, fmt.Errorf("open bitmaps: %w", err)
	}
	return &Bitmaps{r: r, entries: entries}, nil
}

func readIndex(r io.ReaderAt, size int64) ([]entry, error) {
	if size < int64(len(bitsMagic)+4+trailerSize) {
		return nil, damaged("%d bytes are too few", size)
	}
	begin, trailer := make([]byte, len(bitsMagic)), make([]byte, trailerSize)
	if err := readFull(r, begin, 0); err != nil {
		return nil, err
	}
	if err := checkMagic(begin, "begin"); err != nil {
		return nil, err
	}
	if err := readFull(r, trailer, size-int64(trailerSize)); err != nil {
		return nil, err
	}
	if err := checkMagic(trailer[12:], "end"); err != nil {
		return nil, err
	}
	at := binary.LittleEndian.Uint64(trailer)
	if at < uint64(len(bitsMagic)) || at > uint64(size-int64(trailerSize)-4) {
		return nil, damaged("its index would be at byte %d of %d", at, size)
	}
	index := make([]byte, uint64(size-int64(trailerSize))-at)
	if err := readFull(r, index, int64(at)); err != nil {
		return nil, err
	}
	sum := crc32.Update(crc32.Checksum(index, castagnoli()), castagnoli(), trailer[:8])
	if sum != binary.LittleEndian.Uint32(trailer[8:]) {
		return nil, damaged("the checksum of its index is wrong")
	}
	return parseIndex(index, at)
}

func checkMagic(got []byte, where string) error {
	if string(got) == bitsMagic {
		return nil
	}
	last := len(bitsMagic) - 1
	if string(got[:last]) == bitsMagic[:last] {
		return fmt.Errorf("version %q: %w", got[last:], ErrVersion)
	}
	return damaged("it does not %s in %q: cut off, or another kind of file", where, bitsMagic)
}

// parseIndex reads the lines of the index and checks that they are sorted and that the bitmaps fill the bytes from
// the magic to the index.
func parseIndex(index []byte, end uint64) ([]entry, error) {
	p := parser{rest: index}
	count := p.uint(4)
	const least = 2 + 1 + 8 + 8 + 4 // bytes of a line
	if count > uint64(len(index)/least) {
		return nil, damaged("its index counts %d bitmaps in %d bytes", count, len(index))
	}
	entries := make([]entry, count)
	for i := range entries {
		e := &entries[i]
		e.name = string(p.take(p.uint(2)))
		e.kind = string(p.take(p.uint(1)))
		e.at, e.size, e.sum = p.uint(8), p.uint(8), uint32(p.uint(4))
		if i > 0 && entries[i-1].compare(e) >= 0 {
			return nil, damaged("its index is not in order at %q %q", e.name, e.kind)
		}
	}
	if p.short || len(p.rest) > 0 {
		return nil, damaged("its index does not end with its last line")
	}
	inFile := slices.Clone(entries)
	slices.SortFunc(inFile, func(a, b entry) int {
		if a.at < b.at {
			return -1
		}
		return 1
	})
	at := uint64(len(bitsMagic))
	for _, e := range inFile {
		if e.at != at || e.size > end-at {
			return nil, damaged("bitmap %q %q is not where the one before it ends", e.name, e.kind)
		}
		at += e.size
	}
	if at != end {
		return nil, damaged("bytes %d to %d belong to no bitmap", at, end)
	}
	return entries, nil
}

// parser takes fields off the front of the index. Once short, it gives zeros.
type parser struct {
	rest  []byte
	short bool
}

func (p *parser) take(n uint64) []byte {
	if n > uint64(len(p.rest)) {
		p.short, p.rest = true, nil
		return nil
	}
	out := p.rest[:n]
	p.rest = p.rest[n:]
	return out
}

func (p *parser) uint(size int) uint64 {
	var word [8]byte
	copy(word[:], p.take(uint64(size)))
	return binary.LittleEndian.Uint64(word[:])
}

// Key names a bitmap in a file.
type Key struct {
	Name, Kind string
}

// Keys returns what the file has, by name and then kind.
func (b *Bitmaps) Keys() []Key {
	out := make([]Key, len(b.entries))
	for i, e := range b.entries {
		out[i] = Key{Name: e.name, Kind: e.kind}
	}
	return out
}

// Names returns the names in the file in order, each once.
func (b *Bitmaps) Names() []string {
	var out []string
	for _, e := range b.entries {
		if len(out) == 0 || out[len(out)-1] != e.name {
			out = append(out, e.name)
		}
	}
	return out
}

// Get reads a bitmap, which is the caller's. It is nil without an error if the file has none of that name and kind.
// Errors are as those of OpenBitmaps.
func (b *Bitmaps) Get(name, kind string) (*roaring.Bitmap, error) {
	i := b.Find(name, kind)
	if i < 0 {
		return nil, nil
	}
	e := &b.entries[i]
	data, err := b.bytes(e)
	var rb *roaring.Bitmap
	if err == nil {
		rb, err = decodeBitmap(data)
	}
	if err != nil {
		return nil, fmt.Errorf("read bitmap %q %q: %w", name, kind, err)
	}
	return rb, nil
}

// decodeBitmap reads one bitmap in roaring's portable format that takes all of data.
func decodeBitmap(data []byte) (rb *roaring.Bitmap, err error) {
	defer func() {
		if p := recover(); p != nil {
			rb, err = nil, damaged("the roaring decoder stopped: %v", p)
		}
	}()
	rb = roaring.New()
	n, err := rb.ReadFrom(bytes.NewReader(data))
	if err != nil {
		return nil, damaged("%v", err)
	}
	if n != int64(len(data)) {
		return nil, damaged("its bitmap takes %d bytes of %d", n, len(data))
	}
	if err := rb.Validate(); err != nil && !rb.IsEmpty() {
		return nil, damaged("%v", err)
	}
	return rb, nil
}

// Getter reads named bitmaps: a file, or several seen as one.
type Getter interface {
	Get(name, kind string) (*roaring.Bitmap, error) // nil: there is none
}

// AddTag adds a tag to the block from the ids of all enterprises, of whatever block, that it is yes and no for; nil is
// nobody.
func (b *Block) AddTag(name string, yes, no *roaring.Bitmap) {
	t := bits.NewTruth(b.N)
	if yes != nil {
		t.Yes.FromRoaring(yes, b.Base(), b.N)
	}
	if no != nil {
		t.No.FromRoaring(no, b.Base(), b.N)
	}
	b.Tags[name] = t
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrDamaged, fmt.Sprintf(format, args...))
}

// readFull fills p from off. A file that ends too soon is damaged; other errors are the medium's and stay what
// they are.
func readFull(r io.ReaderAt, p []byte, off int64) error {
	n, err := r.ReadAt(p, off)
	if n == len(p) {
		return nil
	}
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("it ends at byte %d, within bytes %d to %d", off+int64(n), off, off+int64(len(p)))
	}
	return fmt.Errorf("read bytes %d to %d: %w", off, off+int64(len(p)), err)
}
