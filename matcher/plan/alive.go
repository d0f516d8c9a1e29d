package plan

import "slices"

// passing says of a gate whether it lets anybody of this block pass.
type passing uint8

const (
	notAsked passing = iota
	open
	shut
)

// beginItems prepares a block and returns the items that its gates leave, in order. It counts how often their nodes will
// be asked for, with near misses and further questions or without.
func (ev *Evaluator) beginItems(in *Input, whole bool) ([]int32, error) {
	ev.open(in)
	ev.whole = whole
	alive, err := ev.letIn()
	if err != nil {
		return nil, err
	}
	clear(ev.left)
	for _, k := range alive {
		it := &ev.plan.items[k]
		for _, p := range it.parts {
			ev.left[p.truth.node()]++
			if whole && p.how >= nearPut {
				ev.left[Ref(p.how).node()]++
			}
		}
		if whole {
			for _, r := range it.also {
				ev.left[r.node()]++
			}
		}
	}
	ev.countParts()
	return alive, nil
}

// letIn asks each gate once, by the values that occur in the block: a handful of regions, some hundred industries. An
// item's other gates are asked only if the first is open, so that the work is the block's items and not the library's.
func (ev *Evaluator) letIn() ([]int32, error) {
	ev.passing = append(ev.passing[:0], make([]passing, len(ev.plan.gates))...)
	alive := append(ev.alive[:0], ev.plan.open...)
	for g := range ev.plan.gates {
		if len(ev.plan.gates[g].items) == 0 {
			continue
		}
		isOpen, err := ev.isOpen(int32(g))
		if err != nil {
			return nil, err
		}
		if !isOpen {
			ev.stats.Shut += len(ev.plan.gates[g].items)
			continue
		}
		for _, k := range ev.plan.gates[g].items {
			all, err := ev.allOpen(ev.plan.items[k].gates[1:])
			if err != nil {
				return nil, err
			}
			if all {
				alive = append(alive, k)
			} else {
				ev.stats.Shut++
			}
		}
	}
	slices.Sort(alive)
	ev.alive = alive
	return alive, nil
}

func (ev *Evaluator) allOpen(gates []int32) (bool, error) {
	for _, g := range gates {
		if isOpen, err := ev.isOpen(g); !isOpen || err != nil {
			return false, err
		}
	}
	return true, nil
}

func (ev *Evaluator) isOpen(g int32) (bool, error) {
	if ev.passing[g] == notAsked {
		truth := ev.plan.gates[g].truth
		said, err := ev.plan.nodes[truth.node()].test.(*memberTest).answers(ev.frame(enterprises))
		if err != nil {
			return false, err
		}
		passes := yes
		if truth.negated() {
			passes = no
		}
		ev.passing[g] = shut
		if said.has(passes) || ev.whole && said.has(unknown) {
			ev.passing[g] = open
		}
	}
	return ev.passing[g] == open, nil
}
