package plan

import "zhida/matcher/bits"

// A dim item is one of whose gates is unknown for some enterprises of a block and yes for none: of every county's items in
// a block of another county, as the region of some enterprises is known to the province only. None of them can be sure,
// and none a near miss, as no gate is attainable; all that is left to find are those that need facts, among the few for whom
// the gate is unknown.
//
// These few are the same for nearly all dim items of a block (dimClass), so what the other parts say of them is taken out
// once, door after door, into sets of some twenty words in place of a thousand, and an item costs as many words as its parts
// have in these.

// dimClasses are the classes of a block.
type dimClasses struct {
	list []dimClass // those of this block first; the others keep their memory
	n    int
	of   map[int32]int // class by gate
}

// dimClass are the dim gates that are unknown for the same values of the same column.
type dimClass struct {
	said  said
	items int // how many dim items have it

	begun  bool
	direct bool     // too many doors for too few items: the sets are not made
	doors  []uint16 // the living ones for whom the gates are unknown
	words  int
	at     []int32  // by Ref: 1 + the place in sets of whom the part is no for; 0: not taken out yet
	sets   []uint64 // words for each
	left   []uint64 // the candidates
}

func (c *dimClasses) reset() {
	c.n = 0
	if c.of == nil {
		c.of = map[int32]int{}
	}
	clear(c.of)
}

// add notes a gate, and what it says of the values that occur.
func (c *dimClasses) add(g int32, s said) {
	for k := range c.list[:c.n] {
		if c.list[k].said.same(s) {
			c.of[g] = k
			return
		}
	}
	if c.n == len(c.list) {
		c.list = append(c.list, dimClass{})
	}
	d := &c.list[c.n]
	d.said, d.items, d.begun, d.direct = s.clone(d.said.open), 0, false, false
	c.of[g] = c.n
	c.n++
}

// dimItem yields who may meet a dim item.
func (ev *Evaluator) dimItem(k int, c *Candidates, yield func(item int, c *Candidates) error) error {
	it := &ev.plan.items[k]
	g := ev.dimGate(it)
	d := &ev.classes.list[ev.classes.of[g]]
	if !d.begun {
		if err := ev.beginDim(d, ev.plan.gates[g].truth); err != nil {
			return err
		}
	}
	find := ev.dimSparse
	if d.direct {
		find = ev.dimDirect
	}
	c.Needs = nil
	left, err := find(d, it, ev.plan.gates[g].truth, c)
	if err == nil && left {
		err = yield(k, c)
	}
	if c.Needs != nil && !d.direct {
		for _, door := range d.doors {
			c.Needs[door>>6] = 0
		}
	}
	c.Needs = nil
	return err
}

// worthTakingOut is how many doors a class may have for each of its items: the door of a part costs 1.2 ns to take out, and
// a pass over a set of 8 KiB some 250; a part is asked for by a hundredth of the items of a library.
const worthTakingOut = 2

func (ev *Evaluator) beginDim(d *dimClass, gate Ref) error {
	t, err := ev.value(gate)
	if err != nil {
		return err
	}
	some := ev.sets.take(ev.in.Block.N)
	defer ev.sets.give(some)
	some.Copy(ev.in.Block.Living)
	some.AndNot(t.No)
	d.begun = true
	count := some.Count()
	if d.direct = count > worthTakingOut*d.items; d.direct {
		return nil
	}
	d.doors = d.doors[:0]
	for door := range some.All() {
		d.doors = append(d.doors, uint16(door))
	}
	d.words = bits.Words(count)
	d.sets = d.sets[:0]
	if len(d.at) == 0 {
		d.at = make([]int32, 2*len(ev.plan.nodes))
	}
	clear(d.at)
	if cap(d.left) < d.words {
		d.left = make([]uint64, d.words)
	}
	d.left = d.left[:d.words]
	return nil
}

// dimDirect goes through the parts with whole sets.
func (ev *Evaluator) dimDirect(_ *dimClass, it *item, _ Ref, c *Candidates) (bool, error) {
	c.May.Copy(ev.in.Block.Living)
	for i, p := range it.parts {
		t, err := ev.value(p.truth)
		if err != nil {
			return false, err
		}
		c.May.AndNot(t.No)
		ev.drop(p.truth.node())
		if c.May.IsEmpty() {
			ev.dropParts(it.parts[i+1:], false)
			return false, nil
		}
	}
	c.Needs = c.May
	return true, nil
}

// dimSparse goes through the parts with the sets of the class, and spreads who is left over a set of the block.
func (ev *Evaluator) dimSparse(d *dimClass, it *item, gate Ref, c *Candidates) (bool, error) {
	bits.Set(d.left).Fill(len(d.doors))
	for i, p := range it.parts {
		if p.truth == gate {
			ev.drop(p.truth.node())
			continue
		}
		no, err := ev.takenOut(d, p.truth)
		if err != nil {
			return false, err
		}
		some := uint64(0)
		for w, x := range no {
			d.left[w] &^= x
			some |= d.left[w]
		}
		ev.drop(p.truth.node())
		if some == 0 {
			ev.dropParts(it.parts[i+1:], false)
			return false, nil
		}
	}
	if bits.Set(d.left).IsEmpty() {
		return false, nil
	}
	c.Needs = ev.spread
	for i := range bits.Set(d.left).All() {
		c.Needs.Add(int(d.doors[i]))
	}
	return true, nil
}

// takenOut is of whom in a class a part is no.
func (ev *Evaluator) takenOut(d *dimClass, part Ref) ([]uint64, error) {
	if at := d.at[part]; at != 0 {
		return d.sets[at-1:][:d.words], nil
	}
	t, err := ev.value(part)
	if err != nil {
		return nil, err
	}
	from := len(d.sets)
	d.at[part] = int32(from) + 1
	for w := range d.words {
		x := uint64(0)
		for i, door := range d.doors[w<<6 : min(w<<6+64, len(d.doors))] {
			x |= (t.No[door>>6] >> (door & 63) & 1) << i
		}
		d.sets = append(d.sets, x)
	}
	return d.sets[from:], nil
}
