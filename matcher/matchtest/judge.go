package matchtest

import (
	"fmt"
	"maps"
	"slices"

	"zhida/matcher"
	"zhida/matcher/condition"
	"zhida/matcher/explain"
	"zhida/matcher/plan"
	"zhida/schemas"
)

// world is one enterprise on one business date.
type world struct {
	facts *facts
	defs  *Definitions
	today schemas.Date
	in    *plan.Input // made when first asked for
	rules map[string]condition.Expr
}

// judge answers a question about the enterprise as the night would, with its reasons.
func (w *world) judge(a *asking) (*explain.Answer, error) {
	if err := w.prepare(); err != nil {
		return nil, err
	}
	q := &explain.Question{
		In: w.in, Expr: a.expr, Benefit: a.value, Rules: w.rules,
		Attainable: a.attainable,
	}
	if q.Expr == nil {
		q.Expr = condition.Known{X: a.value} // 指标 asks for a value only
	}
	answer, err := explain.Explain(q)
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", a.head.at.Line, err)
	}
	return answer, nil
}

// prepare makes the block and its tags. A tag that the script gives has no rule: what reads it reads what the script says.
func (w *world) prepare() error {
	if w.in != nil {
		return nil
	}
	in := w.facts.input(w.defs, w.today)
	w.rules = maps.Clone(w.defs.Tags)
	for name := range w.facts.tags {
		delete(w.rules, name)
	}
	var rules []matcher.Rule
	for _, name := range slices.Sorted(maps.Keys(w.rules)) {
		rules = append(rules, matcher.Rule{ID: name, Expr: w.rules[name]})
	}
	library, err := matcher.Compile(matcher.Definitions{Tags: rules})
	if err != nil {
		return fmt.Errorf("compile tags: %w", err)
	}
	tags, err := matcher.New(library).Tags(in)
	if err != nil {
		return fmt.Errorf("evaluate tags: %w", err)
	}
	maps.Copy(in.Block.Tags, tags)
	w.in = in
	return nil
}
