package plan

import (
	"fmt"

	"zhida/matcher/bits"
)

// Evaluator evaluates a plan, one block after the other. It keeps its memory between blocks and belongs to one
// goroutine.
type Evaluator struct {
	plan    *Plan
	left    []int32        // uses of each node still to come in this evaluation
	done    []bits.Truth   // truth of each node that has been evaluated and is still needed
	frames  []frame        // by space
	opened  []bool         // frames that are prepared for this block
	folds   []*foldColumn  // of each fold that has been evaluated and is still needed
	values  []*valueColumn // of each value that has been computed and is still needed
	columns foldPool
	freed   []*valueColumn
	machine machine
	ranks   ranks
	batch   []bits.Part // of an item, to be gone through at once
	yeses   []bits.Set
	sets    pool
	in      *Input
	stays   *Input  // the block that does not change, or nil
	last    *Input  // the block that the frames are of
	used    []int32 // nodes with uses, of an evaluation that counted its own only
	stats   Stats
	passing []passing // of each gate, on this block
	alive   living    // items that the gates leave
	classes dimClasses
	spread  bits.Set // empty between the items

	rational bool // does without floating point; for tests and measurement
	apart    bool // shares nothing between thresholds, and takes no short way through rows; for tests and measurement
}

// Stats counts what an Evaluator did since it was made.
type Stats struct {
	Blocks    int // blocks evaluated
	Shut      int // items, times blocks, that a gate shut out: nothing of them was evaluated
	Evaluated int // tests evaluated on a block
	Exact     int // things of which a test was done again in exact numbers, as floating point could not tell
	Skipped   int // tests whose result could not change anything, so that they were left out
}

// NewEvaluator returns an evaluator of the plan.
func NewEvaluator(p *Plan) *Evaluator {
	ev := &Evaluator{
		folds:  make([]*foldColumn, len(p.nodes)),
		values: make([]*valueColumn, len(p.nodes)),
		plan:   p,
		left:   make([]int32, len(p.nodes)),
		done:   make([]bits.Truth, len(p.nodes)),
		frames: make([]frame, len(p.spaces)),
		opened: make([]bool, len(p.spaces)),
	}
	ev.machine.ev = ev
	for i := range ev.frames {
		ev.frames[i].ranks = &ev.ranks
	}
	return ev
}

// Stats returns the counts so far.
func (ev *Evaluator) Stats() Stats { return ev.stats }

// Eval evaluates the wanted conditions and yields them in that order, each as soon as it is known. A truth belongs to
// the evaluator and is valid during the call of yield only. A tag is read from the block when the first condition
// needs it, so yield may add the tags that later ones read. The error is a *MissingError.
func (ev *Evaluator) Eval(in *Input, want []Ref, yield func(Ref, bits.Truth)) error {
	ev.begin(in, want)
	defer ev.end()
	for _, r := range want {
		t, err := ev.value(r)
		if err != nil {
			return err
		}
		yield(r, t)
		ev.drop(r.node())
	}
	return nil
}

// Stay says that a block will be asked about more than once and does not change in between, its tags aside: the columns
// prepared for one evaluation serve the next. Without it each prepares its own, a yearly attribute from its rows. nil ends it.
func (ev *Evaluator) Stay(in *Input) { ev.stays, ev.last = in, nil }

// begin counts how often each node will be asked for. It goes by what is wanted: a benefit is some nodes of the hundred
// thousand of a library.
func (ev *Evaluator) begin(in *Input, want []Ref) {
	ev.open(in)
	for _, r := range want {
		ev.use(r.node())
	}
}

// use counts a use of a node, and with the first one those of its parts.
func (ev *Evaluator) use(i int) {
	if ev.left[i]++; ev.left[i] > 1 {
		return
	}
	ev.used = append(ev.used, int32(i))
	for _, p := range ev.plan.nodes[i].parts {
		ev.use(p.node())
	}
}

// open turns to a block.
func (ev *Evaluator) open(in *Input) {
	ev.stats.Blocks++
	ev.in = in
	if in == ev.stays && in == ev.last {
		return
	}
	ev.last = in
	ev.ranks.next(in.Today)
	ev.ranks.off = ev.apart || ev.rational
	clear(ev.opened)
}

// countParts adds the uses of parts by what is used. Nodes come after their parts, so one pass backwards suffices.
func (ev *Evaluator) countParts() {
	for i := len(ev.plan.nodes) - 1; i >= 0; i-- {
		if ev.left[i] == 0 {
			continue
		}
		for _, p := range ev.plan.nodes[i].parts {
			ev.left[p.node()]++
		}
	}
}

// end takes back what begin counted and what is left of it: of an evaluation cut short by an error, or held.
func (ev *Evaluator) end() {
	for _, i := range ev.used {
		ev.forget(int(i))
	}
	ev.used = ev.used[:0]
	ev.in = nil
}

// endItems is end for what beginItems counted.
func (ev *Evaluator) endItems() {
	for i := range ev.left {
		ev.forget(i)
	}
	ev.in = nil
}

func (ev *Evaluator) forget(i int) {
	ev.left[i] = 0
	if ev.done[i].Yes != nil {
		ev.sets.giveTruth(ev.done[i])
		ev.done[i] = bits.Truth{}
	}
	ev.giveFold(i)
}

