package explain

import (
	"fmt"
	"math/big"

	"zhida/matcher/bits"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// NearMisses names the tests of near misses, as Near does, of many conditions for many enterprises: trees and their plan are
// made once, verdicts are evaluated a block at a time, each test once for all conditions of a batch, and distances only of
// the tests concerned. A plan of its own for each of 10,488 items took 34 s of CPU on 300,000 enterprises where this takes 6,
// most of it to prepare the same columns again. It belongs to one goroutine.
type NearMisses struct {
	of    []*nearMiss
	ev    *plan.Evaluator // of verdicts
	sides *plan.Evaluator // of distances
	in    *plan.Input     // the block at hand
	held  int             // the batch whose verdicts are held, or -1
}

// nearMiss is a condition.
type nearMiss struct {
	w    *walker
	tree *Node
}

// nearBatch is how many conditions share what is evaluated: they hold some ten truths of 16 KiB each.
const nearBatch = 128

// NewNearMisses prepares the conditions of questions; their Door does not matter, and of their In only Attributes do.
func NewNearMisses(questions ...*Question) *NearMisses {
	m, builder := &NearMisses{held: -1}, plan.New()
	for _, q := range questions {
		w := &walker{
			Question: q, in: q.In, plan: builder, brief: true,
			opened: map[string]*Node{}, derived: map[string]*Value{}, able: map[string]bool{}, measures: map[*Node]*measure{},
		}
		m.of = append(m.of, &nearMiss{w: w, tree: w.node(q.Expr, subject{})})
	}
	p := builder.Plan()
	m.ev, m.sides = plan.NewEvaluator(p), plan.NewEvaluator(p)
	return m
}

// Each yields the tests of the near misses of a condition among some enterprises of a block, in ascending order, one of
// which would have to come out otherwise. It is asked for the conditions of a block one after the other, and the block does
// not change until Release. The error is a *plan.MissingError.
func (m *NearMisses) Each(in *plan.Input, i int, doors bits.Set, yield func(door int, leaves []Leaf)) error {
	m.hold(in, i/nearBatch)
	of := m.of[i]
	truths := make([]bits.Truth, 0, len(of.w.want))
	for _, ref := range of.w.want {
		t, err := m.ev.Held(ref)
		if err != nil {
			m.Release()
			return fmt.Errorf("explain near misses: %w", err)
		}
		truths = append(truths, t)
	}
	goals := of.concerned(in, doors, truths)
	for _, x := range of.w.measures {
		if err := m.measure(in, x); err != nil {
			m.Release()
			return fmt.Errorf("explain near misses: %w", err)
		}
	}
	var leaves []Leaf
	for door := range doors.All() {
		leaves = leaves[:0]
		for len(goals) > 0 && goals[0].door == door {
			leaves = append(leaves, of.leaf(goals[0].goal))
			goals = goals[1:]
		}
		if len(leaves) > 0 {
			yield(door, leaves)
		}
	}
	return nil
}

// hold turns to a batch of conditions on a block.
func (m *NearMisses) hold(in *plan.Input, batch int) {
	if m.in == in && m.held == batch {
		return
	}
	if m.in != in {
		m.Release()
		m.ev.Stay(in)
		m.sides.Stay(in)
	} else {
		m.ev.Release()
	}
	var want []plan.Ref
	for _, of := range m.of[batch*nearBatch : min((batch+1)*nearBatch, len(m.of))] {
		want = append(want, of.w.want...)
	}
	m.ev.Hold(in, want)
	m.in, m.held = in, batch
}

// Release gives back what is held of the last block.
func (m *NearMisses) Release() {
	if m.held >= 0 {
		m.ev.Release()
	}
	m.ev.Stay(nil)
	m.sides.Stay(nil)
	m.in, m.held = nil, -1
}

type goalAt struct {
	goal
	door int
}

// concerned finds the tests concerned, and notes of whom their distances are needed.
func (m *nearMiss) concerned(in *plan.Input, doors bits.Set, truths []bits.Truth) []goalAt {
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
		err := m.sides.Amounts(in, ref, x.doors, func(_ int, a plan.Amount) {
			x.sides[k] = append(x.sides[k], number{low: a.Low, high: a.High, mayLack: a.Perhaps, lacking: a.Absent})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// leaf is a test concerned with its distance, the next of its measure.
func (m *nearMiss) leaf(g goal) Leaf {
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
