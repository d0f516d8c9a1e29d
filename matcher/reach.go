package matcher

import (
	"zhida/matcher/condition"
	"zhida/schemas"
)

// reach knows what lies behind tags: whether an enterprise can bring one about, and on which lists one rests.
type reach struct {
	attributes map[string]*schemas.Attribute
	rules      map[string]condition.Expr // by tag
}

// Attainable says which attributes and which tags an item holds attainable, as AddNear of a plan asks: what it says itself
// of attributes, else what they say; a tag is if its rule is.
func Attainable(item map[string]bool, attributes map[string]*schemas.Attribute, rules map[string]condition.Expr) (attribute, tag func(name string) bool) {
	r := &reach{attributes: attributes, rules: rules}
	return r.attribute(item), r.tag(item)
}

func newReach(d *Definitions) *reach {
	r := &reach{attributes: d.Attributes, rules: map[string]condition.Expr{}}
	for _, t := range d.Tags {
		r.rules[t.ID] = t.Expr
	}
	return r
}

// attribute says which attributes an item holds attainable: what it says itself, else what they say. One that nobody
// defines is.
func (r *reach) attribute(item map[string]bool) func(name string) bool {
	return func(name string) bool {
		if said, ok := item[name]; ok {
			return said
		}
		a := r.attributes[name]
		return a == nil || a.IsAttainable()
	}
}

// tag says which tags an item holds attainable: those whose rule is, itself or through other tags.
func (r *reach) tag(item map[string]bool) func(name string) bool {
	attribute, known := r.attribute(item), map[string]bool{}
	var tag func(name string) bool
	tag = func(name string) bool {
		if said, ok := known[name]; ok {
			return said
		}
		rule, ok := r.rules[name]
		if !ok {
			return true
		}
		known[name] = false // rules do not go in circles
		known[name] = condition.Attainable(rule, attribute, tag)
		return known[name]
	}
	return tag
}

// lists are the datasets over whose rows an item's condition, its benefit and the tags they read go, and the payments.
func (r *reach) lists(it *Item) []*schemas.Dataset {
	var out []*schemas.Dataset
	lists, tags := map[string]bool{}, map[string]bool{}
	var read func(part any)
	read = func(part any) {
		for _, d := range condition.DatasetsRead(part) {
			if !lists[d.Name] {
				lists[d.Name] = true
				out = append(out, d)
			}
		}
		for _, t := range condition.TagsRead(part) {
			if !tags[t] {
				tags[t] = true
				read(r.rules[t])
			}
		}
	}
	read(it.Expr)
	read(it.Benefit)
	read(it.Paid)
	return out
}
