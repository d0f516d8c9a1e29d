package profile

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"

	sets "zhida/matcher/bits"
)

// Whole keeps the bytes of all bitmaps in memory, so that those who read every one of them read the file once.
func (b *Bitmaps) Whole() error {
	size := uint64(len(bitsMagic))
	for _, e := range b.entries {
		size = max(size, e.at+e.size)
	}
	whole := make([]byte, size)
	if err := readFull(b.r, whole, 0); err != nil {
		return fmt.Errorf("read bitmaps: %w", err)
	}
	b.whole = whole
	return nil
}

// Find returns the place of a bitmap in Keys, -1 if there is none of that name and kind.
func (b *Bitmaps) Find(name, kind string) int {
	want := entry{name: name, kind: kind}
	i, found := slices.BinarySearchFunc(b.entries, want, func(e, want entry) int { return e.compare(&want) })
	if !found {
		return -1
	}
	return i
}

// Flip changes the membership in set of each door of a block that is in the i-th bitmap of Keys, of which it returns
// how many there are. Reading a bitmap into a cleared set is flipping it.
func (b *Bitmaps) Flip(i int, block uint16, set sets.Set) (int, error) {
	e := &b.entries[i]
	data, err := b.bytes(e)
	if err != nil {
		return 0, fmt.Errorf("read bitmap %q %q: %w", e.name, e.kind, err)
	}
	n, err := flip(data, block, set)
	if err != nil {
		return 0, fmt.Errorf("read bitmap %q %q: %w", e.name, e.kind, err)
	}
	return n, nil
}

func (b *Bitmaps) bytes(e *entry) ([]byte, error) {
	var data []byte
	if b.whole != nil {
		data = b.whole[e.at : e.at+e.size]
	} else {
		data = make([]byte, e.size)
		if err := readFull(b.r, data, int64(e.at)); err != nil {
			return nil, err
		}
	}
	if crc32.Checksum(data, castagnoli()) != e.sum {
		return nil, damaged("its checksum is wrong")
	}
	return data, nil
}

// flip finds the container of a block in a bitmap in roaring's portable format.
func flip(data []byte, block uint16, set sets.Set) (int, error) {
	r := reader{rest: data}
	cookie := r.uint32()
	n, flags := 0, []byte(nil)
	switch {
	case cookie&0xffff == cookieRuns:
		n = int(cookie>>16) + 1
		flags = r.take((n + 7) / 8)
	case cookie == cookiePlain:
		n = int(r.uint32())
	default:
		return 0, damaged("it does not begin as a roaring bitmap does")
	}
	if n > MaxDoors {
		return 0, damaged("it counts %d containers", n)
	}
	heads := r.take(4 * n)
	if flags == nil || n >= offsetsFrom {
		r.take(4 * n)
	}
	for i := 0; i < n && !r.short; i++ {
		key, card := binary.LittleEndian.Uint16(heads[4*i:]), int(binary.LittleEndian.Uint16(heads[4*i+2:]))+1
		var body []byte
		run := flags != nil && flags[i/8]&(1<<(i%8)) != 0
		switch {
		case run:
			body = r.take(4 * int(r.uint16()))
		case card <= longestList:
			body = r.take(2 * card)
		default:
			body = r.take(denseBytes)
		}
		if r.short || key != block {
			continue
		}
		return card, flipContainer(body, run, card, set)
	}
	if r.short {
		return 0, damaged("it is cut off")
	}
	return 0, nil
}

func flipContainer(body []byte, run bool, card int, set sets.Set) error {
	doors := 64 * len(set)
	switch {
	case run:
		for at := 0; at < len(body); at += 4 {
			from := int(binary.LittleEndian.Uint16(body[at:]))
			to := from + int(binary.LittleEndian.Uint16(body[at+2:]))
			if to >= doors {
				return damaged("it has door %d of %d", to, doors)
			}
			flipRange(set, from, to+1)
		}
	case card <= longestList:
		for at := 0; at < len(body); at += 2 {
			door := int(binary.LittleEndian.Uint16(body[at:]))
			if door >= doors {
				return damaged("it has door %d of %d", door, doors)
			}
			set[door>>6] ^= 1 << (door & 63)
		}
	default:
		for i := range denseBytes / 8 {
			w := binary.LittleEndian.Uint64(body[8*i:])
			if i < len(set) {
				set[i] ^= w
			} else if w != 0 {
				return damaged("it has doors beyond %d", doors)
			}
		}
	}
	return nil
}

// flipRange flips the doors from to to-1.
func flipRange(set sets.Set, from, to int) {
	for from < to {
		i := from >> 6
		end := min(to, (i+1)<<6)
		mask := ^uint64(0) >> (64 - (end - from)) << (from & 63)
		set[i] ^= mask
		from = end
	}
}

// reader takes fields off the front of a bitmap. Once short, it gives zeros.
type reader struct {
	rest  []byte
	short bool
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.short, r.rest = true, nil
		return make([]byte, n)
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) uint16() uint16 { return binary.LittleEndian.Uint16(r.take(2)) }

func (r *reader) uint32() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }
