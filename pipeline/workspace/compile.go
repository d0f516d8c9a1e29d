package workspace

import (
	"fmt"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// compile checks all conditions against the names that the workspace defines.
func (c *check) compile() {
	c.checkTagNames()
	c.findDoubts()
	c.makeEnv()
	c.compileTags()
	c.compileItems()
}

// makeEnv gathers what a condition may name, and what it may not but may be meant: the contacts.
func (c *check) makeEnv() {
	env := &condition.Env{
		Attributes: map[string]*schemas.Attribute{}, Tags: map[string]bool{},
		Datasets: map[string]*schemas.Dataset{}, Codes: c.codes,
	}
	for i := range c.attributes {
		env.Attributes[c.attributes[i].Name] = &c.attributes[i]
	}
	if c.tags != nil {
		for _, t := range c.tags.tags {
			env.Tags[t.Name] = true
		}
	}
	for _, d := range c.datasets {
		env.Datasets[d.Name], env.Datasets[d.Title] = &d.Dataset, &d.Dataset
	}
	c.env = env
}

// compileItems makes the condition of each item: the policy's scope 且 its own.
func (c *check) compileItems() {
	c.conditions = map[string]condition.Expr{}
	for _, f := range c.policies {
		var scope condition.Expr
		if f.Scope.Text != "" {
			if scope = c.compileText(f.document, f.scope); scope == nil {
				f.scope = conditionText{} // reported once, not with each item
			}
		}
		for i, own := range f.conditions {
			expr := c.compileText(f.document, own)
			if expr != nil && scope != nil {
				expr = c.compileText(f.document, joinConditions(f.scope, own))
			}
			if expr != nil {
				c.conditions[f.Items[i].ID] = expr
			}
		}
	}
}

// joinConditions is (a) 且 (b), each character of both where it stands in the file.
func joinConditions(a, b conditionText) conditionText {
	var m mapped
	glue := func(text string, at spot) {
		for _, r := range text {
			m.text, m.at = append(m.text, r), append(m.at, at)
		}
	}
	glue("(\n", a.at[0])
	m.text, m.at = append(m.text, a.text...), append(m.at, a.at...)
	glue("\n) 且 (\n", b.at[0])
	m.text, m.at = append(m.text, b.text...), append(m.at, b.at...)
	glue("\n)", b.at[len(b.at)-1])
	return conditionText{Text: schemas.Text{Text: string(m.text)}, mapped: m}
}

// compileText parses and checks one condition. It returns nil if the condition is faulty, or if it uses a name whose
// own definition is: then what could be said of it would only repeat the fault of the definition.
func (c *check) compileText(d *document, text conditionText) condition.Expr {
	if len(text.text) == 0 {
		return nil
	}
	bare := schemas.Text{Text: string(text.text), Place: schemas.Place{File: d.name}}
	tree, faults := condition.Parse(bare)
	var expr condition.Expr
	if !c.doubtful.about(bare.Text) {
		var more schemas.Faults
		expr, more = condition.Check(tree, c.env)
		faults = append(faults, more...)
	}
	for _, f := range faults {
		d.faults = append(d.faults, text.relocate(d, f))
	}
	if len(faults) > 0 {
		return nil
	}
	return expr
}

// checkTagNames checks that tags can be written in conditions and are not defined twice.
func (c *check) checkTagNames() {
	if c.tags == nil {
		return
	}
	seen := map[string]bool{}
	for i, t := range c.tags.tags {
		at := c.tags.at("tags", i, "name")
		c.tags.checkWord("标签", t.Name, at)
		if t.Name != "" && seen[t.Name] {
			c.tags.report(at, fmt.Sprintf("标签“%s”重复", t.Name), "")
		}
		seen[t.Name] = true
	}
}
