package current

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"zhida/matcher/table"
	"zhida/schemas"
)

// Doors is the number of enterprises a block can hold.
const Doors = 1 << 16

// ErrBlocks is returned when a home was given fewer blocks than its new enterprises need, or the ids have run out.
var ErrBlocks = errors.New("not enough blocks")

// Directory (门牌簿) maps the codes of one home to ids. The nth enterprise of the home lives in block
// Blocks[n/65536] at door n%65536, for ever: closing it or correcting its code moves nothing.
type Directory struct {
	Home   schemas.Home
	Blocks []uint16
	codes  []string       // canonical code by ordinal
	byCode map[string]int // every code ever used, old ones too, to ordinal
}

// NewDirectory returns the empty directory of a home.
func NewDirectory(home schemas.Home) *Directory {
	return &Directory{Home: home, byCode: map[string]int{}}
}

// Len is the number of doors given out.
func (d *Directory) Len() int { return len(d.codes) }

// Lookup returns the id of the enterprise that has or had the code.
func (d *Directory) Lookup(code string) (id uint32, ok bool) {
	n, ok := d.byCode[code]
	if !ok {
		return 0, false
	}
	return d.id(n), true
}

func (d *Directory) id(ordinal int) uint32 {
	return uint32(d.Blocks[ordinal/Doors])<<16 | uint32(ordinal%Doors)
}

// Code returns the canonical code at a door of one of the home's blocks, "" if the door is not given out.
func (d *Directory) Code(id uint32) string {
	i := slices.Index(d.Blocks, uint16(id>>16))
	if i < 0 {
		return ""
	}
	n := i*Doors + int(id&0xffff)
	if n >= len(d.codes) {
		return ""
	}
	return d.codes[n]
}

// Codes goes through the canonical codes in the order of their doors.
func (d *Directory) Codes() iter.Seq[string] { return slices.Values(d.codes) }

// BlocksFor is the number of further blocks the home needs to take in n more enterprises.
func (d *Directory) BlocksFor(n int) int {
	return (len(d.codes)+n+Doors-1)/Doors - len(d.Blocks)
}

// Open gives doors to new enterprises, in code order, after adding the blocks the home was given for them. codes
// holds canonical codes without doors, in any order.
func (d *Directory) Open(codes []string, blocks []uint16) error {
	d.Blocks = append(d.Blocks, blocks...)
	if d.BlocksFor(len(codes)) > 0 {
		return fmt.Errorf("open %d doors of home %s with %d blocks: %w", len(codes), d.Home, len(d.Blocks), ErrBlocks)
	}
	codes = slices.Clone(codes)
	slices.Sort(codes)
	for _, code := range codes {
		d.byCode[code] = len(d.codes)
		d.codes = append(d.codes, code)
	}
	return nil
}

// Rename makes code the canonical code of the enterprise that holds any of the aliases, which stay known. It reports
// whether one of them has a door here.
func (d *Directory) Rename(code string, aliases []string) bool {
	for _, alias := range append([]string{code}, aliases...) {
		n, ok := d.byCode[alias]
		if !ok {
			continue
		}
		for _, a := range aliases {
			d.byCode[a] = n
		}
		d.byCode[code], d.codes[n] = n, code
		return true
	}
	return false
}

// BlockLen is the number of doors given out in the block.
func (d *Directory) BlockLen(block uint16) int {
	i := slices.Index(d.Blocks, block)
	if i < 0 {
		return 0
	}
	return max(0, min(Doors, len(d.codes)-i*Doors))
}

var directoryFields = []table.Field{
	{Name: "code", Kind: table.Text},
	{Name: "ordinal", Kind: table.Int},
	{Name: "canonical", Kind: table.Bool},
}

// Table is the directory as rows, one per code, ordered by ordinal and code: the form it is stored in.
func (d *Directory) Table() *table.Table {
	type entry struct {
		code    string
		ordinal int
	}
	entries := make([]entry, 0, len(d.byCode))
	for code, n := range d.byCode {
		entries = append(entries, entry{code, n})
	}
	slices.SortFunc(entries, func(a, b entry) int {
		if a.ordinal != b.ordinal {
			return a.ordinal - b.ordinal
		}
		if a.code < b.code {
			return -1
		}
		return 1
	})
	b := table.NewBuilder(directoryFields)
	for _, e := range entries {
		b.Text(0, e.code)
		b.Int(1, int64(e.ordinal))
		b.Int(2, truth(d.codes[e.ordinal] == e.code))
		b.End()
	}
	return b.Table()
}

// ReadDirectory turns the stored rows of a home back into its directory. t may be nil: the home is new.
func ReadDirectory(home schemas.Home, blocks []uint16, t *table.Table) (*Directory, error) {
	d := NewDirectory(home)
	d.Blocks = slices.Clone(blocks)
	if t == nil {
		return d, nil
	}
	codes, ordinals, canonical := t.Column("code"), t.Column("ordinal"), t.Column("canonical")
	if codes == nil || ordinals == nil || canonical == nil {
		return nil, fmt.Errorf("directory of home %s lacks a column: %w", home, table.ErrDamaged)
	}
	for i := range t.N {
		n := int(ordinals.Ints[i])
		d.byCode[codes.Texts[i]] = n
		if canonical.Ints[i] == 0 {
			continue
		}
		if n != len(d.codes) {
			return nil, fmt.Errorf("directory of home %s has no door %d: %w", home, len(d.codes), table.ErrDamaged)
		}
		d.codes = append(d.codes, codes.Texts[i])
	}
	if d.BlocksFor(0) > 0 {
		return nil, fmt.Errorf("directory of home %s has %d doors and %d blocks: %w", home, len(d.codes), len(blocks), table.ErrDamaged)
	}
	return d, nil
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
