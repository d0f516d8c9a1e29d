package matchtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

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
	libraries
}

// libraries are the tags' rules compiled, by the names of the tags that a script gives and that so have no rule: most
// enterprises give none, and compiling a city's tags takes longer than asking one of them.
type libraries map[string]*matcher.Library

// judgement is what comes out for an enterprise.
type judgement struct {
	*explain.Answer
	ready string // 免申即享, 易申快享 or 未就绪; "": not asked for
}

// judge answers a question about the enterprise as the night would, with its reasons.
func (w *world) judge(a *asking) (*judgement, error) {
	if err := w.prepare(); err != nil {
		return nil, err
	}
	q := &explain.Question{
		In: w.in, Expr: a.expr, Benefit: a.value, Rules: w.rules,
	}
	if a.item != nil {
		q.Attainable = a.item.Attainable
	}
	if q.Expr == nil {
		q.Expr = condition.Known{X: a.value} // 指标 asks for a value only
	}
	answer, err := explain.Explain(q)
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", a.head.at.Line, err)
	}
	out := &judgement{Answer: answer}
	if a.item != nil && slices.ContainsFunc(a.wants, func(x want) bool { return x.ready.text != "" }) {
		out.ready, err = w.ready(a.item)
	}
	return out, err
}

// ready asks for what the benefit of an item is fit. The items that exclude it have a say.
func (w *world) ready(item *Item) (string, error) {
	items := []matcher.Item{item.Item}
	for _, id := range sortedKeys(w.defs.Items) {
		other := w.defs.Items[id]
		if x := other.Exclusive; id != item.ID && x != nil && item.Exclusive != nil && x.Group == item.Exclusive.Group {
			items = append(items, other.Item)
		}
	}
	library, err := matcher.Compile(matcher.Definitions{Items: items, Attributes: w.defs.Env.Attributes})
	if err != nil {
		return "", fmt.Errorf("compile item %s: %w", item.ID, err)
	}
	ready := wordNotReady
	_, err = matcher.New(library).Each(w.in, func(i int, v matcher.Verdict) {
		switch {
		case i != 0:
		case v.Ready != nil && v.Ready.Has(0):
			ready = string(schemas.ModeNoApplication)
		case v.Light != nil && v.Light.Has(0):
			ready = string(schemas.ModeLightApplication)
		}
	})
	if err != nil {
		return "", fmt.Errorf("match item %s: %w", item.ID, err)
	}
	return ready, nil
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
	library, err := w.library()
	if err != nil {
		return err
	}
	tags, err := matcher.New(library).Tags(in)
	if err != nil {
		return fmt.Errorf("evaluate tags: %w", err)
	}
	maps.Copy(in.Block.Tags, tags)
	w.in = in
	return nil
}

// library is the tags' rules compiled.
func (w *world) library() (*matcher.Library, error) {
	given := strings.Join(slices.Sorted(maps.Keys(w.facts.tags)), "\n")
	if made := w.libraries[given]; made != nil {
		return made, nil
	}
	var rules []matcher.Rule
	for _, name := range slices.Sorted(maps.Keys(w.rules)) {
		rules = append(rules, matcher.Rule{ID: name, Expr: w.rules[name]})
	}
	made, err := matcher.Compile(matcher.Definitions{Tags: rules})
	if err != nil {
		return nil, fmt.Errorf("compile tags: %w", err)
	}
	w.libraries[given] = made
	return made, nil
}
