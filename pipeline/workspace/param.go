package workspace

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"zhida/matcher/condition"
	"zhida/schemas"
)

// paramDraft is a parameter as written.
type paramDraft struct {
	schemas.Param
	value conditionText
}

// param reads one parameter (参数).
func param(into *paramDraft) reader {
	return func(d *document, name string, at spot, n ast.Node) {
		object("参数",
			key{"name", required, text(&into.Name)},
			key{"value", required, expression(&into.value)},
			key{"note", optional, text(&into.Note)},
		)(d, name, at, n)
		into.Value = into.value.Text
	}
}

// readParams checks the parameters of a file and adds what they stand for to a copy of the outer ones, which they hide.
func (c *check) readParams(d *document, params []paramDraft, outer map[string]*condition.Tree) map[string]*condition.Tree {
	if len(params) == 0 {
		return outer
	}
	all := map[string]*condition.Tree{}
	for name, tree := range outer {
		all[name] = tree
	}
	seen := map[string]bool{}
	for i, p := range params {
		at := d.at("params", i, "name")
		d.checkWord("参数", p.Name, at)
		if p.Name != "" && seen[p.Name] {
			d.report(at, fmt.Sprintf("参数“%s”重复", p.Name), "")
		}
		seen[p.Name] = true
		if user := c.derivedBy(p.Name); outer[p.Name] != nil && user != "" {
			d.report(at, fmt.Sprintf("参数“%s”不能盖过工作区的：指标“%s”由它算出，在各项政策里要是一个数", p.Name, user), "换一个名称")
		}
		if len(p.value.text) == 0 {
			c.doubt(p.Name)
			continue
		}
		tree, faults := condition.Parse(p.value.bare(d))
		faults = append(faults, condition.CheckParam(tree)...)
		if len(faults) > 0 {
			d.relocate(p.value, faults)
			c.doubt(p.Name)
			continue
		}
		c.texts = append(c.texts, checkedText{d, p.value, tree})
		all[p.Name] = tree
	}
	return all
}

// derivedBy is a derived attribute whose rule uses the parameter, "" if there is none. A name within a longer one counts
// too.
func (c *check) derivedBy(name string) string {
	for i := range c.attributes {
		rule := c.attributes[i].Rule.Text
		if strings.Contains(rule, name) && (strings.Contains(rule, "参数") || strings.Contains(rule, "param")) {
			return c.attributes[i].Name
		}
	}
	return ""
}
