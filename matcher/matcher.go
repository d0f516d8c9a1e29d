package matcher

import (
	"fmt"
	"maps"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
)

// Verdict is the verdict of one item on the living enterprises of a block. Those in neither Sure nor Needs do not meet
// the condition; closed enterprises have no verdict. A set is nil if it is empty.
type Verdict struct {
	Sure  bits.Set // 符合: the condition is yes, 评审 and 承诺 taken as met
	Needs bits.Set // 待补充: the condition is unknown
	Near  bits.Set // 差一项: the condition is no, and one attainable test would settle it

	// Parts of Sure.
	Review  bits.Set // subject to 评审
	Declare bits.Set // subject to 承诺 and nothing else
	Ready   bits.Set // fit for 免申即享; none of Review or Declare is
	Light   bits.Set // fit for 易申快享; all are of Declare
}

// Stats says what a match cost.
type Stats struct {
	Blocks  int // blocks matched
	Pairs   int // living enterprises times items
	Tests   int // elementary tests evaluated on a block
	Shared  int // tests of the conditions, times blocks, that another item's evaluation answered
	Skipped int // tests whose result could change nothing on a block
}

// Matcher matches block after block with the same memory. It belongs to one goroutine.
type Matcher struct {
	lib     *Library
	tags    *plan.Evaluator
	items   *plan.Evaluator
	sums    *plan.Evaluator // of the items' plan too: for amounts, in the midst of a match
	rules   []plan.Ref
	want    []plan.Ref
	asked   []question // beside want
	kept    map[int]bits.Set
	lists   map[string]bits.Set // complete and in date, by dataset; of this block
	settled *plan.Input         // Obstacles has worked out kept for this block
	scratch
}

// question is what a Ref of the items' plan is asked for.
type question struct {
	item int
	role role
	last bool // the item's last
}

type role uint8

const (
	granted role = iota // first: it says who is sure
	declared
	bare
	near
	paid
	fixed
)

// New returns a matcher of the library.
func New(lib *Library) *Matcher {
	m := &Matcher{
		lib: lib, tags: plan.NewEvaluator(lib.tags), items: plan.NewEvaluator(lib.items), sums: plan.NewEvaluator(lib.items),
		kept: map[int]bits.Set{}, lists: map[string]bits.Set{},
	}
	for _, t := range lib.Tags {
		m.rules = append(m.rules, t.ref)
	}
	for i := range lib.Items {
		m.ask(i, &lib.Items[i])
	}
	return m
}

// ask notes what is asked for an item. Without 评审 and 承诺 all grants come to the same.
func (m *Matcher) ask(i int, it *CompiledItem) {
	add := func(role role, r plan.Ref) {
		m.want, m.asked = append(m.want, r), append(m.asked, question{item: i, role: role})
	}
	add(granted, it.granted)
	if it.bare != it.granted {
		add(declared, it.declared)
		add(bare, it.bare)
	}
	if it.Paid != nil {
		add(paid, it.paid)
		if it.Benefit != nil {
			add(fixed, it.amount.Point())
		}
	}
	add(near, it.near)
	m.asked[len(m.asked)-1].last = true
}

// Tags evaluates the rules of all tags on a block and returns their truth for all its doors, closed ones too, by name. The
// block is not changed; its own tags are read where the library has no rule.
func (m *Matcher) Tags(in *plan.Input) (map[string]bits.Truth, error) {
	block := *in.Block
	block.Tags = maps.Clone(in.Block.Tags)
	if block.Tags == nil {
		block.Tags = map[string]bits.Truth{}
	}
	for _, t := range m.lib.Tags {
		delete(block.Tags, t.ID)
	}
	with := *in
	with.Block = &block
	out := make(map[string]bits.Truth, len(m.lib.Tags))
	err := m.tags.Eval(&with, m.rules, func(_ plan.Ref, t bits.Truth) {
		name := m.lib.Tags[len(out)].ID
		out[name] = t.Clone()
		block.Tags[name] = out[name]
	})
	if err != nil {
		return nil, fmt.Errorf("evaluate tags: %w", err)
	}
	return out, nil
}

