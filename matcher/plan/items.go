package plan

import (
	"zhida/matcher/bits"
)

// Candidates of an item that AddItem made: Clean are sure, May without Clean need facts, Found are near misses. also is
// what the further questions came to, or nil where nobody is sure. All belong to the evaluator and are valid during the call.
type Candidates struct {
	bits.Candidates
	Also []bits.Truth
}

// Items decides the items that AddItem made, on the living enterprises of a block, and yields each that has a candidate of
// any kind, in order. The error is a *MissingError.
//
// A province has ten thousand items and a block seven hundred that concern it: the others are never touched, their gates
// are shut (alive). What is left costs, per part, one pass over five sets of 8 KiB (bits.Candidates.Narrow, 0.6 µs), and
// ends with the part that leaves nobody. A part's truth is worked out when the first item needs it and kept for the last.
func (ev *Evaluator) Items(in *Input, yield func(item int, c *Candidates) error) error {
	defer ev.end()
	alive, err := ev.beginItems(in, true)
	if err != nil {
		return err
	}
	n := in.Block.N
	c := Candidates{Candidates: bits.Candidates{Clean: ev.sets.take(n), May: ev.sets.take(n), Found: ev.sets.take(n)}}
	defer ev.giveCandidates(&c)
	for _, k := range alive {
		it := &ev.plan.items[k]
		left, err := ev.narrow(in, it, &c)
		if err != nil {
			return err
		}
		if err := ev.ask(it, &c, left && !c.Clean.IsEmpty()); err != nil {
			return err
		}
		if left {
			err = yield(int(k), &c)
		}
		ev.dropAlso(it)
		if err != nil {
			return err
		}
	}
	return nil
}

// SureItems is Items for who is sure and nothing else: half the sets are read.
func (ev *Evaluator) SureItems(in *Input, yield func(item int, sure bits.Set)) error {
	defer ev.end()
	alive, err := ev.beginItems(in, false)
	if err != nil {
		return err
	}
	sure := ev.sets.take(in.Block.N)
	defer func() { ev.sets.give(sure) }()
	for _, k := range alive {
		left, err := ev.sureOf(in, &ev.plan.items[k], sure)
		if err != nil {
			return err
		}
		if left {
			yield(int(k), sure)
		}
	}
	return nil
}

func (ev *Evaluator) giveCandidates(c *Candidates) {
	ev.sets.give(c.Clean)
	ev.sets.give(c.May)
	ev.sets.give(c.Found)
}

// narrow walks the candidates through the parts, and reports whether anybody is left.
func (ev *Evaluator) narrow(in *Input, it *item, c *Candidates) (bool, error) {
	c.Clean.Copy(in.Block.Living)
	c.May.Copy(in.Block.Living)
	c.Found.Clear()
	left := len(it.parts) > 0 || !c.May.IsEmpty()
	for i, p := range it.parts {
		if !left {
			ev.dropParts(it.parts[i:], true)
			break
		}
		t, err := ev.value(p.truth)
		if err != nil {
			return false, err
		}
		if p.how >= nearPut {
			left, err = ev.narrowNested(p, t, c)
		} else {
			left = c.Narrow(t, p.how == byNo)
		}
		if err != nil {
			return false, err
		}
		ev.drop(p.truth.node())
	}
	return left, nil
}

// narrowNested is Narrow for a part that can itself lack one thing: who is clean so far and lacks it there is found.
func (ev *Evaluator) narrowNested(p part, t bits.Truth, c *Candidates) (bool, error) {
	if !c.Clean.Intersects(t.No) {
		ev.drop(Ref(p.how).node())
		return c.Narrow(t, false), nil
	}
	nested, err := ev.value(Ref(p.how))
	if err != nil {
		return false, err
	}
	some := ev.sets.take(len(c.Clean) * 64)
	defer ev.sets.give(some)
	some.Copy(c.Clean)
	some.And(t.No)
	more := some.AndAny(nested.Yes)
	ev.drop(Ref(p.how).node())
	left := c.Narrow(t, false)
	c.Found.Or(some)
	return left || more, nil
}

// sureOf makes sure the enterprises for which all parts are yes, and reports whether there is any.
func (ev *Evaluator) sureOf(in *Input, it *item, sure bits.Set) (bool, error) {
	sure.Copy(in.Block.Living)
	left := len(it.parts) > 0 || !sure.IsEmpty()
	for i, p := range it.parts {
		if !left {
			ev.dropParts(it.parts[i:], false)
			break
		}
		t, err := ev.value(p.truth)
		if err != nil {
			return false, err
		}
		left = sure.AndAny(t.Yes)
		ev.drop(p.truth.node())
	}
	return left, nil
}

func (ev *Evaluator) dropParts(parts []part, near bool) {
	for _, p := range parts {
		ev.drop(p.truth.node())
		if near && p.how >= nearPut {
			ev.drop(Ref(p.how).node())
		}
	}
}

// ask puts the further questions if somebody is sure.
func (ev *Evaluator) ask(it *item, c *Candidates, sure bool) error {
	c.Also = c.Also[:0]
	if !sure {
		return nil
	}
	for _, r := range it.also {
		t, err := ev.value(r)
		if err != nil {
			return err
		}
		c.Also = append(c.Also, t)
	}
	return nil
}

func (ev *Evaluator) dropAlso(it *item) {
	for _, r := range it.also {
		ev.drop(r.node())
	}
}
