package explain

import "zhida/matcher/condition"

// Near lists the leaves of a near miss (差一项): settling one of them would make the verdict of an explained condition yes.
// It is empty if the condition is no near miss.
func Near(n *Node) []Leaf {
	if n.Verdict != No {
		return nil
	}
	goals, ok := goal{n, Yes}.one()
	if !ok {
		return nil
	}
	var leaves []Leaf
	for _, g := range goals {
		leaves = append(leaves, g.leaf())
	}
	return leaves
}

// one says whether one attainable test would settle a part, and which tests are concerned: a leaf that fails and is
// attainable; a group that lacks one part, whose other parts are all decided, if some part that fails is such.
func (g goal) one() ([]goal, bool) {
	if g.met() || g.unknown() {
		return nil, false
	}
	if g.node.inner != nil {
		_, ok := goal{g.node.inner, g.want}.one()
		return []goal{g}, ok
	}
	goals, need := g.parts()
	if len(goals) == 0 {
		return []goal{g}, g.attainable()
	}
	met := 0
	var leaves []goal
	for _, p := range goals {
		switch {
		case p.unknown():
			return nil, false
		case p.met():
			met++
		default:
			if more, ok := p.one(); ok {
				leaves = append(leaves, more...)
			}
		}
	}
	return leaves, met == need-1 && len(leaves) > 0
}

// attainable reports whether an enterprise can bring a leaf about, itself or through the rule of a tag.
func (w *walker) attainable(expr condition.Expr) bool {
	return condition.Attainable(expr, w.ableAttribute, w.ableTag)
}

func (w *walker) ableTag(name string) bool {
	rule, ok := w.Rules[name]
	if !ok {
		return true
	}
	if able, met := w.able[name]; met {
		return able
	}
	w.able[name] = false // rules do not go in circles
	w.able[name] = w.attainable(rule)
	return w.able[name]
}

func (w *walker) ableAttribute(name string) bool {
	if said, ok := w.Attainable[name]; ok {
		return said
	}
	a := w.in.Attributes[name]
	return a == nil || a.IsAttainable()
}
