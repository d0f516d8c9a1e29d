package workspace

import (
	"slices"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// CanonicalPolicies are the policies with all conditions in their canonical form.
func (w *Workspace) CanonicalPolicies() []schemas.Policy {
	out := slices.Clone(w.Policies)
	for i := range out {
		canonical(&out[i], w.Env)
	}
	return out
}

// canonical brings a policy's conditions and values into their canonical form, those that compile, and reports whether
// any has changed. It does not touch what other policies may share with this one.
func canonical(p *schemas.Policy, env *condition.Env) bool {
	changed := canonicalText(&p.Scope, env, isCondition)
	p.Items = slices.Clone(p.Items)
	for i := range p.Items {
		it := &p.Items[i]
		changed = canonicalText(&it.Condition, env, isCondition) || changed
		changed = canonicalText(&it.Benefit, env, isValue) || changed
		it.Gates, it.Prefer = slices.Clone(it.Gates), slices.Clone(it.Prefer)
		for j := range it.Gates {
			changed = canonicalText(&it.Gates[j].Condition, env, isCondition) || changed
		}
		for j := range it.Prefer {
			changed = canonicalText(&it.Prefer[j].By, env, isValue) || changed
		}
	}
	return changed
}

// expressionKind says what a text must be.
type expressionKind int

const (
	isCondition expressionKind = iota
	isValue
)

func canonicalText(t *schemas.Text, env *condition.Env, kind expressionKind) bool {
	if t.Text == "" {
		return false
	}
	tree, faults := condition.Parse(schemas.Text{Text: t.Text})
	if len(faults) > 0 {
		return false
	}
	if kind == isValue {
		_, faults = condition.CheckValue(tree, env)
	} else {
		_, faults = condition.Check(tree, env)
	}
	if len(faults) > 0 {
		return false
	}
	text := condition.Format(tree.Root)
	changed := text != t.Text
	if changed {
		*t = schemas.Text{Text: text}
	}
	return changed
}
