package plan

import (
	"zhida/matcher/bits"
)

// Candidates of an item that AddItem made: Clean are sure, May without Clean need facts, Found are near misses. also is
// what the further questions came to, or nil where nobody is sure. Where Needs is not nil these need facts and nobody is
// sure or a near miss, and the other sets mean nothing. All belong to the evaluator and are valid during the call; those of
// Candidates may be changed.
type Candidates struct {
	bits.Candidates
	Needs bits.Set
	Also  []bits.Truth
}

// Items decides the items that AddItem made, on the living enterprises of a block, and yields each that has a candidate of
// any kind, in order. The error is a *MissingError.
//
// A province has ten thousand items and a block seven hundred that concern it: for the others gates are shut (alive), or dim
// (dim.go). What is left goes through its parts at once (bits.Candidates.NarrowAll, 0.2 µs each), and
// ends with the part that leaves nobody. A part's truth is worked out when the first item needs it and kept for the last.
func (ev *Evaluator) Items(in *Input, yield func(item int, c *Candidates) error) error {
	defer ev.endItems()
	if err := ev.beginItems(in, true); err != nil {
		return err
	}
	n := in.Block.N
	c := Candidates{Candidates: bits.Candidates{Clean: ev.sets.take(n), May: ev.sets.take(n), Found: ev.sets.take(n)}}
	defer ev.giveCandidates(&c)
	ev.spread = ev.sets.take(n)
	ev.spread.Clear()
	defer func() { ev.sets.give(ev.spread) }()
	for k := range ev.alive.items.All() {
		one := ev.wholeItem
		if ev.alive.dim.Has(k) {
			one = ev.dimItem
		}
		if err := one(k, &c, yield); err != nil {
			return err
		}
	}
	return nil
}

func (ev *Evaluator) wholeItem(k int, c *Candidates, yield func(item int, c *Candidates) error) error {
	it := &ev.plan.items[k]
	left, err := ev.narrow(ev.in, it, c)
	if err != nil {
		return err
	}
	if err := ev.ask(it, c, left && !c.Clean.IsEmpty()); err != nil {
		return err
	}
	if left {
		err = yield(k, c)
	}
	ev.dropAlso(it)
	return err
}

// SureItems is Items for who is sure and nothing else: half the sets are read, and an item without a gate that is open for
// somebody is left alone.
func (ev *Evaluator) SureItems(in *Input, yield func(item int, sure bits.Set)) error {
	defer ev.endItems()
	if err := ev.beginItems(in, false); err != nil {
		return err
	}
	sure := ev.sets.take(in.Block.N)
	defer func() { ev.sets.give(sure) }()
	for k := range ev.alive.items.All() {
		left, err := ev.sureOf(in, &ev.plan.items[k], sure)
		if err != nil {
			return err
		}
		if left {
			yield(k, sure)
		}
	}
	return nil
}

func (ev *Evaluator) giveCandidates(c *Candidates) {
	ev.sets.give(c.Clean)
	ev.sets.give(c.May)
	ev.sets.give(c.Found)
}

// narrow walks the candidates through the parts, and reports whether anybody is left. Most truths have been worked out for
// items before: the candidates go through as many of them as there are at once, and before one is worked out they are
// asked whether anybody is left.
func (ev *Evaluator) narrow(in *Input, it *item, c *Candidates) (bool, error) {
	living, left, through := in.Block.Living, true, 0
	ev.batch = ev.batch[:0]
	for i, p := range it.parts {
		isNested := p.how >= nearPut
		if isNested || len(ev.batch) > 0 && ev.done[p.truth.node()].Yes == nil {
			left = ev.pass(it.parts[through:i], living, c)
			living, through = nil, i
			if !left {
				break
			}
		}
		t, err := ev.value(p.truth)
		if err != nil {
			return false, err
		}
		if !isNested {
			ev.batch = append(ev.batch, bits.PartOf(t, p.how == byNo))
			continue
		}
		if left, err = ev.narrowNested(p, t, c); err != nil {
			return false, err
		}
		ev.drop(p.truth.node())
		through = i + 1
		if !left {
			break
		}
	}
	if !left {
		ev.dropParts(it.parts[through:], true)
		return false, nil
	}
	if len(ev.batch) > 0 || living != nil {
		left = ev.pass(it.parts[through:], living, c)
	}
	return left, nil
}

// pass takes the candidates, who begin as the living if that is not nil, through the parts that wait.
func (ev *Evaluator) pass(parts []part, living bits.Set, c *Candidates) bool {
	left := c.NarrowAll(living, ev.batch)
	ev.batch = ev.batch[:0]
	for _, p := range parts {
		ev.drop(p.truth.node())
	}
	return left
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

// sureOf makes sure the enterprises for which all parts are yes, and reports whether there is any. It goes about it as
// narrow does.
func (ev *Evaluator) sureOf(in *Input, it *item, sure bits.Set) (bool, error) {
	ev.yeses = append(ev.yeses[:0], in.Block.Living)
	through := 0
	for i, p := range it.parts {
		if len(ev.yeses) > 1 && ev.done[p.truth.node()].Yes == nil {
			left := ev.passSure(it.parts[through:i], sure)
			through = i
			if !left {
				ev.dropParts(it.parts[through:], false)
				return false, nil
			}
		}
		t, err := ev.value(p.truth)
		if err != nil {
			return false, err
		}
		ev.yeses = append(ev.yeses, t.Yes)
	}
	return ev.passSure(it.parts[through:], sure), nil
}

// passSure makes sure what the sets that wait have in common, and is the first of them from then on.
func (ev *Evaluator) passSure(parts []part, sure bits.Set) bool {
	left := bits.AndAll(sure, ev.yeses)
	ev.yeses = append(ev.yeses[:0], sure)
	for _, p := range parts {
		ev.drop(p.truth.node())
	}
	return left
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
