package pipeline

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"zhida/matcher/bits"
	"zhida/matcher/profile"
	"zhida/pipeline/store"
)

// layers names bitmaps as the nights have left them: a file that was made whole, and a file per night since then of the
// doors whose membership has flipped. Reading is base XOR flips.
type layers struct {
	base  store.Ref
	flips []store.Ref
}

// refs are all artefacts of the layers.
func (l *layers) refs() []store.Ref {
	if l == nil {
		return nil
	}
	return append([]store.Ref{l.base}, l.flips...)
}

// equal reports whether two name the same bitmaps.
func (l *layers) equal(o *layers) bool {
	return l == nil && o == nil || l != nil && o != nil && l.base == o.base && slices.Equal(l.flips, o.flips)
}

// Bounds of layers: reading costs one look per layer, and what flips back and forth is kept as often.
const (
	maxLayers  = 8
	layerShare = 4 // layers together may be this part of their base
)

// full reports whether the next night writes the bitmaps anew. It depends on nothing but what the layers are, so that a
// replay does so on the same night.
func (l *layers) full() bool {
	size := int64(0)
	for _, ref := range l.flips {
		size += ref.Size
	}
	return len(l.flips) >= maxLayers || size*layerShare > l.base.Size
}

// layered is bitmaps that are open.
type layered struct {
	files []*profile.Bitmaps
	close func() error
}

// bitmaps opens layers.
func (n *Night) bitmaps(l *layers) (*layered, error) {
	out := &layered{close: func() error { return nil }}
	for _, ref := range l.refs() {
		file, closeFile, err := n.bitmapFile(ref)
		if err != nil {
			_ = out.close()
			return nil, err
		}
		earlier := out.close
		out.files, out.close = append(out.files, file), func() error { return firstError(closeFile(), earlier()) }
	}
	return out, nil
}

// bitmapFile opens a file of bitmaps.
func (n *Night) bitmapFile(ref store.Ref) (*profile.Bitmaps, func() error, error) {
	file, size, err := n.Store.Open(ref)
	if err != nil {
		return nil, nil, err
	}
	b, err := profile.OpenBitmaps(file, size)
	if err != nil {
		_ = file.Close()
		return nil, nil, fmt.Errorf("read %s: %w", ref.Name, err)
	}
	return b, file.Close, nil
}

// Get implements profile.Getter. A bitmap that no file has is empty.
func (l *layered) Get(name, kind string) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, file := range l.files {
		rb, err := file.Get(name, kind)
		if err != nil {
			return nil, err
		}
		if rb != nil {
			out.Xor(rb)
		}
	}
	return out, nil
}

// names are those of the bitmaps of a kind.
func (l *layered) names(kind string) map[string]bool {
	out := map[string]bool{}
	for _, file := range l.files {
		for _, key := range file.Keys() {
			if key.Kind == kind {
				out[key.Name] = true
			}
		}
	}
	return out
}

// into makes set hold the doors of a block.
func (l *layered) into(name, kind string, block uint16, set bits.Set) error {
	set.Clear()
	for _, file := range l.files {
		if i := file.Find(name, kind); i >= 0 {
			if _, err := file.Flip(i, block, set); err != nil {
				return err
			}
		}
	}
	return nil
}

// bitmapOf reads a bitmap; one that is not there is empty.
func bitmapOf(b profile.Getter, name, kind string) (*roaring.Bitmap, error) {
	set, err := b.Get(name, kind)
	if set == nil && err == nil {
		set = roaring.New()
	}
	return set, err
}

// grid is bitmaps by row and column: items and kinds of verdicts, tags and yes or no.
type grid struct {
	names, kinds []string
}

// gridPart is a file of a grid's bitmaps in the making. A bitmap holds ids of all homes of the task.
type gridPart struct {
	grid
	cells []profile.Containers
	homes []int
}

func newGridPart(g grid) *gridPart {
	return &gridPart{grid: g, cells: make([]profile.Containers, len(g.names)*len(g.kinds))}
}

func (p *gridPart) add(row, kind int, block uint16, set bits.Set) {
	p.cells[row*len(p.kinds)+kind].Add(block, set)
}

func (p *gridPart) of(home int) {
	if len(p.homes) == 0 || p.homes[len(p.homes)-1] != home {
		p.homes = append(p.homes, home)
	}
}

