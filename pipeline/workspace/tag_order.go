package workspace

import (
	"fmt"
	"slices"
	"strings"

	"zhida/matcher/condition"
)

// compileDefinitions compiles the rules of derived attributes and of tags, and brings the tags into the order in which
// they can be evaluated.
func (c *check) compileDefinitions() {
	c.compileDerived()
	c.tagRules = map[string]condition.Expr{}
	if c.tags == nil {
		return
	}
	o := tagOrder{check: c, index: map[string]int{}, state: make([]visit, len(c.tags.tags)), uses: make([][]tagUse, len(c.tags.tags))}
	for i, t := range c.tags.tags {
		if rule := c.compileText(c.tags.document, t.rule, c.env); rule != nil {
			c.tagRules[t.Name] = rule
			o.uses[i] = tagUses(rule, nil)
		}
		o.index[t.Name] = i
	}
	for i := range c.tags.tags {
		o.visit(i)
	}
}

// tagUse is a tag that a rule reads, by way of the derived attributes named.
type tagUse struct {
	tag string
	via []string
}

// tagUses lists the tags that a condition or a value reads, derived attributes followed.
func tagUses(part any, via []string) []tagUse {
	var out []tagUse
	do := func(p any) bool {
		switch x := p.(type) {
		case condition.Tag:
			out = append(out, tagUse{x.Name, via})
		case condition.Named:
			out = append(out, tagUses(x.X, append(slices.Clone(via), "指标 "+x.Name))...)
			return false
		}
		return true
	}
	switch p := part.(type) {
	case condition.Expr:
		condition.Visit(p, do)
	case condition.Value:
		condition.VisitValue(p, do)
	}
	return out
}

// visit is how far the walk through the tags has come with one of them.
type visit uint8

const (
	unseen visit = iota
	open         // its rule is being followed
	done
)

// tagOrder walks tags depth first: a tag is put down after all that its rule uses.
type tagOrder struct {
	check *check
	index map[string]int
	uses  [][]tagUse
	state []visit
	path  []string
}

func (o *tagOrder) visit(i int) {
	tag := &o.check.tags.tags[i]
	switch o.state[i] {
	case done:
		return
	case open:
		start := len(o.path) - 1
		for o.path[start] != tag.Name {
			start--
		}
		cycle := append(append([]string{}, o.path[start:]...), tag.Name)
		o.check.tags.report(o.check.tags.at("tags", i, "rule"), fmt.Sprintf("标签“%s”的规则绕回到自己：%s", tag.Name, strings.Join(cycle, " → ")), "断开其中一环")
		return
	}
	o.state[i] = open
	o.path = append(o.path, tag.Name)
	for _, use := range o.uses[i] {
		if k, ok := o.index[use.tag]; ok {
			n := len(o.path)
			o.path = append(o.path, use.via...)
			o.visit(k)
			o.path = o.path[:n]
		}
	}
	o.path = o.path[:len(o.path)-1]
	o.state[i] = done
	o.check.tagOrder = append(o.check.tagOrder, tag.Tag)
}
