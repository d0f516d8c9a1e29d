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
	Skipped int // distinct tests whose result could change nothing on a block
	Shut    int // items, times blocks, that concern nobody there: a part that no enterprise can bring about is no for all
}

// Matcher matches block after block with the same memory. It belongs to one goroutine.
type Matcher struct {
	lib     *Library
	tags    *plan.Evaluator
	items   *plan.Evaluator
	sums    *plan.Evaluator // of the items' plan too: for amounts, in the midst of a match
	rules   []plan.Ref
	kept    map[int]bits.Set
	lists   map[string]bits.Set // complete and in date, by dataset; of this block
	settled *plan.Input         // Obstacles has worked out kept for this block
	at      *plan.Input         // the block that sums stays with
	scratch
}

// New returns a matcher of the library.
func New(lib *Library) *Matcher {
	m := &Matcher{
		lib: lib, tags: plan.NewEvaluator(lib.tags), items: plan.NewEvaluator(lib.items), sums: plan.NewEvaluator(lib.items),
		kept: map[int]bits.Set{}, lists: map[string]bits.Set{},
	}
	for _, t := range lib.Tags {
		m.rules = append(m.rules, t.ref)
	}
	return m
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
	m.begin(in)
	if err := m.settle(in); err != nil {
		return Stats{}, fmt.Errorf("settle exclusive groups: %w", err)
	}
	before := m.items.Stats()
	next := 0
	until := func(item int) {
		for ; next < item; next++ {
			yield(next, Verdict{})
		}
		next = item + 1
	}
	err := m.items.Items(in, func(item int, c *plan.Candidates) error {
		until(item)
		v, err := m.verdict(in, item, c)
		if err == nil {
			yield(item, v)
		}
		return err
	})
	if err != nil {
		return Stats{}, fmt.Errorf("match items: %w", err)
	}
	until(len(m.lib.Items))
	return m.since(in, before), nil
}

// EachSure yields the items that somebody on a block is sure of, by their index in Library.Items, in that order, and who is.
// A set is valid during the call only.
func (m *Matcher) EachSure(in *plan.Input, yield func(item int, sure bits.Set)) (Stats, error) {
	before := m.items.Stats()
	if err := m.items.SureItems(in, yield); err != nil {
		return Stats{}, fmt.Errorf("match items: %w", err)
	}
	return m.since(in, before), nil
}

// since is what the match of a block cost.
func (m *Matcher) since(in *plan.Input, before plan.Stats) Stats {
	after, size := m.items.Stats(), m.lib.Size()
	evaluated := after.Evaluated - before.Evaluated
	return Stats{
		Blocks:  1,
		Pairs:   in.Block.Living.Count() * size.Items,
		Tests:   evaluated,
		Shared:  size.Uses - size.Distinct,
		Skipped: size.Distinct - evaluated,
		Shut:    after.Shut - before.Shut,
	}
}

// scratch is the verdict in the making: the sets of one item at a time.
type scratch struct {
	review, declare, readySet, light bits.Set
}

// begin turns to a block and makes room for its doors.
func (m *Matcher) begin(in *plan.Input) {
	n := in.Block.N
	m.at, m.settled = nil, nil
	m.stay(in)
	clear(m.kept)
	clear(m.lists)
	for _, s := range []*bits.Set{&m.review, &m.declare, &m.readySet, &m.light} {
		if bits.Words(n) > cap(*s) {
			*s = bits.New(n)
		}
		*s = (*s)[:bits.Words(n)]
	}
}

// stay prepares for many sums on a block, which does not change in between.
func (m *Matcher) stay(in *plan.Input) {
	if m.at != in {
		m.sums.Stay(in)
		m.at = in
	}
}

// verdict makes an item's verdict of its candidates.
func (m *Matcher) verdict(in *plan.Input, item int, c *plan.Candidates) (Verdict, error) {
	if c.Needs != nil {
		return Verdict{Needs: c.Needs}, nil
	}
	c.May.AndNot(c.Clean)
	v := Verdict{Near: unlessEmpty(c.Found), Needs: unlessEmpty(c.May)}
	if c.Clean.IsEmpty() {
		return v, nil
	}
	v.Sure = c.Clean
	return v, m.divide(in, item, c, &v)
}

// divide says which of the sure are subject to what people still have to say, and which are ready.
func (m *Matcher) divide(in *plan.Input, item int, c *plan.Candidates, v *Verdict) error {
	it := &m.lib.Items[item]
	also := c.Also
	m.readySet.Copy(c.Clean)
	m.light.Clear()
	if it.bare != it.granted {
		declared, bare := also[0], also[1]
		also = also[2:]
		m.review.Copy(c.Clean)
		m.review.AndNot(declared.Yes)
		m.declare.Copy(c.Clean)
		m.declare.AndNot(m.review)
		m.declare.AndNot(bare.Yes)
		m.light.Copy(m.declare)
		m.readySet.AndNot(m.review)
		m.readySet.AndNot(m.declare)
		v.Review, v.Declare = unlessEmpty(m.review), unlessEmpty(m.declare)
	}
	for _, set := range []bits.Set{m.readySet, m.light} {
		if err := m.narrow(in, item, set, also); err != nil {
			return err
		}
	}
	v.Ready, v.Light = unlessEmpty(m.readySet), unlessEmpty(m.light)
	return nil
}

func unlessEmpty(s bits.Set) bits.Set {
	if s.IsEmpty() {
		return nil
	}
	return s
}
