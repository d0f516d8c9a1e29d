package plan

import "zhida/schemas"

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
	spaces []*schemas.Dataset // what a node's truth is about: 0 the enterprises, else the rows of a dataset
	uses   int
}

// enterprises is the space of the doors of a block.
const enterprises = 0

// A node comes after all its parts in Plan.nodes.
type node struct {
	kind  nodeKind
	space int
	test  test  // kindTest
	parts []Ref // kindAll: cheapest first; kindSome: one
	cost  int
}

type nodeKind uint8

const (
	kindYes  nodeKind = iota // yes for everybody
	kindTest                 // an elementary test
	kindAll                  // 且
	kindSome                 // 有: the part is about rows, the node about enterprises
)

// Tests is the number of distinct elementary tests.
func (p *Plan) Tests() int {
	n := 0
	for i := range p.nodes {
		if p.nodes[i].kind == kindTest {
			n++
		}
	}
	return n
}

// Uses is the number of elementary tests as the conditions were written; Uses less Tests are shared.
func (p *Plan) Uses() int { return p.uses }

// Cost is how dear the evaluation of a condition is, in passes over a column of numbers; for ordering only.
func (p *Plan) Cost(r Ref) int { return p.nodes[r.node()].cost }
