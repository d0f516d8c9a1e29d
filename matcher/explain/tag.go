package explain

import "zhida/matcher/condition"

// tag explains a tag by its rule. All nodes of a tag share the node of its rule: rules that read each other twice over
// would else grow beyond all bounds.
func (w *walker) tag(n *Node, tag condition.Tag) {
	n.Kind, n.tag = KindTag, tag.Name
	rule, ok := w.rules[tag.Name]
	if !ok {
		return
	}
	node, met := w.opened[tag.Name]
	if !met {
		w.opened[tag.Name] = nil // a rule that came back to itself would find nothing to show
		node = w.node(rule, subject{})
		w.opened[tag.Name] = node
	}
	if node != nil {
		n.Parts = []*Node{node}
	}
}

// once leaves the rule of each tag where the finished tree shows it first, down to MaxRules rules within each other.
// Rows have no tags.
func (n *Node) once(shown map[string]bool, rules int) {
	if n.Kind == KindTag && len(n.Parts) > 0 {
		if n.Above = shown[n.tag]; n.Above || rules == MaxRules {
			n.Parts = nil
			return
		}
		shown[n.tag] = true
		rules++
	}
	for _, p := range n.Parts {
		p.once(shown, rules)
	}
}
