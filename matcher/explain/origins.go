package explain

import (
	"maps"
	"slices"
)

// Origins lists the deliveries that an answer mentions, each once, in the order in which it does.
func (a *Answer) Origins() []int64 {
	o := origins{seen: map[int64]bool{0: true}, lists: map[string]bool{}}
	o.node(a.Tree)
	if a.Benefit != nil {
		o.value(a.Benefit)
	}
	return o.out
}

// Incomplete lists the datasets, by title, whose lists an answer went over without being sure that there is nothing else
// in them.
func (a *Answer) Incomplete() []string {
	o := origins{seen: map[int64]bool{}, lists: map[string]bool{}}
	o.node(a.Tree)
	if a.Benefit != nil {
		o.value(a.Benefit)
	}
	return slices.Sorted(maps.Keys(o.lists))
}

// origins goes through an answer.
type origins struct {
	out   []int64
	seen  map[int64]bool
	lists map[string]bool
}

func (o *origins) note(seq int64) {
	if !o.seen[seq] {
		o.seen[seq] = true
		o.out = append(o.out, seq)
	}
}

func (o *origins) node(n *Node) {
	if n == nil {
		return
	}
	for _, v := range n.Values {
		o.value(v)
	}
	for _, p := range n.Parts {
		o.node(p)
	}
	o.list(n.List)
}

func (o *origins) value(v *Value) {
	if v == nil {
		return
	}
	o.note(v.Origin)
	for i := range v.Others {
		o.note(v.Others[i].Origin)
	}
	for _, p := range v.Parts {
		o.value(p)
	}
	for _, c := range v.Cases {
		o.node(c.When)
		o.value(c.Then)
	}
	o.list(v.List)
}

func (o *origins) list(l *List) {
	if l == nil {
		return
	}
	if !l.Complete {
		o.lists[l.Dataset] = true
	}
	for _, r := range l.Rows {
		o.note(r.Origin)
		o.node(r.Where)
		o.value(r.Of)
	}
}
