package explain

import "zhida/matcher/condition"

// tag explains a tag by its rule. All nodes of a tag share the node of its rule: rules that read each other twice over
// would else grow beyond all bounds.
func (w *walker) tag(n *Node, tag condition.Tag) {
	n.Kind, n.tag = KindTag, tag.Name
	rule, ok := w.Rules[tag.Name]
	if !ok || w.brief {
		return
	}
	node, met := w.opened[tag.Name]
	if !met {
		w.opened[tag.Name] = nil // a rule that came back to itself would find nothing to show
		node = w.node(rule, subject{})
		w.opened[tag.Name] = node
	}
	if node != nil {
		n.rule, n.Parts = node, []*Node{node}
	}
}
