package matcher

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// Clock is the part of a library that another business date may answer otherwise though all facts are the same: ages,
// terms, periods. Which facts are in date, which lists are complete, and what calendar year it is, is not its business.
type Clock struct {
	Attributes []string // that it reads
	lib        *Library // tests, as tags
	amounts    *plan.Plan
	values     []dated // amounts that are compared with others, and computed from the date
}

// dated is an amount that is computed from the date.
type dated struct {
	ref  plan.ValueRef
	rows []*schemas.Dataset // it is 0 for whoever has no row of any of these; nil: not so
}

// Clock returns the library's clock.
func (l *Library) Clock() (*Clock, error) {
	w := &clockWalk{clock: &Clock{}, seen: map[string]bool{}, amounts: plan.New()}
	for i := range l.Tags {
		w.expr(l.Tags[i].Expr)
	}
	for i := range l.Items {
		it := &l.Items[i]
		w.expr(it.Expr)
		if it.Paid != nil {
			w.expr(it.Paid)
		}
		if it.Benefit != nil && readsDate(it.Benefit) { // whether the amount is a point decides about readiness
			w.test(condition.Known{Origin: condition.Origin{Syntax: it.Expr.Node()}, X: it.Benefit})
		}
	}
	for _, g := range l.groups {
		for _, i := range g.members {
			if it := &l.Items[i]; len(g.members) > 1 && g.keep != schemas.KeepFirst && it.Benefit != nil && readsDate(it.Benefit) {
				w.clock.values = append(w.clock.values, dated{w.amounts.AddValue(it.Benefit), onlyOfRows(it.Benefit)})
				w.read(it.Benefit)
				w.needs(l, it.Benefit)
			}
		}
	}
	for _, r := range w.rules { // tags that a test reads itself, and what those read
		w.needs(l, r.Expr)
	}
	rules := append(w.rules, w.tags...)
	for _, r := range rules {
		w.read(r.Expr)
	}
	slices.Sort(w.clock.Attributes)
	w.clock.amounts = w.amounts.Plan()
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

	amounts *plan.Builder
}

// read notes the attributes of a condition or a value.
func (w *clockWalk) read(part any) {
	for _, name := range condition.AttributesRead(part) {
		if !slices.Contains(w.clock.Attributes, name) {
			w.clock.Attributes = append(w.clock.Attributes, name)
		}
	}
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
		if readsDate(e) {
			w.test(e)
		}
	}
}

func (w *clockWalk) test(e condition.Expr) {
	if key := condition.Key(e); !w.seen[key] {
		w.seen[key] = true
		w.rules = append(w.rules, Rule{ID: clockTest + strconv.Itoa(len(w.rules)), Expr: e})
	}
}

// clockTest begins the names of tests, which no tag can have.
const clockTest = "\x00"

func (w *clockWalk) all(parts []condition.Expr) {
	for _, p := range parts {
		w.expr(p)
	}
}

// onlyOfRows are the datasets whose rows an amount goes over, if it reads nothing else: whoever has no row has the same
// amount on every day.
func onlyOfRows(v condition.Value) []*schemas.Dataset {
	only := true
	condition.VisitValue(v, func(part any) bool {
		switch x := part.(type) {
		case condition.Today:
			only = false
		case condition.Fold:
			only = only && x.Dataset != nil
			return false
		}
		return only
	})
	if !only {
		return nil
	}
	return condition.DatasetsRead(v)
}

// needs adds the rules of the tags that a condition reads.
func (w *clockWalk) needs(l *Library, part any) {
	for _, name := range condition.TagsRead(part) {
		i := slices.IndexFunc(l.Tags, func(t CompiledTag) bool { return t.ID == name })
		if i < 0 || slices.ContainsFunc(w.tags, func(r Rule) bool { return r.ID == name }) {
			continue
		}
		w.tags = append(w.tags, l.Tags[i].Rule)
		w.needs(l, l.Tags[i].Expr)
	}
}

// readsDate reports whether a condition or a value reads the business date.
func readsDate(part any) bool {
	found := false
	look := func(part any) bool {
		_, today := part.(condition.Today)
		found = found || today
		return !found
	}
	switch p := part.(type) {
	case condition.Expr:
		condition.Visit(p, look)
	case condition.Value:
		condition.VisitValue(p, look)
	}
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
			other := pair[0].Clone()
			other.Xor(pair[1])
			moved.Or(other)
		}
	}
	if len(c.values) == 0 {
		return moved, nil
	}
	return moved, c.movedAmounts(withTags(from, before), withTags(to, after), moved)
}

func withTags(in *plan.Input, tags map[string]bits.Truth) *plan.Input {
	out, block := *in, *in.Block
	block.Tags, out.Block = tags, &block
	return &out
}

// movedAmounts adds the doors whose amounts differ between two days.
func (c *Clock) movedAmounts(from, to *plan.Input, moved bits.Set) error {
	ev := plan.NewEvaluator(c.amounts)
	for _, v := range c.values {
		doors := from.Block.Living.Clone()
		if v.rows != nil {
			some := bits.New(from.Block.N)
			for _, ds := range v.rows {
				if rows := from.Block.Rows[ds.Name]; rows != nil {
					for _, door := range rows.Door {
						some.Add(int(door))
					}
				}
			}
			doors.And(some)
		}
		doors.AndNot(moved)
		before := map[int]plan.Amount{}
		err := ev.Amounts(from, v.ref, doors, func(door int, a plan.Amount) { before[door] = a })
		if err == nil {
			err = ev.Amounts(to, v.ref, doors, func(door int, a plan.Amount) {
				if was := before[door]; !sameEnd(was.Low, a.Low) || !sameEnd(was.High, a.High) {
					moved.Add(door)
				}
			})
		}
		if err != nil {
			return fmt.Errorf("ask the clock: %w", err)
		}
	}
	return nil
}

// sameEnd reports whether two ends of intervals are the same; nil is an open one.
func sameEnd(a, b *big.Rat) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Cmp(b) == 0
}
