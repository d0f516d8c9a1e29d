package explain

import (
	"fmt"

	"zhida/matcher/bits"
	"zhida/matcher/condition"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// Explain shows how the condition comes out for the enterprise behind a door of the block, which must have its tags.
// rules has the rules of tags, by name. A tag is shown with its rule, the tags within that rule with theirs and so on,
// each rule once.
// The error is a *plan.MissingError, or says that the block has no such door.
func Explain(in *plan.Input, door int, expr condition.Expr, rules map[string]condition.Expr) (*Node, error) {
	if door < 0 || door >= in.Block.N {
		return nil, fmt.Errorf("explain: block %d has no door %d", in.Block.Number, door)
	}
	one := *in
	one.Block = cut(in.Block, door)
	w := &walker{in: &one, rules: rules, plan: plan.New(), opened: map[string]*Node{}}
	root := w.node(expr, subject{})
	if err := w.ask(); err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	root.once(map[string]bool{}, 0)
	return root, nil
}

// walker builds the tree and notes what to ask the plan; ask fills in the answers.
type walker struct {
	in      *plan.Input
	rules   map[string]condition.Expr
	plan    *plan.Builder
	want    []plan.Ref
	answers []func(bits.Truth)
	after   []func() error   // what needs answers
	opened  map[string]*Node // by tag: its rule, made once; nil while it is being made
}

// later notes a question and what to do with its answer.
func (w *walker) later(r plan.Ref, answer func(bits.Truth)) {
	w.want = append(w.want, r)
	w.answers = append(w.answers, answer)
}

func (w *walker) ask() error {
	next := 0
	err := plan.NewEvaluator(w.plan.Plan()).Eval(w.in, w.want, func(_ plan.Ref, t bits.Truth) {
		w.answers[next](t)
		next++
	})
	if err != nil {
		return err
	}
	for _, do := range w.after {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// subject is what a node is about: the enterprise, or a row of a dataset.
type subject struct {
	dataset *schemas.Dataset // nil: the enterprise
	row     int
}

// verdict asks for the verdict of a part.
func (w *walker) verdict(expr condition.Expr, about subject, into *Verdict) {
	r := plan.Ref(0)
	if about.dataset == nil {
		r = w.plan.Add(expr)
	} else {
		r = w.plan.AddRows(about.dataset, expr)
	}
	w.later(r, func(t bits.Truth) { *into = verdictAt(t, about.row) })
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
