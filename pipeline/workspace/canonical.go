package workspace

import (
	"fmt"
	"os"
	"slices"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// CanonicalPolicies reads the policies of the workspace in the folder, with all conditions and values in their canonical
// form, which stands in no file. Its errors are those of Load.
func CanonicalPolicies(dir string) ([]schemas.Policy, error) {
	w, err := Load(dir)
	if err != nil {
		return nil, err
	}
	f, err := readFolder(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	r := newReviser(f, w.Policies)
	if faults := r.canonical(); len(faults) > 0 {
		return nil, fmt.Errorf("write policies in canonical form: %w", faults)
	}
	return r.policies, nil
}

// canonical checks the workspace with the policies in it and brings their texts into their canonical form, unless there
// is any fault.
func (r *reviser) canonical() schemas.Faults {
	c := r.check()
	if faults := c.faults(); len(faults) > 0 {
		faults.Sort()
		return faults
	}
	changed := false
	for _, t := range c.texts {
		i := slices.Index(r.names, t.in.name)
		if i < 0 || t.text.node == nil || len(t.text.at) == 0 {
			continue // of another file, or put together from several
		}
		field, _, _ := r.texts[i].Field(t.text.at[0].line, t.text.at[0].column)
		into := fieldText(&r.policies[i], field)
		if into == nil {
			continue
		}
		text := condition.Format(t.tree.Root)
		changed = changed || text != into.Text
		*into = schemas.Text{Text: text}
	}
	if !changed {
		return nil
	}
	faults := r.check().faults() // a mistake of the formatter must not be written
	faults.Sort()
	return faults
}

// fieldText is the condition text that is a field of a policy, nil if it is none.
func fieldText(p *schemas.Policy, f PolicyField) *schemas.Text {
	if f.Item < 0 {
		switch f.Key {
		case "scope":
			return &p.Scope
		case "params.value":
			return &p.Params[f.Index].Value
		}
		return nil
	}
	it := &p.Items[f.Item]
	switch f.Key {
	case "condition":
		return &it.Condition
	case "benefit":
		return &it.Benefit
	case "gates.condition":
		return &it.Gates[f.Index].Condition
	case "prefer":
		return &it.Prefer[f.Index].By
	}
	return nil
}

// copyPolicy is a copy whose texts can be changed without those of the original.
func copyPolicy(p schemas.Policy) schemas.Policy {
	p.Params, p.Items = slices.Clone(p.Params), slices.Clone(p.Items)
	for i := range p.Items {
		it := &p.Items[i]
		it.Gates, it.Prefer = slices.Clone(it.Gates), slices.Clone(it.Prefer)
	}
	return p
}
