package condition

import (
	"slices"

	"zhida/schemas"
)

// CheckParam reports what keeps a tree from being the value of a 参数: it must be one number, date, length of time, text
// or 是 or 否.
func CheckParam(tree *Tree) schemas.Faults {
	tree.found = tree.found[:tree.parsed]
	if !isBad(tree.Root) && literalAt(tree.Root, tree.Root.Extent()) == nil {
		tree.fault(tree.Root.Extent(), "算出来的值写成指标", "参数要是一个固定的值：数、日期、时间长度、文字、是或否")
	}
	return sorted(tree.found[tree.parsed:])
}

// spelled is the literal that a parameter stands for, in its place; other syntax is itself.
func (c *checker) spelled(n Node) Node {
	p, ok := n.(*ParamName)
	if !ok {
		return n
	}
	tree := c.env.Params[p.Name.Text]
	if tree == nil {
		return n
	}
	if x := literalAt(tree.Root, p.at); x != nil {
		return x
	}
	return n
}

// literalAt is a literal copied to a place, nil if the syntax is none. The tree it comes from belongs to all.
func literalAt(n Node, at Extent) Node {
	switch n := n.(type) {
	case *Quantity:
		x := *n
		x.at = at
		return &x
	case *Minus:
		if q, ok := n.X.(*Quantity); ok {
			x := *q
			x.at = at
			return &Minus{place{at}, &x}
		}
	case *Period:
		return &Period{place{at}, n.Span}
	case *Calendar:
		return &Calendar{place{at}, n.Date}
	case *Quoted:
		return &Quoted{place{at}, n.Text}
	case *YesNo:
		return &YesNo{place{at}, n.Yes}
	}
	return nil
}

// param checks 参数 X as a value.
func (c *checker) param(n *ParamName) (Value, bool) {
	x := c.spelled(n)
	if x != Node(n) {
		if q, ok := literal(x); ok && q.Per == "" && n.Unit != q.Unit {
			n.Unit = q.Unit
		}
		return c.value(&x)
	}
	name := n.Name.Text
	if c.env.Params[name] != nil {
		c.fault(n.at, "先改好它的定义", "参数“%s”不是一个固定的值", brief(name))
		return nil, false
	}
	suggestion := ""
	if near := c.near(name, slices.Sorted(keys(c.env.Params))); near != "" {
		suggestion = "写成 参数 " + near
	} else if c.env.Attributes[name] != nil {
		suggestion = "去掉“参数”二字"
	}
	c.fault(n.at, suggestion, "没有叫“%s”的参数", brief(name))
	return nil, false
}
