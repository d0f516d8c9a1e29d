package explain

import (
	"fmt"
	"math/big"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// NearMisses names the tests of near misses, as Near does, of one condition for many enterprises: its tree and its plan are
// made once, verdicts are evaluated a block at a time, and distances only of the tests concerned. It belongs to one
// goroutine.
type NearMisses struct {
	w    *walker
	tree *Node
	ev   *plan.Evaluator
}

// NewNearMisses prepares the condition of a question; its Door does not matter, and of its In only Attributes do.
func NewNearMisses(q *Question) *NearMisses {
	w := &walker{
		Question: q, in: q.In, plan: plan.New(), brief: true,
		opened: map[string]*Node{}, derived: map[string]*Value{}, able: map[string]bool{}, measures: map[*Node]*measure{},
	}
	m := &NearMisses{w: w, tree: w.node(q.Expr, subject{})}
	m.ev = plan.NewEvaluator(w.plan.Plan())
	return m
}

// Each yields the tests of the near misses among some enterprises of a block, in ascending order, one of which would
// have to come out otherwise. The error is a *plan.MissingError.
func (m *NearMisses) Each(in *plan.Input, doors bits.Set, yield func(door int, leaves []Leaf)) error {
	truths := make([]bits.Truth, 0, len(m.w.want))
	err := m.ev.Eval(in, m.w.want, func(_ plan.Ref, t bits.Truth) { truths = append(truths, t.Clone()) })
	if err != nil {
		return fmt.Errorf("explain near misses: %w", err)
	}
	goals := m.concerned(in, doors, truths)
	for _, x := range m.w.measures {
		if err := m.measure(in, x); err != nil {
			return fmt.Errorf("explain near misses: %w", err)
		}
	}
	var leaves []Leaf
	for door := range doors.All() {
		leaves = leaves[:0]
		for len(goals) > 0 && goals[0].door == door {
			leaves = append(leaves, m.leaf(goals[0].goal))
			goals = goals[1:]
		}
		if len(leaves) > 0 {
			yield(door, leaves)
		}
	}
	return nil
}

type goalAt struct {
	goal
	door int
}

// concerned finds the tests concerned, and notes of whom their distances are needed.
func (m *NearMisses) concerned(in *plan.Input, doors bits.Set, truths []bits.Truth) []goalAt {
	for _, x := range m.w.measures {
		x.begin(in.Block.N)
	}
	var out []goalAt
	for door := range doors.All() {
		m.w.at = door
		for i, answer := range m.w.answers {
			answer(truths[i])
		}
		for _, do := range m.w.after {
			_ = do() // notes verdicts of parts, which cannot fail
		}
		goals, ok := goal{m.tree, Yes}.one()
		if !ok || m.tree.Verdict != No {
			continue
		}
		for _, g := range goals {
			out = append(out, goalAt{g, door})
			if x := m.w.measures[g.node]; x != nil {
				x.doors.Add(door)
			}
		}
	}
	return out
}

// begin forgets the last block.
func (m *measure) begin(n int) {
	m.doors, m.sides = bits.New(n), [2][]number{}
	if m.upper != nil {
		m.upper.doors, m.upper.sides = m.doors, [2][]number{}
	}
}

// measure works out the sides of a comparison, and of the other one of an interval.
func (m *NearMisses) measure(in *plan.Input, x *measure) error {
	if x.upper != nil {
		if err := m.measure(in, x.upper); err != nil {
			return err
		}
	}
	for k, ref := range x.refs {
		err := m.ev.Amounts(in, ref, x.doors, func(_ int, a plan.Amount) {
			x.sides[k] = append(x.sides[k], number{low: a.Low, high: a.High, mayLack: a.Perhaps, lacking: a.Absent})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// leaf is a test concerned with its distance, the next of its measure.
func (m *NearMisses) leaf(g goal) Leaf {
	x := m.w.measures[g.node]
	if x == nil {
		l := g.leaf()
		if g.node.Kind == KindTag {
			l.Now, l.Asked = either(g.want == Yes, "否", "是"), either(g.want == Yes, "是", "否")
		}
		return l
	}
	x.next()
	if x.upper != nil && g.want != Yes { // out of an interval there are two ways
		return g.leaf()
	}
	x = x.failing()
	g.node.Gap, g.node.gapNot = "", ""
	if g.want == Yes {
		g.node.Gap = x.text(x.want)
	} else {
		g.node.gapNot = x.text(x.want.not())
	}
	l := g.leaf()
	t := x.compare.Left.Type()
	l.Now, l.Asked = sideText(x.left, t, x.units), sideText(x.right, t, x.units)
	l.Share = share(x.left, x.right, t)
	return l
}

// next takes up the sides of the next enterprise.
func (m *measure) next() {
	m.left, m.right = m.sides[0][0], m.sides[1][0]
	m.sides[0], m.sides[1] = m.sides[0][1:], m.sides[1][1:]
	if m.upper != nil {
		m.upper.next()
	}
}

func sideText(n number, t schemas.Type, units []string) string {
	v := &Value{}
	v.fill(n, t, units)
	return v.Text
}

// share is how far two numbers are apart, of the greater; of dates, in years. What is no number is 1.
func share(left, right number, t schemas.Type) float64 {
	l, r := left.point(), right.point()
	if l == nil || r == nil {
		return 1
	}
	size := new(big.Rat).Sub(l, r)
	size.Abs(size)
	base := new(big.Rat).Abs(l)
	if other := new(big.Rat).Abs(r); other.Cmp(base) > 0 {
		base = other
	}
	if t.Kind == schemas.KindDate {
		base = big.NewRat(daysOfYear, 1)
	}
	if base.Sign() == 0 {
		return 0
	}
	f, _ := size.Quo(size, base).Float64()
	return f
}

const daysOfYear = 365
