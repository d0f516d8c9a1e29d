package plan

import (
	"slices"

	"zhida/matcher/condition"
)

// Described is an item as the plan has it, for people.
type Described struct {
	Parts     []DescribedPart // in the order in which candidates go through them
	Questions int             // what is asked only where somebody is sure
}

// DescribedPart is a part of an item.
type DescribedPart struct {
	Expr    condition.Expr
	Negated bool
	Cost    int  // in passes over a column of numbers; that of a part which stands in several items is paid once a block
	Gate    bool // ends the item for a block in whose values it finds nobody
	Lacking bool // can be what a near miss lacks
	Items   int  // in how many items it stands
}

// Total is what a plan comes to.
type Total struct {
	Items    int // items
	Parts    int // parts of all items
	Distinct int // the distinct ones
	Gates    int // distinct gates
	Open     int // items without a gate
	Uses     int // elementary tests as they are written
	Tests    int // the distinct ones
}

// Describe makes the plan remember what its parts were made of, so that Describe of the plan can tell. It comes before the
// first item; a night does without.
func (b *Builder) Describe() { b.plan.written = map[Ref]writtenPart{} }

// writtenPart is a part as it was first written.
type writtenPart struct {
	expr    condition.Expr
	negated bool
}

// write notes what a part was made of.
func (b *Builder) write(truth Ref, expr condition.Expr, negated bool) {
	if b.plan.written == nil {
		return
	}
	if _, ok := b.plan.written[truth]; !ok {
		b.plan.written[truth] = writtenPart{expr, negated}
	}
}

// Describe describes an item by its number.
func (p *Plan) Describe(k int) Described {
	it := &p.items[k]
	out := Described{Questions: len(it.also)}
	for _, part := range it.parts {
		w := p.written[part.truth]
		out.Parts = append(out.Parts, DescribedPart{
			Expr: w.expr, Negated: w.negated, Cost: p.Cost(part.truth), Lacking: part.how != never, Items: p.itemsWith(part.truth.node()),
			Gate: slices.ContainsFunc(it.gates, func(g int32) bool { return p.gates[g].truth == part.truth }),
		})
	}
	return out
}

// itemsWith is in how many items a node is a part, denied or not.
func (p *Plan) itemsWith(node int) int {
	n := 0
	for k := range p.items {
		if slices.ContainsFunc(p.items[k].parts, func(x part) bool { return x.truth.node() == node }) {
			n++
		}
	}
	return n
}

// Total adds up the items.
func (p *Plan) Total() Total {
	out := Total{Items: len(p.items), Gates: len(p.gates), Open: len(p.open), Uses: p.uses, Tests: p.Tests()}
	distinct := map[int]bool{}
	for k := range p.items {
		out.Parts += len(p.items[k].parts)
		for _, part := range p.items[k].parts {
			distinct[part.truth.node()] = true
		}
	}
	out.Distinct = len(distinct)
	return out
}
