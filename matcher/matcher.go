package matcher

import (
	"fmt"
	"maps"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
)

// Verdict is the verdict of one item on the living enterprises of a block. Those in neither set do not meet the
// condition; closed enterprises have no verdict. A set is nil if it is empty.
type Verdict struct {
	Sure  bits.Set // 符合: the condition is yes
	Needs bits.Set // 待补充: the condition is unknown
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
	lib   *Library
	tags  *plan.Evaluator
	items *plan.Evaluator
	want  []plan.Ref
	rules []plan.Ref
}

// New returns a matcher of the library.
func New(lib *Library) *Matcher {
	return &Matcher{
		lib:   lib,
		tags:  plan.NewEvaluator(lib.tags),
		items: plan.NewEvaluator(lib.items),
		want:  refs(lib.Items),
		rules: refs(lib.Tags),
	}
}

func refs(compiled []Compiled) []plan.Ref {
	out := make([]plan.Ref, len(compiled))
	for i, c := range compiled {
		out[i] = c.Ref
	}
	return out
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
	n, item := in.Block.N, 0
	sure, needs := bits.New(n), bits.New(n)
	before := m.items.Stats()
	err := m.items.Eval(in, m.want, func(_ plan.Ref, t bits.Truth) {
		sure.Copy(t.Yes)
		sure.And(in.Block.Living)
		needs.Copy(in.Block.Living)
		needs.AndNot(t.Yes)
		needs.AndNot(t.No)
		yield(item, Verdict{Sure: unlessEmpty(sure), Needs: unlessEmpty(needs)})
		item++
	})
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

func unlessEmpty(s bits.Set) bits.Set {
	if s.IsEmpty() {
		return nil
	}
	return s
}
