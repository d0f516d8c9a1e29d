package workspace

import (
	"fmt"
	"strings"

	"zhida/matcher/condition"
)

// compileTags compiles the rules of all tags and brings the tags into the order in which they can be evaluated.
func (c *check) compileTags() {
	c.tagRules = map[string]condition.Expr{}
	if c.tags == nil {
		return
	}
	o := tagOrder{check: c, index: map[string]int{}, state: make([]visit, len(c.tags.tags)), uses: make([][]string, len(c.tags.tags))}
	for i, t := range c.tags.tags {
		if rule := c.compileText(c.tags.document, t.rule); rule != nil {
			c.tagRules[t.Name] = rule
			o.uses[i] = condition.TagsRead(rule)
		}
		o.index[t.Name] = i
	}
	for i := range c.tags.tags {
		o.visit(i)
	}
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
	uses  [][]string
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
	for _, name := range o.uses[i] {
		if k, ok := o.index[name]; ok {
			o.visit(k)
		}
	}
	o.path = o.path[:len(o.path)-1]
	o.state[i] = done
	o.check.tagOrder = append(o.check.tagOrder, tag.Tag)
}
