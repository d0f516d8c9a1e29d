package condition

import (
	"strings"

	"zhida/schemas"
)

// containing checks X 含 words.
func (c *checker) containing(n *Containing) Expr {
	x, ok := c.value(&n.X)
	if !ok {
		return nil
	}
	if !c.containable(n, x) {
		return nil
	}
	var words []string
	seen := map[string]*Quoted{}
	good := true
	for _, w := range n.Words {
		folded := schemas.Fold(w.Text)
		switch first := seen[folded]; {
		case folded == "":
			c.fault(w.at, "要问有没有值，写 已知(…)", "引号里没有文字")
			good = false
		case first != nil:
			c.fault(w.at, "删去其中一个", "列表里有重复：“%s”和“%s”", brief(c.tree.source(first.at)), brief(c.tree.source(w.at)))
			good = false
		default:
			seen[folded] = w
			w.Text = folded
			words = append(words, folded)
		}
	}
	if !good || len(words) == 0 {
		return nil
	}
	return Contains{Origin{n}, x, words}
}

// containable reports what contains no words: all but free texts.
func (c *checker) containable(n *Containing, x Value) bool {
	name := brief(oneLine(n.X))
	switch t := x.Type(); {
	case t.Kind == schemas.KindCode:
		c.fault(n.at, "用代码问，写成 "+name+" 属于 …", "“%s”是代码，不能用“%s”", name, wordContains)
	case t.Kind != schemas.KindText:
		c.fault(n.at, "", "“%s”是%s，不能用“%s”", name, kindName(t.Kind), wordContains)
	case len(closedList(x)) > 0:
		suggestion := "可用的取值：" + strings.Join(closedList(x), "、")
		if len(closedList(x)) > maxListed {
			suggestion = ""
		}
		if meant := containing(closedList(x), n.Words); meant != "" {
			suggestion = "写成 " + name + " 属于 " + meant
		}
		c.fault(n.at, suggestion, "“%s”的取值是固定的几种，要用“属于”或“=”，不能用“%s”", name, wordContains)
	default:
		return true
	}
	return false
}

// containing lists the values that contain one of the words, as a set is written.
func containing(values []string, words []*Quoted) string {
	var items []*Item
	for _, v := range values {
		for _, w := range words {
			if strings.Contains(v, schemas.Fold(w.Text)) {
				items = append(items, &Item{Low: v, Quoted: !IsName(v)})
				break
			}
		}
	}
	if len(items) == 0 || len(items) > maxListed {
		return ""
	}
	return listText(items)
}
