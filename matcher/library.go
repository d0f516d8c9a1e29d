package matcher

import (
	"errors"
	"fmt"
	"strings"

	"zhida/matcher/condition"
	"zhida/matcher/plan"
)

// Rule is a named condition: a tag's rule, or an item's condition with the scope of its policy joined by 且.
type Rule struct {
	ID   string // Tag.Name or Item.ID
	Expr condition.Expr
}

// Library is what a workspace wants to know about each enterprise, compiled. It is immutable and may serve several
// goroutines at once.
type Library struct {
	Tags  []Compiled // in the order of dependence: the rule of a tag reads only tags before it
	Items []Compiled // in the order given to Compile

	tags  *plan.Plan
	items *plan.Plan
}

// Compiled is a rule with its place in the library's plan.
type Compiled struct {
	Rule
	Ref plan.Ref
}

// Errors of Compile; the workspace's check reports both with positions, so they are met only by callers that skip it.
var (
	ErrDuplicate = errors.New("two rules have the same name")
	ErrCycle     = errors.New("tags depend on each other in a circle")
)

// Compile makes a library. A tag's rule may read other tags, in any order of definition but not in a circle.
func Compile(tags, items []Rule) (*Library, error) {
	ordered, err := inOrder(tags)
	if err != nil {
		return nil, fmt.Errorf("compile tags: %w", err)
	}
	lib := &Library{}
	if lib.Tags, lib.tags, err = compile(ordered); err != nil {
		return nil, fmt.Errorf("compile tags: %w", err)
	}
	if lib.Items, lib.items, err = compile(items); err != nil {
		return nil, fmt.Errorf("compile items: %w", err)
	}
	return lib, nil
}

func compile(rules []Rule) ([]Compiled, *plan.Plan, error) {
	b := plan.New()
	seen := map[string]bool{}
	out := make([]Compiled, len(rules))
	for i, r := range rules {
		if seen[r.ID] {
			return nil, nil, fmt.Errorf("%s: %w", r.ID, ErrDuplicate)
		}
		seen[r.ID] = true
		out[i] = Compiled{Rule: r, Ref: b.Add(r.Expr)}
	}
	return out, b.Plan(), nil
}

// Size says how much the conditions of a library have in common.
type Size struct {
	Items    int // items
	Uses     int // elementary tests as they stand in the items' conditions
	Distinct int // the distinct ones among them
}

// Size is the size of the items' plan.
func (l *Library) Size() Size {
	return Size{Items: len(l.Items), Uses: l.items.Uses(), Distinct: l.items.Tests()}
}

// inOrder sorts the rules of tags so that each comes after those it reads, and otherwise keeps their order. A tag that
// has no rule here is left to the block.
func inOrder(rules []Rule) ([]Rule, error) {
	s := sorter{rules: map[string]Rule{}, state: map[string]state{}}
	for _, r := range rules {
		if _, ok := s.rules[r.ID]; ok {
			return nil, fmt.Errorf("%s: %w", r.ID, ErrDuplicate)
		}
		s.rules[r.ID] = r
	}
	for _, r := range rules {
		if err := s.visit(r.ID, nil); err != nil {
			return nil, err
		}
	}
	return s.out, nil
}

type state uint8

const (
	open state = iota + 1
	placed
)

type sorter struct {
	rules map[string]Rule
	state map[string]state
	out   []Rule
}

func (s *sorter) visit(name string, path []string) error {
	path = append(path, name)
	rule, ok := s.rules[name]
	if !ok || s.state[name] == placed {
		return nil
	}
	if s.state[name] == open {
		return fmt.Errorf("%s: %w", strings.Join(path, " -> "), ErrCycle)
	}
	s.state[name] = open
	for _, read := range condition.TagsRead(rule.Expr) {
		if err := s.visit(read, path); err != nil {
			return err
		}
	}
	s.state[name] = placed
	s.out = append(s.out, rule)
	return nil
}
