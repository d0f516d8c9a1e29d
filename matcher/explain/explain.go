package explain

import (
	"fmt"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
)

// Question is a condition asked of one enterprise.
type Question struct {
	In         *plan.Input // the block, which must have its tags
	Door       int         // the enterprise
	Expr       condition.Expr
	Benefit    condition.Value           // the amount; may be nil
	Rules      map[string]condition.Expr // the rules of tags, by name
	Attainable map[string]bool           // what the item holds of attributes against their definitions
}

// Explain shows how the condition comes out for the enterprise, and what the benefit comes to. A tag is shown with its
// rule, the tags within that rule with theirs and so on, each rule once; so are derived attributes.
// The error is a *plan.MissingError, or says that the block has no such door.
func Explain(q *Question) (*Answer, error) {
	w, err := newWalker(q)
	if err != nil {
		return nil, err
	}
	a := &Answer{Tree: w.node(q.Expr, subject{})}
	if q.Benefit != nil {
		a.Benefit = w.value(q.Benefit, subject{}, nil)
	}
	if err := w.ask(); err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	a.conclude()
	f := newFirst()
	f.node(a.Tree, 0)
	if a.Benefit != nil {
		f.value(a.Benefit, 0)
	}
	return a, nil
}

func newWalker(q *Question) (*walker, error) {
	if q.Door < 0 || q.Door >= q.In.Block.N {
		return nil, fmt.Errorf("explain: block %d has no door %d", q.In.Block.Number, q.Door)
	}
	return &walker{
		Question: q, in: Cut(q.In, q.Door), plan: plan.New(),
		opened: map[string]*Node{}, derived: map[string]*Value{}, able: map[string]bool{},
	}, nil
}

// walker builds the tree and notes what to ask the plan; ask fills in the answers.
type walker struct {
	*Question
	in      *plan.Input // of the one enterprise
	plan    *plan.Builder
	want    []plan.Ref
	answers []func(bits.Truth)
	numbers []numberAsked
	after   []func() error    // what needs answers
	opened  map[string]*Node  // by tag: its rule, made once; nil while it is being made
	able    map[string]bool   // by tag: whether it is attainable
	derived map[string]*Value // by derived attribute: what it stands for, made once

	brief    bool               // only what says whether a verdict is a near miss, and by how much
	at       int                // the enterprise in in that verdicts are about
	measures map[*Node]*measure // brief: of tests that are one comparison
}

// later notes a question and what to do with its answer.
func (w *walker) later(r plan.Ref, answer func(bits.Truth)) {
	w.want = append(w.want, r)
	w.answers = append(w.answers, answer)
}

// then notes what is to be done when the plan has answered, after what was noted before.
func (w *walker) then(do func()) {
	w.after = append(w.after, func() error { do(); return nil })
}

// numberAsked is a number, or a date, and what to do with it.
type numberAsked struct {
	ref    plan.ValueRef
	about  subject
	answer func(number)
}

func (w *walker) ask() error {
	next, ev := 0, plan.NewEvaluator(w.plan.Plan())
	err := ev.Eval(w.in, w.want, func(_ plan.Ref, t bits.Truth) {
		w.answers[next](t)
		next++
	})
	if err != nil {
		return err
	}
	for _, n := range w.numbers {
		at := bits.New(n.about.row + 1)
		at.Add(n.about.row)
		err := ev.Amounts(w.in, n.ref, at, func(_ int, a plan.Amount) {
			n.answer(number{low: a.Low, high: a.High, mayLack: a.Perhaps, lacking: a.Absent})
		})
		if err != nil {
			return err
		}
	}
	for _, do := range w.after {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// subject is what a node is about: the enterprise, or a row of what a 有 or a fold goes over.
type subject struct {
	over *condition.Over // nil: the enterprise
	row  int
}

// verdict asks for the verdict of a part, and what it is subject to.
func (w *walker) verdict(expr condition.Expr, about subject, n *Node) {
	if about.over != nil {
		over := *about.over
		over.Where = expr
		w.later(w.plan.AddOver(over), func(t bits.Truth) { n.Verdict = verdictAt(t, about.row) })
		return
	}
	w.later(w.plan.AddGranting(expr, plan.GrantEverything), func(t bits.Truth) { n.Verdict = verdictAt(t, w.at) })
	if w.brief || len(condition.Statements(expr)) == 0 {
		return
	}
	unless := func(grant plan.Grant, s Subject) {
		w.later(w.plan.AddGranting(expr, grant), func(t bits.Truth) {
			if n.Verdict == Yes && verdictAt(t, 0) != Yes {
				n.Subject = s
			}
		})
	}
	unless(plan.GrantNothing, SubjectDeclaration)
	unless(plan.GrantDeclarations, SubjectReview)
}

func verdictAt(t bits.Truth, i int) Verdict {
	switch {
	case t.Yes.Has(i):
		return Yes
	case t.No.Has(i):
		return No
	}
	return Unknown
}

// number asks for a number or a date.
func (w *walker) number(v condition.Value, about subject, answer func(number)) {
	r := plan.ValueRef{}
	if about.over == nil {
		r = w.plan.AddValue(v)
	} else {
		r = w.plan.AddOverValue(*about.over, v)
	}
	w.numbers = append(w.numbers, numberAsked{r, about, answer})
}
