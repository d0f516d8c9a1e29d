package plan

import (
	"zhida/matcher/condition"
)

// Ref names a condition in a plan: a node, or what is seen of it through 非.
type Ref int32

func (r Ref) node() int     { return int(r >> 1) }
func (r Ref) negated() bool { return r&1 == 1 }

// Not is the Ref of the negation; it needs no evaluation of its own.
func (r Ref) Not() Ref { return r ^ 1 }

func refOf(node int) Ref { return Ref(node << 1) }

// Plan is the shared graph of many conditions. It is immutable and may serve several Evaluators at once.
type Plan struct {
	nodes  []node
	items  []item
	gates  []gate
	open   []int32 // items without a gate
	spaces []space // what a node's truth is about
	uses   int

	written map[Ref]writtenPart // what parts of items were made of; nil: nobody will ask
}

// A node comes after all its parts in Plan.nodes.
type node struct {
	kind    nodeKind
	space   int
	test    test           // kindTest
	parts   []Ref          // what is evaluated before the node; kindAll: cheapest first
	least   int            // kindAtLeast, kindNear: how many of the parts
	near    []one          // kindNear: how the parts can be one
	op      condition.Op   // kindRelation
	program *program       // kindRelation, kindPoint, kindValue
	against *fixed         // kindRelation: the limit that its one part, a value, is compared with; nil: two expressions
	asked   [2]*thresholds // kindRelation with a limit: of the codes of low and high ends
	fold    *fold          // kindFold
	cost    int
}

type nodeKind uint8

const (
	kindYes      nodeKind = iota // yes for everybody
	kindOpen                     // unknown for everybody
	kindTest                     // an elementary test
	kindRelation                 // a comparison of two expressions, elementary too
	kindPoint                    // where an expression is known exactly; keeps its parts, as Amounts needs them
	kindFold                     // a column for programs, and no truth; keeps its parts too
	kindValue                    // an expression as a column, for relations with limits; keeps its parts too
	kindAll                      // 且
	kindAtLeast                  // 至少
	kindSure                     // yes where its part is yes, else no
	kindSome                     // 有: the part is about rows, the node about enterprises
	kindNear                     // 差一项
)

// isTest reports whether a node is an elementary test.
func (n *node) isTest() bool { return n.kind == kindTest || n.kind == kindRelation }

// keeps reports whether the parts of a node are needed as long as the node itself.
func (n *node) keeps() bool { return n.kind == kindPoint || n.kind == kindFold || n.kind == kindValue }

// Tests is the number of distinct elementary tests.
func (p *Plan) Tests() int {
	n := 0
	for i := range p.nodes {
		if p.nodes[i].isTest() {
			n++
		}
	}
	return n
}

// Uses is the number of elementary tests as the conditions were written; Uses less Tests are shared.
func (p *Plan) Uses() int { return p.uses }

// Cost is how dear the evaluation of a condition is, in passes over a column of numbers; for ordering only.
func (p *Plan) Cost(r Ref) int { return p.nodes[r.node()].cost }
