package matcher

import (
	"fmt"
	"slices"
	"strconv"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
)

// Clock is the part of a library that another business date may answer otherwise though all facts are the same: ages,
// terms, periods. Which facts are in date, which lists are complete, and what calendar year it is, is not its business.
type Clock struct {
	// Untold: some amount is computed from the date, and whose it is cannot be told from tests.
	Untold     bool
	Attributes []string // that its tests read
	lib        *Library
}

// Clock returns the library's clock.
func (l *Library) Clock() (*Clock, error) {
	w := &clockWalk{clock: &Clock{}, seen: map[string]bool{}}
	for i := range l.Tags {
		w.expr(l.Tags[i].Expr)
	}
	for i := range l.Items {
		it := &l.Items[i]
		w.expr(it.Expr)
		if it.Paid != nil {
			w.expr(it.Paid)
		}
		if it.Benefit != nil {
			w.value(it.Benefit)
		}
	}
	for _, r := range w.rules { // tags that a test reads itself, and what those read
		w.needs(l, r.Expr)
	}
	rules := append(w.rules, w.tags...)
	read := map[string]bool{}
	for _, r := range rules {
		for _, name := range condition.AttributesRead(r.Expr) {
			if !read[name] {
				read[name] = true
				w.clock.Attributes = append(w.clock.Attributes, name)
			}
		}
	}
	slices.Sort(w.clock.Attributes)
	var err error
	if w.clock.lib, err = Compile(Definitions{Tags: rules}); err != nil {
		return nil, fmt.Errorf("compile the clock: %w", err)
	}
	return w.clock, nil
}

// clockWalk gathers tests.
type clockWalk struct {
	clock *Clock
	seen  map[string]bool
	rules []Rule
	tags  []Rule
}

// expr gathers the elementary tests of a condition that read the date.
func (w *clockWalk) expr(e condition.Expr) {
	switch x := e.(type) {
	case condition.And:
		w.all(x.Parts)
	case condition.Or:
		w.all(x.Parts)
	case condition.AtLeast:
		w.all(x.Parts)
	case condition.Not:
		w.expr(x.X)
	case condition.Decided:
		w.expr(x.X)
	default:
		if !readsDate(e) {
			return
		}
		if key := condition.Key(e); !w.seen[key] {
			w.seen[key] = true
			w.rules = append(w.rules, Rule{ID: clockTest + strconv.Itoa(len(w.rules)), Expr: e})
		}
	}
}

// clockTest begins the names of tests, which no tag can have.
const clockTest = "\x00"

func (w *clockWalk) all(parts []condition.Expr) {
	for _, p := range parts {
		w.expr(p)
	}
}

// value gathers the tests that choose an amount.
func (w *clockWalk) value(v condition.Value) {
	condition.VisitValue(v, func(part any) bool {
		switch x := part.(type) {
		case condition.Today:
			w.clock.Untold = true
		case condition.Tiers:
			w.cases(x.Cases)
			w.value(x.Else)
			return false
		case condition.Score:
			w.cases(x.Cases)
			return false
		}
		return true
	})
}

func (w *clockWalk) cases(cases []condition.Case) {
	for _, c := range cases {
		w.expr(c.When)
		w.value(c.Then)
	}
}

// needs adds the rules of the tags that a condition reads.
func (w *clockWalk) needs(l *Library, e condition.Expr) {
	for _, name := range condition.TagsRead(e) {
		i := slices.IndexFunc(l.Tags, func(t CompiledTag) bool { return t.ID == name })
		if i < 0 || slices.ContainsFunc(w.tags, func(r Rule) bool { return r.ID == name }) {
			continue
		}
		w.tags = append(w.tags, l.Tags[i].Rule)
		w.needs(l, l.Tags[i].Expr)
	}
}

func readsDate(e condition.Expr) bool {
	found := false
	condition.Visit(e, func(part any) bool {
		_, today := part.(condition.Today)
		found = found || today
		return !found
	})
	return found
}

// Moved are the doors of a block that a test of the clock answers otherwise on one day than on another. The inputs differ in
// their day only.
func (c *Clock) Moved(from, to *plan.Input) (bits.Set, error) {
	m := New(c.lib)
	moved := bits.New(from.Block.N)
	before, err := m.Tags(from)
	if err != nil {
		return nil, fmt.Errorf("ask the clock: %w", err)
	}
	after, err := m.Tags(to)
	if err != nil {
		return nil, fmt.Errorf("ask the clock: %w", err)
	}
	for name, was := range before {
		is := after[name]
		for _, pair := range [][2]bits.Set{{was.Yes, is.Yes}, {was.No, is.No}} {
			other := pair[0]
			other.Xor(pair[1])
			moved.Or(other)
		}
	}
	return moved, nil
}