// write stores the bitmaps, as further flips of layers if they are that, and tells the homes.
func (p *gridPart) write(s *store.Store, folder string, on *layers, assign func(home int, l *layers)) error {
	if len(p.homes) == 0 {
		return nil
	}
	out := &layers{}
	if on != nil {
		*out = layers{on.base, slices.Clone(on.flips)}
	}
	if on == nil || slices.ContainsFunc(p.cells, func(c profile.Containers) bool { return !c.IsEmpty() }) {
		ref, err := s.Put(folder, "bitmaps", p.content)
		if err != nil {
			return err
		}
		if on == nil {
			out.base = ref
		} else {
			out.flips = append(out.flips, ref)
		}
	}
	for _, h := range p.homes {
		assign(h, out)
	}
	return nil
}

// content writes the bitmaps by name and kind.
func (p *gridPart) content(w io.Writer) error {
	var order []int
	for i := range p.cells {
		if !p.cells[i].IsEmpty() {
			order = append(order, i)
		}
	}
	name, kind := func(i int) string { return p.names[i/len(p.kinds)] }, func(i int) string { return p.kinds[i%len(p.kinds)] }
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(name(a), name(b)), cmp.Compare(kind(a), kind(b))) })
	bw := profile.NewBitmapWriter(w)
	for _, i := range order {
		if err := bw.AddContainers(name(i), kind(i), &p.cells[i]); err != nil {
			return err
		}
	}
	return bw.Close()
}

// earlier is the last night's bitmaps of a grid, for those who read all of them, block by block. A nil one has nothing.
type earlier struct {
	files []*profile.Bitmaps
	at    [][]int               // by file and cell: the place of the bitmap; -1: none
	other []map[profile.Key]int // by file: the places of bitmaps that are in no cell
	rows  []bool                // whether a row has any bitmap
}

// earlier reads the last night's bitmaps of a grid into memory: all that a group of homes has, a few tens of megabytes.
func (n *Night) earlier(l *layers, g grid) (*earlier, error) {
	if l == nil {
		return nil, nil
	}
	rows, kinds := map[string]int{}, map[string]int{}
	for i, name := range g.names {
		rows[name] = i
	}
	for k, kind := range g.kinds {
		kinds[kind] = k
	}
	out := &earlier{rows: make([]bool, len(g.names))}
	for _, ref := range l.refs() {
		file, closeFile, err := n.bitmapFile(ref)
		if err != nil {
			return nil, err
		}
		if err := firstError(file.Whole(), closeFile()); err != nil {
			return nil, err
		}
		at, other := make([]int, len(g.names)*len(g.kinds)), map[profile.Key]int{}
		for i := range at {
			at[i] = -1
		}
		for i, key := range file.Keys() {
			row, known := rows[key.Name]
			if kind, ok := kinds[key.Kind]; ok && known {
				at[row*len(g.kinds)+kind] = i
				out.rows[row] = true
			} else {
				other[key] = i
			}
		}
		out.files, out.at, out.other = append(out.files, file), append(out.at, at), append(out.other, other)
	}
	return out, nil
}

// has reports whether a row has any bitmap.
func (e *earlier) has(row int) bool { return e != nil && e.rows[row] }

// into makes set hold the doors of a block that a cell's bitmap has, and reports whether there are any.
func (e *earlier) into(cell int, block uint16, set bits.Set) (bool, error) {
	if e == nil {
		return false, nil
	}
	read := false
	for f, file := range e.files {
		i := e.at[f][cell]
		if i < 0 {
			continue
		}
		if !read {
			set.Clear()
			read = true
		}
		if _, err := file.Flip(i, block, set); err != nil {
			return false, err
		}
	}
	return read && !set.IsEmpty(), nil
}

// gone goes through the bitmaps of a kind whose names the grid does not have, by name.
func (e *earlier) gone(kind string, block uint16, set bits.Set, do func(name string) error) error {
	if e == nil {
		return nil
	}
	names := map[string]bool{}
	for _, other := range e.other {
		for key := range other {
			names[key.Name] = names[key.Name] || key.Kind == kind
		}
	}
	for _, name := range sortedKeys(names) {
		set.Clear()
		for f, file := range e.files {
			if i, ok := e.other[f][profile.Key{Name: name, Kind: kind}]; ok {
				if _, err := file.Flip(i, block, set); err != nil {
					return err
				}
			}
		}
		if !set.IsEmpty() {
			if err := do(name); err != nil {
				return err
			}
		}
	}
	return nil
}
