package plan

import "zhida/matcher/bits"

// atLeast evaluates 至少 n 项: yes where n parts are yes, no where so many are no that n cannot be reached. A part is
// counted and dropped before the next one is evaluated.
func (ev *Evaluator) atLeast(n *node) (bits.Truth, error) {
	count := ev.frame(n.space).n
	most := len(n.parts)
	yes, no := newCounter(&ev.sets, count, most), newCounter(&ev.sets, count, most)
	defer yes.free()
	defer no.free()
	for _, p := range n.parts {
		t, err := ev.value(p)
		if err != nil {
			return bits.Truth{}, err
		}
		yes.add(t.Yes)
		no.add(t.No)
		ev.drop(p.node())
	}
	out := ev.sets.takeTruth(count)
	yes.reached(n.least, out.Yes)
	no.reached(most-n.least+1, out.No)
	return out, nil
}

// sure evaluates kindSure.
func (ev *Evaluator) sure(n *node) (bits.Truth, error) {
	t, err := ev.value(n.parts[0])
	if err != nil {
		return bits.Truth{}, err
	}
	count := ev.frame(n.space).n
	out := ev.sets.takeTruth(count)
	out.Yes.Copy(t.Yes)
	out.No.Copy(t.Yes)
	out.No.Complement(count)
	ev.drop(n.parts[0].node())
	return out, nil
}