// Each yields the verdict of each item on a block, by its index in Library.Items, in that order. The sets are valid
// during the call only: a library of ten thousand items is matched in the memory of two of its verdicts.
func (m *Matcher) Each(in *plan.Input, yield func(item int, v Verdict)) (Stats, error) {
	m.begin(in.Block.N)
	if err := m.settle(in); err != nil {
		return Stats{}, fmt.Errorf("settle exclusive groups: %w", err)
	}
	before := m.items.Stats()
	next := 0
	var failed error
	err := m.items.Eval(in, m.want, func(_ plan.Ref, t bits.Truth) {
		q := m.asked[next]
		next++
		m.answer(in, q.role, t)
		if q.last && failed == nil {
			if failed = m.finish(in, q.item); failed == nil {
				yield(q.item, m.verdict())
			}
		}
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return Stats{}, fmt.Errorf("match items: %w", err)
	}
	after, size := m.items.Stats(), m.lib.Size()
	return Stats{
		Blocks:  1,
		Pairs:   in.Block.Living.Count() * size.Items,
		Tests:   after.Evaluated - before.Evaluated,
		Shared:  size.Uses - size.Distinct,
		Skipped: after.Skipped - before.Skipped,
	}, nil
}

// scratch is the verdict in the making: the sets of one item at a time.
type scratch struct {
	sure, needs, near                bits.Set
	review, declare, readySet, light bits.Set
	due                              bits.Set // surely not paid yet, and the amount is a point
}

// begin makes room for a block of n doors.
func (m *Matcher) begin(n int) {
	m.settled = nil
	clear(m.kept)
	clear(m.lists)
	for _, s := range []*bits.Set{&m.sure, &m.needs, &m.near, &m.review, &m.declare, &m.readySet, &m.light, &m.due} {
		*s = bits.New(n)
	}
}

// answer takes in what the plan says to one question about an item. The first is about the verdict.
func (m *Matcher) answer(in *plan.Input, what role, t bits.Truth) {
	switch what {
	case granted:
		m.sure.Copy(t.Yes)
		m.sure.And(in.Block.Living)
		m.needs.Copy(in.Block.Living)
		m.needs.AndNot(t.Yes)
		m.needs.AndNot(t.No)
		m.review.Clear()
		m.declare.Clear()
		m.due.Clear()
	case declared:
		m.review.Copy(m.sure)
		m.review.AndNot(t.Yes)
	case bare:
		m.declare.Copy(m.sure)
		m.declare.AndNot(m.review)
		m.declare.AndNot(t.Yes)
	case paid:
		m.due.Copy(t.No)
	case fixed:
		m.due.And(t.Yes)
	case near:
		m.near.Copy(t.Yes)
		m.near.And(in.Block.Living)
	}
}

// finish works out who is ready.
func (m *Matcher) finish(in *plan.Input, item int) error {
	m.readySet.Copy(m.sure)
	m.readySet.AndNot(m.review)
	m.readySet.AndNot(m.declare)
	m.light.Copy(m.declare)
	if err := m.narrow(in, item, m.readySet); err != nil {
		return err
	}
	return m.narrow(in, item, m.light)
}

func (m *Matcher) verdict() Verdict {
	return Verdict{
		Sure: unlessEmpty(m.sure), Needs: unlessEmpty(m.needs), Near: unlessEmpty(m.near),
		Review: unlessEmpty(m.review), Declare: unlessEmpty(m.declare), Ready: unlessEmpty(m.readySet), Light: unlessEmpty(m.light),
	}
}

func unlessEmpty(s bits.Set) bits.Set {
	if s.IsEmpty() {
		return nil
	}
	return s
}
