package plan

import "zhida/matcher/bits"

// passing says of a gate whom of this block it lets pass.
type passing uint8

const (
	notAsked passing = iota
	shut             // nobody: it is no for everybody
	dim              // nobody for sure: it is no or unknown for everybody
	open             // somebody, perhaps
)

// living are the items that a block's gates leave, by number.
type living struct {
	items bits.Set
	dim   bits.Set // those with a dim gate: nobody is sure of them or nearly meets them, some may need facts (dim.go)
}

func (l *living) reset(items int) {
	if n := bits.Words(items); cap(l.items) < n {
		l.items, l.dim = make(bits.Set, n), make(bits.Set, n)
	}
	l.items.Clear()
	l.dim.Clear()
}

// beginItems prepares a block and finds the items that its gates leave. It counts how often their nodes will be asked for,
// with needs-facts, near misses and further questions or without.
func (ev *Evaluator) beginItems(in *Input, whole bool) error {
	ev.open(in)
	if err := ev.letIn(whole); err != nil {
		return err
	}
	for k := range ev.alive.items.All() {
		it := &ev.plan.items[k]
		rest := whole && !ev.alive.dim.Has(k)
		for _, p := range it.parts {
			ev.left[p.truth.node()]++
			if rest && p.how >= nearPut {
				ev.left[Ref(p.how).node()]++
			}
		}
		if rest {
			for _, r := range it.also {
				ev.left[r.node()]++
			}
		}
	}
	ev.countParts()
	return nil
}

// letIn asks each gate once, by the values that occur in the block: a handful of regions, some hundred industries. An
// item's other gates are asked only if the first is not shut, so that the work is the block's items and not the library's.
// In nearly every block the region of some is known to the province only, so that a county's gate is dim wherever it is not
// open. Who asks only who is sure is done with these items here; else they are the most by far, and gone through in dim.go.
func (ev *Evaluator) letIn(whole bool) error {
	ev.passing = append(ev.passing[:0], make([]passing, len(ev.plan.gates))...)
	ev.classes.reset()
	ev.alive.reset(len(ev.plan.items))
	for _, k := range ev.plan.open {
		ev.alive.items.Add(int(k))
	}
	least := dim
	if !whole {
		least = open
	}
	for g := range ev.plan.gates {
		if len(ev.plan.gates[g].items) == 0 {
			continue
		}
		first, err := ev.passes(int32(g), least)
		if err != nil {
			return err
		}
		if first < least {
			ev.stats.Shut += len(ev.plan.gates[g].items)
			continue
		}
		for _, k := range ev.plan.gates[g].items {
			if err := ev.letInItem(int(k), first, least); err != nil {
				return err
			}
		}
	}
	return nil
}

// letInItem notes an item if its gates are at least so far open.
func (ev *Evaluator) letInItem(k int, first, least passing) error {
	for _, g := range ev.plan.items[k].gates[1:] {
		p, err := ev.passes(g, least)
		if err != nil {
			return err
		}
		first = min(first, p)
		if first < least {
			ev.stats.Shut++
			return nil
		}
	}
	ev.alive.items.Add(k)
	if first == dim {
		ev.alive.dim.Add(k)
		ev.classes.list[ev.classes.of[ev.dimGate(&ev.plan.items[k])]].items++
	}
	return nil
}

// dimGate is the first gate of an item that is dim.
func (ev *Evaluator) dimGate(it *item) int32 {
	for _, g := range it.gates {
		if ev.passing[g] == dim {
			return g
		}
	}
	panic("plan: an item without a dim gate is dim")
}

// passes asks a gate. If it matters only whether it is open, it may be called shut where it is dim.
func (ev *Evaluator) passes(g int32, least passing) (passing, error) {
	if ev.passing[g] != notAsked {
		return ev.passing[g], nil
	}
	truth := ev.plan.gates[g].truth
	test, f := ev.plan.nodes[truth.node()].test.(*memberTest), ev.frame(enterprises)
	if least == open && !truth.negated() {
		met, err := test.isMet(f)
		if ev.passing[g] = shut; met {
			ev.passing[g] = open
		}
		return ev.passing[g], err
	}
	said, err := test.all(f)
	if err != nil {
		return notAsked, err
	}
	met := said.yes
	if truth.negated() {
		met = said.no
	}
	switch {
	case met:
		ev.passing[g] = open
	case said.unknown:
		ev.passing[g] = dim
		ev.classes.add(g, said)
	default:
		ev.passing[g] = shut
	}
	return ev.passing[g], nil
}
