package matcher

import (
	"fmt"
	"strings"

	"zhida/matcher/condition"
)

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
