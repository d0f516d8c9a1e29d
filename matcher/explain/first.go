package explain

// first leaves the rule of each tag and what each derived attribute stands for where the finished tree shows it first,
// rules down to MaxRules within each other.
type first struct {
	tags    map[string]bool
	derived map[string]bool
}

func newFirst() *first { return &first{tags: map[string]bool{}, derived: map[string]bool{}} }

func (f *first) node(n *Node, rules int) {
	if n.Kind == KindTag && len(n.Parts) > 0 {
		if n.Above = f.tags[n.tag]; n.Above || rules == MaxRules {
			n.Parts = nil
			return
		}
		f.tags[n.tag] = true
		rules++
	}
	for _, v := range n.Values {
		f.value(v, rules)
	}
	for _, p := range n.Parts {
		f.node(p, rules)
	}
}

func (f *first) value(v *Value, rules int) {
	if v.Kind == ValueDerived {
		if v.Above = f.derived[v.title()]; v.Above || rules == MaxRules {
			return
		}
		f.derived[v.title()] = true
		v.Parts = []*Value{v.rule}
		rules++
	}
	for _, p := range v.Parts {
		f.value(p, rules)
	}
	for _, c := range v.Cases {
		if c.When != nil {
			f.node(c.When, rules)
		}
		f.value(c.Then, rules)
	}
}
