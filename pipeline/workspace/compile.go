package workspace

import (
	"fmt"
	"slices"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// compile checks all conditions against the names that the workspace defines.
func (c *check) compile() {
	c.checkTagNames()
	c.makeEnv()
	c.findDoubts()
	c.compileDefinitions()
	c.compilePolicies()
}

// makeEnv gathers what a condition may name, and what it may not but may be meant: the contacts.
func (c *check) makeEnv() {
	env := &condition.Env{
		Attributes: map[string]*schemas.Attribute{}, Tags: map[string]bool{}, Unsought: map[string]bool{},
		Datasets: map[string]*schemas.Dataset{}, Derived: map[string]*condition.Tree{},
		Catalogs: c.checkCatalogs(), Codes: c.codes,
	}
	for i := range c.attributes {
		env.Attributes[c.attributes[i].Name] = &c.attributes[i]
	}
	if c.tags != nil {
		for _, t := range c.tags.tags {
			env.Tags[t.Name], env.Unsought[t.Name] = true, t.Attainable == schemas.AttainableNo
		}
		env.Params = c.readParams(c.tags.document, c.tags.params, nil)
	}
	for _, d := range c.datasets {
		env.Datasets[d.Name], env.Datasets[d.Title] = &d.Dataset, &d.Dataset
	}
	c.env = env
}

// checkedText is a text of a file with its tree, as the formatter needs them.
type checkedText struct {
	in   *document
	text conditionText
	tree *condition.Tree
}

// compileText parses and checks one condition. It returns nil if the condition is faulty, or if it uses a name whose
// own definition is: then what could be said of it would only repeat the fault of the definition.
func (c *check) compileText(d *document, text conditionText, env *condition.Env) condition.Expr {
	var expr condition.Expr
	c.compileTree(d, text, func(tree *condition.Tree) (faults schemas.Faults) {
		expr, faults = condition.Check(tree, env)
		return faults
	})
	return expr
}

// compileValue is compileText for a text that is a value.
func (c *check) compileValue(d *document, text conditionText, env *condition.Env) condition.Value {
	var value condition.Value
	c.compileTree(d, text, func(tree *condition.Tree) (faults schemas.Faults) {
		value, faults = condition.CheckValue(tree, env)
		return faults
	})
	return value
}

func (c *check) compileTree(d *document, text conditionText, check func(*condition.Tree) schemas.Faults) {
	if len(text.text) == 0 {
		return
	}
	bare := text.bare(d)
	tree, faults := condition.Parse(bare)
	if !c.doubtful.about(bare.Text) {
		faults = append(faults, check(tree)...)
	}
	d.relocate(text, faults)
	c.texts = append(c.texts, checkedText{d, text, tree})
}

// bare is the text without the places of its lines: faults in it are placed by relocate.
func (t conditionText) bare(d *document) schemas.Text {
	return schemas.Text{Text: string(t.text), Place: schemas.Place{File: d.name}}
}

// relocate reports faults that were found in a bare text, but none twice: the scope of a policy is read with each of
// its items.
func (d *document) relocate(text conditionText, faults schemas.Faults) {
	for _, f := range faults {
		if f = text.relocate(d, f); !slices.Contains(d.faults, f) {
			d.faults = append(d.faults, f)
		}
	}
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
