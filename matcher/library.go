package matcher

import (
	"errors"
	"fmt"

	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// Rule is a named condition: a tag's rule, or an item's condition with the scope of its policy joined by 且.
type Rule struct {
	ID   string // Tag.Name or Item.ID
	Expr condition.Expr
}

// Item is an item with what decides about its benefit.
type Item struct {
	Rule
	Benefit    condition.Value    // the amount; nil: none is stated
	Prefer     []condition.Value  // what its matches are ranked by
	NeedsSum   bool               // the benefit is money: without a stated amount nobody is ready for it
	Paid       condition.Expr     // yes where the benefit, or one that excludes it, was paid in this period; nil: nobody can tell
	Exclusive  *schemas.Exclusive // nil: goes with every other benefit
	Attainable map[string]bool    // attributes that the item holds attainable, or not, against what they say themselves
}

// Definitions are what a Library is compiled from.
type Definitions struct {
	Tags       []Rule // in any order of definition but not in a circle
	Items      []Item
	Attributes map[string]*schemas.Attribute // by name: whether they are attainable
	Described  bool                          // Library.Describe will be asked
}

// Library is what a workspace wants to know about each enterprise, compiled. It is immutable and may serve several
// goroutines at once.
type Library struct {
	Tags  []CompiledTag  // in the order of dependence: the rule of a tag reads only tags before it
	Items []CompiledItem // in the order given to Compile

	tags   *plan.Plan
	items  *plan.Plan
	groups []group
	index  map[string]int // of Items, by id
}

// Index is the place of an item in Items.
func (l *Library) Index(item string) (int, bool) {
	i, ok := l.index[item]
	return i, ok
}

// CompiledTag is a tag's rule with its place in the library's plan.
type CompiledTag struct {
	Rule
	ref plan.Ref
}

// CompiledItem is an item with its places in the library's plan.
type CompiledItem struct {
	Item
	granted  plan.Ref // 评审 and 承诺 taken as met: the verdict
	declared plan.Ref // 承诺 taken as met
	bare     plan.Ref // neither
	paid     plan.Ref
	amount   plan.ValueRef
	prefer   []plan.ValueRef
	lists    []*schemas.Dataset // whose completeness the verdict or the amount may rest on
}

// Errors of Compile; the workspace's check reports both with positions, so they are met only by callers that skip it.
var (
	ErrDuplicate = errors.New("two rules have the same name")
	ErrCycle     = errors.New("tags depend on each other in a circle")
)

// Compile makes a library. A tag's rule may read other tags, in any order of definition but not in a circle.
func Compile(d Definitions) (*Library, error) {
	ordered, err := inOrder(d.Tags)
	if err != nil {
		return nil, fmt.Errorf("compile tags: %w", err)
	}
	lib := &Library{}
	tags := plan.New()
	for _, r := range ordered {
		lib.Tags = append(lib.Tags, CompiledTag{Rule: r, ref: tags.Add(r.Expr)})
	}
	lib.tags = tags.Plan()
	if err := lib.compileItems(&d); err != nil {
		return nil, fmt.Errorf("compile items: %w", err)
	}
	return lib, nil
}

func (l *Library) compileItems(d *Definitions) error {
	b, reach := plan.New(), newReach(d)
	if d.Described {
		b.Describe()
	}
	l.index = make(map[string]int, len(d.Items))
	for i, it := range d.Items {
		if _, ok := l.index[it.ID]; ok {
			return fmt.Errorf("%s: %w", it.ID, ErrDuplicate)
		}
		l.index[it.ID] = i
		c := CompiledItem{
			Item:  it,
			bare:  b.Add(it.Expr),
			lists: reach.lists(&it),
		}
		c.granted, c.declared = c.bare, c.bare
		if len(condition.Statements(it.Expr)) > 0 { // few items: lowering is what takes the time of a compilation
			c.granted, c.declared = b.AddGranting(it.Expr, plan.GrantEverything), b.AddGranting(it.Expr, plan.GrantDeclarations)
		}
		if it.Benefit != nil {
			c.amount = b.AddValue(it.Benefit)
		}
		for _, v := range it.Prefer {
			c.prefer = append(c.prefer, b.AddValue(v))
		}
		if it.Paid != nil {
			c.paid = b.Add(it.Paid)
		}
		b.AddItem(it.Expr, reach.attribute(it.Attainable), reach.tag(it.Attainable), c.also()...)
		l.Items = append(l.Items, c)
	}
	l.items, l.groups = b.Plan(), groupsOf(l.Items)
	return nil
}

// also is what is asked of an item that somebody is sure of: under which grants he is, and whether it was paid.
func (c *CompiledItem) also() []plan.Ref {
	var out []plan.Ref
	if c.bare != c.granted {
		out = append(out, c.declared, c.bare)
	}
	if c.Paid != nil {
		out = append(out, c.paid)
		if c.Benefit != nil {
			out = append(out, c.amount.Point())
		}
	}
	return out
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
