package plan

import (
	mathbits "math/bits"

	"zhida/matcher/bits"
	"zhida/matcher/profile"
	"zhida/schemas"
)

// 有 over the rows of a dataset: yes where some row is yes; else unknown where some row is unknown; else no where the
// list vouches for the absence of rows, and unknown where it does not. 每 is 非 有 非.
//
// A row that nothing has confirmed for longer than the dataset's shelf life may have changed or gone: it counts as
// unknown, whatever it says.

// reduce turns the truth of rows into the truth of the enterprises they belong to.
func (f *frame) reduce(where bits.Truth, sets *pool, out bits.Truth) error {
	if err := f.prepare(); err != nil {
		return err
	}
	out.Clear()
	open := sets.take(f.in.Block.N)
	defer sets.give(open)
	open.Clear()
	for w := range where.Yes {
		fresh := mask(w, f.n)
		if f.fresh != nil {
			fresh = f.fresh[w]
		}
		y := where.Yes[w] & fresh
		f.addDoors(w, y, out.Yes)
		f.addDoors(w, mask(w, f.n)&^y&^(where.No[w]&fresh), open)
	}
	out.No.Copy(f.covered)
	out.No.AndNot(out.Yes)
	out.No.AndNot(open)
	return nil
}

// addDoors adds the enterprises of the rows that are set in word w.
func (f *frame) addDoors(w int, rows uint64, to bits.Set) {
	for ; rows != 0; rows &= rows - 1 {
		to.Add(f.door(w<<6 + mathbits.TrailingZeros64(rows)))
	}
}

// prepare finds the rows that still count and the enterprises the list vouches for.
func (f *frame) prepare() error {
	if f.ready {
		return nil
	}
	f.fresh = nil
	if f.years > 0 { // the years are always there, and what is known of them is known today
		f.covered = bits.New(f.in.Block.N)
		f.covered.Fill(f.in.Block.N)
		f.ready = true
		return nil
	}
	list := listOf(f.in, f.dataset)
	if f.rows != nil && !list.Shelf.IsZero() {
		f.fresh = Fresh(f.rows, list, f.in.Today)
	}
	covered, err := Covered(f.in, list)
	if err != nil {
		return err
	}
	f.covered, f.ready = covered, true
	return nil
}

// listOf is the dataset as the night knows it, or else as the condition was checked against it.
func listOf(in *Input, d *schemas.Dataset) *schemas.Dataset {
	if tonight := in.Datasets[d.Name]; tonight != nil {
		return tonight
	}
	return d
}

// Fresh are the rows of a dataset that a delivery has confirmed within the shelf life.
func Fresh(rows *profile.Rows, d *schemas.Dataset, today schemas.Date) bits.Set {
	oldest := profile.Oldest(d.Shelf, today)
	out := bits.New(rows.Len())
	for row, confirmed := range rows.Confirmed {
		out.Put(row, confirmed >= oldest)
	}
	return out
}

// Covered are the enterprises for which the absence of rows in a dataset means that there are none: the list is
// complete, and some full delivery that is in date has a scope they lie in for sure.
func Covered(in *Input, d *schemas.Dataset) (bits.Set, error) {
	out := bits.New(in.Block.N)
	if d.List != schemas.ListComplete {
		return out, nil
	}
	oldest := profile.Oldest(d.Shelf, in.Today)
	var scopes []string
	for _, c := range in.Coverage[d.Name] {
		switch {
		case int64(c.Full) < oldest:
		case c.Scope == "":
			out.Fill(in.Block.N)
			return out, nil
		default:
			scopes = append(scopes, c.Scope)
		}
	}
	if len(scopes) == 0 || in.RegionOf == "" {
		return out, nil
	}
	region, err := attribute(in, field{name: in.RegionOf, typ: schemas.Type{Kind: schemas.KindCode}})
	if err != nil {
		return nil, err
	}
	for door := range region.known.All() {
		out.Put(door, hasPrefixOf(scopes, region.texts[door]))
	}
	return out, nil
}
