package profile

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher/table"
)

// Errors of files of bitmaps. They are those of tables, so that a caller asks about one.
var (
	ErrDamaged = table.ErrDamaged
	ErrVersion = table.ErrVersion
	// ErrBitmap: a bitmap was added twice, or its name or kind is too long.
	ErrBitmap = errors.New("bitmap cannot be written")
)

// Kinds of bitmaps that zhida writes; any other text will do.
const (
	KindYes   = "yes"   // a tag: the enterprises for which it is yes
	KindNo    = "no"    // a tag: those for which it is no; in neither: unknown
	KindSure  = "sure"  // an item: 符合
	KindNeeds = "needs" // an item: 待补充
	KindNear  = "near"  // an item: 差一项, among those for which it is no

	// Subsets of KindSure.
	KindReview  = "review"  // subject to 评审
	KindDeclare = "declare" // subject to 承诺 and nothing else
	KindReady   = "ready"   // fit for 免申即享
	KindLight   = "light"   // fit for 易申快享: but for what the enterprise declares it would be KindReady
)

// A file of bitmaps, version 1, little-endian:
//
//	"ZHDBITS1"
//	per bitmap: its bytes in roaring's portable format
//	index: uint32 count; per bitmap, by name and then kind in byte order: uint16 length and name, uint8 length and kind,
//	       uint64 offset in the file, uint64 size, uint32 CRC-32C of its bytes
//	uint64 offset of the index, uint32 CRC-32C of the index and that offset
//	"ZHDBITS1"
const (
	bitsMagic   = "ZHDBITS1"
	trailerSize = 8 + 4 + len(bitsMagic)
)

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// entry is a bitmap's line in the index.
type entry struct {
	name, kind string
	at, size   uint64
	sum        uint32
}

func (e *entry) compare(o *entry) int {
	return cmp.Or(cmp.Compare(e.name, o.name), cmp.Compare(e.kind, o.kind))
}

// BitmapWriter writes a file of named bitmaps as they come; it keeps only the index in memory. The same bitmaps in the
// same order give the same bytes, however each was put together. It belongs to one goroutine. After an error every
// later call returns the same one.
type BitmapWriter struct {
	w       io.Writer
	at      uint64
	entries []entry
	named   map[[2]string]bool
	buf     bytes.Buffer
	bytes   []byte
	err     error
}

// NewBitmapWriter begins a file on w. An error of the first write is returned by Add and Close.
func NewBitmapWriter(w io.Writer) *BitmapWriter {
	wr := &BitmapWriter{w: w, named: map[[2]string]bool{}}
	_ = wr.write([]byte(bitsMagic)) // kept in wr.err
	return wr
}

// Add writes a bitmap under a name of up to 65,535 bytes and a kind of up to 255, which together are new (ErrBitmap).
// It brings rb into roaring's smallest form, which depends only on its members (RunOptimize); rb is not kept.
func (wr *BitmapWriter) Add(name, kind string, rb *roaring.Bitmap) error {
	if wr.err != nil {
		return wr.err
	}
	rb.RunOptimize()
	wr.buf.Reset()
	if _, err := rb.WriteTo(&wr.buf); err != nil {
		wr.err = fmt.Errorf("write bitmap %q %q: %w", name, kind, err)
		return wr.err
	}
	return wr.add(name, kind, wr.buf.Bytes())
}

// AddContainers is Add for a bitmap in the making, which has a member.
func (wr *BitmapWriter) AddContainers(name, kind string, c *Containers) error {
	if wr.err != nil {
		return wr.err
	}
	wr.bytes = c.append(wr.bytes[:0])
	return wr.add(name, kind, wr.bytes)
}

func (wr *BitmapWriter) add(name, kind string, data []byte) error {
	key := [2]string{name, kind}
	if wr.named[key] || len(name) > math.MaxUint16 || len(kind) > math.MaxUint8 {
		wr.err = fmt.Errorf("write bitmap %.40q %.40q, which is there already or too long a name: %w", name, kind, ErrBitmap)
		return wr.err
	}
	wr.named[key] = true
	wr.entries = append(wr.entries, entry{
		name: name, kind: kind, at: wr.at, size: uint64(len(data)), sum: crc32.Checksum(data, castagnoli()),
	})
	return wr.write(data)
}

// Close writes the index. It does not close the underlying writer.
func (wr *BitmapWriter) Close() error {
	if wr.err != nil {
		return wr.err
	}
	slices.SortFunc(wr.entries, func(a, b entry) int { return a.compare(&b) })
	index := binary.LittleEndian.AppendUint32(nil, uint32(len(wr.entries)))
	for _, e := range wr.entries {
		index = binary.LittleEndian.AppendUint16(index, uint16(len(e.name)))
		index = append(index, e.name...)
		index = append(index, uint8(len(e.kind)))
		index = append(index, e.kind...)
		index = binary.LittleEndian.AppendUint64(index, e.at)
		index = binary.LittleEndian.AppendUint64(index, e.size)
		index = binary.LittleEndian.AppendUint32(index, e.sum)
	}
	index = binary.LittleEndian.AppendUint64(index, wr.at)
	index = binary.LittleEndian.AppendUint32(index, crc32.Checksum(index, castagnoli()))
	return wr.write(append(index, bitsMagic...))
}

func (wr *BitmapWriter) write(data []byte) error {
	n, err := wr.w.Write(data)
	wr.at += uint64(n)
	if err != nil {
		wr.err = fmt.Errorf("write bitmaps: %w", err)
	}
	return wr.err
}
