package plan

import "zhida/matcher/bits"

// Near miss: the things that are no, and that one attainable test would make yes. Besides yes and no a node can be one
// (LANGUAGE.md): a leaf that is no and attainable; 且 with exactly one part one and the others yes; 或 with no part yes
// or unknown and some part one; 至少 n with exactly n-1 parts yes, none unknown and some one. 且 is 至少 all and 或 is
// 至少 1, so there is one rule; 且 has a loop of its own as it is what items are made of and can stop early.

// one says how a part of a kindNear node can be one.
type one int32

const (
	never   one = -1 // not attainable
	byNo    one = -2 // a leaf: where it is no
	nearPut     = 0  // from here on: the Ref of a kindNear node
)

// near evaluates a kindNear node: yes where it is one, else no. Its parts are the truths, one for each of n.near, and then
// the kindNear nodes that n.near names.
func (ev *Evaluator) near(n *node) (bits.Truth, error) {
	count := ev.frame(n.space).n
	out := ev.sets.takeTruth(count)
	out.Clear()
	find := ev.nearAtLeast
	if n.least == len(n.near) {
		find = ev.nearAll
	}
	if err := find(n, count, out.Yes); err != nil {
		ev.sets.giveTruth(out)
		return bits.Truth{}, err
	}
	out.No.Copy(out.Yes)
	out.No.Complement(count)
	return out, nil
}

// nearAll is for 且. It goes through the parts with two sets of candidates: those for which all parts so far are yes,
// and those for which one is one and the others are yes. As soon as both are empty the rest is dropped unseen: that a
// county's gate is no for the whole block ends an item there for near misses as it does for verdicts.
func (ev *Evaluator) nearAll(n *node, count int, found bits.Set) error {
	clean, some := ev.sets.take(count), ev.sets.take(count)
	defer ev.sets.give(clean)
	defer ev.sets.give(some)
	clean.Fill(count)
	for i, how := range n.near {
		if clean.IsEmpty() && found.IsEmpty() {
			ev.dropNear(n, i)
			return nil
		}
		p := n.parts[i]
		t, err := ev.value(p)
		if err != nil {
			return err
		}
		some.Copy(clean)
		some.And(t.No)
		found.And(t.Yes)
		clean.And(t.Yes)
		ev.drop(p.node())
		if err := ev.addOnes(how, some, found); err != nil {
			return err
		}
	}
	return nil
}

// addOnes adds the candidates for which a part that is no for them is one.
func (ev *Evaluator) addOnes(how one, candidates, found bits.Set) error {
	switch {
	case how == byNo:
		found.Or(candidates)
	case how >= nearPut && candidates.IsEmpty():
		ev.drop(Ref(how).node())
	case how >= nearPut:
		t, err := ev.value(Ref(how))
		if err != nil {
			return err
		}
		candidates.And(t.Yes)
		found.Or(candidates)
		ev.drop(Ref(how).node())
	}
	return nil
}

// dropNear gives up the parts from the i-th on.
func (ev *Evaluator) dropNear(n *node, i int) {
	for k := i; k < len(n.near); k++ {
		ev.drop(n.parts[k].node())
		if n.near[k] >= nearPut {
			ev.drop(Ref(n.near[k]).node())
		}
	}
}

// nearAtLeast is for 或 and 至少. alive are those with no part unknown so far, and for 或 none yes.
func (ev *Evaluator) nearAtLeast(n *node, count int, found bits.Set) error {
	alive, some, ones := ev.sets.take(count), ev.sets.take(count), ev.sets.take(count)
	met := newCounter(&ev.sets, count, len(n.near))
	defer met.free()
	defer ev.sets.give(alive)
	defer ev.sets.give(some)
	defer ev.sets.give(ones)
	alive.Fill(count)
	ones.Clear()
	for i, how := range n.near {
		if alive.IsEmpty() {
			ev.dropNear(n, i)
			return nil
		}
		t, err := ev.value(n.parts[i])
		if err != nil {
			return err
		}
		some.Copy(t.No)
		if n.least > 1 {
			met.add(t.Yes)
			some.Or(t.Yes)
		}
		alive.And(some)
		some.Copy(t.No)
		some.And(alive)
		ev.drop(n.parts[i].node())
		if err := ev.addOnes(how, some, ones); err != nil {
			return err
		}
	}
	met.keepExactly(n.least-1, alive)
	found.Copy(alive)
	found.And(ones)
	return nil
}
