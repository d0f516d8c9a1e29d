package missing

import (
	"fmt"
	"maps"
	"slices"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
)

// Finder knows the conditions of a library. It belongs to one goroutine.
type Finder struct {
	items []*item
	rules map[string]*rule
	ev    *plan.Evaluator
	refs  [][]plan.Ref // by batch
	held  int          // the batch whose truths are held, or -1
	of    *plan.Input  // the block they are about
}

type item struct {
	root  *node
	batch int
}

// batchItems is how many items share what is evaluated: more would share more, and hold more truths of 16 KiB.
const batchItems = 128

// New compiles the conditions of items and the rules of tags.
func New(items []condition.Expr, rules map[string]condition.Expr) *Finder {
	c := &compiler{plan: plan.New(), exprs: rules, rules: map[string]*rule{}}
	f := &Finder{rules: c.rules, held: -1}
	for batch := range slices.Chunk(items, batchItems) {
		c.asked = newAsked()
		for _, expr := range batch {
			f.items = append(f.items, &item{root: c.node(expr), batch: len(f.refs)})
		}
		refs := map[plan.Ref]bool{}
		c.asked.follow(c.rules, refs, map[string]bool{})
		f.refs = append(f.refs, slices.Sorted(maps.Keys(refs)))
	}
	f.ev = plan.NewEvaluator(c.plan.Plan())
	return f
}

// Item finds what keeps an item's verdict open for enterprises of a block, whose tags it must have: by fact those who
// lack it. It is asked for the items of a block one after the other. Facts come in the order of Fact.Compare; the sets
// are the caller's. The error is a *plan.MissingError.
func (f *Finder) Item(in *plan.Input, i int, needs bits.Set) ([]Found, error) {
	f.hold(in, f.items[i].batch)
	s := &search{
		Finder: f, in: in, space: &space{n: in.Block.N}, facts: map[Fact]bits.Set{}, tags: map[string]bits.Set{},
	}
	err := s.visit(f.items[i].root, needs)
	if err == nil {
		err = s.openTags()
	}
	if err != nil {
		f.Release()
		return nil, fmt.Errorf("find missing facts: %w", err)
	}
	return s.found(), nil
}

// hold turns to a batch of items on a block.
func (f *Finder) hold(in *plan.Input, batch int) {
	if f.of == in && f.held == batch {
		return
	}
	if f.of != in {
		f.Release()
		f.ev.Stay(in)
	} else {
		f.ev.Release()
	}
	f.ev.Hold(in, f.refs[batch])
	f.of, f.held = in, batch
}

// Release gives back what is held of the last block.
func (f *Finder) Release() {
	if f.held >= 0 {
		f.ev.Release()
	}
	f.ev.Stay(nil)
	f.of, f.held = nil, -1
}

// search is one call of Item.
type search struct {
	*Finder
	in     *plan.Input
	space  *space // what the sets at hand are about
	facts  map[Fact]bits.Set
	tags   map[string]bits.Set // enterprises for which the rule of a tag is to be gone through
	covers []cover
}

// cover gathers who was found to lack something by a test's values.
type cover struct {
	space *space
	set   bits.Set
}

// visit goes down a part for those of rel for which it is unknown.
func (f *search) visit(n *node, rel bits.Set) error {
	t, err := f.ev.Held(n.truth)
	if err != nil {
		return err
	}
	open := bits.New(f.space.n)
	t.Unknown(open, f.space.n)
	open.And(rel)
	if open.IsEmpty() {
		return nil
	}
	switch {
	case n.tag != "":
		return f.tag(n.tag, open)
	case n.rows != nil:
		return f.list(n.rows, open)
	case n.test != nil:
		return f.test(n.test, open)
	}
	for _, p := range n.parts {
		if err := f.visit(p, open); err != nil {
			return err
		}
	}
	return nil
}

// tag notes who waits for the rule of a tag. A tag that is unknown against its rule is itself what is missing.
func (f *search) tag(name string, open bits.Set) error {
	rule := f.rules[name]
	if rule == nil {
		f.add(Fact{Name: "标签 " + name}, open)
		return nil
	}
	t, err := f.ev.Held(rule.root.truth)
	if err != nil {
		return err
	}
	wait := bits.New(f.space.n)
	t.Unknown(wait, f.space.n)
	wait.And(open)
	f.cover(wait)
	if f.tags[name] == nil {
		f.tags[name] = bits.New(f.space.n)
	}
	f.tags[name].Or(wait)
	rest := open.Clone()
	rest.AndNot(wait)
	f.add(Fact{Name: "标签 " + name}, rest)
	return nil
}

// openTags goes through the rules of tags, each after all that read it.
func (f *search) openTags() error {
	for len(f.tags) > 0 {
		next := ""
		for name := range f.tags {
			if next == "" || f.rules[name].order > f.rules[next].order || f.rules[name].order == f.rules[next].order && name < next {
				next = name
			}
		}
		rel := f.tags[next]
		delete(f.tags, next)
		if err := f.visit(f.rules[next].root, rel); err != nil {
			return err
		}
	}
	return nil
}

// found is what was found, with whom each fact alone keeps.
func (f *search) found() []Found {
	once, twice := bits.New(f.in.Block.N), bits.New(f.in.Block.N)
	both := bits.New(f.in.Block.N)
	for _, doors := range f.facts {
		both.Copy(once)
		both.And(doors)
		twice.Or(both)
		once.Or(doors)
	}
	once.AndNot(twice)
	var out []Found
	for _, fact := range slices.SortedFunc(maps.Keys(f.facts), Fact.Compare) {
		found := Found{Fact: fact, Doors: f.facts[fact]}
		if found.Doors.Intersects(once) {
			found.Alone = found.Doors.Clone()
			found.Alone.And(once)
		}
		out = append(out, found)
	}
	return out
}
