package profile

import (
	"encoding/binary"
	"math/bits"
	"slices"

	sets "zhida/matcher/bits"
)

// Containers is a bitmap in the making: one set per block, kept in the bytes it is written in. A library of ten thousand
// items makes tens of thousands of them per block, so they are made from the words of a set in two passes, and nothing is
// allocated but the bytes. What comes out is byte for byte what roaring makes of the same members (RunOptimize).
type Containers struct {
	parts []container
}

// container is the members of one block.
type container struct {
	key  uint16
	run  bool
	card int
	data []byte
}

// Sizes of roaring's containers, in bytes.
const (
	denseBytes  = MaxDoors / 8
	longestList = 4096 // members of an array container
)

// IsEmpty reports whether no block has a member.
func (c *Containers) IsEmpty() bool { return len(c.parts) == 0 }

// Add adds the members of a block, which has not been added yet. An empty set adds nothing.
func (c *Containers) Add(block uint16, set sets.Set) {
	card, runs := measure(set)
	if card == 0 {
		return
	}
	p := container{key: block, card: card}
	plain := min(2*card, denseBytes)
	switch {
	case 2+4*runs < plain:
		p.run, p.data = true, runBytes(set, runs)
	case card <= longestList:
		p.data = listBytes(set, card)
	default:
		p.data = make([]byte, denseBytes)
		for i, w := range set {
			binary.LittleEndian.PutUint64(p.data[8*i:], w)
		}
	}
	c.parts = append(c.parts, p)
}

// measure counts the members and the runs of neighbours among them.
func measure(set sets.Set) (card, runs int) {
	last := uint64(0) // the bit before the word
	for _, w := range set {
		if w != 0 {
			card += bits.OnesCount64(w)
			runs += bits.OnesCount64(w &^ (w<<1 | last))
		}
		last = w >> 63
	}
	return card, runs
}

func listBytes(set sets.Set, card int) []byte {
	out := make([]byte, 0, 2*card)
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			out = binary.LittleEndian.AppendUint16(out, uint16(i<<6|bits.TrailingZeros64(w)))
		}
	}
	return out
}

func runBytes(set sets.Set, runs int) []byte {
	out := binary.LittleEndian.AppendUint16(make([]byte, 0, 2+4*runs), uint16(runs))
	begin, end := -1, -1 // the run in hand
	for i, w := range set {
		for at := 0; w != 0; {
			skip := bits.TrailingZeros64(w)
			length := bits.TrailingZeros64(^(w >> skip))
			from := i<<6 + at + skip
			if from != end {
				out = appendRun(out, begin, end)
				begin = from
			}
			end = from + length
			at += skip + length
			w = w >> skip >> length
		}
	}
	return appendRun(out, begin, end)
}

func appendRun(out []byte, begin, end int) []byte {
	if begin < 0 {
		return out
	}
	out = binary.LittleEndian.AppendUint16(out, uint16(begin))
	return binary.LittleEndian.AppendUint16(out, uint16(end-begin-1))
}

// Cookies of roaring's portable format, and the number of containers from which one with runs has offsets.
const (
	cookiePlain = 12346
	cookieRuns  = 12347
	offsetsFrom = 4
)

// append writes the bitmap in roaring's portable format.
func (c *Containers) append(out []byte) []byte {
	slices.SortFunc(c.parts, func(a, b container) int { return int(a.key) - int(b.key) })
	n, start := len(c.parts), len(out)
	runs := slices.ContainsFunc(c.parts, func(p container) bool { return p.run })
	if runs {
		out = binary.LittleEndian.AppendUint32(out, cookieRuns|uint32(n-1)<<16)
		flags := make([]byte, (n+7)/8)
		for i, p := range c.parts {
			if p.run {
				flags[i/8] |= 1 << (i % 8)
			}
		}
		out = append(out, flags...)
	} else {
		out = binary.LittleEndian.AppendUint32(out, cookiePlain)
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
	}
	for _, p := range c.parts {
		out = binary.LittleEndian.AppendUint16(out, p.key)
		out = binary.LittleEndian.AppendUint16(out, uint16(p.card-1))
	}
	if !runs || n >= offsetsFrom {
		at := len(out) - start + 4*n
		for _, p := range c.parts {
			out = binary.LittleEndian.AppendUint32(out, uint32(at))
			at += len(p.data)
		}
	}
	for _, p := range c.parts {
		out = append(out, p.data...)
	}
	return out
}
