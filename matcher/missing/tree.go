package missing

import (
	"maps"

	"zhida/matcher/condition"
	"zhida/matcher/plan"
)

// node is a part of a condition. Exactly one of the fields below truth is set, or none: 评审, 承诺 and 已知 are never
// unknown.
type node struct {
	truth plan.Ref
	parts []*node // 且, 或, 非, 至少
	tag   string
	rows  *list // 有 and 每
	test  *test
}

// test is an elementary test with what it reads.
type test struct {
	text    string
	values  []*value
	columns []condition.Column // of the values, if all is known and still there is no result
}

// rule is the tree of a tag's rule, shared by all that read the tag.
type rule struct {
	root  *node
	order int // greater than those of the tags it reads
	asked asked
}

// asked is what trees ask the plan, themselves and through the rules of tags.
type asked struct {
	refs map[plan.Ref]bool
	tags map[string]bool
}

func newAsked() asked { return asked{map[plan.Ref]bool{}, map[string]bool{}} }

// follow adds to refs all that is asked, through tags too.
func (a asked) follow(rules map[string]*rule, refs map[plan.Ref]bool, seen map[string]bool) {
	maps.Copy(refs, a.refs)
	for tag := range a.tags {
		if r := rules[tag]; r != nil && !seen[tag] {
			seen[tag] = true
			r.asked.follow(rules, refs, seen)
		}
	}
}

// compiler makes the trees of one Finder.
type compiler struct {
	plan  *plan.Builder
	exprs map[string]condition.Expr // rules by tag
	rules map[string]*rule
	asked asked           // by what is being compiled
	over  *condition.Over // within rows: of which; nil: about enterprises
}

func (c *compiler) ask(r plan.Ref) plan.Ref {
	c.asked.refs[r] = true
	return r
}

// truth asks for a condition, here or about the rows at hand.
func (c *compiler) truth(expr condition.Expr) plan.Ref {
	if c.over == nil {
		return c.ask(c.plan.AddGranting(expr, plan.GrantEverything))
	}
	over := *c.over
	over.Where = expr
	return c.ask(c.plan.AddOver(over))
}

func (c *compiler) node(expr condition.Expr) *node {
	n := &node{truth: c.truth(expr)}
	switch x := expr.(type) {
	case condition.And:
		c.group(n, expr, x.Parts)
	case condition.Or:
		c.group(n, expr, x.Parts)
	case condition.AtLeast:
		n.parts = c.nodes(x.Parts)
	case condition.Not:
		if most, ok := x.X.(condition.AtLeast); ok && isCounting(expr) {
			n.parts = c.nodes(most.Parts)
		} else {
			c.group(n, expr, []condition.Expr{x.X})
		}
	case condition.Tag:
		n.tag = x.Name
		c.rule(x.Name)
	case condition.Exists:
		n.rows = c.list(x.Over, nil)
	case condition.Stated, condition.Known, condition.Decided:
	default:
		n.test = c.test(expr)
	}
	return n
}

func (c *compiler) nodes(exprs []condition.Expr) []*node {
	out := make([]*node, len(exprs))
	for i, x := range exprs {
		out[i] = c.node(x)
	}
	return out
}

// group has parts, unless the checker made them of one piece of text: that is one test to a reader.
func (c *compiler) group(n *node, expr condition.Expr, parts []condition.Expr) {
	switch expr.Node().(type) {
	case nil, *condition.Chain, *condition.Negation:
		n.parts = c.nodes(parts)
	default:
		n.test = c.test(expr)
	}
}

func isCounting(expr condition.Expr) bool {
	_, ok := expr.Node().(*condition.Counting)
	return ok
}

// rule compiles the rule of a tag, after those of the tags it reads.
func (c *compiler) rule(tag string) {
	c.asked.tags[tag] = true
	expr, known := c.exprs[tag]
	if _, met := c.rules[tag]; met || !known {
		return
	}
	c.rules[tag] = nil // rules do not go in circles
	outer := c.asked
	c.asked = newAsked()
	made := &rule{root: c.node(expr), asked: c.asked}
	c.asked = outer
	for read := range made.asked.tags {
		if r := c.rules[read]; r != nil {
			made.order = max(made.order, r.order+1)
		}
	}
	c.rules[tag] = made
}

// test is an elementary test with the values it reads, each once.
func (c *compiler) test(expr condition.Expr) *test {
	t := &test{}
	if syntax := expr.Node(); syntax != nil {
		t.text = condition.Format(syntax)
	}
	seen := map[string]bool{}
	condition.Visit(expr, func(part any) bool {
		v, ok := part.(condition.Value)
		if ok {
			t.values = c.operand(t.values, seen, v)
			t.columns = columnsOf(t.columns, v)
		}
		return !ok
	})
	if asksCode(expr) {
		for _, v := range t.values {
			v.coarse = true
		}
	}
	return t
}