// frame is the frame of a space for this block.
func (ev *Evaluator) frame(space int) *frame {
	f := &ev.frames[space]
	if !ev.opened[space] {
		if space != enterprises {
			ev.frame(enterprises)
		}
		f.reset(ev.in, ev.plan.spaces[space], &ev.frames[enterprises])
		ev.opened[space] = true
	}
	return f
}

// value is the truth of a condition; it stays the evaluator's until the last use of the node is dropped.
func (ev *Evaluator) value(r Ref) (bits.Truth, error) {
	i := r.node()
	if ev.done[i].Yes == nil {
		t, err := ev.compute(&ev.plan.nodes[i])
		if err != nil {
			return bits.Truth{}, err
		}
		ev.done[i] = t
	}
	return seen(ev.done[i], r), nil
}

// seen is a node's truth as the Ref sees it. A negation shares the sets.
func seen(t bits.Truth, r Ref) bits.Truth {
	if r.negated() {
		t.Not()
	}
	return t
}

// drop is called after each use of a node. After the last one its sets are free; a node that was never evaluated, as
// 且 did not need it, drops its parts in turn.
func (ev *Evaluator) drop(i int) {
	if ev.left[i]--; ev.left[i] > 0 {
		return
	}
	n := &ev.plan.nodes[i]
	if ev.done[i].Yes != nil {
		ev.sets.giveTruth(ev.done[i])
		ev.done[i] = bits.Truth{}
		ev.dropKept(n)
		return
	}
	if n.isTest() {
		ev.stats.Skipped++
	}
	ev.giveFold(i)
	for _, p := range n.parts {
		ev.drop(p.node())
	}
}

// dropKept drops the parts that a node has kept until its own last use.
func (ev *Evaluator) dropKept(n *node) {
	if n.keeps() {
		for _, p := range n.parts {
			ev.drop(p.node())
		}
	}
}

func (ev *Evaluator) giveFold(i int) {
	ev.giveValue(i)
	if ev.folds[i] != nil {
		ev.columns.give(ev.folds[i])
		ev.folds[i] = nil
	}
}

// compute evaluates a node into sets of its own and drops its parts.
func (ev *Evaluator) compute(n *node) (bits.Truth, error) {
	switch n.kind {
	case kindAll:
		return ev.all(n)
	case kindAtLeast:
		return ev.atLeast(n)
	case kindSure:
		return ev.sure(n)
	case kindSome:
		return ev.some(n)
	case kindNear:
		return ev.near(n)
	case kindRelation:
		ev.stats.Evaluated++
		return ev.relation(n)
	case kindPoint:
		return ev.point(n)
	}
	f := ev.frame(n.space)
	switch n.kind {
	case kindOpen:
		out := ev.sets.takeTruth(f.n)
		out.Clear()
		return out, nil
	case kindYes:
		out := ev.sets.takeTruth(f.n)
		out.FillYes(f.n)
		return out, nil
	case kindTest:
		ev.stats.Evaluated++
		out := ev.sets.takeTruth(f.n)
		if err := n.test.eval(f, out); err != nil {
			ev.sets.giveTruth(out)
			return bits.Truth{}, err
		}
		return out, nil
	}
	panic(fmt.Sprintf("plan: no such kind of node: %d", n.kind))
}

// some evaluates 有.
func (ev *Evaluator) some(n *node) (bits.Truth, error) {
	where := n.parts[0]
	rows, err := ev.value(where)
	if err != nil {
		return bits.Truth{}, err
	}
	out := ev.sets.takeTruth(ev.in.Block.N)
	if err := ev.frame(ev.plan.nodes[where.node()].space).reduce(rows, &ev.sets, out); err != nil {
		ev.sets.giveTruth(out)
		return bits.Truth{}, err
	}
	ev.drop(where.node())
	return out, nil
}

// all evaluates 且, cheapest parts first, and stops where nothing can be saved: the parts that are left are dropped
// unseen.
func (ev *Evaluator) all(n *node) (bits.Truth, error) {
	out, err := ev.own(n.parts[0])
	if err != nil {
		return bits.Truth{}, err
	}
	count := ev.frame(n.space).n
	for k, p := range n.parts[1:] {
		if isAllNo(out, count) {
			for _, rest := range n.parts[1+k:] {
				ev.drop(rest.node())
			}
			break
		}
		t, err := ev.value(p)
		if err != nil {
			ev.sets.giveTruth(out)
			return bits.Truth{}, err
		}
		out.And(t)
		ev.drop(p.node())
	}
	return out, nil
}

// own is the truth of a condition in sets the caller may change: the node's own ones if this is their last use.
func (ev *Evaluator) own(r Ref) (bits.Truth, error) {
	t, err := ev.value(r)
	if err != nil {
		return bits.Truth{}, err
	}
	i := r.node()
	if ev.left[i] == 1 {
		ev.left[i] = 0
		ev.done[i] = bits.Truth{}
		ev.dropKept(&ev.plan.nodes[i])
		return t, nil
	}
	out := bits.Truth{Yes: ev.sets.take(len(t.Yes) * 64), No: ev.sets.take(len(t.No) * 64)}
	out.Copy(t)
	ev.drop(i)
	return out, nil
}
