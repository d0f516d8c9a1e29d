package workspace

import (
	"strings"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// compileDerived checks the rules of the derived attributes and finds their types. A rule that is wrong only because
// it uses another one that is wrong is left alone: it may well be right.
func (c *check) compileDerived() {
	if c.tags == nil {
		return
	}
	d := derivedRules{check: c, wrong: map[int]schemas.Faults{}}
	for i := range c.attributes {
		if rule := c.tags.attributes[i].rule; len(rule.text) > 0 {
			tree, _ := condition.Parse(rule.bare(c.tags.document))
			c.env.Derived[c.attributes[i].Name] = tree
			d.rules = append(d.rules, i)
		}
	}
	for _, i := range d.rules {
		d.compile(i)
	}
	for _, i := range d.rules {
		if len(d.wrong[i]) > 0 && !d.excused(i) {
			c.tags.relocate(c.tags.attributes[i].rule, d.wrong[i])
		}
	}
	for i := range d.wrong {
		c.doubt(c.attributes[i].Name)
	}
}

// derivedRules are the rules of derived attributes while they are being checked, by index of the attribute.
type derivedRules struct {
	check *check
	rules []int
	wrong map[int]schemas.Faults
}

// compile checks one rule. The type is asked of the name, as conditions will ask.
func (d *derivedRules) compile(i int) {
	c := d.check
	a, rule := &c.attributes[i], c.tags.attributes[i].rule
	bare := rule.bare(c.tags.document)
	tree, faults := condition.Parse(bare)
	if !c.doubtful.about(bare.Text) {
		_, more := condition.CheckValue(tree, c.env)
		faults = append(faults, more...)
	}
	if len(faults) > 0 {
		d.wrong[i] = faults
		return
	}
	c.texts = append(c.texts, checkedText{c.tags.document, rule, tree})
	if c.doubtful.about(bare.Text + " " + a.Name) {
		return
	}
	value, _ := condition.CompileValue(schemas.Text{Text: a.Name}, c.env)
	if named, ok := value.(condition.Named); ok {
		a.Type, a.Yearly = named.Type(), named.Yearly
		c.derived[a.Name] = value
	}
}

// excused reports whether the rule uses another that is wrong and does not lead back to it.
func (d *derivedRules) excused(i int) bool {
	for _, k := range d.rules {
		if k != i && len(d.wrong[k]) > 0 && d.leads(i, k, nil) && !d.leads(k, i, nil) {
			return true
		}
	}
	return false
}

// leads reports whether a rule uses another attribute's name, itself or by way of others. A name within a longer one
// counts too: see doubts.about.
func (d *derivedRules) leads(from, to int, over []int) bool {
	text := string(d.check.tags.attributes[from].rule.text)
	if strings.Contains(text, d.check.attributes[to].Name) {
		return true
	}
	for _, k := range over {
		if k == from {
			return false
		}
	}
	for _, k := range d.rules {
		if k != from && strings.Contains(text, d.check.attributes[k].Name) && d.leads(k, to, append(over, from)) {
			return true
		}
	}
	return false
}
